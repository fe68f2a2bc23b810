"""Find time: ask, search in the worker, try by hand, compare, decide, hand out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from colead.decisions.models import LetGo
from colead.practices.actions import scenarios, searching
from colead.practices.finding import Found, unpacked
from colead.practices.models import Search
from colead.practices.queries.board import board_of, drafted
from colead.practices.queries.rules import rules_page
from colead.practices.queries.trying import options
from colead.practices.work import Reins, pins_of, run
from colead.timetable import Rule, RuleKind, Slot, Strength, newly_broken
from colead.timetable.shifts import SolverMissing
from colead.timetable.words import mark, say
from tests.cast import NOW, Cast
from tests.practices_world import FREE, by, client_of, move, searched, think
from tests.timetable_school import lesson, school

pytestmark = pytest.mark.django_db
# --- asking and weighing


def test_what_a_team_asks_for_counts_in_this_scenario_only(cast: Cast) -> None:
    scenario = think(cast)
    wish = {"minutes": 60, "least_block": 60, "most_blocks": 1, "days": [1]}
    asked = scenarios.ask_for(scenario, {"Grade 1": wish, "Nobody": wish}, **by(cast))
    team = drafted(asked).teams[0]
    assert (team.minutes, team.least_block, team.most_blocks) == (60, 60, 1)
    assert {slot.day for slot in team.window} == {1}
    assert drafted(think(cast, scenario.timetable)).teams[0].minutes == 180
    assert "Nobody" not in asked.asked


def test_asking_on_the_page_keeps_what_was_not_touched(cast: Cast) -> None:
    scenario = think(cast)
    url = reverse("scenario_ask", args=[cast.north_team.pk, scenario.pk])
    sent = {"minutes_0": "90", "least_block_0": "0", "most_blocks_0": "0", "days_0": ["0", "1"]}
    assert client_of(cast.ada).post(url, sent).status_code == 302
    scenario.refresh_from_db()
    assert drafted(scenario).teams[0].minutes == 90
    assert not drafted(scenario).teams[0].window
    assert client_of(cast.ada).post(url, {**sent, "minutes_0": "many"}).status_code == 422


def test_a_rule_can_count_less_in_a_scenario(cast: Cast) -> None:
    scenario = think(cast)
    url = reverse("scenario_rules", args=[cast.north_team.pk, scenario.pk])
    page = client_of(cast.ada).get(url).content.decode()
    assert "Ana, Bo has at most 2 periods a day." in page
    client_of(cast.ada).post(url, {"rule_0": "prefer"})
    scenario.refresh_from_db()
    assert drafted(scenario).rules[0].strength is Strength.PREFER


def test_a_rule_of_every_kind_has_its_card() -> None:
    rules = tuple(Rule(kind.value, kind, people=("Ada",), lessons=("a",), number=1) for kind in RuleKind)
    cards = rules_page(school(lesson("a"), rules=rules), "")
    assert [card.rule for card in cards] == list(rules)
    assert len({card.kind for card in cards}) == len(RuleKind)


# --- trying by hand


def test_a_move_gives_time_and_can_be_undone(cast: Cast) -> None:
    scenario = think(cast)
    assert board_of(scenario).teams[0].before == 120
    moved = move(cast, scenario, "b2", 1, 1)
    board = board_of(moved)
    assert [change.lesson.key for change in board.changes] == ["b2"]
    assert board.people == ("Bo",)
    assert board.teams[0].after == board.teams[0].before
    assert board.broken == ()
    undone = scenarios.undo(moved, **by(cast))
    assert board_of(undone).changes == ()
    with pytest.raises(scenarios.NothingToUndo):
        scenarios.undo(undone, **by(cast))


def test_what_a_move_breaks_is_said(cast: Cast) -> None:
    board = board_of(move(cast, think(cast), "b2", 0, 1))
    assert any("Bo is booked twice" in text for text in board.broken)


def test_every_option_is_judged_and_the_free_ones_come_first(cast: Cast) -> None:
    board = board_of(think(cast))
    found = options(board, board.then.by_key["b2"])
    assert [one.is_free for one in found] == sorted((one.is_free for one in found), reverse=True)
    for one in found:
        day, period = map(int, one.slot.split("-"))
        other = board.then.by_key.get(one.swap)
        start = board.then.by_key["b2"].start
        put = {"b2": Slot(day, period)} | ({other.key: start} if other else {})
        lessons = tuple(replace(lesson, start=put.get(lesson.key, lesson.start)) for lesson in board.then.lessons)
        after = replace(board.then, lessons=lessons)
        assert one.is_free == (not newly_broken(board.today, after)), one


def test_trying_on_the_page_moves_a_lesson(cast: Cast) -> None:
    scenario = think(cast)
    client, args = client_of(cast.ada), [cast.north_team.pk, scenario.pk]
    page = client.get(reverse("lesson_try", args=args), {"lesson": "b2"}).content.decode()
    assert "Where it could go" in page
    client.post(reverse("lesson_move", args=args), {"lesson": "b2", "slot": "1-1"})
    scenario.refresh_from_db()
    assert scenario.steps == [{"b2": [1, 1, "R2"]}]
    assert (
        client.post(reverse("lesson_move", args=args), {"lesson": "b2", "slot": "9-9"}, follow=True).status_code == 200
    )
    assert client.post(reverse("lesson_move", args=args), {"lesson": "?", "slot": "1-1"}).status_code == 404
    scenario.refresh_from_db()
    assert len(scenario.steps) == 1


def test_what_is_fixed_or_pinned_stays(cast: Cast) -> None:
    scenario = think(cast)
    with pytest.raises(scenarios.MayNotMove):
        move(cast, scenario, "c1", 1, 1, "R3")
    pinned = scenarios.pin(scenario, "b2", on=True, **by(cast))
    with pytest.raises(scenarios.MayNotMove):
        move(cast, pinned, "b2", 1, 1)
    free = scenarios.pin(pinned, "b2", on=False, **by(cast))
    assert move(cast, free, "b2", 1, 1).steps
    for key, day, room in (("b2", 7, "R2"), ("nobody", 0, "R2"), ("b2", 1, "R9")):
        with pytest.raises(scenarios.NoSuchMove):
            move(cast, free, key, day, 1, room)


def test_a_lesson_that_was_moved_and_pinned_is_searched_around(cast: Cast) -> None:
    scenario = move(cast, think(cast), "b2", 1, 1)
    scenario = scenarios.pin(scenarios.pin(scenario, "b2", on=True, **by(cast)), "a1", on=True, **by(cast))
    pins = {one.lesson: one.start for one in pins_of(scenario, drafted(scenario))}
    assert pins == {"b2": Slot(1, 1), "a1": None}


# --- searching in the worker


def test_the_worker_finds_the_smallest_change(cast: Cast) -> None:
    """Two lessons of Bo's could move; one is enough, and no search can do with less."""
    scenario = think(cast)
    search = searching.ask_search(scenario, **by(cast))
    told: list[Found] = []
    search.seconds = 10
    found = run(search, Reins(lambda: False, told.append), workers=1)
    best = found.offer("fewest-moves")
    assert best
    assert (best.moved, best.served, best.proven) == (1, 1, True)
    assert {one.objective.value for one in found.offers} == {"fewest-moves", "fewest-people", "fairest"}
    assert told[0].doing == "fewest-moves"
    assert told[-1].doing == ""


def test_why_not_is_found_for_a_team_that_is_left_out(cast: Cast) -> None:
    scenario = think(cast)
    wish = {"minutes": 300, "least_block": 0, "most_blocks": 0}
    scenario = scenarios.ask_for(scenario, {"Grade 1": wish}, **by(cast))
    search = searching.ask_search(scenario, **by(cast))
    search.seconds = 5
    found = run(search, FREE, workers=1)
    assert [why.team for why in found.whys] == ["Grade 1"]
    assert found.whys[0].verdict.possible is False
    assert found.whys[0].verdict.reasons
    searching.claim_search(now=NOW)
    search.refresh_from_db()
    searching.end_search(search, found, now=NOW)
    page = client_of(cast.ada).get(reverse("time_search", args=[cast.north_team.pk, search.pk])).content.decode()
    assert "Why not everybody" in page
    assert "Grade 1 cannot have 5 h" in page


def test_the_command_works_off_what_waits_and_ends(cast: Cast) -> None:
    search = searching.ask_search(think(cast), **by(cast))
    Search.objects.filter(pk=search.pk).update(seconds=6)
    call_command("find_time", "--once", "--workers", "1")
    search.refresh_from_db()
    assert search.state == "done"
    assert unpacked(search.found).offer("fewest-moves")


def test_without_the_extra_the_page_says_what_to_install(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise SolverMissing(say(mark("The time finder is not installed here.")))

    monkeypatch.setattr("colead.practices.work.propose", missing)
    scenario = think(cast)
    search = searching.ask_search(scenario, **by(cast))
    call_command("find_time", "--once")
    page = client_of(cast.ada).get(reverse("time_search", args=[cast.north_team.pk, search.pk])).content.decode()
    assert "not installed here" in page
    seen = reverse("time_seen", args=[cast.north_team.pk, scenario.timetable_id])
    assert client_of(cast.ada).get(seen).status_code == 200


def test_a_search_that_goes_wrong_is_broken_off_and_the_worker_lives(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("colead.practices.work.propose", broken)
    search = searching.ask_search(think(cast), **by(cast))
    call_command("find_time", "--once")
    search.refresh_from_db()
    assert search.state == "failed"


def test_one_search_at_a_time_and_few_for_a_team(cast: Cast) -> None:
    scenario = think(cast)
    searching.ask_search(scenario, **by(cast))
    with pytest.raises(searching.AlreadyLooking):
        searching.ask_search(scenario, **by(cast))
    for _ in range(2):
        searching.ask_search(think(cast, scenario.timetable), **by(cast))
    with pytest.raises(searching.TooMany):
        searching.ask_search(think(cast, scenario.timetable), **by(cast))


def test_two_workers_never_take_the_same_search(cast: Cast) -> None:
    first = searching.ask_search(think(cast), **by(cast))
    second = searching.ask_search(think(cast), **by(cast))
    taken = [searching.claim_search(now=NOW) for _ in range(3)]
    assert taken == [first, second, None]


def test_stop_ends_what_waits_at_once_and_what_runs_at_the_next_beat(cast: Cast) -> None:
    waiting = searching.ask_search(think(cast), **by(cast))
    searching.stop_search(waiting, now=NOW)
    waiting.refresh_from_db()
    assert waiting.state == "stopped"
    running = searching.ask_search(think(cast), **by(cast))
    running = searching.claim_search(now=NOW)
    assert running
    assert searching.beat(running, now=NOW)
    searching.stop_search(running, now=NOW)
    assert not searching.beat(running, now=NOW)
    searching.end_search(running, Found(), now=NOW)
    running.refresh_from_db()
    assert running.state == "stopped"


def test_a_search_whose_worker_died_begins_anew_once(cast: Cast) -> None:
    searching.ask_search(think(cast), **by(cast))
    first = searching.claim_search(now=NOW)
    later = NOW + timedelta(minutes=2)
    second = searching.claim_search(now=later)
    assert first
    assert second
    assert (second.pk, second.tries) == (first.pk, 2)
    searching.end_search(first, Found(said="too late"), now=later)
    second.refresh_from_db()
    assert second.state == "running", "the first worker, come back to life, ends nothing any more"
    assert searching.claim_search(now=later + timedelta(minutes=2)) is None
    second.refresh_from_db()
    assert second.state == "failed"


def test_a_proposal_is_taken_as_one_step_and_old_moves_go_back(cast: Cast) -> None:
    scenario = move(cast, think(cast), "a3", 1, 2, "R1")
    search = searched(cast, scenario)
    taken = searching.take_offer(search, "fewest-moves", **by(cast))
    assert [change.lesson.key for change in board_of(taken).changes] == ["b2"]
    undone = scenarios.undo(taken, **by(cast))
    assert [change.lesson.key for change in board_of(undone).changes] == ["a3"]
    with pytest.raises(searching.NothingThere):
        searching.take_offer(search, "fairest", **by(cast))


def test_the_page_swaps_only_what_is_new(cast: Cast) -> None:
    search = searching.ask_search(think(cast), **by(cast))
    url = reverse("time_search", args=[cast.north_team.pk, search.pk])
    client, part = client_of(cast.ada), {"HX-Request": "true", "HX-Target": "progress"}
    page = client.get(url, headers=part).content.decode()
    assert "<html" not in page
    seen = page.split("?seen=")[1][:16]
    assert client.get(f"{url}?seen={seen}", headers=part).status_code == 204
    searching.stop_search(search, now=NOW)
    answer = client.get(f"{url}?seen={seen}", headers=part)
    assert "Stopped" in answer.content.decode()
    assert "hx-get" not in answer.content.decode()


# --- scenarios of colleagues


def test_a_copy_stands_on_its_own(cast: Cast) -> None:
    first = move(cast, think(cast), "b2", 1, 1)
    made = scenarios.copy_scenario(first, **by(cast))
    scenarios.undo(made, **by(cast))
    first.refresh_from_db()
    assert first.steps
    assert made.copied_from == first
    page = client_of(cast.ben).get(reverse("scenario_compare", args=[cast.north_team.pk, first.pk, made.pk]))
    assert "Reading 1B (Bo) moves from Mon 3 to Tue 2" in page.content.decode()


def test_a_worry_needs_words_and_whoever_speaks_twice_speaks_anew(cast: Cast) -> None:
    scenario = think(cast)
    url = reverse("scenario_comment", args=[cast.north_team.pk, scenario.pk])
    client = client_of(cast.ben)
    assert client.post(url, {"stance": "cannot"}).status_code == 422
    client.post(url, {"stance": "cannot", "body": "My choir."})
    client.post(url, {"stance": "fine", "version": "1"})
    said = scenario.comments.get()
    assert (said.stance, said.body, said.version) == ("fine", "", 2)


def test_two_people_who_name_a_scenario_at_once_lose_no_word(cast: Cast) -> None:
    scenario = think(cast)
    url = reverse("scenario_words", args=[cast.north_team.pk, scenario.pk])
    client_of(cast.ada).post(url, {"title": "Ada’s", "version": scenario.version})
    answer = client_of(cast.ben).post(url, {"title": "Ben’s", "version": scenario.version})
    assert answer.status_code == 409
    assert "Ada’s" in answer.content.decode()


def test_the_team_decides_once_and_the_minutes_count_once(cast: Cast) -> None:
    scenario = searching.take_offer(searched(cast), "fewest-moves", **by(cast))
    with pytest.raises(scenarios.NotDecidedYet):
        scenarios.count_minutes(scenario, since=NOW.date(), **by(cast))
    client, args = client_of(cast.ada), [cast.north_team.pk, scenario.pk]
    page = client.get(reverse("scenario_decide", args=args))
    sent = {key: value for key, value in page.context["form"].initial.items() if value}
    sent |= {"present": [cast.north_team.members.first().pk], "because": "It is worth it."}
    answer = client.post(reverse("scenario_decide", args=args), sent)
    scenario.refresh_from_db()
    decided = scenario.decision
    assert decided
    assert answer.headers["Location"] == reverse("decision", args=[cast.north_team.pk, decided.pk])
    assert client.post(reverse("scenario_decide", args=args), sent).status_code == 422
    with pytest.raises(scenarios.AlreadyDecided):
        scenarios.undo(scenario, **by(cast))
    gone = {"what": "Lone planning", "since": "2026-11-16", "minutes_each": "30", "people": "2"}
    gone |= {"to_whom": "Grade 1", "in_place": "Planning together"}
    for status in (302, 422):
        assert client.post(reverse("scenario_count", args=args), gone).status_code == status
    entry = LetGo.objects.get()
    assert (entry.decision, entry.minutes) == (decided, 60)
