"""Look at the eight ways of working together: say how each one stands, hand on what is missing, close the look.

The team fills one sheet together. Whether there is a time and who has it are facts of the week, so nobody needs to
answer alone first; how well people can work with them is asked alone, in the self-assessment of the condition.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.plans.actions.barriers import add_idea, name_barrier
from colead.plans.models import Barrier, Idea
from colead.practices.models import Structure, StructureLook
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.texts.actions import save_text

CONDITION = "structures"  # the slug of the condition that barriers from here belong to


class OneLookIsOpen(Refusal):
    """Refuse a second look beside one that is not closed."""

    reason = _("You are looking already. Close this look before you begin another.")


class LookIsClosed(Refusal):
    """Refuse to change what a closed look says."""

    reason = _("This look is closed. Begin a new one when something has changed.")


class NothingSaid(Refusal):
    """Refuse to close a look in which no structure was talked about."""

    reason = _("Say how at least one of the eight stands before you close the look.")


class NothingMissing(Refusal):
    """Refuse to hand on a structure that is settled, or of which nothing is said."""

    reason = _("This one is there and used for its purpose. Nothing has to be taken on.")


class HandedOn(Refusal):
    """Refuse to make a second thing of a structure that has become a barrier or an idea."""

    reason = _("This has become a barrier or an idea already.")


def begin_look(team: Team, *, now: datetime) -> StructureLook:
    """Begin to look at the eight. Refuses with OneLookIsOpen."""
    last = team.structure_looks.first()
    try:
        with transaction.atomic():
            number = last.number + 1 if last else 1
            return StructureLook.objects.create(team=team, number=number, started_on=team.today(now))
    except IntegrityError:
        raise OneLookIsOpen from None


def describe(look: StructureLook, kind: str, *, by: User, based_on: int, now: datetime, **facts: Any) -> Structure:
    """Say how one of the eight stands. Refuses with LookIsClosed and StaleSave."""
    with transaction.atomic():
        current = _open(look)
        structure, _made = Structure.objects.get_or_create(look=current, kind=kind, defaults=_became(current, kind))
        return save_text(structure, based_on=based_on, by=by, now=now, **facts)


def _became(look: StructureLook, kind: str) -> dict[str, Any]:
    """Return what the look before made of it, unless the team has put that away."""
    known = Structure.objects.filter(look__team=look.team, look__number=look.number - 1, kind=kind)
    before = known.select_related("barrier", "idea").first()
    made = {"barrier": before.barrier, "idea": before.idea} if before else {}
    return {name: thing for name, thing in made.items() if thing and not thing.put_away_on}


def close_look(look: StructureLook, *, first: str, now: datetime) -> StructureLook:
    """Close the look with what the team does first. Refuses with LookIsClosed and NothingSaid."""
    with transaction.atomic():
        current = _open(look)
        if not current.structures.exclude(state="").exists():
            raise NothingSaid
        current.first, current.closed_on = first, current.team.today(now)
        current.save(update_fields=["first", "closed_on"])
    return current


def make_barrier(structure: Structure, *, by: User, now: datetime) -> Barrier:
    """Make what is missing a barrier of the condition. Refuses with NothingMissing and HandedOn."""
    with transaction.atomic():
        current = _free(structure)
        barrier = name_barrier(current.look.team, statement=_said(current), condition=CONDITION, by=by, now=now)
        save_text(current, based_on=current.version, by=by, now=now, barrier=barrier)
    return barrier


def make_idea(structure: Structure, *, by: User, now: datetime) -> Idea:
    """Make what is missing an idea. Refuses with NothingMissing and HandedOn."""
    with transaction.atomic():
        current = _free(structure)
        idea = add_idea(current.look.team, text=_wished(current), by=by, now=now)
        save_text(current, based_on=current.version, by=by, now=now, idea=idea)
    return idea


def _said(structure: Structure) -> str:
    if structure.state == Structure.State.ABSENT:
        return gettext("We do not have this: %s.") % structure
    if structure.state == Structure.State.STARTING:
        return gettext("This has begun and is not settled: %s.") % structure
    if not structure.minutes_a_week:
        return gettext("This has no time of its own: %s.") % structure
    return gettext("The time for this goes to other things: %s.") % structure


def _wished(structure: Structure) -> str:
    wish = gettext("Begin with this: %s.") if structure.state == Structure.State.ABSENT else gettext("Settle this: %s.")
    return wish % structure


def _open(look: StructureLook) -> StructureLook:
    locked = StructureLook.objects.select_for_update(of=("self",)).select_related("team__school")
    current: StructureLook = locked.get(pk=look.pk)
    if current.closed_on:
        raise LookIsClosed
    return current


def _free(structure: Structure) -> Structure:
    locked = Structure.objects.select_for_update(of=("self",)).select_related("look__team__school")
    current: Structure = locked.get(pk=structure.pk)
    if current.barrier_id or current.idea_id:
        raise HandedOn
    if not current.is_wanting:
        raise NothingMissing
    return current
