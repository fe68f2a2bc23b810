"""What changes between two schedules, told lesson by lesson in sentences that a teacher can retrace."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from colead.timetable.model import Lesson, Schedule, Slot
from colead.timetable.shifts.values import Move
from colead.timetable.together import Times, common_blocks
from colead.timetable.wording import called
from colead.timetable.words import Said, listed, mark, say


def moves(before: Schedule, after: Schedule) -> tuple[Move, ...]:
    """List every lesson whose time or room differs, those that hang together next to each other."""
    changed = [(lesson, after.by_key[lesson.key]) for lesson in before.lessons if lesson != after.by_key[lesson.key]]
    chains = _chains(before, changed)
    teams = _gained(before, after)
    told = [_move(before, old, new, changed, teams, chains[old.key]) for old, new in changed]
    return tuple(sorted(told, key=lambda move: (move.chain, not move.in_time, move.start, move.lesson)))


def told_once(told: Iterable[Move]) -> list[Move]:
    """Leave out the second half of each trade, as long as the first says all: that no team gains by it."""
    every = list(told)
    best: dict[frozenset[object], Move] = {}
    for move in sorted(every, key=lambda move: not move.teams):
        if trade := _halves(move.text):
            best.setdefault(trade, move)
    return [move for move in every if move.teams or best.get(_halves(move.text), move) is move]


def _halves(text: Said) -> frozenset[object]:
    """Name the two places of a trade, in no order; nothing for other changes."""
    facts = dict(text.facts)
    if text.template not in _TRADE.values():
        return frozenset()
    return frozenset({(facts["what"], facts["from"]), (facts["other"], facts["to"])})


def _gained(before: Schedule, after: Schedule) -> dict[str, set[Slot]]:
    """Find for each team the periods in common that it has only afterwards."""
    then, now = Times(before), Times(after)
    return {team.name: _slots(now, after, team.name) - _slots(then, before, team.name) for team in before.teams}


def _slots(times: Times, schedule: Schedule, name: str) -> set[Slot]:
    team = next(team for team in schedule.teams if team.name == name)
    return {slot for block in common_blocks(times, team) for slot in block.slots}


def _move(
    schedule: Schedule,
    old: Lesson,
    new: Lesson,
    changed: Sequence[tuple[Lesson, Lesson]],
    gained: dict[str, set[Slot]],
    chain: int,
) -> Move:
    members = {team.name: set(team.members) for team in schedule.teams}
    teams = tuple(
        name
        for name, slots in gained.items()
        if members[name] & set(old.people) and slots & (set(old.slots) - set(new.slots))
    )
    text = _text(schedule, old, new, changed, teams)
    return Move(old.key, old.slots[0], new.slots[0], old.room, new.room, old.people, teams, chain, text)


def _text(
    schedule: Schedule, old: Lesson, new: Lesson, changed: Sequence[tuple[Lesson, Lesson]], teams: tuple[str, ...]
) -> Said:
    facts = {
        "what": called(old),
        "from": schedule.when(old.slots[0]),
        "to": schedule.when(new.slots[0]),
        "room": new.room,
        "teams": listed(teams),
    }
    if old.start == new.start:
        return say(mark("%(what)s stays at %(from)s and changes to room %(room)s."), **facts)
    partner = _trade(schedule, old, new, changed)
    if partner:
        return say(_TRADE[bool(teams)], other=called(partner), **facts)
    other = next(_leaving(schedule, new, changed), None)
    if other:
        return say(_AFTER[bool(teams)], other=called(other), **facts)
    return say(_GO[bool(teams)], **facts)


_GO = {
    False: mark("%(what)s moves from %(from)s to %(to)s."),
    True: mark("%(what)s moves from %(from)s to %(to)s, so that %(teams)s can meet at %(from)s."),
}
_AFTER = {
    False: mark("%(what)s moves from %(from)s to %(to)s, where %(other)s is today."),
    True: mark(
        "%(what)s moves from %(from)s to %(to)s, where %(other)s is today: then %(teams)s can meet at %(from)s."
    ),
}
_TRADE = {
    False: mark("%(what)s and %(other)s trade places: %(from)s and %(to)s."),
    True: mark("%(what)s and %(other)s trade places: %(from)s and %(to)s. Then %(teams)s can meet at %(from)s."),
}


def _shares(schedule: Schedule, one: Lesson, other: Lesson) -> bool:
    """Say whether two lessons could not be at once."""
    if set(one.people) & set(other.people) or (one.room and one.room == other.room):
        return True
    return bool(_parts(schedule, one) & _parts(schedule, other))


def _parts(schedule: Schedule, lesson: Lesson) -> set[str]:
    return {leaf for group in lesson.groups for leaf in schedule.leaves[group]}


def _leaving(schedule: Schedule, new: Lesson, changed: Iterable[tuple[Lesson, Lesson]]) -> Iterator[Lesson]:
    """Find the lessons that have to go before this one can come."""
    for old, later in changed:
        leaves = old.key != new.key and old.start != later.start
        if leaves and set(old.slots) & set(new.slots) and _shares(schedule, old, new):
            yield old


def _trade(schedule: Schedule, old: Lesson, new: Lesson, changed: Iterable[tuple[Lesson, Lesson]]) -> Lesson | None:
    """Find the lesson that goes where this one comes from, and comes from where this one goes."""
    for other, later in changed:
        crossing = other.start == new.start and later.start == old.start and other.length == old.length
        if crossing and other.key != old.key and _shares(schedule, old, other):
            return other
    return None


def _chains(schedule: Schedule, changed: Sequence[tuple[Lesson, Lesson]]) -> dict[str, int]:
    """Number the lessons so that those which wait for each other have the same number."""
    root = {old.key: old.key for old, _ in changed}

    def top(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for old, new in changed:
        for other in _leaving(schedule, new, changed):
            root[top(old.key)] = top(other.key)
    numbers: dict[str, int] = defaultdict(lambda: len(numbers) + 1)
    return {old.key: numbers[top(old.key)] for old, _ in changed}
