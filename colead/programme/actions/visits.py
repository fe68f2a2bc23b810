"""Ask for a visit, answer, settle day and look-fors; write a note that the host reads first.

A visit has a host and visitors: teams as guests, the office, or both. Whoever asks has said yes already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models import Answer, Enrolment, Guest, Programme, Visit, VisitNote
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.texts.actions import save_new, save_text

REMIND_AFTER = timedelta(days=14)


class NobodyComes(Refusal):
    """Refuse a visit without a visitor, or of a school to itself."""

    reason = _("Say who comes: the office, or at least one other school.")


class NotInTheProgramme(Refusal):
    """Refuse a school that is not in the program now."""

    reason = _("All schools of a visit have to be in the program now.")


class NotAsked(Refusal):
    """Refuse an answer from somebody who was not asked."""

    reason = _("You were not asked to this visit.")


class VisitIsOff(Refusal):
    """Refuse to go on with a visit that does not take place."""

    reason = _("This visit does not take place. Ask for a new one.")


class NotYetVisited(Refusal):
    """Refuse notes of a visit that has not taken place."""

    reason = _("Notes come after the visit. Its day has to be agreed on, and past.")


class NotGivenYet(Refusal):
    """Refuse to read what the visitors still write."""

    reason = _("The visitors have not given you this note yet.")


class NotReadYet(Refusal):
    """Refuse to let others read what the host has not read."""

    reason = _("Read it first and say so. Then you decide whether others may read it.")


class GivenAlready(Refusal):
    """Refuse to change in silence what the host was given."""

    reason = _("Your hosts have this note already. What you change now would be news to them.")


class TooSoonToRemind(Refusal):
    """Refuse to press a host who has had little time."""

    reason = _("Give your hosts two weeks. After that you may remind them, once in two weeks.")


@dataclass(frozen=True)
class VisitFacts:
    """What is said of a visit when it is asked for."""

    kind: str
    why: str
    condition: str = ""
    look_fors: str = ""
    logistics: str = ""
    on_day: date | None = None


@transaction.atomic
def ask_for_visit(
    host: Team,
    programme: Programme,
    facts: VisitFacts,
    *,
    guests: Iterable[Team] = (),
    with_office: bool,
    asked_by: Team | None,
    by: User,
    now: datetime,
) -> Visit:
    """Ask for a visit: as host, as guest, or as the office (`asked_by` none).

    Whoever asks has said yes; all others are asked. Refuses with NobodyComes, NotAsked and NotInTheProgramme.
    """
    coming = list(guests)
    _check_who(host, coming, with_office, asked_by)
    _check_in_programme(programme, [host, *coming])
    visit = Visit(
        host=host,
        programme=programme,
        asked_by=asked_by,
        asked_on=host.today(now),
        host_answer=Answer.YES if asked_by == host else Answer.WAITING,
        office_answer=(Answer.YES if asked_by is None else Answer.WAITING) if with_office else "",
        **facts.__dict__,
    )
    save_new(visit, by=by, now=now)
    for team in coming:
        answer = Answer.YES if team == asked_by else Answer.WAITING
        save_new(Guest(visit=visit, team=team, answer=answer), by=by, now=now)
    return visit


def _check_who(host: Team, guests: list[Team], with_office: bool, asked_by: Team | None) -> None:
    if not (guests or with_office) or host in guests:
        raise NobodyComes
    if asked_by is not None and asked_by not in [host, *guests]:
        raise NotAsked
    if asked_by is None and not with_office and len(guests) == 0:
        raise NobodyComes


def _check_in_programme(programme: Programme, teams: list[Team]) -> None:
    wanted = {team.school_id for team in teams}
    here = Enrolment.objects.here().filter(cohort__programme=programme, school__in=wanted)
    if set(here.values_list("school_id", flat=True)) != wanted:
        raise NotInTheProgramme


@transaction.atomic
def answer_visit(
    visit: Visit, side: Team | None, *, yes: bool, on_day: date | None = None, why: str = "", by: User, now: datetime
) -> Visit:
    """Say yes (with a day, where none is set) or no. `side` is the team that answers, or none for the office.

    Refuses with NotAsked and VisitIsOff. The host's no ends the visit; so does the no of the last visitor.
    """
    if visit.is_off:
        raise VisitIsOff
    answer = Answer.YES if yes else Answer.NO
    day: dict[str, Any] = {"on_day": on_day} if yes and on_day else {}
    words = {"off_why": why} if why else {}
    if side == visit.host:
        return _change(visit, by, now, host_answer=answer, **day, **words)
    if side is None:
        if not visit.office_answer:
            raise NotAsked
        visit = _change(visit, by, now, office_answer=answer, **day, **words)
    else:
        _change(_guest(visit, side), by, now, answer=answer)
        visit = _change(visit, by, now, **day, **words)
    return visit if _somebody_comes(visit) else _change(visit, by, now, off_on=visit.host.today(now))


def _somebody_comes(visit: Visit) -> bool:
    office = visit.office_answer in (Answer.YES, Answer.WAITING)
    return office or visit.guests.exclude(answer=Answer.NO).exists()


def _guest(visit: Visit, team: Team) -> Guest:
    guest = visit.guests.filter(team=team).first()
    if guest is None:
        raise NotAsked
    return guest


def _change(text: Any, by: User, now: datetime, **facts: Any) -> Any:
    return save_text(text, based_on=text.version, by=by, now=now, **facts) if facts else text


def change_visit(visit: Visit, *, by: User, based_on: int, now: datetime, **facts: Any) -> Visit:
    """Change the day, the look-fors or how to arrive. Any side may; all see it. Refuses with VisitIsOff."""
    if visit.is_off:
        raise VisitIsOff
    return save_text(visit, based_on=based_on, by=by, now=now, **facts)


def call_off(visit: Visit, *, why: str, by: User, now: datetime) -> Visit:
    """Call a visit off, with words on why. Refuses with VisitIsOff."""
    if visit.is_off:
        raise VisitIsOff
    return _change(visit, by, now, off_on=visit.host.today(now), off_why=why)


# --- Notes ----------------------------------------------------------------------------------------------------------


def write_note(visit: Visit, side: Team | None, *, body: str, by: User, based_on: int, now: datetime) -> VisitNote:
    """Write what a side of visitors saw. Until it is given to the host only that side reads it.

    Refuses with NotAsked, NotYetVisited and GivenAlready.
    """
    _check_visited(visit, side, now)
    note = visit.notes.filter(team=side).first() or VisitNote.objects.create(visit=visit, team=side)
    if note.given_on:
        raise GivenAlready
    return save_text(note, body=body, based_on=based_on, by=by, now=now)


def _check_visited(visit: Visit, side: Team | None, now: datetime) -> None:
    came = visit.office_answer == Answer.YES if side is None else _guest(visit, side).answer == Answer.YES
    if not came:
        raise NotAsked
    if not visit.is_over(visit.host.today(now)):
        raise NotYetVisited


def give_note(note: VisitNote, *, by: User, now: datetime) -> VisitNote:
    """Give a note to the host, who reads it before anybody else."""
    return _change(note, by, now, given_on=note.visit.host.today(now))


def mark_read(note: VisitNote, *, by: User, now: datetime) -> VisitNote:
    """Say, as the host, that you have read a note. Refuses with NotGivenYet."""
    if not note.given_on:
        raise NotGivenYet
    return _change(note, by, now, read_on=note.visit.host.today(now), read_by=by)


def reply_to(note: VisitNote, *, reply: str, by: User, based_on: int, now: datetime) -> VisitNote:
    """Add the host's own words to a note. Refuses with NotGivenYet."""
    if not note.given_on:
        raise NotGivenYet
    return save_text(note, reply=reply, based_on=based_on, by=by, now=now)


def release_note(note: VisitNote, *, by: User, now: datetime) -> VisitNote:
    """Let everybody of the visit and the office read a note, as its host. Refuses with NotReadYet."""
    if not note.read_on:
        raise NotReadYet
    return _change(note, by, now, released_on=note.visit.host.today(now))


def take_note_back(note: VisitNote, *, by: User, now: datetime) -> VisitNote:
    """Take the yes back: from now on only its writers and the host read it."""
    return _change(note, by, now, released_on=None)


def remind_host(note: VisitNote, *, by: User, now: datetime) -> VisitNote:
    """Remind the host that a note waits. It is never released by itself. Refuses with NotGivenYet, TooSoonToRemind."""
    today = note.visit.host.today(now)
    if not note.given_on:
        raise NotGivenYet
    if note.released_on or today - (note.reminded_on or note.given_on) < REMIND_AFTER:
        raise TooSoonToRemind
    return _change(note, by, now, reminded_on=today)


def take_home(visit: Visit, team: Team, *, words: str, thanks: str, by: User, based_on: int, now: datetime) -> Guest:
    """Write what a guest takes home, and a word to the host. Refuses with NotAsked and NotYetVisited."""
    _check_visited(visit, team, now)
    return save_text(_guest(visit, team), take_home=words, thanks=thanks, based_on=based_on, by=by, now=now)
