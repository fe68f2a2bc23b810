"""How many of a school's staff have ever taken part, by role: worked out from who wrote what, published in steps."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Max, Min
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from colead.accounts.models import User
from colead.analysis.charts import GrowthRow, Picture, growth
from colead.analysis.circle import REST
from colead.analysis.release import Hidden
from colead.answers import box
from colead.schools.models import Office, RosterEntry, School
from colead.staffpage.models import Asking, CircleMonth
from colead.staffpage.models.voices import ROLES
from colead.texts.models import TeamText

SHOWN = 12  # months
SURVEYS = 6
Job = RosterEntry.Job


@dataclass(frozen=True)
class Answered:
    """A survey of all staff: how many answered, out of how many, as released."""

    title: str
    on: date
    people: int
    listed: int


@dataclass(frozen=True)
class Circle:
    """What is published: the last month, how many had written and been heard by then, and both as pictures."""

    month: date
    wrote: int
    heard: int
    listed: int
    wrote_picture: Picture
    heard_picture: Picture
    asked_all: tuple[Answered, ...]


@cache
def way_to_school(model: type[models.Model], seen: tuple[type, ...] = ()) -> str | None:
    """Return the path of relations from a model to its school, such as `walk__team__school`, or None."""
    if model is School:
        return ""
    ways = []
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not isinstance(field, models.ForeignKey) or target in (*seen, model, User, Office):
            continue
        rest = way_to_school(target, (*seen, model))
        if rest is not None:
            ways.append("__".join(filter(None, (field.name, rest))))
    return min(ways, key=lambda way: way.count("__"), default=None)


def _texts() -> list[tuple[type[TeamText], str]]:
    found = [(model, way_to_school(model)) for model in apps.get_models() if issubclass(model, TeamText)]
    return [(model, way) for model, way in found if way]


def first_words(school: School) -> dict[int, date]:
    """Return for everybody who ever saved words in a text of the school's teams the day they first did."""
    first: dict[int, date] = {}
    for model, way in _texts():
        saves = model.history.model.objects.filter(**{way: school}, history_user__isnull=False)
        for user, at in saves.order_by().values_list("history_user").annotate(Min("history_date")):
            day = school.today(at)
            first[user] = min(first.get(user, day), day)
    return first


def wrote_until(school: School, day: date) -> dict[str, int]:
    """Count by role who had written by the end of a day. Who is not on the staff list counts with the rest."""
    users = [user for user, on in first_words(school).items() if on <= day]
    emails = User.objects.filter(pk__in=users).values_list("email", flat=True)
    jobs = {email.lower(): job for email, job in school.roster.values_list("email", "job")}
    return Counter(jobs.get(email.lower(), REST) for email in emails)


def heard_until(school: School, day: date) -> dict[str, int]:
    """Add up by role how many were asked and heard by the end of a day; who was asked twice counts twice."""
    askings = Asking.objects.filter(team__school=school, held_on__lte=day)
    sums = askings.aggregate(**{f"{role}_sum": models.Sum(role) for role in ROLES})
    return {role: sums[f"{role}_sum"] or 0 for role in ROLES}


def listed_at(school: School) -> dict[str, int]:
    """Count the staff list by role."""
    return Counter(school.roster.here().values_list("job", flat=True))


def name_of(group: str) -> str:
    """Return what a group is called."""
    return str(capfirst(Job(group).label)) if group in Job.values else _("All other roles")


def circle_of(school: School) -> Circle | None:
    """Return what is published; None before the first month is over."""
    last = school.circle_months.aggregate(last=Max("month"))["last"]
    if not last:
        return None
    rows = list(school.circle_months.filter(month__gt=last - timedelta(days=31 * SHOWN)))
    listed = school.roster.here().count()
    return Circle(
        month=last,
        wrote=_sum(rows, last, CircleMonth.Kind.WROTE),
        heard=_sum(rows, last, CircleMonth.Kind.HEARD),
        listed=listed,
        wrote_picture=_picture(rows, CircleMonth.Kind.WROTE, _("People who wrote in a team’s work"), listed),
        asked_all=tuple(_answered(school)),
        heard_picture=_picture(rows, CircleMonth.Kind.HEARD, _("Times somebody was asked and heard"), 0),
    )


def _answered(school: School) -> Iterator[Answered]:
    """Yield the last surveys whose number of answers was released."""
    for wave in school.waves.sealed()[:SURVEYS]:
        found = box.release_of(wave.ref)
        if not isinstance(found.answered, Hidden) and found.roster and wave.sealed_on:
            yield Answered(wave.title, wave.sealed_on, found.answered, found.roster)


def took_part(school: School) -> int:
    """Return how many had written by the end of the last month that is published, for one line elsewhere."""
    last = school.circle_months.order_by("-month").values("month")[:1]
    rows = school.circle_months.filter(month=models.Subquery(last), kind=CircleMonth.Kind.WROTE)
    return rows.aggregate(people=models.Sum("people"))["people"] or 0


def _sum(rows: list[CircleMonth], month: date, kind: str) -> int:
    return sum(row.people for row in rows if row.month == month and row.kind == kind)


def _picture(rows: list[CircleMonth], kind: str, title: str, most: int) -> Picture:
    """Draw the last months; groups in the order of the staff list's roles."""
    ours = [row for row in rows if row.kind == kind]
    order = {job: place for place, job in enumerate(Job.values)}
    groups = sorted({row.group for row in ours}, key=lambda group: order.get(group, len(order)))
    people = {(row.month, row.group): row.people for row in ours}
    months = sorted({row.month for row in ours})[-SHOWN:]
    bars = [GrowthRow(month_name(month), tuple(people.get((month, one), 0) for one in groups)) for month in months]
    return growth(bars, title=title, groups=[name_of(group) for group in groups], most=most, translate=_)


def month_name(month: date) -> str:
    """Write a month the way the reader's language does."""
    return date_format(month, "YEAR_MONTH_FORMAT")
