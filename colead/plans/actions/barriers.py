"""From what stands in the way, through its cause, to the one approach a team takes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.plans.models import Barrier, Evidence, Idea, SwotItem, Why
from colead.schools.actions import Refusal
from colead.schools.models import Member, Team
from colead.texts.actions import save_new, save_text
from colead.texts.models import TeamText

Chosen = TypeVar("Chosen", Barrier, Idea)
Kept = TypeVar("Kept", bound=TeamText)

WITHIN_REACH = (Barrier.Reach.CONTROL, Barrier.Reach.INFLUENCE)


class OutOfReach(Refusal):
    """Refuse to choose what the team can neither decide nor influence."""

    reason = _(
        "This concerns you, but you can neither decide nor influence it. Choose something within your reach, "
        "or find the part of this that is."
    )


class NotTagged(Refusal):
    """Refuse to choose a barrier before the team has said how far its reach goes."""

    reason = _(
        "Say first how far your reach goes: do you decide this, can you influence it, or does it only concern you?"
    )


class NoWhyYet(Refusal):
    """Refuse to name a cause before anybody has asked why."""

    reason = _("Ask why at least once. The last because can then be the cause.")


class CauseOutOfReach(Refusal):
    """Refuse a last cause that the team cannot do anything about."""

    reason = _("A cause that you cannot touch leads nowhere. Ask why again, or go back one step and take another turn.")


class CauseIsAPerson(Refusal):
    """Refuse a person as the last cause."""

    reason = _(
        "A person is never the cause. Ask what in the way work is set up lets this happen, whoever is in the job."
    )


class PutAway(Refusal):
    """Refuse to choose what the team has put away."""

    reason = _("This was put away. Bring it back first.")


# --- The barrier ----------------------------------------------------------------------------------------------------


def name_barrier(
    team: Team, *, statement: str, by: User, now: datetime, evidence: Iterable[Evidence] = (), **facts: Any
) -> Barrier:
    """Name something that stands in the way."""
    with transaction.atomic():
        barrier = save_new(Barrier(team=team, statement=statement, **facts), by=by, now=now)
        barrier.evidence.set(evidence)
    return barrier


def edit_barrier(
    barrier: Barrier,
    *,
    by: User,
    based_on: int,
    now: datetime,
    evidence: Iterable[Evidence] | None = None,
    **changes: Any,
) -> Barrier:
    """Change a barrier's words, its tag or its evidence.

    Refuses with OutOfReach to tag the chosen one as beyond reach, and with NotTagged to take its tag away.
    """
    try:
        with transaction.atomic():
            _give_way(_hold(barrier), changes.get("condition", ""), by=by, now=now)
            saved = save_text(barrier, based_on=based_on, by=by, now=now, **changes)
            if evidence is not None:
                saved.evidence.set(evidence)
    except IntegrityError as refused:  # the database looks at the merged words, which may not be those sent
        raise (OutOfReach if changes.get("reach") else NotTagged) from refused
    return saved


def _give_way(barrier: Barrier, condition: str, *, by: User, now: datetime) -> None:
    """Take on no longer a barrier that moves to a condition for which another one is taken on."""
    others = barrier.team.barriers.filter(condition=condition).exclude(chosen_on=None).exclude(pk=barrier.pk)
    if barrier.chosen_on and barrier.condition != condition and others.exists():
        _mark(barrier, by=by, now=now, chosen_on=None)


def _check_reach(reach: str) -> None:
    if not reach:
        raise NotTagged
    if reach not in WITHIN_REACH:
        raise OutOfReach


def choose_barrier(barrier: Barrier, *, by: User, now: datetime) -> Barrier:
    """Take this barrier on; the one chosen before for the same condition gives way.

    Refuses with PutAway, NotTagged or OutOfReach.
    """
    with transaction.atomic():
        current = _hold(barrier)
        if current.put_away_on:
            raise PutAway
        _check_reach(current.reach)
        rivals = current.team.barriers.filter(condition=current.condition).exclude(chosen_on=None)
        for rival in rivals.exclude(pk=current.pk):
            _mark(rival, by=by, now=now, chosen_on=None)
        return _mark(current, by=by, now=now, chosen_on=current.chosen_on or current.team.today(now))


def put_away(thing: Barrier | Idea | SwotItem, *, by: User, now: datetime) -> None:
    """Put a barrier, an idea or a note aside; it stays readable and can come back. A chosen one is chosen no more."""
    facts = {} if isinstance(thing, SwotItem) else {"chosen_on": None}
    _mark(thing, by=by, now=now, put_away_on=thing.team.today(now), **facts)


def bring_back(thing: Barrier | Idea | SwotItem | Why, *, by: User, now: datetime) -> None:
    """Bring back what was put away. A because that returns below the cause opens the question of the cause again."""
    with transaction.atomic():
        if isinstance(thing, Why):
            for cause in thing.barrier.whys.filter(is_cause=True, number__lt=thing.number):
                _mark(cause, by=by, now=now, is_cause=False)
        _mark(thing, by=by, now=now, put_away_on=None)


def vote(thing: Barrier | Idea | SwotItem, member: Member) -> bool:
    """Give a member's vote, or take it back where it was given; say whether it now counts."""
    given = thing.voters.filter(pk=member.pk).exists()
    (thing.voters.remove if given else thing.voters.add)(member)
    return not given


# --- The cause ------------------------------------------------------------------------------------------------------


def add_why(
    barrier: Barrier, *, because: str, by: User, now: datetime, fact: str = "", evidence: Evidence | None = None
) -> Why:
    """Add the next link of the chain. A cause named before is one no more, since the chain goes on below it."""
    with transaction.atomic():
        current = _hold(barrier)
        for why in current.whys.filter(is_cause=True):
            _mark(why, by=by, now=now, is_cause=False)
        last = current.whys.aggregate(Max("number"))["number__max"] or 0
        why = Why(barrier=current, number=last + 1, because=because, fact=fact, evidence=evidence)
        return save_new(why, by=by, now=now)


def edit_why(why: Why, *, by: User, based_on: int, now: datetime, **changes: Any) -> Why:
    """Change a link of the chain."""
    return save_text(why, based_on=based_on, by=by, now=now, **changes)


def put_why_away(why: Why, *, by: User, now: datetime) -> None:
    """Take a link out of the chain; it stays in its history."""
    _mark(why, by=by, now=now, is_cause=False, put_away_on=why.barrier.team.today(now))


def name_cause(barrier: Barrier, *, in_reach: bool, not_a_person: bool, by: User, now: datetime) -> Why:
    """Name the last why as the cause. Refuses with NoWhyYet, CauseOutOfReach or CauseIsAPerson."""
    with transaction.atomic():
        last: Why | None = _hold(barrier).whys.kept().last()
        if not last:
            raise NoWhyYet
        if not in_reach:
            raise CauseOutOfReach
        if not not_a_person:
            raise CauseIsAPerson
        return _mark(last, by=by, now=now, is_cause=True)


# --- Ideas and the approach -----------------------------------------------------------------------------------------


def add_idea(
    team: Team, *, text: str, by: User, now: datetime, barrier: Barrier | None = None, tried_before: str = ""
) -> Idea:
    """Add something the team could do, about a barrier or to make more of a strength."""
    return save_new(Idea(team=team, barrier=barrier, text=text, tried_before=tried_before), by=by, now=now)


def edit_idea(idea: Idea, *, by: User, based_on: int, now: datetime, **changes: Any) -> Idea:
    """Change the words of an idea."""
    return save_text(idea, based_on=based_on, by=by, now=now, **changes)


def choose_approach(idea: Idea, *, reason: str, by: User, now: datetime) -> Idea:
    """Choose one idea as the approach to its barrier; the one chosen before gives way.

    Refuses with PutAway; with NotTagged or OutOfReach where the barrier itself could not be chosen.
    """
    with transaction.atomic():
        current = _hold(idea)
        if current.put_away_on:
            raise PutAway
        if current.barrier:
            _check_reach(current.barrier.reach)
            for rival in current.barrier.ideas.exclude(chosen_on=None).exclude(pk=current.pk):
                _mark(rival, by=by, now=now, chosen_on=None)
        return _mark(current, by=by, now=now, chosen_on=current.team.today(now), reason=reason)


def _hold(thing: Chosen) -> Chosen:
    """Read a barrier or an idea anew, while nobody else of its team can choose."""
    Team.objects.select_for_update().get(pk=thing.team_id)
    thing.refresh_from_db()
    return thing


def _mark(thing: Kept, *, by: User, now: datetime, **facts: Any) -> Kept:
    """Write down a state, whichever version the words are in."""
    thing.refresh_from_db()
    return save_text(thing, based_on=thing.version, by=by, now=now, **facts)
