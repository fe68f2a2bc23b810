"""The timetable as Booleans: which lessons begin when, and who and what is taken by them.

One Boolean for lessons that are alike and a start. Nobody and nothing is booked twice, save as often as today; a class
or person whose lessons fill all their periods has exactly one in each, which is what makes full timetables solvable.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from colead.timetable.model import Rule, RuleKind, Schedule, Slot
from colead.timetable.shifts.alike import Alike, covered
from colead.timetable.shifts.engine import Literal, Model

Owner = str
Taken = dict[Owner, dict[Slot, list[Literal]]]
Owners = Callable[[Alike], list[str]]


class Placing:
    """The Booleans of all lessons, and who is taken by which of them; `strict` allows no double booking of today."""

    def __init__(
        self,
        model: Model,
        schedule: Schedule,
        alikes: Sequence[Alike],
        rules: Sequence[Rule],
        *,
        strict: bool = False,
    ) -> None:
        self.model, self.schedule, self.alikes, self.strict = model, schedule, alikes, strict
        self.at: list[dict[Slot, Literal]] = [{slot: model.boolean() for slot in one.starts} for one in alikes]
        self.people: Taken = defaultdict(lambda: defaultdict(list))
        self.leaves: Taken = defaultdict(lambda: defaultdict(list))
        self._busy: dict[tuple[tuple[Literal, ...], bool], Literal] = {}
        for number, one in enumerate(alikes):
            model.between(one.count, [(1, literal) for literal in self.at[number].values()], one.count)
            self._enter(one, self.at[number])
        self.away = self._away(rules)

    def _enter(self, one: Alike, at: dict[Slot, Literal]) -> None:
        owners = [self.people[name] for name in dict.fromkeys(one.one.people)]
        owners += [self.leaves[leaf] for leaf in self.leaves_of(one)]
        for start, literal in at.items():
            for slot in one.covers(start):
                for owner in owners:
                    owner[slot].append(literal)

    def leaves_of(self, one: Alike) -> list[str]:
        return sorted({leaf for group in one.one.groups for leaf in self.schedule.leaves[group]})

    def _away(self, rules: Sequence[Rule]) -> dict[str, set[Slot]]:
        """Note when people and groups cannot be booked, as the checker does."""
        away: dict[str, set[Slot]] = defaultdict(set)
        for rule in rules:
            if rule.kind in (RuleKind.AWAY, RuleKind.CLASS_AWAY):
                for name in (*rule.people, *rule.groups):
                    away[name] |= rule.slots
        return away

    @cached_property
    def today(self) -> Counter[tuple[Owner, Slot]]:
        """Count how often people and smallest parts of classes are booked today."""
        return Counter(
            (owner, slot)
            for one in ([] if self.strict else self.alikes)
            for owner in (*dict.fromkeys(one.one.people), *self.leaves_of(one))
            for lesson in one.lessons
            for slot in lesson.slots
        )

    def nobody_twice(self, people: Iterable[str] | None = None, leaves: Iterable[str] | None = None) -> None:
        """Book nobody twice: everybody, or only these people and parts of classes."""
        seen: set[tuple[tuple[Slot, tuple[Literal, ...]], ...]] = set()
        for owner in self.leaves if leaves is None else leaves:
            taken = tuple((slot, tuple(literals)) for slot, literals in self.leaves[owner].items())
            if taken not in seen:
                self._once(owner, self.leaves[owner], self._load(owner, self.leaves_of))
            seen.add(taken)
        for owner in self.people if people is None else people:
            self._once(owner, self.people[owner], self._load(owner, lambda one: list(one.one.people)))

    def _load(self, owner: Owner, owners: Owners) -> int:
        return sum(one.count * one.one.length for one in self.alikes if owner in owners(one))

    def _once(self, owner: Owner, taken: dict[Slot, list[Literal]], load: int) -> None:
        full = load == len(taken)
        if load > len(taken) and not any(self.today[owner, slot] > 1 for slot in taken):
            self.model.one_of(())  # more lessons than periods: no need to search
        for slot, literals in taken.items():
            most = max(1, self.today[owner, slot])
            if most > 1:
                self.model.at_most(literals, most)
            elif full:
                self.model.exactly_one(literals)
            elif len(literals) > 1:
                self.model.at_most_one(literals)

    def literals(self, name: str, slot: Slot) -> list[Literal]:
        """List what would take a person or a group (with all its parts) in a period."""
        if name in self.schedule.leaves:
            parts = (self.leaves[leaf].get(slot, ()) for leaf in sorted(self.schedule.leaves[name]))
            return list(dict.fromkeys(literal for part in parts for literal in part))
        return list(self.people[name].get(slot, ()))

    def busy(self, name: str, slot: Slot) -> Literal:
        """Find the Boolean that says whether a person or group is taken in a period."""
        literals = self.literals(name, slot)
        if len(literals) < 2:
            return literals[0] if literals else ~self.model.yes
        alone = self._alone(name, slot, literals)
        key = (tuple(literals), alone)
        if key not in self._busy:
            with self.model.under():
                self._busy[key] = self._any(literals, alone)
        return self._busy[key]

    def _alone(self, name: str, slot: Slot, literals: Sequence[Literal]) -> bool:
        """Say whether at most one of them can hold, since somebody or a part of a class is in all of them."""
        if name not in self.schedule.leaves:
            return self.today[name, slot] < 2
        parts = [leaf for leaf in self.schedule.leaves[name] if len(self.leaves[leaf].get(slot, ())) == len(literals)]
        return any(self.today[leaf, slot] < 2 for leaf in parts)

    def _any(self, literals: Sequence[Literal], alone: bool) -> Literal:
        busy = self.model.boolean()
        if alone:
            self.model.exactly_one((*literals, ~busy))
            return busy
        self.model.one_of((*literals, ~busy))
        for literal in literals:
            self.model.implies(literal, busy)
        return busy

    def starts(self, lessons: Iterable[str]) -> dict[int, dict[Slot, Literal]]:
        """Find the Booleans of the starts of some lessons, by the number of their alikes, each once."""
        wanted = set(lessons)
        return {
            number: self.at[number]
            for number, one in enumerate(self.alikes)
            if any(lesson.key in wanted for lesson in one.lessons)
        }

    def slots_of(self, number: int, start: Slot) -> tuple[Slot, ...]:
        return covered(start, self.alikes[number].one.length)
