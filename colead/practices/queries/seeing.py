"""What can be seen at once in a timetable, before anything is searched: time in common, ceilings, who is free when."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from colead.decisions.wording import in_words
from colead.timetable import (
    GOAL,
    Ceiling,
    LessonKind,
    PersonTime,
    Schedule,
    Team,
    TeamTime,
    ceilings,
    check,
    heat,
    never_free_together,
    person_times,
    team_times,
)
from colead.timetable.words import clock

LEVELS = 4  # shades of the map; the number stands in each cell
MOST_SUGGESTED = 12


@dataclass(frozen=True)
class TeamSeen:
    """What one team has now and can have at most, in words and as places on a line of a hundred steps."""

    name: str
    members: tuple[str, ...]
    minutes: int
    now: str
    gap: str  # empty when they have five hours
    short: int
    asked: str
    most: str
    why: str
    planning: str
    now_at: int
    goal_at: int
    most_at: int
    blocks: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """One period of one day on the map: how many are free, and a shade for it. None: nobody meets then."""

    free: int | None
    shade: int
    everyone: bool


@dataclass(frozen=True)
class HeatRow:
    period: str
    cells: tuple[Cell | None, ...]  # None: the day has no such period


@dataclass(frozen=True)
class HeatMap:
    """Who is free when: a column for each day, a row for each period."""

    whose: str
    people: int
    days: tuple[str, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True)
class Seen:
    """All that a timetable shows at once."""

    teams: tuple[TeamSeen, ...]
    people: tuple[PersonTime, ...]
    served: int
    broken: tuple[str, ...]
    unplaced: int  # lessons that have no time yet


def seen(schedule: Schedule) -> Seen:
    """Look at a timetable: no search, no solver."""
    times, highest = team_times(schedule), ceilings(schedule)
    scale = max([GOAL, *(one.minutes for one in highest), *(one.minutes for one in times)])
    teams = tuple(
        _team(schedule, team, time, ceiling, scale)
        for team, time, ceiling in zip(schedule.teams, times, highest, strict=True)
    )
    broken = tuple(one.what.read(_) for one in check(schedule))
    unplaced = sum(lesson.start is None for lesson in schedule.lessons)
    return Seen(teams, person_times(schedule), sum(not team.short for team in teams), broken, unplaced)


def _team(schedule: Schedule, team: Team, time: TeamTime, ceiling: Ceiling, scale: int) -> TeamSeen:
    planning = ceiling.planning[0].why.read(_) if ceiling.planning else ""
    return TeamSeen(
        name=team.name,
        members=team.members,
        minutes=time.minutes,
        now=in_words(time.minutes),
        gap=in_words(time.gap) if time.gap else "",
        short=time.short,
        asked=in_words(team.minutes),
        most=in_words(ceiling.minutes),
        why=ceiling.set_by.why.read(_),
        planning=planning,
        now_at=100 * time.minutes // scale,
        goal_at=100 * GOAL // scale,
        most_at=100 * ceiling.minutes // scale,
        blocks=tuple(span(schedule, block.slots) for block in time.blocks),
        never=tuple(_("%(one)s and %(other)s") % {"one": a, "other": b} for a, b in _strangers(schedule, team)),
    )


def _strangers(schedule: Schedule, team: Team) -> Iterable[tuple[str, str]]:
    return never_free_together(schedule, team)[:6]


def span(schedule: Schedule, slots: tuple[tuple[int, int], ...]) -> str:
    """Say when some periods in a row are: “Mon 10:40–11:25”."""
    day = schedule.days[slots[0][0]]
    begin, end = day.periods[slots[0][1]].start, day.periods[slots[-1][1]].end
    return f"{day.week} {day.name} {clock(begin)}–{clock(end)}".strip()


def heat_map(schedule: Schedule, team: Team | None) -> HeatMap:
    """Count who is free when, of a team or of everybody."""
    names = team.members if team else tuple(person.name for person in schedule.people)
    counts = heat(schedule, names)
    depth = max(len(day.periods) for day in schedule.days)
    rows = tuple(
        HeatRow(_row_name(schedule, n), tuple(_cell(day[n], len(names)) if n < len(day) else None for day in counts))
        for n in range(depth)
    )
    days = tuple(f"{day.week} {day.name}".strip() for day in schedule.days)
    return HeatMap(team.name if team else "", len(names), days, rows)


def _row_name(schedule: Schedule, n: int) -> str:
    return next(day.periods[n].name for day in schedule.days if n < len(day.periods))


def _cell(free: int | None, people: int) -> Cell:
    shade = 0 if not free else max(1, LEVELS * free // people)
    return Cell(free, shade, free == people)


def suggested(schedule: Schedule) -> tuple[Team, ...]:
    """Suggest teams where a file names none: those who mostly teach the same subject, or the same classes."""
    found: dict[tuple[str, ...], Team] = {}
    for by in (_main_group, _main_subject):
        for name, members in by(schedule).items():
            if 2 <= len(members) <= 8:
                found.setdefault(tuple(sorted(members)), Team(name, tuple(members), least_block=30))
    named = {team.name for team in schedule.teams}
    fresh = [team for team in found.values() if team.name not in named]
    return tuple({team.name: team for team in fresh}.values())[:MOST_SUGGESTED]


def _main_subject(schedule: Schedule) -> dict[str, list[str]]:
    taught: dict[str, Counter[str]] = {person.name: Counter() for person in schedule.people}
    for lesson in schedule.lessons:
        if lesson.kind in (LessonKind.LESSON, LessonKind.SPECIAL):
            for name in lesson.people:
                taught[name][lesson.subject] += lesson.length
    return _by_most(taught)


def _main_group(schedule: Schedule) -> dict[str, list[str]]:
    """Group people by the grade they mostly teach: what stands before the last letter of a class (1A, 1B: 1)."""
    taught: dict[str, Counter[str]] = {person.name: Counter() for person in schedule.people}
    for lesson in schedule.lessons:
        grades = {_("Grade %s") % group[:-1] for group in lesson.groups if group[:-1].isdigit() and len(group) < 4}
        for name in lesson.people if lesson.kind is LessonKind.LESSON else ():
            taught[name].update(grades)
    return _by_most({name: counts for name, counts in taught.items() if len(counts) == 1})


def _by_most(taught: dict[str, Counter[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, counts in taught.items():
        if counts:
            found.setdefault(counts.most_common(1)[0][0], []).append(name)
    return found
