"""The smallest change: equal to brute force on tiny schools, never breaks what today keeps, stops at any moment."""

import subprocess
import sys
from dataclasses import replace
from random import Random

import pytest

from colead.timetable import (
    Day,
    Person,
    Room,
    Rule,
    RuleKind,
    Schedule,
    Slot,
    Team,
    ceilings,
    check,
    newly_broken,
    team_times,
)
from colead.timetable.shifts import (
    Ask,
    BadAsk,
    NothingFound,
    NotPlaced,
    Objective,
    Pin,
    Proposal,
    SolverMissing,
    engine,
    price_curve,
    propose,
    why_not,
)
from colead.timetable.shifts.engine import Effort
from colead.timetable.shifts.neighbours import Neighbours
from colead.timetable.shifts.puzzle import Puzzle
from colead.timetable.shifts.search import Best, run_neighbours
from colead.timetable.shifts.telling import moves, told_once
from tests.timetable_school import lesson, periods, random_school, rule, school, slots
from tests.tiny_schools import (
    ADA_AND_BEN,
    CROSSED,
    crossed,
    every_timetable,
    full_asks,
    least_cost,
    missing,
    moved,
    served,
    tiny_school,
    touched,
)


def quick(schedule: Schedule, *asks: Ask, **more: object) -> Proposal:
    return propose(schedule, asks, **{"seconds": 20, "workers": 1, **more})


@pytest.mark.parametrize("seed", range(30))
def test_on_tiny_schools_no_change_is_smaller(seed: int) -> None:
    tiny = tiny_school(seed)
    asks = full_asks(tiny)
    found = quick(tiny, *asks)
    assert not newly_broken(tiny, found.schedule)
    assert found.cost == 100 * missing(found.schedule, asks) + moved(tiny, found.schedule)
    assert found.moved == moved(tiny, found.schedule)
    assert (found.cost, found.bound, found.proven) == (least_cost(tiny, asks), found.cost, True)


@pytest.mark.parametrize("seed", range(60, 66))
def test_fewest_people_and_fairest_are_what_they_say(seed: int) -> None:
    tiny = tiny_school(seed)
    asks = full_asks(tiny)
    others = [one for one in every_timetable(tiny) if not newly_broken(tiny, one)]
    for objective, count in ((Objective.PEOPLE, len), (Objective.FAIR, lambda some: max(some.values(), default=0))):
        best = min(100 * missing(one, asks) + count(touched(tiny, one)) for one in others)
        found = quick(tiny, *asks, objective=objective)
        assert (found.cost, found.proven) == (best, True)
    assert len(quick(tiny, *asks, objective=Objective.PEOPLE).people) <= len(quick(tiny, *asks).people)


@pytest.mark.parametrize("seed", range(25))
def test_what_the_search_counts_is_what_a_team_has(seed: int) -> None:
    start = _sound(random_school(seed, people=4, days=2, length=4))
    asks = [Ask(ceiling.team, ceiling.minutes) for ceiling in ceilings(start)]
    found = quick(start, *asks, seconds=5)
    have = {time.team: time.minutes for time in team_times(found.schedule)}
    assert [one.after for one in found.teams] == [have[one.team] for one in found.teams]
    assert all(have[ceiling.team] <= ceiling.minutes for ceiling in ceilings(start))
    assert check(found.schedule) == ()
    short = sum(max(0, ask.minutes - have[ask.team]) for ask in asks)
    assert (found.cost - found.moved == 0) is (short == 0)


def _sound(start: Schedule) -> Schedule:
    """Leave out lessons that break a rule."""
    kept = replace(start, lessons=())
    for one in start.lessons:
        more = replace(kept, lessons=(*kept.lessons, one))
        kept = kept if check(more) else more
    return kept


def test_a_proposal_says_who_moves_where_and_for_whom() -> None:
    found = quick(crossed(), Ask("T", 100))
    (move,) = found.moves
    assert (found.cost, found.bound, found.proven, found.moved, found.served) == (1, 1, True, 1, 1)
    assert found.teams[0].before == 50
    assert move.teams == ("T",)
    assert move.people == found.people
    assert "so that T can meet at" in str(move.text)
    assert check(found.schedule) == ()


def test_better_proposals_come_one_by_one_and_cost_less_each_time() -> None:
    seen: list[Proposal] = []
    found = quick(crossed(), Ask("T", 200), on_better=seen.append)
    costs = [one.cost for one in seen]
    assert costs == sorted(set(costs), reverse=True)
    assert found.cost == costs[-1] == 3
    assert all(not newly_broken(crossed(), one.schedule) for one in seen)


def test_stopped_at_once_today_is_the_answer() -> None:
    found = quick(crossed(), Ask("T", 200), should_stop=lambda: True)
    assert found.schedule == crossed()
    assert found.moves == ()
    assert not found.proven


def test_two_workers_find_the_same_cost_as_one() -> None:
    assert quick(crossed(), Ask("T", 200), workers=2).cost == 3


def test_one_worker_and_one_seed_give_the_same_answer_again() -> None:
    first, second = (quick(crossed(), Ask("T", 150), seed=7) for _ in range(2))
    assert first.schedule == second.schedule


def test_an_error_of_the_listener_stops_the_search() -> None:
    def fails(_: Proposal) -> None:
        raise RuntimeError("gone")

    with pytest.raises(RuntimeError, match="gone"):
        quick(crossed(), Ask("T", 200), on_better=fails)


def test_pinned_lessons_stay_or_go_where_they_are_pinned() -> None:
    stay = [Pin(one.key) for one in CROSSED if one.people == ("Ada",)]
    assert quick(crossed(), Ask("T", 150), pins=stay).people == ("Ben",)
    found = quick(crossed(), Ask("T", 50), pins=[Pin("Ada0", Slot(0, 2))])
    assert found.schedule.by_key["Ada0"].start == Slot(0, 2)
    both = [Pin("Ada0", Slot(0, 2)), Pin("Ada1", Slot(0, 2))]
    with pytest.raises(NothingFound, match="what you pinned"):
        quick(crossed(), Ask("T", 50), pins=both)


@pytest.mark.parametrize(
    ("asks", "pins", "refusal"),
    [
        ([Ask("X", 50)], [], "No team is called X"),
        ([], [Pin("x")], "x cannot be held"),
        ([], [Pin("Ada0", Slot(0, 9))], "Ada0 cannot be held"),
    ],
)
def test_what_is_not_there_cannot_be_asked_for(asks: list[Ask], pins: list[Pin], refusal: str) -> None:
    for verb in (propose, price_curve, why_not):
        with pytest.raises(BadAsk, match=refusal):
            verb(crossed(), asks, pins=pins)


def test_lessons_without_a_time_are_placed_first() -> None:
    with pytest.raises(NotPlaced, match="1 lessons have no time yet, the first is z"):
        quick(school(*CROSSED, lesson("z", "Cleo", at=None), teams=(ADA_AND_BEN,)), Ask("T", 50))


def test_without_the_solver_a_search_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "AVAILABLE", False)
    with pytest.raises(SolverMissing, match="install the extra “timefinder”"):
        quick(crossed(), Ask("T", 50))


def test_what_today_breaks_may_stay_but_nothing_is_broken_anew() -> None:
    twice = lesson("b", "Ada", "1B", at=(0, 0), subject="Other")
    apart = rule(RuleKind.NOT_AT_ONCE, lessons=("a", "b"))
    away = Rule("r2", RuleKind.AWAY, people=("Cleo",), slots=slots((0, 0)))
    start = school(lesson("a"), twice, lesson("c", "Cleo", ""), teams=(Team("T", ("Ada",)),), rules=(apart, away))
    found = quick(start, Ask("T", 350))
    assert {str(one) for one in check(found.schedule)} <= {str(one) for one in check(start)}


def test_two_of_a_kind_only_trade_places() -> None:
    start = school(lesson("a", at=(0, 0)), lesson("b", at=(0, 1)), lesson("c", "Ben", "1B", at=(0, 2)))
    start = replace(start, teams=(ADA_AND_BEN,))
    found = quick(start, Ask("T", 300))
    assert found.moved == found.cost == 1


def test_a_trade_and_a_chain_are_told_as_such() -> None:
    days = (Day("Mon", periods(2)),)
    three = [lesson("a"), lesson("b", "Ben", "1B", at=(0, 1), fixed_time=True), lesson("c", "Cleo", at=(0, 1))]
    start = school(*three, days=days, teams=(ADA_AND_BEN,))
    found = quick(start, Ask("T", 50)).moves
    assert [str(one.text) for one in found] == [
        "Math 1A (Ada) and Math 1A (Cleo) trade places: Mon 1 and Mon 2. Then T can meet at Mon 1.",
        "Math 1A (Cleo) and Math 1A (Ada) trade places: Mon 2 and Mon 1.",
    ]
    assert told_once(found) == told_once(found[::-1]) == [found[0]]


def test_of_a_trade_that_gives_no_team_time_the_first_half_is_told_and_other_moves_all() -> None:
    days = (Day("Mon", periods(4)),)
    start = school(lesson("a"), lesson("b", group="1B", at=(0, 1)), lesson("c", "Ben", "", at=(0, 2)), days=days)
    places = {"a": Slot(0, 1), "b": Slot(0, 0), "c": Slot(0, 3)}
    after = replace(start, lessons=tuple(replace(one, start=places[one.key]) for one in start.lessons))
    told = moves(start, after)
    assert len(told) == 3
    assert [move.lesson for move in told_once(told)] == [move.lesson for move in told if move.lesson != "b"]


def test_lessons_that_follow_each_other_around_are_one_chain() -> None:
    start = crossed()
    found = quick(start, Ask("T", 200), pins=[Pin("Ada0", Slot(0, 1)), Pin("Ada1", Slot(1, 3))])
    chain = {move.lesson: move.chain for move in found.moves}
    assert chain["Ada0"] == chain["Ada1"]
    assert any("where" in str(move.text) or "trade" in str(move.text) for move in found.moves)


ROOMS = (Room("R1"), Room("R2"), Room("Lab"))


def test_a_moved_lesson_has_a_room_of_its_own() -> None:
    pool = ("R1", "R2")
    lessons = [replace(one, room="R1", pool=pool) for one in CROSSED]
    taken = [
        lesson(f"x{n}", "Cleo", "", at=(n // 4, n % 4), room="R2", fixed_time=True, fixed_room=True, subject=f"X{n}")
        for n in range(6)
    ]
    start = replace(crossed(), rooms=ROOMS, lessons=(*lessons, *taken))
    found = quick(start, Ask("T", 150))
    assert check(found.schedule) == ()
    assert found.served == 1
    assert all(one.room in pool for one in found.schedule.lessons)


def test_a_closed_room_takes_nobody() -> None:
    shut = Rule("r1", RuleKind.ROOM_AWAY, rooms=("R1",), slots=slots((0, 2), (0, 3), (1, 2), (1, 3)))
    only = Rule("r2", RuleKind.IN_ROOMS, lessons=tuple(one.key for one in CROSSED[:4]), rooms=("R1", "Lab"))
    lessons = [replace(one, room="R1" if one.people == ("Ada",) else "") for one in CROSSED]
    start = replace(crossed(), rooms=ROOMS, lessons=tuple(lessons), rules=(shut, only))
    found = quick(start, Ask("T", 200))
    assert check(found.schedule) == ()
    assert found.served == 1


def test_every_price_is_the_fewest_moves_for_so_many_teams() -> None:
    for seed in range(3):
        tiny = tiny_school(seed)
        asks = [ask for ask in full_asks(tiny) if ask.minutes]
        curve = price_curve(tiny, asks, seconds=20, workers=1)
        for price in curve:
            fewest = min(
                (moved(tiny, other) for other in every_timetable(tiny) if served(tiny, other, asks) >= price.teams),
                default=None,
            )
            assert price.moves == fewest
            if fewest is not None:
                assert price.at_least <= fewest
                assert price.proposal is not None
                assert price.proposal.served >= price.teams


def test_the_curve_begins_with_one_team_more_than_today_and_tells_on_the_way() -> None:
    start = replace(crossed(), teams=(ADA_AND_BEN, Team("U", ("Ada", "Cleo")), Team("V", ("Ben",))))
    told: list[object] = []
    asks = [Ask("T", 100), Ask("U", 150), Ask("V", 9999)]
    curve = price_curve(start, asks, seconds=10, workers=2, on_better=told.append)
    assert [(price.teams, price.of, price.moves, price.proven) for price in curve] == [(2, 3, 1, True)]
    assert told
    assert price_curve(start, [Ask("T", 50)], seconds=5) == ()
    assert price_curve(start, asks, seconds=10, should_stop=lambda: True)[0].moves is None


PEOPLE = (Person("Ada"), Person("Ben"), Person("Cleo"))


def test_neighbourhoods_alone_find_the_way_too() -> None:
    puzzle = Puzzle(crossed(), [Ask("T", 200)], ())
    best = Best(puzzle, 20, lambda: best.values is not None and puzzle.goal.seen(best.cost) == 3)
    best.offer(puzzle.today(best.effort(5, 1, 0)) or [])
    assert puzzle.goal.seen(best.cost) == 300
    run_neighbours(best, 1)
    assert puzzle.goal.seen(best.cost) == 3


def test_a_neighbourhood_leaves_most_lessons_where_they_are() -> None:
    others = tuple(f"X{n}" for n in range(20))
    start = crossed(people=(*PEOPLE, *map(Person, others)))
    start = replace(start, lessons=(*start.lessons, *(lesson(name, name, "", at=(0, 0)) for name in others)))
    puzzle = Puzzle(start, [Ask("T", 200)], ())
    around = Neighbours(puzzle, Random(3))
    values = puzzle.today(Effort(5))
    assert values is not None
    for better, ended in ((True, True), (False, True), (False, False)):
        free = around.free(values)
        held = [number for number in puzzle.starts if not free[number]]
        assert 0 < len(held) < len(puzzle.starts)
        around.learn(better=better, ended=ended)
    assert around.size == pytest.approx(4.5 * 0.85)


def test_a_pin_that_needs_others_to_go_has_its_cheapest_repair() -> None:
    found = quick(crossed(), pins=[Pin("Ada0", Slot(0, 1))])
    assert found.cost == found.moved == 2
    assert check(found.schedule) == ()


def test_a_lesson_may_only_change_its_room() -> None:
    days = (Day("Mon", periods(2)),)
    long = lesson("a", "Ada", at=(0, 0), room="R1", pool=("R1", "R2"))
    start = school(long, lesson("b", "Ben", "1B", at=(0, 1), room="R1", pool=("R1", "R2")), days=days)
    texts = [
        str(one.text) for one in moves(start, replace(start, lessons=(replace(long, room="R2"), start.lessons[1])))
    ]
    assert texts == ["Math 1A (Ada) stays at Mon 1 and changes to room R2."]


def test_all_can_be_imported_without_the_solver() -> None:
    code = (
        "import sys; sys.modules['ortools'] = None\n"
        "from colead.timetable import Schedule, shifts\n"
        "from tests.timetable_school import school\n"
        "assert not shifts.AVAILABLE\n"
        "try:\n    shifts.propose(school(), [])\n"
        "except shifts.SolverMissing as missing:\n    print(missing.why)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "The time finder is not installed here: install the extra “timefinder”.\n"
