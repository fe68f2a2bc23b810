"""A team finishes the overview or a guide, takes that back, and walks a condition again with last time in sight."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from colead.playbook.actions import choices, walks
from colead.playbook.models import Walk
from tests.cast import NOW, Cast
from tests.test_playbook_room import at, enter


def finish(cast: Cast, condition: str, **sent: str) -> None:
    enter(cast.ada).post(at(cast, "finish_walk", condition), sent)


def choose(cast: Cast, condition: str = "structures", days: int = 0) -> None:
    now = NOW + timedelta(days=days)
    choices.choose_condition(
        cast.north_team,
        condition,
        name=condition,
        question="Which?",
        basis="need",
        reason="Nobody plans together.",
        data_used="the roster",
        felt=["no-time"],
        way="consent",
        present=list(cast.north_team.members.all()),
        concerns="",
        decided_on=cast.north_team.today(now),
        version=1,
        by=cast.ada,
        now=now,
    )


def decide(walk: Walk, cast: Cast, code: str, decided: str) -> None:
    present = list(cast.north_team.members.all())
    facts = {"way": "consent", "concerns": "", "decided_on": NOW.date(), "present": present}
    walks.decide(walk, code, question="?", decided=decided, by=cast.ada, based_on=0, now=NOW, **facts)


def room(cast: Cast, client: Client | None = None) -> str:
    return (client or enter(cast.ada)).get(at(cast, "team_room")).content.decode()


def test_a_finished_overview_leads_on_although_not_every_prompt_is_answered(cast: Cast) -> None:
    enter(cast.ada).post(at(cast, "put_notes_away"))
    assert "Answer: When has our school" in room(cast)
    finish(cast, "overview")
    assert "Answer: When has our school" not in room(cast)
    assert "See where you stand" in room(cast)


def test_being_through_can_be_taken_back(cast: Cast) -> None:
    finish(cast, "overview")
    finish(cast, "overview", again="yes")
    assert Walk.objects.get().finished_on is None


def test_a_finished_guide_leads_to_the_next_choice(cast: Cast) -> None:
    choose(cast)
    enter(cast.ada).post(at(cast, "put_notes_away"))
    finish(cast, "structures")
    assert "Revisit this condition, or choose the next one" in room(cast)


def test_words_written_after_the_end_stay_in_the_same_walk(cast: Cast) -> None:
    choose(cast)
    finish(cast, "structures")
    enter(cast.ada).post(at(cast, "question", "E-W2"), {"E-W2-body": "late words", "E-W2-version": 0})
    assert Walk.objects.get().answers.get().body == "late words"


def test_a_condition_chosen_again_begins_beside_the_last_time(cast: Cast) -> None:
    choose(cast)
    first = Walk.objects.get()
    decide(first, cast, "E-W2", "One block a week.")
    walks.write_answer(first, "E-W1", "Our Thursday table", by=cast.ada, based_on=0, now=NOW)
    finish(cast, "structures")
    choose(cast, days=200)
    assert list(Walk.objects.values_list("number", flat=True)) == [1, 2]
    page = enter(cast.ben).get(at(cast, "question", "E-W2")).content.decode()
    assert "What you decided last time" in page
    assert "One block a week." in page
    assert "Our Thursday table" in enter(cast.ada).get(at(cast, "question", "E-W1")).content.decode()


def test_choosing_a_condition_twice_while_it_runs_keeps_one_walk(cast: Cast) -> None:
    choose(cast)
    choose(cast)
    assert Walk.objects.count() == 1


def test_a_guide_opens_with_its_next_step(cast: Cast) -> None:
    choose(cast)
    page = enter(cast.ada).get(at(cast, "guide", "structures")).content.decode()
    assert 'class="next"' in page
    coach = enter(cast.kim).get(at(cast, "guide", "structures")).content.decode()
    assert 'class="next"' not in coach


def test_earlier_choices_stay_readable_with_all_that_was_kept(cast: Cast) -> None:
    choose(cast)
    choose(cast, "vision", days=100)
    page = enter(cast.ben).get(at(cast, "conditions")).content.decode()
    told = page.partition("What we chose, and why")[2]
    assert told.index("Vision and strategy") < told.index("Enabling work structures")
    for words in ("Nobody plans together.", "the roster", "No time", "Pat Green", "Nov. 16, 2026", "our greatest need"):
        assert words in told


def test_a_saved_task_leads_back_to_its_part_of_the_guide(cast: Cast) -> None:
    sent = {"state": "doing", "version": 0}
    answer = enter(cast.ada).post(reverse("task", args=[cast.north_team.pk, "E-HT3"]), sent)
    assert answer.headers["Location"] == at(cast, "guide", "structures") + "#how"
