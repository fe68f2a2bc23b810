"""How each kind of rule binds the Booleans of a timetable. `keeping` checks the same rules in plain loops."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

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
    first, *others = placing.starts(rule.lessons).values() or [{}]
    for at in others:
        for slot in first.keys() | at.keys():
            here, there = first.get(slot), at.get(slot)
            if here is None or there is None:
                placing.model.one_of([~(there if here is None else here)])  # type: ignore[operator]
            else:
                placing.model.implies(here, there)


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


def _day(placing: Placing, name: str, day: int) -> list[Literal]:
    return [placing.busy(name, Slot(day, n)) for n in range(len(placing.schedule.days[day].periods))]


def _weeks(placing: Placing) -> Iterator[list[int]]:
    for week in placing.schedule.weeks:
        yield [day for day, one in enumerate(placing.schedule.days) if one.week == week]


def _most_days(placing: Placing, rule: Rule) -> None:
    for name in _names(rule):
        for days in _weeks(placing):
            if rule.number < len(days):
                placing.model.at_most([_used(placing, name, day) for day in days], rule.number)


def _used(placing: Placing, name: str, day: int) -> Literal:
    used = placing.model.boolean()
    for busy in _day(placing, name, day):
        placing.model.implies(busy, used)
    return used


def _most_gaps(placing: Placing, rule: Rule) -> None:
    for name in _names(rule):
        for days in _weeks(placing):
            gaps = [gap for day in days for gap in _gaps(placing, name, day, rule.number)]
            placing.model.at_most(gaps, rule.number)


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
    RuleKind.NOT_AT_ONCE: _not_at_once,
    RuleKind.MOST_DAYS: _most_days,
    RuleKind.MOST_GAPS: _most_gaps,
    RuleKind.MOST_A_DAY: _most_a_day,
    RuleKind.MOST_IN_A_ROW: _most_in_a_row,
    RuleKind.MOST_DUTIES: _most_duties,
    RuleKind.PLANNING_WEEK: _planning_week,
    RuleKind.PLANNING_DAY: _planning_day,
    RuleKind.FREE_LUNCH: _free_lunch,
}
