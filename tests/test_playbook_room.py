"""The team room, the conditions and the choice: from nothing to a guide, and back to where one left off."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colead.accounts.models import User
from colead.playbook.models import Choice
from colead.programme.demo.load import load_demo
from colead.schools.models import Team
from tests.cast import NOW, Cast, person


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(cast: Cast, name: str, *more: str) -> str:
    return reverse(name, args=[cast.north_team.pk, *more])


def choice(cast: Cast, **changes: object) -> dict[str, object]:
    present = [member.pk for member in cast.north_team.members.all()]
    facts = {
        "condition": "structures",
        "basis": "need",
        "reason": "Nobody plans together.",
        "data_used": "",
        "way": "vote",
    }
    return facts | {"present": present, "concerns": "", "decided_on": "2026-11-16", "felt": ["no-time"], **changes}


def test_a_new_team_is_led_step_by_step(cast: Cast) -> None:
    ada = enter(cast.ada)
    assert "Read three short notes" in ada.get(at(cast, "team_room")).content.decode()
    ada.post(at(cast, "put_notes_away"))
    assert "Answer: When has our school" in ada.get(at(cast, "team_room")).content.decode()


def test_the_notes_put_away_stay_findable(cast: Cast) -> None:
    ada = enter(cast.ada)
    ada.post(at(cast, "put_notes_away"))
    page = ada.get(at(cast, "before")).content.decode()
    assert page.count("<h2>") >= 3


def test_the_choice_is_kept_with_reason_people_data_and_what_is_felt(cast: Cast) -> None:
    answer = enter(cast.ada).post(at(cast, "choose"), choice(cast))
    assert answer.headers["Location"] == at(cast, "guide", "structures")
    kept = Choice.objects.get()
    assert (kept.condition, kept.reason, kept.felt) == ("structures", "Nobody plans together.", ["no-time"])
    assert kept.decision.present.count() == 3
    room = enter(cast.ben).get(at(cast, "team_room")).content.decode()
    assert "Nobody plans together." in room


def test_a_choice_without_a_reason_is_refused_and_nothing_typed_is_lost(cast: Cast) -> None:
    page = enter(cast.ada).post(at(cast, "choose"), choice(cast, reason="", data_used="the roster"))
    assert page.status_code == 422
    assert "the roster" in page.content.decode()
    assert not Choice.objects.exists()


def test_what_is_felt_points_to_conditions_as_a_start_of_talk(cast: Cast) -> None:
    page = enter(cast.ada).get(at(cast, "felt"), {"felt": ["burnout", "no-such-thing"]}).content.decode()
    assert "It is not a verdict" in page
    assert "Shared influence" in page
    assert "choose/?felt=burnout" in page


def test_where_we_left_off_reopens_the_exact_question(cast: Cast) -> None:
    ada = enter(cast.ada)
    assert ada.get(at(cast, "left_off")).headers["Location"] == at(cast, "team_room")
    ada.post(at(cast, "question", "C-W3"), {"C-W3-body": "a need", "C-W3-version": 0})
    assert ada.get(at(cast, "left_off")).headers["Location"] == at(cast, "question", "C-W3")
    ada.post(at(cast, "question", "C-W1"), {"C-W1-body": "", "C-W1b-body": "a room", "C-W1b-version": 0})
    assert ada.get(at(cast, "left_off")).headers["Location"] == at(cast, "question", "C-W1")


def test_home_goes_straight_to_the_only_place(cast: Cast) -> None:
    assert enter(cast.ada).get(reverse("home")).headers["Location"] == at(cast, "team_room")
    assert enter(cast.dana).get(reverse("home")).headers["Location"] == reverse("office_home", args=[cast.office.pk])


def test_home_of_somebody_new_offers_three_ways_to_begin(cast: Cast) -> None:
    page = enter(person("Newt Early")).get(reverse("home")).content.decode()
    for name in ("join", "school_new", "playbook"):
        assert reverse(name) in page


def test_home_asks_for_a_name_first(cast: Cast) -> None:
    nameless = User.objects.create_user("nameless@example.org")
    assert enter(nameless).get(reverse("home")).headers["Location"].startswith(reverse("me"))


def test_a_soft_gate_shows_what_is_undecided_and_lets_work_begin(cast: Cast) -> None:
    page = enter(cast.ada).get(at(cast, "task", "V-WT1")).content.decode()
    assert "Still undecided in this part" in page
    sent = {"state": "doing", "owner": "", "due_on": "2026-12-01", "note": "begun", "version": 0}
    answer = enter(cast.ada).post(at(cast, "task", "V-WT1"), sent)
    assert answer.status_code == 302
    assert "in hand" in enter(cast.ben).get(at(cast, "guide", "vision")).content.decode()


def test_a_stale_task_shows_both_notes(cast: Cast) -> None:
    sent = {"state": "doing", "note": "Ada’s note", "version": 0}
    enter(cast.ada).post(at(cast, "task", "V-WT1"), sent)
    stale = enter(cast.ben).post(at(cast, "task", "V-WT1"), {**sent, "note": "Ben’s note"})
    assert stale.status_code == 409
    assert "Ada’s note" in stale.content.decode()


def test_a_sheet_from_paper_is_typed_up_in_one_go_and_replaces_nothing(cast: Cast) -> None:
    ada = enter(cast.ada)
    ada.post(at(cast, "note", "V-W1"), {"note-note": "Said before", "note-version": 0})
    sheet = {"whose": "ours", "V-W1-body": "From the sheet", "V-W2-body": "Second answer"}
    assert ada.post(at(cast, "paper", "vision", "why"), sheet).status_code == 302
    page = ada.get(at(cast, "question", "V-W1")).content.decode()
    assert "Said before" in page
    assert "From the sheet" in page
    again = ada.post(at(cast, "paper", "vision", "why"), sheet)
    assert again.status_code == 302
    assert ada.get(at(cast, "question", "V-W1")).content.decode().count("From the sheet") == 1


def test_my_own_sheet_stays_private(cast: Cast) -> None:
    sheet = {"whose": "mine", "C-W1-body": "", "C-W1a-body": "my own skill"}
    enter(cast.ada).post(at(cast, "paper", "capacity", "why"), sheet)
    assert "my own skill" in enter(cast.ada).get(at(cast, "question", "C-W1")).content.decode()
    assert "my own skill" not in enter(cast.ben).get(at(cast, "question", "C-W1")).content.decode()


def test_one_text_too_long_on_a_sheet_keeps_the_whole_sheet_on_the_page(cast: Cast) -> None:
    sheet = {"whose": "ours", "V-W1-body": "kept", "V-W2-body": "x" * 20_001}
    page = enter(cast.ada).post(at(cast, "paper", "vision", "why"), sheet)
    assert page.status_code == 422
    assert ">kept" in page.content.decode().replace("\n", "")
    assert not cast.north_team.walks.exists()


def test_pages_ask_the_same_number_of_questions_however_much_is_written(
    cast: Cast, django_assert_max_num_queries
) -> None:
    ada = enter(cast.ada)
    ada.post(at(cast, "choose"), choice(cast))
    for code in ("E-W1", "E-W2", "E-W3", "E-W4", "E-H1", "E-H2"):
        ada.post(at(cast, "question", code), {f"{code}-body": "words", f"{code}-version": 0})
    for name, more in (("team_room", ()), ("guide", ("structures",)), ("conditions", ()), ("question", ("E-W1",))):
        with django_assert_max_num_queries(26):
            assert ada.get(at(cast, name, *more)).status_code == 200


def test_the_room_leads_to_all_there_is_to_read(cast: Cast) -> None:
    page = enter(cast.ben).get(at(cast, "team_room")).content.decode()
    for name in ("before", "overview", "conditions"):
        assert f'href="{at(cast, name)}"' in page
    for url in (reverse("glossary"), reverse("playbook"), reverse("school_page", args=[cast.north.pk])):
        assert f'href="{url}"' in page


def test_the_thread_in_the_room_can_be_opened_at_every_stop(cast: Cast) -> None:
    page = enter(cast.ben).get(at(cast, "team_room")).content.decode()
    for name in ("evidence", "barriers", "theory", "map", "trials", "decisions"):
        assert f'href="{at(cast, name)}" class="path-stop"' in page


def test_the_room_speaks_of_questions_not_of_codes(cast: Cast) -> None:
    ada = enter(cast.ada)
    ada.post(at(cast, "question", "C-W3"), {"C-W3-body": "a need", "C-W3-version": 0})
    ada.post(at(cast, "reveal", "C-W3"))
    page = ada.get(at(cast, "team_room")).content.decode()
    lately = page.partition('id="lately"')[2]
    assert "Ada Reed opened what you wrote: Which" in lately or "Ada Reed opened what you wrote: W" in lately
    assert ">C-W3<" not in page


def test_a_coach_has_nothing_to_do_in_the_room(cast: Cast) -> None:
    page = enter(cast.kim).get(at(cast, "team_room")).content.decode()
    assert "You read along here as a coach." in page
    assert 'class="next"' not in page
    assert "Where you left off" not in page


def test_an_open_question_is_not_shown_as_decided(cast: Cast) -> None:
    cast.north_team.decisions.create(question="Shall we?", state="open", opened_on=NOW.date())
    assert "No decisions yet." in enter(cast.ada).get(at(cast, "team_room")).content.decode()


def test_a_round_i_wrote_in_waits_for_the_others(cast: Cast) -> None:
    ada = enter(cast.ada)
    ada.post(at(cast, "assess", "influence"), {"S-1-growth": "a gap", "S-1-version": 0})
    waiting = ada.get(at(cast, "team_room")).content.decode().partition('id="waiting"')[2].partition("<h2")[0]
    assert "Shared influence" in waiting
    assert "1 of 3 have written" in waiting


def test_the_way_back_is_a_short_button_with_the_question_beside_it(cast: Cast) -> None:
    ada = enter(cast.ada)
    ada.post(at(cast, "question", "C-W3"), {"C-W3-body": "a need", "C-W3-version": 0})
    page = ada.get(at(cast, "team_room")).content.decode()
    assert 'Where you left off</a> <span class="meta">W' in page


def test_the_room_says_what_to_look_at_again_what_is_open_and_what_was_given_back(db: None) -> None:
    load_demo(now=timezone.now())
    team = Team.objects.get(school__name__startswith="North")
    page = enter(User.objects.get(name="Ada Reed")).get(reverse("team_room", args=[team.pk])).content.decode()
    due = team.decisions.due(team.today(timezone.now())).get()
    assert f'Look again: <a href="{reverse("decision", args=[team.pk, due.pk])}">' in page
    assert f"{team.decisions.open().count()} questions still open" in page
    assert "a week given back" in page
