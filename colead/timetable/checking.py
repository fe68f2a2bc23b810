"""Say what is wrong with a schedule: bookings that clash, and rules that are broken."""

from collections.abc import Iterator
from dataclasses import dataclass

from colead.timetable.keeping import KEEPING, Book
from colead.timetable.model import Lesson, Rule, Schedule, Slot, Strength, may_fill
from colead.timetable.wording import called, sentence
from colead.timetable.words import Said, mark, say


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that does not hold: the rule (none for a clash everybody sees), and what breaks it."""

    strength: Strength
    what: Said
    rule: Said | None = None
    key: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.rule}" if self.rule else str(self.what)


def check(schedule: Schedule) -> tuple[Broken, ...]:
    """Find everything that does not hold, clashes first, then rules in their order; empty when all is well."""
    book = Book(schedule)
    clashes = (Broken(Strength.MUST, what) for what in _clashes(book))
    rules = (broken for rule in schedule.rules for broken in _broken(book, rule))
    return (*clashes, *rules)


def newly_broken(before: Schedule, after: Schedule) -> tuple[Broken, ...]:
    """Find what a change breaks: each clash and each must, and each rule to keep that `before` did keep."""
    once = {broken.key for broken in check(before)}
    return tuple(
        broken
        for broken in check(after)
        if broken.strength is Strength.MUST or (broken.strength is Strength.KEEP and broken.key not in once)
    )


def _broken(book: Book, rule: Rule) -> Iterator[Broken]:
    for what in KEEPING[rule.kind](book, rule):
        yield Broken(rule.strength, what, sentence(book.schedule, rule), rule.key)


def _clashes(book: Book) -> Iterator[Said]:
    seen: set[tuple[str, str, Slot]] = set()
    for owners in (book.of_person, book.of_leaf, book.of_room):
        for name, lessons in owners.items():
            yield from _doubles(book.schedule, name, lessons, seen)
    yield from _in_breaks(book)
    yield from _outside_pool(book)


def _doubles(schedule: Schedule, name: str, lessons: list[Lesson], seen: set[tuple[str, str, Slot]]) -> Iterator[Said]:
    """Find double bookings; a pair that clashes for a person, a class and a room is said only once for each slot."""
    first: dict[Slot, Lesson] = {}
    for lesson in lessons:
        for slot in lesson.slots:
            other = first.setdefault(slot, lesson)
            if other is lesson or (other.key, lesson.key, slot) in seen:
                continue
            seen.add((other.key, lesson.key, slot))
            yield say(
                mark("%(who)s is booked twice at %(when)s: %(one)s and %(other)s."),
                who=name,
                when=schedule.when(slot),
                one=called(other),
                other=called(lesson),
            )


def _in_breaks(book: Book) -> Iterator[Said]:
    for lesson in book.placed:
        for slot in lesson.slots:
            if not may_fill(lesson.kind, book.schedule.period(slot).kind):
                template = mark("%(what)s runs through a break, or before or after school, at %(when)s.")
                yield say(template, what=called(lesson), when=book.schedule.when(slot))


def _outside_pool(book: Book) -> Iterator[Said]:
    for lesson in book.placed:
        if lesson.pool and lesson.room and lesson.room not in lesson.pool:
            yield say(
                mark("%(what)s is in %(room)s, which is not one of its rooms."), what=called(lesson), room=lesson.room
            )
