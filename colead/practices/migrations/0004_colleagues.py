"""Colleagues comment on scenarios too: a comment is a person's, no longer a member's."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_people(apps, schema_editor):
    """Say who said what by their account; of somebody who left the team and came back, the last word stays."""
    Member = apps.get_model("schools", "Member")
    person = Subquery(Member.objects.filter(pk=OuterRef("member_id")).values("user_id")[:1])
    for name in ("Comment", "HistoricalComment"):
        apps.get_model("practices", name).objects.update(said_by_id=person)
    Comment = apps.get_model("practices", "Comment")
    newer = Comment.objects.filter(scenario=OuterRef("scenario"), said_by=OuterRef("said_by"), pk__gt=OuterRef("pk"))
    Comment.objects.filter(pk__in=list(Comment.objects.filter(models.Exists(newer)).values_list("pk", flat=True))).delete()


def who(model, **facts):
    return migrations.AddField(
        model_name=model,
        name="said_by",
        field=models.ForeignKey(null=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="who", **facts),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0003_structures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="opened_on",
                field=models.DateField(blank=True, null=True, verbose_name="open to colleagues since"),
            )
            for model in ("scenario", "historicalscenario")
        ),
        *(
            migrations.AddField(model_name=model, name="to_staff", field=models.BooleanField(default=False))
            for model in ("comment", "historicalcomment")
        ),
        who("comment", on_delete=django.db.models.deletion.CASCADE),
        who("historicalcomment", on_delete=django.db.models.deletion.DO_NOTHING, blank=True, db_constraint=False),
        migrations.RunPython(name_people, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="comment", name="one_comment_per_member"),
        migrations.RemoveField(model_name="comment", name="member"),
        migrations.RemoveField(model_name="historicalcomment", name="member"),
        migrations.AlterField(
            model_name="comment",
            name="said_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(fields=["scenario", "said_by"], name="one_comment_per_person"),
        ),
    ]
