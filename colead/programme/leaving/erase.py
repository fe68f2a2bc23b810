"""Take every trace of a school away. What stays is a certificate that says so."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import connections, transaction
from django.db.models import Exists, OuterRef, Q

from colead.accounts.actions import forget_people
from colead.accounts.models import User
from colead.answers.box import forget_school
from colead.programme.leaving.graph import histories, models_of_schools, rows_of, ways
from colead.programme.models import Application, Certificate
from colead.schools.models import School


def erase_school(school: School, *, now: datetime) -> Certificate:
    """Delete a school, everything its people made there, and the accounts of those who are nowhere else.

    All of it or nothing; then the database's files are wiped. Returns the certificate, which is all that stays.
    """
    today = school.today(now)
    with transaction.atomic():
        certificate = Certificate(name=school.name, place=school.place, nces_id=school.nces_id, erased_on=today)
        people = _people(school)
        pk = str(school.pk)
        certificate.records = _delete_rows(school)
        certificate.accounts = forget_people(people)
        certificate.save()
    certificate.surveys = forget_school(pk, today=today)
    certificate.save(update_fields=["surveys"])
    cache.clear()
    wipe_files()
    return certificate


def _people(school: School) -> list[int]:
    """List who has or had a place at the school."""
    here = Q(seats__school=school) | Q(memberships__team__school=school)
    return list(User.objects.filter(here).distinct().values_list("pk", flat=True))


def _delete_rows(school: School) -> int:
    """Delete all rows of the school, and what its texts said before; return how many rows there were."""
    gone = Application.objects.filter(enrolment__school=school).delete()[0]  # it names the school, and its principal
    for model in models_of_schools():
        gone += rows_of(school, model).delete()[1].get(model._meta.label, 0)
    for model in histories():
        _forget_orphans(model)
    return gone


def _forget_orphans(history: Any) -> None:
    """Delete what texts said whose team, walk or plan is gone; a deletion itself is kept as history at first."""
    text = history.instance_type
    for name in {way.partition("__")[0] for way in ways(text)}:
        key = text._meta.get_field(name)
        parents = key.related_model._base_manager.filter(pk=OuterRef(key.attname))
        history.objects.filter(~Exists(parents), **{f"{key.attname}__isnull": False}).delete()


def wipe_files() -> None:
    """Take what was deleted out of the database's files too; inside a transaction it is left for the next time."""
    connection = connections["default"]
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM FULL")
            return
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
