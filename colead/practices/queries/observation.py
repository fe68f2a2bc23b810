"""Open doors as their pages show them: to each their own visits, to all counts, and a count only where it names nobody.

How many visits were wished, found and done says nothing about a person. A direction does as soon as few people stand
at one end of it: in most schools one or two are administrators, and “administrators watched teachers: 0” is about
them. So a direction stands on its own from FEWEST_VISITS visits (the house's smallest cell) and FEWEST_PEOPLE at
either end, so that not even one of those counted learns what a single other did. The rest is put together, with the
next smallest where that is still too few, as the cells of a survey are.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colead.accounts.models import User
from colead.plans.queries.reminders import who_want_mail
from colead.practices.models import (
    DoorsRound,
    NameInTimetable,
    OpenDoor,
    PeerVisit,
    Scenario,
    Timetable,
    VisitNotes,
    VisitReflection,
    VisitWish,
)
from colead.practices.queries.observation_plan import facts_of, plan_of, schedule_of, staff_of
from colead.schools.models import School, Team
from colead.timetable import Door, Wish
from colead.timetable.wishes import possible_visits

FEWEST_VISITS = 5
FEWEST_PEOPLE = 3
ALIKE = 0.7  # how alike two names are to be called the same; 1 is equal
WATCH = {
    ("teacher", "teacher"): gettext_lazy("Teachers watch teachers"),
    ("teacher", "administrator"): gettext_lazy("Teachers watch administrators"),
    ("administrator", "teacher"): gettext_lazy("Administrators watch teachers"),
    ("administrator", "administrator"): gettext_lazy("Administrators watch administrators"),
    ("support", "teacher"): gettext_lazy("Support staff watch teachers"),
    ("teacher", "support"): gettext_lazy("Teachers watch support staff"),
    ("support", "administrator"): gettext_lazy("Support staff watch administrators"),
    ("administrator", "support"): gettext_lazy("Administrators watch support staff"),
    ("support", "support"): gettext_lazy("Support staff watch support staff"),
}


@dataclass(frozen=True)
class Counts:
    """All that anybody learns of visits that are not their own. `rest`: in the other directions together."""

    wished: int
    found: int
    done: int
    off: int
    directions: tuple[tuple[str, int], ...]
    rest: int


@dataclass(frozen=True)
class Todo:
    """One thing that waits for one person."""

    title: str
    where: str
    url: str


@dataclass(frozen=True)
class RoundPage:
    """A round as one person sees it. `why` says what their own wish lacks."""

    round: DoorsRound
    doors: tuple[OpenDoor, ...]
    mine: OpenDoor | None
    wish: VisitWish | None
    why: str
    wishes: int
    is_collecting: bool
    counts: Counts
    visits: tuple[PeerVisit, ...]


def rounds_of(school: School) -> QuerySet[DoorsRound]:
    """Return the school's rounds, the newest first."""
    return DoorsRound.objects.filter(team__school=school).select_related("team__school")


def days_off_of(school: School, today: date) -> list[str]:
    """List the days without school to come that earlier rounds were told of, so that nobody types them twice."""
    told = rounds_of(school).values_list("days_off", flat=True)
    return sorted({day for days in told for day in days if day >= today.isoformat()})


def round_page(round_: DoorsRound, user: User, today: date) -> RoundPage:
    """Gather a round in a fixed number of queries. Of wishes and visits only the reader's own are in it."""
    doors = tuple(round_.doors.select_related("host"))
    wishes = list(round_.wishes.all())
    wish = next((one for one in wishes if one.visitor_id == user.pk), None)
    return RoundPage(
        round=round_,
        doors=doors,
        mine=next((one for one in doors if one.host_id == user.pk), None),
        wish=wish,
        why=_(wish.why["template"]) % (wish.why["facts"] | {"who": user}) if wish and wish.why else "",
        wishes=len(wishes),
        is_collecting=round_.is_collecting(today),
        counts=counts_of(round_, today),
        visits=tuple(round_.visits.all().told().of(user).select_related("visitor", "host")),
    )


def who_are_told(round_: DoorsRound) -> QuerySet[User]:
    """Return whoever has a visit in a round, or a wish that lacks one, still works here and wants our mails."""
    lacking = round_.wishes.filter(missing__gt=0)
    visits = Q(pk__in=round_.visits.values("visitor")) | Q(pk__in=round_.visits.values("host"))
    return who_want_mail(staff_of(round_.team.school).filter(visits | Q(pk__in=lacking.values("visitor"))))


def counts_of(round_: DoorsRound, today: date) -> Counts:
    """Count a round's visits; one that nobody called off counts as done when its day is over."""
    visits = list(round_.visits.all())
    standing = [one for one in visits if not one.off_on]
    done = sum(one.on_day < today for one in standing)
    told, rest = by_direction(visits)  # all that were found: a number that shrinks would tell who called off
    return Counts(round_.wished, round_.found, done, len(visits) - len(standing), told, rest)


def by_direction(visits: Sequence[PeerVisit]) -> tuple[tuple[tuple[str, int], ...], int]:
    """Count visits by who watches whom where that points at nobody, and the others together."""
    found: dict[tuple[str, str], list[PeerVisit]] = defaultdict(list)
    for one in visits:
        found[one.visitor_role, one.host_role].append(one)
    shown = sorted((way for way in found if _enough(found[way])), key=lambda way: -len(found[way]))
    rest = [one for way in found if way not in shown for one in found[way]]
    while rest and shown and not _enough(rest):
        rest += found[shown.pop()]
    return tuple((str(WATCH[way]), len(found[way])) for way in shown), len(rest)


def _enough(visits: Sequence[PeerVisit]) -> bool:
    hosts, visitors = {one.host_id for one in visits}, {one.visitor_id for one in visits}
    return len(visits) >= FEWEST_VISITS and min(len(hosts), len(visitors)) >= FEWEST_PEOPLE


def todos(school: School, user: User, today: date) -> tuple[Todo, ...]:
    """Say what waits for one person: a round to join, a question to ask, notes to hand over or to read."""
    rounds = [one for one in rounds_of(school).filter(published_on=None) if one.is_collecting(today)]
    joined = {*OpenDoor.objects.filter(host=user, round__in=rounds).values_list("round", flat=True)}
    joined |= {*VisitWish.objects.filter(visitor=user, round__in=rounds).values_list("round", flat=True)}
    found = [
        Todo(
            _("Open your door, or say what you would like to see"),
            str(one),
            reverse("doors_round", args=[school.pk, one.pk]),
        )
        for one in rounds
        if one.pk not in joined
    ]
    mine = PeerVisit.objects.told().of(user).standing().filter(round__team__school=school)
    for visit in mine.select_related("visitor", "host", "notes", "reflection"):
        if title := _waits(visit, user, today):
            where = date_format(visit.on_day)
            found.append(Todo(title, where, reverse("peer_visit", args=[school.pk, visit.pk])))
    return tuple(found)


def _waits(visit: PeerVisit, user: User, today: date) -> str:
    """Say what one of the two has to do next; empty for nothing."""
    notes, facts = getattr(visit, "notes", None), {"visitor": visit.visitor, "host": visit.host}
    is_given = bool(notes and notes.given_on)
    if visit.host_id == user.pk:
        if visit.on_day >= today and not visit.question:
            return _("Write your question for %(visitor)s") % facts
        is_new = notes and is_given and notes.body and not hasattr(visit, "reflection")
        return _("Read what %(visitor)s saw") % facts if is_new else ""
    return _("Hand your notes over to %(host)s") % facts if visit.on_day <= today and not is_given else ""


def notes_for(visit: PeerVisit, user: User) -> VisitNotes | None:
    """Return notes to whose they are: the visitor's until they are handed over, the observed person's from then on."""
    mine = Q(visit__visitor=user, given_on=None) | Q(visit__host=user, given_on__isnull=False)
    return VisitNotes.objects.filter(mine, visit=visit).first()


def given_on(visit: PeerVisit) -> date | None:
    """Say when the notes were handed over: both may know that."""
    return VisitNotes.objects.filter(visit=visit).values_list("given_on", flat=True).first()


def reflection_of(visit: PeerVisit) -> VisitReflection | None:
    """Return what the observed person wrote for themselves; to hand to nobody else."""
    return VisitReflection.objects.filter(visit=visit).first()


def places_of(teams: Sequence[Team]) -> list[tuple[str, str]]:
    """Return the timetables of some teams, and the scenarios they have decided on, as choices."""
    timetables = Timetable._default_manager.filter(team__in=teams).only("name")
    decided = Scenario._default_manager.filter(timetable__team__in=teams, decision__isnull=False)
    today = [(f"today-{one.pk}", _("%s, as it is today") % one) for one in timetables]
    return today + [(f"then-{one.pk}", _("%s, as decided") % one) for one in decided.only("title")]


def place_of(key: str) -> tuple[Timetable, Scenario | None]:
    """Return the timetable and the scenario that a choice stands for."""
    kind, _dash, number = key.partition("-")
    if kind == "today":
        return Timetable._default_manager.select_related("team__school").get(pk=number), None
    scenario = Scenario._default_manager.select_related("timetable__team__school").get(pk=number)
    return scenario.timetable, scenario


def suggested_name(school: School, user: User, names: Sequence[str]) -> str:
    """Return the name in the timetable that is most like the user's own and nobody has chosen; empty for none."""
    taken = {*NameInTimetable.objects.filter(school=school).exclude(user=user).values_list("name", flat=True)}
    free = {_in_order(name): name for name in names if name not in taken}
    alike = get_close_matches(_in_order(str(user)), free, n=1, cutoff=ALIKE)
    return free[alike[0]] if alike else ""


def _in_order(name: str) -> str:
    """Write “Reed, Ada” and “Ada Reed” alike."""
    return " ".join(sorted(name.casefold().replace(",", " ").replace(".", " ").split()))


def other_times(visit: PeerVisit, today: date) -> dict[str, dict[str, Any]]:
    """Find when else the two could do it in the weeks of the round: a key for each time -> what the visit would be."""
    schedule = schedule_of(visit.round)
    plan = plan_of(visit.round, schedule) if schedule else None
    if not plan or not {visit.visitor_id, visit.host_id} <= plan.names.keys():
        return {}
    host, visitor = plan.names[visit.host_id], plan.names[visit.visitor_id]
    taken = {(one.on_day, one.starts_at) for one in _of_either(visit)}
    closed, found = plan.closed(today), dict[str, dict[str, Any]]()
    for once, _door in possible_visits(plan.schedule, [Door(host)], [Wish(visitor, hosts=(host,))]):
        for cycle in {cycle for cycle, day in plan.dates if day == once.slot.day and (cycle, day) not in closed}:
            facts = facts_of(plan, once._replace(cycle=cycle))
            if (facts["on_day"], facts["starts_at"]) not in taken:
                found[f"{facts['on_day']}-{once.slot.period}-{once.lesson}"] = facts
    return dict(sorted(found.items()))


def _of_either(visit: PeerVisit) -> QuerySet[PeerVisit]:
    told = PeerVisit.objects.told().standing()
    return told.of(visit.visitor) | told.of(visit.host)


def told_time(facts: dict[str, Any]) -> str:
    """Say a time of a visit in words."""
    begins, ends = time_format(facts["starts_at"], "TIME_FORMAT"), time_format(facts["ends_at"], "TIME_FORMAT")
    return f"{date_format(facts['on_day'], 'l, N j')}, {begins} – {ends} · {facts['what']}"
