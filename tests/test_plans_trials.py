"""Small tests: one priority, the rest watched until a day, and what was tried before."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from colead.plans.actions import trials
from colead.plans.models import PurposeMap, Trial
from colead.plans.queries.trials import trials_page
from colead.schools.models import Team
from colead.texts.actions import save_new
from tests.cast import NOW, Cast

TODAY = date(2026, 11, 16)
LATER = TODAY + timedelta(days=30)


def plan(cast: Cast, question: str = "Does one shared hour help?", place: str = "active", **facts: Any) -> Trial:
    facts = {"form": "pilot", "question": question} | facts
    if place == "watching":
        facts.setdefault("review_on", LATER)
    return trials.plan_trial(cast.north_team, place=place, by=cast.ada, now=NOW, **facts)


def page_of(cast: Cast, who: str = "ada") -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


def address(team: Team, rest: str = "") -> str:
    return f"/t/{team.pk}/tests/{rest}"


def test_a_team_has_one_priority_at_a_time(cast: Cast) -> None:
    first = plan(cast)
    with pytest.raises(trials.PriorityTaken) as refused:
        plan(cast, "And a second one?")
    assert refused.value.current == first
    assert first.question in str(refused.value.reason)


def test_the_database_itself_knows_only_one_priority(cast: Cast) -> None:
    plan(cast)
    other = plan(cast, "Watched", place="watching")
    with pytest.raises(IntegrityError), transaction.atomic():
        Trial.objects.filter(pk=other.pk).update(place="active")


def test_a_second_test_takes_the_place_once_the_first_is_watched_until_a_day(cast: Cast) -> None:
    first = plan(cast)
    second = plan(cast, "And a second one?", other_until=LATER)
    first.refresh_from_db()
    assert (first.place, first.review_on, second.place) == ("watching", LATER, "active")


@pytest.mark.parametrize("day", [None, TODAY, TODAY - timedelta(days=1)])
def test_whatever_is_watched_has_a_day_to_look_again_from_tomorrow_on(cast: Cast, day: date | None) -> None:
    with pytest.raises(trials.NoReviewDate):
        plan(cast, place="watching", review_on=day)


def test_only_the_priority_begins(cast: Cast) -> None:
    watched = plan(cast, place="watching")
    with pytest.raises(trials.OnlyThePriorityBegins):
        trials.begin(watched, by=cast.ada, now=NOW)
    begun = trials.begin(trials.prioritize(watched, by=cast.ada, now=NOW), by=cast.ada, now=NOW)
    assert (begun.state, begun.begins_on, begun.review_on) == ("running", TODAY, None)


def test_a_running_test_that_is_watched_is_paused(cast: Cast) -> None:
    running = trials.begin(plan(cast), by=cast.ada, now=NOW)
    paused = trials.watch(running, review_on=LATER, by=cast.ben, now=NOW, note="Exams first.")
    assert (paused.state, paused.place, paused.place_note) == ("planned", "watching", "Exams first.")


def test_closing_frees_the_place_and_a_closed_test_moves_no_more(cast: Cast) -> None:
    closed = trials.close(plan(cast), by=cast.ada, now=NOW)
    assert closed.closed_on == TODAY
    with pytest.raises(trials.ClosedAlready):
        trials.begin(closed, by=cast.ada, now=NOW)
    assert plan(cast, "The next one").place == "active"


def test_what_has_begun_is_not_let_go_of_in_silence(cast: Cast) -> None:
    running = trials.begin(plan(cast), by=cast.ada, now=NOW)
    with pytest.raises(trials.RunsAlready):
        trials.let_go(running, by=cast.ada, now=NOW)


def test_the_page_says_when_it_is_time_to_look_again(cast: Cast) -> None:
    plan(cast, place="watching")
    page = trials_page(cast.north_team, today=LATER)
    assert [one.due for one in page.watching] == [True]
    assert not trials_page(cast.north_team, today=TODAY).watching[0].due


def draw_map(cast: Cast) -> PurposeMap:
    facts = {
        "idea": "One shared hour on Tuesdays",
        "does": "Grades 2 and 3",
        "signs": "Both teams plan one unit together",
    }
    drawn = PurposeMap(
        team=cast.north_team, form="pilot", started_on=TODAY, first_steps="- Ask both teams\n\n- Find a room", **facts
    )
    return save_new(drawn, by=cast.ada, now=NOW)


def test_a_new_test_is_filled_in_from_the_purpose_map(cast: Cast) -> None:
    drawn = draw_map(cast)
    shown = page_of(cast).get(address(cast.north_team, f"new/?map={drawn.pk}")).content.decode()
    assert "One shared hour on Tuesdays" in shown
    assert "Both teams plan one unit together" in shown


def test_the_first_steps_of_the_map_come_along_one_a_line(cast: Cast) -> None:
    drawn = draw_map(cast)
    facts = {"form": "pilot", "question": "Does it help?", "place": "active", "first_steps": "on"}
    answer = page_of(cast).post(address(cast.north_team, f"new/?map={drawn.pk}"), facts)
    assert answer.status_code == 302
    trial = cast.north_team.trials.get()
    assert (trial.map, [step.what for step in trial.steps.all()]) == (drawn, ["Ask both teams", "Find a room"])


def test_a_map_of_another_team_cannot_be_named(cast: Cast) -> None:
    drawn = draw_map(cast)
    client = page_of(cast, "cleo")
    for named in (f"map={drawn.pk}", "map=x", f"map={'9' * 30}", "after=0"):
        status = client.get(address(cast.south_team, f"new/?{named}")).status_code
        assert status == (200 if named == "after=0" else 404), named


def test_what_was_tried_before_is_offered(cast: Cast) -> None:
    trials.close(plan(cast, "Does a shared hour work on Fridays?"), by=cast.ada, now=NOW)
    client = page_of(cast)
    assert "on Fridays?" in client.get(address(cast.north_team, "new/")).content.decode()
    found = client.get(address(cast.north_team, "new/?search=fridays")).content.decode()
    assert "on Fridays?" in found
    assert "Nothing here has these words" in client.get(address(cast.north_team, "new/?search=zzzz")).content.decode()


def test_the_form_asks_for_room_before_it_takes_a_second_priority(cast: Cast) -> None:
    plan(cast)
    facts = {"form": "study", "question": "Second?", "place": "active"}
    answer = page_of(cast).post(address(cast.north_team, "new/"), facts)
    assert answer.status_code == 422
    assert "You have one priority already" in answer.content.decode()
    assert cast.north_team.trials.count() == 1


def test_a_test_cannot_end_before_it_begins(cast: Cast) -> None:
    facts = {"form": "study", "question": "Q?", "place": "active", "begins_on": "2026-12-01", "ends_on": "2026-11-30"}
    answer = page_of(cast).post(address(cast.north_team, "new/"), facts)
    assert "The test ends before it begins" in answer.content.decode()


def test_a_stale_change_of_a_test_is_put_together_by_a_person(cast: Cast) -> None:
    trial = plan(cast, prediction="Before")
    ada, ben = page_of(cast), page_of(cast, "ben")
    facts = {"form": "pilot", "question": trial.question, "version": 1}
    where = address(cast.north_team, f"{trial.pk}/edit/")
    assert ben.post(where, facts | {"prediction": "Ben's words"}).status_code == 302
    answer = ada.post(where, facts | {"prediction": "Ada's words"})
    assert answer.status_code == 409
    assert "Ben&#x27;s words" in answer.content.decode()


def test_a_refusal_is_said_aloud_on_the_page(cast: Cast) -> None:
    trial = trials.begin(plan(cast), by=cast.ada, now=NOW)
    answer = page_of(cast).post(address(cast.north_team, f"{trial.pk}/let-go/"), follow=True)
    assert "This test has begun" in answer.content.decode()


def test_the_pages_of_a_test_open_for_the_team_and_the_coach_only(cast: Cast) -> None:
    trial = plan(cast)
    for who, status in {"ada": 200, "ben": 200, "pat": 200, "kim": 200, "sam": 403, "cleo": 404, "dana": 404}.items():
        for rest in ("", "list.xlsx", "list.csv", f"{trial.pk}/", f"{trial.pk}/paper.pdf", "blank.docx"):
            assert page_of(cast, who).get(address(cast.north_team, rest)).status_code == status, (who, rest)
    assert page_of(cast, "kim").get(address(cast.north_team, "new/")).status_code == 403
    assert page_of(cast).get(address(cast.south_team, f"{trial.pk}/")).status_code == 404
    assert page_of(cast).get(address(cast.north_team, f"{trial.pk}/paper.exe")).status_code == 404


def test_moving_a_test_by_its_page(cast: Cast) -> None:
    first, second = plan(cast), plan(cast, "Second?", place="watching")
    client = page_of(cast)
    where = address(cast.north_team, f"{second.pk}/place/")
    assert client.post(where, {"place": "active"}).status_code == 422
    assert client.post(where, {"place": "active", "other_until": "2020-01-01"}).status_code == 422
    assert client.post(where, {"place": "active", "other_until": "2099-01-01"}).status_code == 302
    first.refresh_from_db()
    assert first.place == "watching"
    assert client.post(where, {"place": "watching"}).status_code == 422
    assert client.post(address(cast.north_team, f"{second.pk}/begin/")).status_code == 302
    second.refresh_from_db()
    assert second.state == "running"


def test_the_list_asks_the_database_equally_often_whatever_its_length(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        plan(cast, f"Watched {number}", place="watching")
    client = page_of(cast)
    with django_assert_max_num_queries(14):
        client.get(address(cast.north_team))
