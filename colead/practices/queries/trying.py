"""Try one lesson elsewhere: each time it could be at, alone or in exchange, and what that would break."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from colead.decisions.wording import in_words
from colead.practices.queries.board import Board, Place, freshly, told
from colead.timetable import Lesson, Schedule, Slot, TeamTime, called, team_times
from colead.timetable.model import may_fill

MOST_SAID = 3


@dataclass(frozen=True)
class Option:
    """One way to move a lesson: what goes where, in words, and what breaks then."""

    when: str
    words: str
    slot: str  # day and period as the form sends them
    swap: str  # the key of the lesson that goes the other way; empty for none
    breaks: tuple[str, ...]
    more: int
    gains: tuple[str, ...]  # what teams gain or lose in common, in words
    minutes: int  # all of that together

    @property
    def is_free(self) -> bool:
        return not self.breaks

    @property
    def helps(self) -> bool:
        """Say whether it breaks nothing and gives somebody time."""
        return self.is_free and self.minutes > 0


def options(board: Board, lesson: Lesson) -> tuple[Option, ...]:
    """Return every way to move a lesson within the week, what breaks nothing first."""
    before = told(board.today)
    found = [_option(board.then, before, lesson, slot, swap) for slot, swap in _ways(board.then, lesson)]
    return tuple(sorted(found, key=lambda one: (len(one.breaks) + one.more, -one.minutes)))


def _ways(schedule: Schedule, lesson: Lesson) -> Iterator[tuple[Slot, Lesson | None]]:
    """Yield the times a lesson fits into; with one lesson in its way that fits where it is now, the exchange too."""
    for slot in schedule.slots:
        if slot == lesson.start or not _fits(schedule, lesson, slot):
            continue
        there = [one for one in schedule.lessons if _in_the_way(schedule, lesson, one, slot)]
        alone = there[0] if len(there) == 1 else None
        if alone and alone.start == slot and alone.length == lesson.length and lesson.start and not alone.fixed_time:
            yield slot, alone
        elif not there or len(there) == 1:
            yield slot, None


def _fits(schedule: Schedule, lesson: Lesson, slot: Slot) -> bool:
    periods = schedule.days[slot.day].periods[slot.period : slot.period + lesson.length]
    return len(periods) == lesson.length and all(may_fill(lesson.kind, period.kind) for period in periods)


def _in_the_way(schedule: Schedule, lesson: Lesson, other: Lesson, slot: Slot) -> bool:
    if other.key == lesson.key or not other.start or other.start.day != slot.day:
        return False
    if other.start.period >= slot.period + lesson.length or other.start.period + other.length <= slot.period:
        return False
    return bool(set(other.people) & set(lesson.people) or _parts(schedule, other) & _parts(schedule, lesson))


def _parts(schedule: Schedule, lesson: Lesson) -> set[str]:
    return {leaf for group in lesson.groups for leaf in schedule.leaves[group]}


def _option(schedule: Schedule, before: frozenset[str], lesson: Lesson, slot: Slot, swap: Lesson | None) -> Option:
    after = placed(schedule, places_of(schedule, lesson, slot, swap))
    breaks = freshly(before, after)
    changed = [(now.team, now.minutes - then.minutes) for then, now in _times(schedule, after)]
    facts = {"other": called(swap) if swap else "", "when": schedule.when(slot)}
    words = _("trade places with %(other)s") % facts if swap else _("move it there")
    more = max(0, len(breaks) - MOST_SAID)
    key = swap.key if swap else ""
    return Option(
        when=facts["when"],
        words=words,
        slot=f"{slot.day}-{slot.period}",
        swap=key,
        breaks=tuple(breaks[:MOST_SAID]),
        more=more,
        gains=tuple(_gain(team, minutes) for team, minutes in changed if minutes),
        minutes=sum(minutes for _team, minutes in changed),
    )


def _times(before: Schedule, after: Schedule) -> Iterable[tuple[TeamTime, TeamTime]]:
    return zip(team_times(before), team_times(after), strict=True)


def _gain(team: str, minutes: int) -> str:
    facts = {"team": team, "time": in_words(abs(minutes))}
    return (_("%(team)s gains %(time)s in common") if minutes > 0 else _("%(team)s loses %(time)s")) % facts


def places_of(schedule: Schedule, lesson: Lesson, slot: Slot, swap: Lesson | None) -> dict[str, Place]:
    """Return where lessons go when one moves to a slot, in exchange for another or alone.

    A room that is taken then is changed for a free one of the lesson's own, where it has some.
    """
    going = [(lesson, slot)]
    if swap and lesson.start:
        going.append((swap, lesson.start))
    away = {one.key for one, _slot in going}
    return {one.key: Place(to, _room(schedule, one, to, away)) for one, to in going}


def _room(schedule: Schedule, lesson: Lesson, slot: Slot, away: Iterable[str]) -> str:
    wanted = set(replace(lesson, start=slot).slots)
    others = (one for one in schedule.lessons if one.key not in away and one.room)
    taken = {one.room for one in others if wanted & set(one.slots)}
    if lesson.fixed_room or lesson.room not in taken:
        return lesson.room
    return next((room for room in lesson.pool if room not in taken), lesson.room)


def placed(schedule: Schedule, places: dict[str, Place]) -> Schedule:
    """Put lessons elsewhere."""

    def put(lesson: Lesson) -> Lesson:
        place = places.get(lesson.key)
        return replace(lesson, start=place.start, room=place.room) if place else lesson

    return replace(schedule, lessons=tuple(put(lesson) for lesson in schedule.lessons))
