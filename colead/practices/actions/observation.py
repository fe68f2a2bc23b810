"""Open a round of open doors, say who one is in the timetable, open a door, wish for visits, match, publish."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.practices.models import (
    DoorsRound,
    NameInTimetable,
    OpenDoor,
    PeerVisit,
    Timetable,
    VisitWish,
)
from colead.practices.queries.observation_plan import Plan, facts_of, plan_of, schedule_of
from colead.schools.actions import Refusal
from colead.schools.models import School
from colead.timetable import Match, match_visits


class NotCollecting(Refusal):
    """Refuse doors and wishes after the last day for them."""

    reason = _("Doors and wishes are not collected any more.")


class RoundIsPublished(Refusal):
    """Refuse to change what people were told."""

    reason = _("Everybody has their visits already. Begin a new round for what comes next.")


class TimetableErased(Refusal):
    """Refuse to match where there is no timetable any more."""

    reason = _("The timetable of this round was erased. Open a new round on another one.")


class NothingToMatch(Refusal):
    """Refuse to match without a door or without a wish."""

    reason = _("It takes at least one open door and one wish. Ask around, then match.")


class NotMatchedYet(Refusal):
    """Refuse to publish before there is something to tell."""

    reason = _("Match doors and wishes first. Somebody may have changed theirs since the last time.")


class NameTaken(Refusal):
    """Refuse a name that a colleague has linked."""

    reason = _("A colleague has chosen this name. Ask them, or choose yours.")


def open_round(timetable: Timetable, *, by: User, now: datetime, **facts: Any) -> DoorsRound:
    """Open a round on a timetable: `scenario`, `title`, `focus`, `collect_until`, `begins_on`, `weeks`, `days_off`."""
    team = timetable.team
    return DoorsRound.objects.create(team=team, timetable=timetable, opened_by=by, opened_on=team.today(now), **facts)


@transaction.atomic
def change_round(round_: DoorsRound, **facts: Any) -> DoorsRound:
    """Change what a round is called and when it is. Refuses with RoundIsPublished."""
    current = _unpublished(round_)
    for name, value in facts.items():
        setattr(current, name, value)
    current.save(update_fields=list(facts))
    _forget_match(current)
    return current


@transaction.atomic
def drop_round(round_: DoorsRound) -> None:
    """Erase a round that nobody has visits from yet. Refuses with RoundIsPublished."""
    current = _unpublished(round_)
    _forget_match(current)
    current.delete()


def name_me(school: School, *, by: User, name: str = "", role: str = "") -> NameInTimetable:
    """Say which name in the timetable one has; without one, what one is. Refuses with NameTaken."""
    facts = {"name": name, "role": "" if name else role}
    try:
        with transaction.atomic():
            link, _made = NameInTimetable.objects.update_or_create(school=school, user=by, defaults=facts)
            for round_ in DoorsRound.objects.filter(team__school=school, published_on=None):
                _forget_match(round_)
    except IntegrityError:
        raise NameTaken from None
    return link


@transaction.atomic
def open_door(round_: DoorsRound, *, by: User, now: datetime, **facts: Any) -> OpenDoor:
    """Open one's door, or change it: `look_for`, `subjects`, `most_a_week`, `at_once`, `shows`, `slots`.

    Refuses with NotCollecting.
    """
    current = _collecting(round_, now)
    door, _made = OpenDoor.objects.update_or_create(round=current, host=by, defaults=facts)
    _forget_match(current)
    return door


@transaction.atomic
def close_door(round_: DoorsRound, *, by: User, now: datetime) -> None:
    """Close one's door again. Refuses with NotCollecting."""
    current = _collecting(round_, now)
    current.doors.filter(host=by).delete()
    _forget_match(current)


@transaction.atomic
def wish(round_: DoorsRound, *, hosts: list[User], by: User, now: datetime, **facts: Any) -> VisitWish:
    """Say what one would like to see, or change it: `visits`, `different`, `hosts`, `subjects`, `not_at`.

    Refuses with NotCollecting.
    """
    current = _collecting(round_, now)
    made, _new = VisitWish.objects.update_or_create(round=current, visitor=by, defaults=facts)
    made.hosts.set(hosts)
    _forget_match(current)
    return made


@transaction.atomic
def drop_wish(round_: DoorsRound, *, by: User, now: datetime) -> None:
    """Take one's wish back. Refuses with NotCollecting."""
    current = _collecting(round_, now)
    current.wishes.filter(visitor=by).delete()
    _forget_match(current)


@transaction.atomic
def match_round(round_: DoorsRound, *, now: datetime) -> DoorsRound:
    """Find as many visits as there can be, and what each wish lacks and why. It may be done again until it is told.

    Refuses with RoundIsPublished, TimetableErased and NothingToMatch.
    """
    current = _unpublished(round_)
    schedule = schedule_of(current)
    if not schedule:
        raise TimetableErased
    plan, today = plan_of(current, schedule), current.team.today(now)
    if not plan.doors or not plan.wishes:
        raise NothingToMatch
    found = match_visits(plan.schedule, plan.doors, plan.wishes, cycles=plan.cycles, closed=plan.closed(today))
    _forget_match(current)
    PeerVisit.objects.bulk_create(PeerVisit(round=current, **facts_of(plan, visit)) for visit in found.visits)
    _note_missing(current, plan, found)
    current.wished, current.found = sum(one.visits for one in plan.wishes), len(found.visits)
    current.proven, current.matched_on = found.proven, today
    current.save(update_fields=["wished", "found", "proven", "matched_on"])
    return current


def _note_missing(round_: DoorsRound, plan: Plan, found: Match) -> None:
    """Keep with each wish what it lacks; the reason stays a template, so that it is read in the reader's language."""
    round_.wishes.update(missing=0, why={})
    for one in found.unmet:
        why = {"template": one.why.template, "facts": dict(one.why.facts)}
        round_.wishes.filter(visitor=plan.people[one.visitor]).update(missing=one.missing, why=why)


@transaction.atomic
def publish_round(round_: DoorsRound, *, now: datetime) -> DoorsRound:
    """Tell everybody their visits. Refuses with RoundIsPublished and NotMatchedYet."""
    current = _unpublished(round_)
    if not current.matched_on:
        raise NotMatchedYet
    current.published_on = current.team.today(now)
    current.save(update_fields=["published_on"])
    return current


def _locked(round_: DoorsRound) -> DoorsRound:
    """Return the round as it stands now, kept still until the transaction ends."""
    found = DoorsRound.objects.select_for_update(of=("self",)).select_related("team__school", "timetable", "scenario")
    return found.get(pk=round_.pk)


def _unpublished(round_: DoorsRound) -> DoorsRound:
    current = _locked(round_)
    if current.published_on:
        raise RoundIsPublished
    return current


def _collecting(round_: DoorsRound, now: datetime) -> DoorsRound:
    current = _locked(round_)
    if not current.is_collecting(current.team.today(now)):
        raise NotCollecting
    return current


def _forget_match(round_: DoorsRound) -> None:
    """Throw away a match that was not told to anybody: a door, a wish or a name has changed. Nothing of it stays."""
    round_.visits.all().delete()
    PeerVisit.history.filter(round=round_.pk).delete()
    DoorsRound.objects.filter(pk=round_.pk).update(matched_on=None, wished=0, found=0)
