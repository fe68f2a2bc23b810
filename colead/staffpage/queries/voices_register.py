"""Whose voices are in the vision and in each decision: counted by role, how they were asked, where it shows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from colead.analysis.release import RULES
from colead.decisions.models import Decision, Input
from colead.plans.models import Shift
from colead.plans.queries.purpose import shifts_in
from colead.schools.models import School, Team
from colead.staffpage.models import Asking, Message
from colead.staffpage.models.voices import BEYOND, ROLES

LEAST = RULES.minimum  # people: fewer of a role are not told to all staff


def role_name(role: str) -> str:
    """Return what a role is called when there are several, inside a sentence."""
    return str(Asking._meta.get_field(role).verbose_name)  # type: ignore[union-attr]  # no reverse relation is asked


@dataclass(frozen=True)
class Asked:
    """One asking, for the team: what was noted, and people by role, in full."""

    asking: Asking
    people: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _role, count in self.people)


@dataclass(frozen=True)
class Entry:
    """All that the register holds on one decision, or on the vision where `decision` is None."""

    decision: Decision | None
    asked: tuple[Asked, ...]
    by_role: tuple[tuple[str, int], ...]
    inputs: tuple[Input, ...]
    messages: tuple[Message, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.asked or self.inputs or self.messages or (self.decision and self.decision.message))


@dataclass(frozen=True)
class Register:
    """A team's register: the vision first, then its decisions, the newest first; and who will do what differently."""

    vision: Entry
    decisions: tuple[Entry, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class Voices:
    """Whose voices are in something, for all staff: roles of five people and more, in steps of five."""

    by_role: tuple[tuple[str, int], ...]
    others: bool  # a few people of other roles too
    how: tuple[str, ...]
    reflected: tuple[str, ...]


def register(team: Team) -> Register:
    """Gather a team's register, in a fixed number of queries."""
    decisions = list(team.decisions.decided().prefetch_related("inputs"))
    asked, messages = defaultdict(list), defaultdict(list)
    for asking in team.askings.all():
        asked[asking.decision_id].append(asking)
    for message in team.messages.all():
        messages[message.decision_id].append(message)
    entries = [_entry(one, asked[one.pk], messages[one.pk]) for one in decisions]
    return Register(
        vision=_entry(None, asked[None], messages[None]),
        decisions=tuple(entry for entry in entries if not entry.is_empty),
        shifts=tuple(shifts_in(team).filter(put_away_on=None, map__put_away_on=None)),
    )


def entry_on(decision: Decision) -> Entry:
    """Return what the register holds on one decision."""
    return _entry(decision, list(decision.askings.all()), list(decision.messages.all()))


def _entry(decision: Decision | None, asked: list[Asking], messages: list[Message]) -> Entry:
    return Entry(
        decision=decision,
        asked=tuple(Asked(one, _people([one], (*ROLES, *BEYOND))) for one in asked),
        by_role=_people(asked, (*ROLES, *BEYOND)),
        inputs=tuple(decision.inputs.all()) if decision else (),
        messages=tuple(messages),
    )


def _people(asked: Iterable[Asking], roles: Iterable[str]) -> tuple[tuple[str, int], ...]:
    rows = list(asked)
    sums = ((role, sum(getattr(one, role) for one in rows)) for role in roles)
    return tuple((role_name(role), people) for role, people in sums if people)


def voices_at(school: School) -> dict[int | None, Voices]:
    """Return whose voices are in a school's decisions, by number, and in its vision (None), for all staff to read.

    Numbers go down to a multiple of five, and a role of fewer is not named: one more person asked changes nothing
    that anybody could tell apart.
    """
    found: dict[int | None, list[Asking]] = defaultdict(list)
    for asking in Asking._default_manager.filter(team__school=school):
        found[asking.decision_id].append(asking)
    return {key: _voices(asked) for key, asked in found.items()}


def _voices(asked: list[Asking]) -> Voices:
    people = _people(asked, (*ROLES, *BEYOND))
    return Voices(
        by_role=tuple((role, count - count % LEAST) for role, count in people if count >= LEAST),
        others=any(count < LEAST for _role, count in people),
        how=tuple(dict.fromkeys(one.how for one in asked)),
        reflected=tuple(dict.fromkeys(one.reflected for one in asked if one.reflected)),
    )
