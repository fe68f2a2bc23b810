"""Match visits so that nobody sees the same colleague twice: one small model, since a flow cannot say that."""

from collections import defaultdict
from collections.abc import Sequence

from colead.timetable.model import Schedule
from colead.timetable.shifts.engine import Effort, Literal, Model, Stop
from colead.timetable.shifts.proposing import never
from colead.timetable.visits import Door, Match, Visit, Wish, judge_names, nowhere, possible_visits, unmet_of
from colead.timetable.words import Said, mark, say


def match_different_hosts(
    schedule: Schedule,
    doors: Sequence[Door],
    wishes: Sequence[Wish],
    *,
    cycles: int = 1,
    seconds: float = 10.0,
    should_stop: Stop = never,
) -> tuple[Match, bool]:
    """Match as `match_visits` does, each visit of a person to somebody else; True: no choice gives more visits.

    Refuses with `NotMatched` as `match_visits` does, and with `SolverMissing`.
    """
    judge_names(schedule, [door.host for door in doors])
    judge_names(schedule, [wish.visitor for wish in wishes])
    model, once = Model(), list(possible_visits(schedule, doors, wishes))
    chosen = {visit._replace(cycle=n): model.boolean() for visit, _ in once for n in range(cycles)}
    _limit(model, schedule, chosen, {door.host: door for door in doors}, {wish.visitor: wish for wish in wishes})
    model.minimise([(-1, literal) for literal in chosen.values()])
    outcome = model.solve(Effort(seconds, linear=2, should_stop=should_stop))
    made = [visit for visit, literal in chosen.items() if outcome.values and outcome.values[literal]]
    visits = tuple(sorted(made, key=lambda visit: (visit.cycle, visit.slot, visit.visitor)))
    hosts: dict[str, set[str]] = defaultdict(set)
    for visit, _ in once:
        hosts[visit.visitor].add(visit.host)

    def why(wish: Wish) -> Said:
        found = len(hosts[wish.visitor])
        return _why_short(wish, found) if found else nowhere(schedule, doors, wish)

    return Match(visits, tuple(unmet_of(wishes, visits, why))), outcome.ended


def _why_short(wish: Wish, hosts: int) -> Said:
    """Say so where there are fewer colleagues to see than visits wanted; else all places are taken."""
    if hosts < wish.visits:
        few = mark("Only %(count)d colleagues have lessons to watch when %(who)s is free.")
        return say(few, count=hosts, who=wish.visitor)
    taken = mark("All places when %(who)s is free are taken: another visit would cost a colleague one.")
    return say(taken, who=wish.visitor)


def _limit(
    model: Model,
    schedule: Schedule,
    chosen: dict[Visit, Literal],
    doors: dict[str, Door],
    wishes: dict[str, Wish],
) -> None:
    """Hold what holds for all visits: one place at a time, room for visitors, a host's week, a wish, other hosts."""
    most: dict[tuple[object, ...], int] = {}
    some: dict[tuple[object, ...], list[Literal]] = defaultdict(list)
    for visit, literal in chosen.items():
        door, week = doors[visit.host], schedule.days[visit.slot.day].week
        limits: dict[tuple[object, ...], int] = {
            ("free", visit.visitor, visit.cycle, visit.slot): 1,
            ("place", visit.host, visit.lesson, visit.cycle, visit.slot): door.at_once,
            ("week", visit.host, visit.cycle, week): door.most_a_week,
            ("wish", visit.visitor): wishes[visit.visitor].visits,
            ("host", visit.visitor, visit.host): 1,
        }
        for key, count in limits.items():
            most[key] = count
            some[key].append(literal)
    for key, literals in some.items():
        model.at_most(literals, most[key])
