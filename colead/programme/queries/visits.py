"""Visits as each side sees them: who has to answer, which notes may be read by whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.content.loader import load
from colead.programme.actions.visits import REMIND_AFTER
from colead.programme.models import Answer, Enrolment, Gathering, Guest, Programme, Visit, VisitNote
from colead.schools.models import Office, Team

Side = Team | None  # a team, or none for the office


def visits_for(team: Team) -> QuerySet[Visit]:
    """Return the visits in which a team is host or guest."""
    mine = Visit.objects.filter(Q(host=team) | Q(guests__team=team)).distinct()
    return mine.select_related("host__school", "programme__office", "asked_by__school")


def visits_of(office: Office) -> QuerySet[Visit]:
    """Return all visits in the programs of an office, of schools that let it see them."""
    return Visit.objects.filter(programme__office=office, host__school__office=office).select_related(
        "host__school", "programme__office", "asked_by__school"
    )


def programmes_of(team: Team) -> tuple[Programme, ...]:
    """Return the programs a team's school is in now."""
    enrolled = Enrolment.objects.here().filter(school=team.school)
    return tuple(Programme.objects.filter(cohorts__enrolments__in=enrolled).distinct().order_by("pk"))


def teams_in(programme: Programme) -> QuerySet[Team]:
    """Return the teams of the schools that are in a program now, by school from A to Z."""
    here = Enrolment.objects.here().filter(cohort__programme=programme)
    return Team.objects.filter(school__enrolments__in=here).select_related("school").order_by("school__name", "pk")


@dataclass(frozen=True)
class Standing:
    """Where a visit stands for one side, in a word, and whether that side has to answer."""

    words: str
    mine_to_answer: bool


def standing(visit: Visit, side: Side, *, today: date) -> Standing:
    """Say where a visit stands; `guests` are read already where many visits are listed."""
    if visit.is_off:
        return Standing(_("does not take place"), False)
    asked = my_answer(visit, side) == Answer.WAITING
    if asked:
        return Standing(_("waits for your answer"), True)
    if not visit.is_set:
        return Standing(_("no day yet") if visit.host_answer == Answer.YES else _("waits for the host"), False)
    assert visit.on_day
    return Standing(_("held") if visit.on_day < today else date_format(visit.on_day), False)


def my_answer(visit: Visit, side: Side) -> str:
    """Return what a side has said to a visit; nothing where it was not asked."""
    if side is None:
        return visit.office_answer
    if side.pk == visit.host_id:
        return visit.host_answer
    return next((guest.answer for guest in visit.guests.all() if guest.team_id == side.pk), "")


@dataclass(frozen=True)
class ListedVisit:
    """A visit in a list."""

    visit: Visit
    guests: str
    standing: Standing
    take_home: str = ""  # what this side took home, its own words


def listed(visits: QuerySet[Visit], side: Side, *, today: date) -> tuple[ListedVisit, ...]:
    """Return visits with where they stand, those to answer first, in two queries."""
    found = [
        ListedVisit(visit, who_comes(visit), standing(visit, side, today=today), _took_home(visit, side))
        for visit in visits.prefetch_related("guests__team__school")
    ]
    return tuple(sorted(found, key=lambda one: not one.standing.mine_to_answer))


def _took_home(visit: Visit, side: Side) -> str:
    return next((guest.take_home for guest in visit.guests.all() if side and guest.team_id == side.pk), "")


def who_comes(visit: Visit) -> str:
    """Name the visitors that have not said no."""
    schools = [str(guest.team.school) for guest in visit.guests.all() if guest.answer != Answer.NO]
    office = [str(visit.programme.office)] if visit.office_answer in (Answer.YES, Answer.WAITING) else []
    return ", ".join([*office, *schools])


@dataclass(frozen=True)
class ReadableNote:
    """A note as one side may read it, and what that side may do with it."""

    note: VisitNote
    by: str
    mine: bool
    for_host: bool
    may_remind: bool


@dataclass(frozen=True)
class VisitPage:
    """A visit as one side sees it."""

    visit: Visit
    side: Side
    is_host: bool
    came: bool
    is_over: bool
    answer: str
    standing: Standing
    guests: tuple[Guest, ...]
    notes: tuple[ReadableNote, ...]
    next_check_in: Gathering | None

    @property
    def condition_name(self) -> str:
        names = {condition.slug: condition.name for condition in load(get_language() or "en").conditions}
        return names.get(self.visit.condition, "")

    @property
    def my_guest(self) -> Guest | None:
        return next((guest for guest in self.guests if self.side and guest.team_id == self.side.pk), None)

    @property
    def my_note(self) -> VisitNote | None:
        return next((one.note for one in self.notes if one.mine), None)


def visit_page(visit: Visit, side: Side, *, today: date) -> VisitPage:
    """Gather a visit for one side, with the notes that side may read."""
    guests = tuple(visit.guests.select_related("team__school"))
    is_host = side is not None and side.pk == visit.host_id
    answer = my_answer(visit, side)
    notes = visit.notes.exclude(version=0).select_related("team__school", "read_by")
    return VisitPage(
        visit=visit,
        side=side,
        is_host=is_host,
        came=not is_host and answer == Answer.YES,
        is_over=visit.is_over(today),
        answer=answer,
        standing=standing(visit, side, today=today),
        guests=guests,
        notes=tuple(_readable(note, side, is_host, today) for note in notes if may_read(note, side, is_host=is_host)),
        next_check_in=_next_check_in(visit, side, today),
    )


def may_read(note: VisitNote, side: Side, *, is_host: bool) -> bool:
    """Say whether a side may read a note: its writers always, the host once it is given, others once released."""
    mine = note.team_id == (side.pk if side else None)
    return mine or (is_host and note.given_on is not None) or note.released_on is not None


def _readable(note: VisitNote, side: Side, is_host: bool, today: date) -> ReadableNote:
    mine = note.team_id == (side.pk if side else None)
    waits = mine and note.given_on is not None and note.released_on is None
    last = note.reminded_on or note.given_on
    by = str(note.team.school) if note.team else str(note.visit.programme.office)
    return ReadableNote(note, by, mine, is_host, waits and last is not None and today - last >= REMIND_AFTER)


def _next_check_in(visit: Visit, side: Side, today: date) -> Gathering | None:
    """Return the check-in at which a side's promise from this visit is looked at again."""
    check_ins = Gathering.objects.check_ins().filter(cohort__programme=visit.programme)
    if side is not None:
        here = Enrolment.objects.here().filter(school=side.school)
        check_ins = check_ins.filter(cohort__enrolments__in=here)
    return check_ins.coming(today).first()
