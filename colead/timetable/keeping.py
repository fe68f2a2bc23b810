"""How each kind of rule is checked: a rule goes in, what breaks it comes out.

Plain loops over the placed lessons, on purpose: a search counts in other ways, and this is what it is held against.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, groupby, pairwise

from colead.timetable.model import Lesson, LessonKind, PeriodKind, Rule, RuleKind, Schedule, Slot, Strength
from colead.timetable.wording import called
from colead.timetable.words import Said, mark, say

Breaks = Iterator[Said]


class Book:
    """Who and what is booked when."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.placed = [lesson for lesson in schedule.lessons if lesson.start is not None]
        self.of_person: dict[str, list[Lesson]] = {person.name: [] for person in schedule.people}
        self.of_leaf: dict[str, list[Lesson]] = {}
        self.of_room: dict[str, list[Lesson]] = {}
        for lesson in self.placed:
            self._enter(lesson)
        self.away = self._away()

    def _enter(self, lesson: Lesson) -> None:
        for name in dict.fromkeys(lesson.people):
            self.of_person[name].append(lesson)
        for leaf in dict.fromkeys(leaf for group in lesson.groups for leaf in sorted(self.schedule.leaves[group])):
            self.of_leaf.setdefault(leaf, []).append(lesson)
        if lesson.room:
            self.of_room.setdefault(lesson.room, []).append(lesson)

    def _away(self) -> dict[str, set[Slot]]:
        away: dict[str, set[Slot]] = {}
        for rule in self.schedule.rules:
            if rule.kind in (RuleKind.AWAY, RuleKind.CLASS_AWAY) and rule.strength is not Strength.PREFER:
                for name in (*rule.people, *rule.groups):
                    away.setdefault(name, set()).update(rule.slots)
        return away

    def lessons_of(self, name: str) -> list[Lesson]:
        """Find the placed lessons of a person or of a group with all its parts."""
        if name in self.of_person:
            return self.of_person[name]
        mine = self.schedule.leaves[name]
        return list({lesson.key: lesson for leaf in sorted(mine) for lesson in self.of_leaf.get(leaf, ())}.values())

    def busy(self, name: str) -> set[Slot]:
        return {slot for lesson in self.lessons_of(name) for slot in lesson.slots}


def _names(rule: Rule) -> tuple[str, ...]:
    return (*rule.people, *rule.groups)


def _booked_though_away(book: Book, rule: Rule) -> Breaks:
    for name in _names(rule):
        for lesson in book.lessons_of(name):
            yield from _at_wrong_time(book, lesson, rule, name)


def _room_though_away(book: Book, rule: Rule) -> Breaks:
    for name in rule.rooms:
        for lesson in book.of_room.get(name, ()):
            yield from _at_wrong_time(book, lesson, rule, name)


def _at_wrong_time(book: Book, lesson: Lesson, rule: Rule, name: str) -> Breaks:
    for slot in lesson.slots:
        if slot in rule.slots:
            yield say(
                mark("%(who)s is booked for %(what)s at %(when)s."),
                who=name,
                what=called(lesson),
                when=book.schedule.when(slot),
            )


def _placed(book: Book, rule: Rule) -> list[Lesson]:
    lessons = (book.schedule.by_key[key] for key in rule.lessons)
    return [lesson for lesson in lessons if lesson.start is not None]


def _starts(book: Book, rule: Rule) -> list[tuple[Lesson, Slot]]:
    return [(lesson, lesson.slots[0]) for lesson in _placed(book, rule)]


def _starts_elsewhere(book: Book, rule: Rule) -> Breaks:
    for lesson, start in _starts(book, rule):
        if start not in rule.slots:
            yield say(mark("%(what)s starts at %(when)s."), what=called(lesson), when=book.schedule.when(start))


def _outside(book: Book, rule: Rule) -> Breaks:
    for lesson in _placed(book, rule):
        if not rule.slots.issuperset(lesson.slots):
            when = book.schedule.when(lesson.slots[0])
            yield say(mark("%(what)s is at %(when)s."), what=called(lesson), when=when)


def _other_room(book: Book, rule: Rule) -> Breaks:
    for lesson in _placed(book, rule):
        if lesson.room and lesson.room not in rule.rooms:
            yield say(mark("%(what)s is in %(room)s."), what=called(lesson), room=lesson.room)


def _too_close(book: Book, rule: Rule) -> Breaks:
    for (one, first), (other, second) in combinations(_starts(book, rule), 2):
        if abs(first.day - second.day) < rule.number:
            yield _pair(book, mark("%(one)s (%(first)s) and %(other)s (%(second)s) are too close."), one, other)


def _other_start(book: Book, rule: Rule) -> Breaks:
    starts = _starts(book, rule)
    for lesson, start in starts[1:]:
        if start != starts[0][1]:
            template = mark("%(one)s (%(first)s) and %(other)s (%(second)s) start at different times.")
            yield _pair(book, template, starts[0][0], lesson)


def _other_day(book: Book, rule: Rule) -> Breaks:
    starts = _starts(book, rule)
    for lesson, start in starts[1:]:
        if start.day != starts[0][1].day:
            template = mark("%(one)s (%(first)s) and %(other)s (%(second)s) are on different days.")
            yield _pair(book, template, starts[0][0], lesson)


def _too_short_pause(book: Book, rule: Rule) -> Breaks:
    for one, other in combinations(sorted(_placed(book, rule), key=lambda lesson: lesson.slots), 2):
        first, second = one.slots[-1], other.slots[0]
        if first.day == second.day and second.period - first.period - 1 < rule.number:
            yield _pair(book, mark("%(one)s (%(first)s) and %(other)s (%(second)s) are too close."), one, other)


def _not_in_turn(book: Book, rule: Rule) -> Breaks:
    lessons = [book.schedule.by_key[key] for key in rule.lessons]
    for one, other in pairwise(lessons):
        if one.slots and other.slots and next_slot(book.schedule, one.slots[-1]) != other.slots[0]:
            template = mark("%(one)s (%(first)s) and %(other)s (%(second)s) do not follow each other.")
            yield _pair(book, template, one, other)


def next_slot(schedule: Schedule, slot: Slot) -> Slot | None:
    """Find the next period of the same day that is no break."""
    later = range(slot.period + 1, len(schedule.days[slot.day].periods))
    after = (Slot(slot.day, period) for period in later)
    return next((one for one in after if schedule.period(one).counts), None)


def _not_the_end(book: Book, rule: Rule) -> Breaks:
    for lesson in _placed(book, rule):
        last = lesson.slots[-1]
        if any(slot.day == last.day and slot > last for group in lesson.groups for slot in book.busy(group)):
            when = book.schedule.when(lesson.slots[0])
            yield say(mark("%(what)s (%(when)s) does not end the day."), what=called(lesson), when=when)


def _at_once(book: Book, rule: Rule) -> Breaks:
    for one, other in combinations(_placed(book, rule), 2):
        if set(one.slots) & set(other.slots):
            yield _pair(book, mark("%(one)s (%(first)s) and %(other)s (%(second)s) happen at once."), one, other)


def _pair(book: Book, template: str, one: Lesson, other: Lesson) -> Said:
    when = book.schedule.when
    return say(template, one=called(one), first=when(one.slots[0]), other=called(other), second=when(other.slots[0]))


def _too_many_days(book: Book, rule: Rule) -> Breaks:
    for name in _names(rule):
        for week, count in _days(book, book.busy(name)):
            if count > rule.number:
                yield _week(mark("%(who)s works on %(count)d days a week%(week)s."), name, count, week)


def _too_many_days_at(book: Book, rule: Rule) -> Breaks:
    for name in _names(rule):
        for week, count in _days(book, rule.slots & set(book.busy(name))):
            if count > rule.number:
                yield _week(mark("%(who)s is booked then on %(count)d days a week%(week)s."), name, count, week)


def _days(book: Book, slots: Iterable[Slot]) -> Iterable[tuple[str, int]]:
    """Count in how many days of each week some slots are."""
    return Counter(book.schedule.days[day].week for day in {slot.day for slot in slots}).items()


def _week(template: str, name: str, count: int, week: str) -> Said:
    return say(template, who=name, count=count, week=f" ({week})" if week else "")


def _too_many_gaps(book: Book, rule: Rule) -> Breaks:
    for name in _names(rule):
        gaps: Counter[str] = Counter()
        for day, count in _gaps(book, name):
            gaps[book.schedule.days[day].week] += count
        for week, count in gaps.items():
            if count > rule.number:
                yield _week(mark("%(who)s waits %(count)d periods a week%(week)s."), name, count, week)


def _too_many_gaps_in_day(book: Book, rule: Rule) -> Breaks:
    for name in _names(rule):
        for day, count in _gaps(book, name):
            if count > rule.number:
                yield _day(book, mark("%(who)s waits %(count)d periods on %(day)s."), name, day, count)


def _gaps(book: Book, name: str) -> Iterator[tuple[int, int]]:
    """Count for each day the free periods between two booked ones, save breaks and times away."""
    for day, periods in _by_day(book.busy(name)):
        between = (Slot(day, n) for n in range(periods[0], periods[-1]) if n not in periods)
        yield day, sum(_usable(book, name, slot) for slot in between)


def _usable(book: Book, name: str, slot: Slot) -> bool:
    return book.schedule.period(slot).counts and slot not in book.away.get(name, ())


def _too_late(book: Book, rule: Rule) -> Breaks:
    for name in _names(rule):
        late: Counter[str] = Counter()
        for day, periods in _by_day(book.busy(name)):
            before = sum(_usable(book, name, Slot(day, n)) for n in range(periods[0]))
            late[book.schedule.days[day].week] += before > 0
            if before > 1:
                yield _day(book, mark("%(who)s begins %(count)d periods late on %(day)s."), name, day, before)
        for week, count in late.items():
            if count > rule.number:
                yield _week(mark("%(who)s begins late on %(count)d days a week%(week)s."), name, count, week)


def _by_day(slots: set[Slot]) -> list[tuple[int, list[int]]]:
    return [(day, [slot.period for slot in some]) for day, some in groupby(sorted(slots), key=lambda slot: slot.day)]


def _too_full_day(book: Book, rule: Rule) -> Breaks:
    for name in _names(rule):
        for day, periods in _by_day(book.busy(name)):
            if len(periods) > rule.number:
                yield _day(book, mark("%(who)s has %(count)d periods on %(day)s."), name, day, len(periods))


def _too_short_day(book: Book, rule: Rule) -> Breaks:
    for name in _names(rule):
        for day, periods in _by_day(book.busy(name)):
            if len(periods) < rule.number:
                yield _day(book, mark("%(who)s has only %(count)d periods on %(day)s."), name, day, len(periods))


def _day(book: Book, template: str, name: str, day: int, count: int) -> Said:
    one = book.schedule.days[day]
    return say(template, who=name, count=count, day=f"{one.week} {one.name}".strip())


def _too_long_row(book: Book, rule: Rule) -> Breaks:
    for name in _names(rule):
        for day, periods in _by_day(book.busy(name)):
            longest = max(runs(periods))
            if longest > rule.number:
                yield _day(book, mark("%(who)s has %(count)d periods in a row on %(day)s."), name, day, longest)


def runs(periods: list[int]) -> list[int]:
    """Count how many follow each other without a hole: [1, 2, 5] gives [2, 1]."""
    lengths: list[int] = []
    before = -2
    for period in periods:
        if period == before + 1:
            lengths[-1] += 1
        else:
            lengths.append(1)
        before = period
    return lengths


def _too_many_duties(book: Book, rule: Rule) -> Breaks:
    for name in rule.people:
        duties = [lesson for lesson in book.lessons_of(name) if lesson.kind is LessonKind.DUTY]
        for week, count in Counter(book.schedule.days[duty.slots[0].day].week for duty in duties).items():
            if count > rule.number:
                yield _week(mark("%(who)s has %(count)d duties a week%(week)s."), name, count, week)


def planning(book: Book, name: str, least: int) -> dict[int, int]:
    """Count a person's own minutes each day: free, at work, outside breaks, in pieces of at least `least` minutes."""
    taken = book.busy(name) | book.away.get(name, set())
    minutes = dict.fromkeys(range(len(book.schedule.days)), 0)
    for day, one in enumerate(book.schedule.days):
        free = [n for n, period in enumerate(one.periods) if period.counts and Slot(day, n) not in taken]
        for length in runs(free):
            piece, free = free[:length], free[length:]
            total = sum(one.periods[n].minutes for n in piece)
            minutes[day] += total if total >= least else 0
    return minutes


def _too_little_in_week(book: Book, rule: Rule) -> Breaks:
    for name in rule.people:
        weeks = dict.fromkeys(book.schedule.weeks, 0)
        for day, minutes in planning(book, name, rule.block).items():
            weeks[book.schedule.days[day].week] += minutes
        for week, count in weeks.items():
            if count < rule.number:
                yield _week(mark("%(who)s has %(count)d minutes a week to plan%(week)s."), name, count, week)


def _too_little_in_day(book: Book, rule: Rule) -> Breaks:
    for name in rule.people:
        working = {slot.day for slot in set(book.schedule.slots) - book.away.get(name, set())}
        for day, count in planning(book, name, rule.block).items():
            if day in working and count < rule.number:
                yield _day(book, mark("%(who)s has %(count)d minutes to plan on %(day)s."), name, day, count)


def _no_free_lunch(book: Book, rule: Rule) -> Breaks:
    for name in rule.people:
        busy = book.busy(name)
        for day, one in enumerate(book.schedule.days):
            lunch = {Slot(day, n) for n, period in enumerate(one.periods) if period.kind is PeriodKind.LUNCH}
            if lunch and lunch <= busy:
                yield _day(book, mark("%(who)s has no free lunch on %(day)s."), name, day, 0)


KEEPING: dict[RuleKind, Callable[[Book, Rule], Breaks]] = {
    RuleKind.AWAY: _booked_though_away,
    RuleKind.CLASS_AWAY: _booked_though_away,
    RuleKind.ROOM_AWAY: _room_though_away,
    RuleKind.START_AT: _starts_elsewhere,
    RuleKind.WITHIN: _outside,
    RuleKind.IN_ROOMS: _other_room,
    RuleKind.DAYS_APART: _too_close,
    RuleKind.SAME_START: _other_start,
    RuleKind.SAME_DAY: _other_day,
    RuleKind.NOT_AT_ONCE: _at_once,
    RuleKind.PAUSE: _too_short_pause,
    RuleKind.IN_TURN: _not_in_turn,
    RuleKind.END_OF_DAY: _not_the_end,
    RuleKind.MOST_DAYS: _too_many_days,
    RuleKind.MOST_DAYS_AT: _too_many_days_at,
    RuleKind.MOST_GAPS: _too_many_gaps,
    RuleKind.GAPS_A_DAY: _too_many_gaps_in_day,
    RuleKind.LATE_STARTS: _too_late,
    RuleKind.MOST_A_DAY: _too_full_day,
    RuleKind.LEAST_A_DAY: _too_short_day,
    RuleKind.MOST_IN_A_ROW: _too_long_row,
    RuleKind.MOST_DUTIES: _too_many_duties,
    RuleKind.PLANNING_WEEK: _too_little_in_week,
    RuleKind.PLANNING_DAY: _too_little_in_day,
    RuleKind.FREE_LUNCH: _no_free_lunch,
}
