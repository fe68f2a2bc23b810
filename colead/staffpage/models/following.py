"""Who wants a mail when something moves. An address is kept while it is needed, and stands beside no answer."""

from django.db import models
from django.db.models import Q

from colead.accounts.models import User
from colead.schools.models import School
from colead.surveys.models import Finding


class Follows(models.QuerySet["Follow"]):
    def confirmed(self) -> "Follows":
        """Those whose owner said yes, in a letter of ours."""
        return self.exclude(confirmed_at=None)


class Follow(models.Model):
    """An address that wants to hear of one finding, or of everything on a school's page (`finding` is None)."""

    school = models.ForeignKey(School, models.CASCADE, related_name="follows")
    finding = models.ForeignKey(Finding, models.CASCADE, null=True, blank=True, related_name="follows")
    email = models.EmailField(max_length=254)  # in lower case
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # the last letter to this address from this school's page

    objects = Follows.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "email"], name="follow_a_finding_once"),
            models.UniqueConstraint(fields=["school", "email"], condition=Q(finding=None), name="follow_a_page_once"),
        ]


class Nudge(models.Model):
    """When somebody was last told of findings that wait for their team."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()
