"""How each kind of rule binds the Booleans of a timetable. `keeping` checks the same rules in plain loops."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from colead.timetable.keeping import next_slot
from colead.timetable.model import LessonKind, PeriodKind, Rule, RuleKind, Slot
from colead.timetable.shifts.engine import Literal
from colead.timetable.shifts.placing import Placing

Bind = Callable[[Placing, Rule], None]


def bind(placing: Placing, rules: Iterable[Rule]) -> None:
    """Hold every rule; those that only say where a lesson may be are in the starts and rooms already."""
    for rule in rules:
        if rule.kind in BINDING:
            BINDING[rule.kind](placing, rule)


def _days_apart(placing: Placing, rule: Rule) -> None:
    by_day: dict[int, list[Literal]] = defaultdict(list)
    for at in placing.starts(rule.lessons).values():
        for slot, literal in at.items():
            by_day[slot.day].append(literal)
    for first in range(len(placing.schedule.days) if rule.number else 0):
        some = [literal for day in range(first, first + rule.number) for literal in by_day[day]]
        if len(some) > 1:
            placing.model.at_most_one(some)


def _same_start(placing: Placing, rule: Rule) -> None:
    _alike_by(placing, rule, lambda slot: slot)


def _same_day(placing: Placing, rule: Rule) -> None:
    _alike_by(placing, rule, lambda slot: slot.day)


def _alike_by(placing: Placing, rule: Rule, what: Callable[[Slot], object]) -> None:
    """Let the starts of all lessons be the same in one respect."""
    ways = [_sorted_by(at, what) for at in placing.starts(rule.lessons).values()]
    for first, other in pairwise(ways):
        for key in first.keys() | other.keys():
            terms = [(1, literal) for literal in first.get(key, [])]
            terms += [(-1, literal) for literal in other.get(key, [])]
            placing.model.between(0, terms, 0)


def _sorted_by(at: dict[Slot, Literal], what: Callable[[Slot], object]) -> dict[object, list[Literal]]:
    sorts: dict[object, list[Literal]] = defaultdict(list)
    for slot, literal in at.items():
        sorts[what(slot)].append(literal)
    return sorts


def _pause(placing: Placing, rule: Rule) -> None:
    """Widen each lesson by the pause after it: then no two are at once."""
    taken: dict[Slot, list[Literal]] = defaultdict(list)
    for number, at in placing.starts(rule.lessons).items():
        for start, literal in at.items():
            last = start.period + placing.alikes[number].one.length + rule.number
            for period in range(start.period, last):
                taken[Slot(start.day, period)].append(literal)
    for literals in taken.values():
        if len(literals) > 1:
            placing.model.at_most_one(literals)


def _in_turn(placing: Placing, rule: Rule) -> None:
    number = {one.one.key: n for n, one in enumerate(placing.alikes)}
    for one, other in pairwise(number[key] for key in rule.lessons if key in number):
        follows = dict(placing.at[other])
        for start, literal in placing.at[one].items():
            after = next_slot(placing.schedule, placing.slots_of(one, start)[-1])
            later = follows.pop(after, None) if after else None
            placing.model.one_of([~literal] if later is None else [~literal, later])
        for literal in follows.values():
            placing.model.one_of([~literal])


def _end_of_day(placing: Placing, rule: Rule) -> None:
    for number, at in placing.starts(rule.lessons).items():
        for start, literal in at.items():
            last = placing.slots_of(number, start)[-1]
            for group in placing.alikes[number].one.groups:
                for period in range(last.period + 1, len(placing.schedule.days[last.day].periods)):
                    placing.model.implies(literal, ~placing.busy(group, Slot(last.day, period)))


def _not_at_once(placing: Placing, rule: Rule) -> None:
    taken: dict[Slot, list[Literal]] = defaultdict(list)
    for number, at in placing.starts(rule.lessons).items():
        for start, literal in at.items():
            for slot in placing.slots_of(number, start):
                taken[slot].append(literal)
    for literals in taken.values():
        if len(literals) > 1:
            placing.model.at_most_one(literals)


def _names(rule: Rule) -> tuple[str, ...]:
    return (*rule.people, *rule.groups)


def _slots(placing: Placing, day: int) -> list[Slot]:
    return [Slot(day, n) for n in range(len(placing.schedule.days[day].periods))]


def _day(placing: Placing, name: str, day: int) -> list[Literal]:
    return [placing.busy(name, slot) for slot in _slots(placing, day)]


def _weeks(placing: Placing) -> Iterator[list[int]]:
    for week in placing.schedule.weeks:
        yield [day for day, one in enumerate(placing.schedule.days) if one.week == week]


def _most_days(placing: Placing, rule: Rule) -> None:
    for name in _names(rule):
        for days in _weeks(placing):
            if rule.number < len(days):
                placing.model.at_most([_used(placing, name, _slots(placing, day)) for day in days], rule.number)


def _most_days_at(placing: Placing, rule: Rule) -> None:
    for name in _names(rule):
        for days in _weeks(placing):
            times = [[slot for slot in _slots(placing, day) if slot in rule.slots] for day in days]
            if rule.number < sum(map(bool, times)):
                placing.model.at_most([_used(placing, name, slots) for slots in times if slots], rule.number)


def _used(placing: Placing, name: str, slots: Iterable[Slot]) -> Literal:
    used = placing.model.boolean()
    for slot in slots:
        placing.model.implies(placing.busy(name, slot), used)
    return used


def _most_gaps(placing: Placing, rule: Rule) -> None:
    for name in _names(rule):
        for days in _weeks(placing):
            gaps = [gap for day in days for gap in _gaps(placing, name, day, rule.number)]
            placing.model.at_most(gaps, rule.number)


def _gaps_a_day(placing: Placing, rule: Rule) -> None:
    for name in _names(rule):
        for day in range(len(placing.schedule.days)):
            placing.model.at_most(_gaps(placing, name, day, rule.number), rule.number)


def _late_starts(placing: Placing, rule: Rule) -> None:
    for name in _names(rule):
        for days in _weeks(placing):
            late = [literal for day in days for literal in _late(placing, name, day)]
            placing.model.at_most(late, rule.number)


def _late(placing: Placing, name: str, day: int) -> list[Literal]:
    """Say whether a day begins with the second period; later than that is not allowed."""
    slots = [Slot(day, n) for n in range(len(placing.schedule.days[day].periods))]
    usable = [one for one in slots if placing.schedule.period(one).counts and one not in placing.away.get(name, ())]
    busy = [placing.busy(name, slot) for slot in usable]
    for later in busy[2:]:
        placing.model.one_of([~later, busy[0], busy[1]])
    if len(busy) < 2:
        return []
    late = placing.model.boolean()
    placing.model.one_of([~busy[1], busy[0], late])
    return [late]


def _gaps(placing: Placing, name: str, day: int, most: int) -> list[Literal]:
    """Say for each period between two taken ones whether it is a gap; with none allowed, forbid it at once."""
    model, busy = placing.model, _day(placing, name, day)
    before, after = _so_far(placing, busy), _so_far(placing, busy[::-1])[::-1]
    gaps = []
    for period in range(1, len(busy) - 1):
        slot = Slot(day, period)
        if placing.schedule.period(slot).counts and slot not in placing.away.get(name, ()):
            gap = [model.boolean()] if most else []
            model.one_of([~before[period - 1], ~after[period + 1], busy[period], *gap])
            gaps += gap
    return gaps


def _so_far(placing: Placing, busy: Sequence[Literal]) -> list[Literal]:
    """Say for each period whether somebody was taken in it or earlier."""
    chain = list(busy[:1])
    for literal in busy[1:]:
        now = placing.model.boolean()
        placing.model.implies(chain[-1], now)
        placing.model.implies(literal, now)
        chain.append(now)
    return chain


def _most_a_day(placing: Placing, rule: Rule) -> None:
    for name in _names(rule):
        for day in range(len(placing.schedule.days)):
            placing.model.at_most(_day(placing, name, day), rule.number)


def _least_a_day(placing: Placing, rule: Rule) -> None:
    for name in _names(rule):
        for day in range(len(placing.schedule.days)):
            busy = _day(placing, name, day)
            for one in busy:
                placing.model.between(0, [*((1, other) for other in busy), (-rule.number, one)], len(busy))


def _most_in_a_row(placing: Placing, rule: Rule) -> None:
    for name in _names(rule):
        for day in range(len(placing.schedule.days)):
            busy = _day(placing, name, day)
            for first in range(len(busy) - rule.number):
                placing.model.one_of([~literal for literal in busy[first : first + rule.number + 1]])


def _most_duties(placing: Placing, rule: Rule) -> None:
    for name in rule.people:
        duties = [
            (slot.day, literal)
            for one, at in zip(placing.alikes, placing.at, strict=True)
            if one.one.kind is LessonKind.DUTY and name in one.one.people
            for slot, literal in at.items()
        ]
        for days in _weeks(placing):
            placing.model.at_most([literal for day, literal in duties if day in days], rule.number)


def _planning(placing: Placing, name: str, day: int, least: int) -> list[tuple[int, Literal]]:
    """List a person's own minutes of a day with the Boolean that says whether they count."""
    periods = placing.schedule.days[day].periods
    away = placing.away.get(name, set())
    free = {
        n: ~placing.busy(name, Slot(day, n))
        for n, period in enumerate(periods)
        if period.counts and Slot(day, n) not in away
    }
    minutes = {n: periods[n].minutes for n in free}
    return [(minutes[n], literal) for n, literal in long_enough(placing, free, minutes, least).items()]


def long_enough(placing: Placing, free: dict[int, Literal], minutes: dict[int, int], least: int) -> dict[int, Literal]:
    """Give for each free period a Boolean that can hold only when it is part of a free piece of `least` minutes."""
    if all(minutes[n] >= least for n in free):
        return free
    found = {}
    pieces: dict[tuple[int, int], Literal] = {}
    for n in free:
        around = list(_pieces(n, minutes, least))
        if around:
            counts = placing.model.boolean()
            for piece in around:
                if piece not in pieces:
                    pieces[piece] = _whole(placing, [free[m] for m in range(piece[0], piece[1] + 1)])
            placing.model.one_of([~counts, *(pieces[piece] for piece in around)])
            found[n] = counts
    return found


def _pieces(n: int, minutes: dict[int, int], least: int) -> Iterator[tuple[int, int]]:
    """Find the shortest pieces around a period that are long enough."""
    last = n
    total = 0
    for first in range(n, -1, -1):
        if first not in minutes:
            return
        total = sum(minutes[m] for m in range(first, n + 1))
        last = n
        while total < least and last + 1 in minutes:
            last += 1
            total += minutes[last]
        if total >= least:
            yield first, last
        if last == n and total >= least:
            return


def _whole(placing: Placing, parts: Sequence[Literal]) -> Literal:
    whole = placing.model.boolean()
    for part in parts:
        placing.model.implies(whole, part)
    return whole


def _planning_week(placing: Placing, rule: Rule) -> None:
    for name in rule.people:
        for days in _weeks(placing):
            terms = [term for day in days for term in _planning(placing, name, day, rule.block)]
            placing.model.between(rule.number, terms, _total(terms))


def _planning_day(placing: Placing, rule: Rule) -> None:
    for name in rule.people:
        away = placing.away.get(name, set())
        for day, one in enumerate(placing.schedule.days):
            if any(Slot(day, n) not in away for n in range(len(one.periods))):
                terms = _planning(placing, name, day, rule.block)
                placing.model.between(rule.number, terms, _total(terms))


def _total(terms: Sequence[tuple[int, Literal]]) -> int:
    return sum(minutes for minutes, _ in terms)


def _free_lunch(placing: Placing, rule: Rule) -> None:
    for name in rule.people:
        for day, one in enumerate(placing.schedule.days):
            lunch = [n for n, period in enumerate(one.periods) if period.kind is PeriodKind.LUNCH]
            if lunch:
                placing.model.one_of([~placing.busy(name, Slot(day, n)) for n in lunch])


BINDING: dict[RuleKind, Bind] = {
    RuleKind.DAYS_APART: _days_apart,
    RuleKind.SAME_START: _same_start,
    RuleKind.SAME_DAY: _same_day,
    RuleKind.NOT_AT_ONCE: _not_at_once,
    RuleKind.PAUSE: _pause,
    RuleKind.IN_TURN: _in_turn,
    RuleKind.END_OF_DAY: _end_of_day,
    RuleKind.MOST_DAYS: _most_days,
    RuleKind.MOST_DAYS_AT: _most_days_at,
    RuleKind.MOST_GAPS: _most_gaps,
    RuleKind.GAPS_A_DAY: _gaps_a_day,
    RuleKind.LATE_STARTS: _late_starts,
    RuleKind.MOST_A_DAY: _most_a_day,
    RuleKind.LEAST_A_DAY: _least_a_day,
    RuleKind.MOST_IN_A_ROW: _most_in_a_row,
    RuleKind.MOST_DUTIES: _most_duties,
    RuleKind.PLANNING_WEEK: _planning_week,
    RuleKind.PLANNING_DAY: _planning_day,
    RuleKind.FREE_LUNCH: _free_lunch,
}
