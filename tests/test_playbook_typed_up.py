"""Sheets filled in by hand are typed up in one go: answers, decision points, the agreed lines of a rubric."""

from django.test import Client

from colead.decisions.models import Decision
from colead.playbook.models import Assessment, Discussion
from tests.cast import Cast
from tests.test_playbook_room import at, enter


def present(cast: Cast) -> list[int]:
    return [member.pk for member in cast.north_team.members.all()]


def sheet(cast: Cast, **more: object) -> dict[str, object]:
    decided = {"V-W1-decision-decided": "We meet.", "V-W1-decision-way": "consent", "V-W1-decision-concerns": "Cover?"}
    return {
        "whose": "ours",
        "V-W1-body": "said",
        "present": present(cast),
        "decided_on": "2026-11-13",
        **decided,
        **more,
    }


def send(cast: Cast, sent: dict[str, object], client: Client | None = None) -> object:
    return (client or enter(cast.ada)).post(at(cast, "paper", "vision", "why"), sent)


def test_decision_points_are_typed_up_with_the_answers(cast: Cast) -> None:
    assert send(cast, sheet(cast)).status_code == 302
    decision = Discussion.objects.get(code="V-W1").decision
    assert (decision.decided, decision.way, decision.concerns) == ("We meet.", "consent", "Cover?")
    assert decision.present.count() == 3
    assert str(decision.decided_on) == "2026-11-13"


def test_a_decision_without_anybody_present_keeps_the_whole_sheet_on_the_page(cast: Cast) -> None:
    page = send(cast, sheet(cast, present=[]))
    assert page.status_code == 422
    assert "Say who was there when you decided." in page.content.decode()
    assert "We meet." in page.content.decode()
    assert not Discussion.objects.exists()


def test_a_decision_without_a_way_or_a_day_is_refused(cast: Cast) -> None:
    page = send(cast, sheet(cast, **{"V-W1-decision-way": "", "decided_on": ""})).content.decode()
    assert "Say how you decided." in page
    assert "Say when you decided." in page
    assert not Decision.objects.exists()


def test_a_concern_without_a_decision_is_asked_about(cast: Cast) -> None:
    page = send(cast, sheet(cast, **{"V-W1-decision-decided": "", "V-W1-decision-way": ""}))
    assert page.status_code == 422
    assert "or leave the other two empty" in page.content.decode()


def test_a_question_that_is_decided_keeps_its_decision(cast: Cast) -> None:
    send(cast, sheet(cast))
    assert "V-W1-decision-decided" not in enter(cast.ada).get(at(cast, "paper", "vision", "why")).content.decode()
    send(cast, sheet(cast, **{"V-W1-decision-decided": "Something else"}))
    assert Decision.objects.get().decided == "We meet."


def rubric(cast: Cast, **lines: str) -> object:
    return enter(cast.ben).post(at(cast, "rubric_paper", "influence"), lines)


def test_the_agreed_lines_of_a_sheet_are_typed_up_in_one_go(cast: Cast) -> None:
    lines = {"S-1-line": "We guess who decides.", "S-1-tag": "growth", "S-3-line": "Notes show it.", "S-3-tag": "mixed"}
    assert rubric(cast, **lines).status_code == 302
    round_ = Assessment.objects.get()
    assert round_.revealed_by == cast.ben
    assert dict(round_.lines.values_list("line", "tag")) == {
        "We guess who decides.": "growth",
        "Notes show it.": "mixed",
    }


def test_a_line_on_paper_needs_its_mark_and_a_mark_its_line(cast: Cast) -> None:
    page = rubric(cast, **{"S-1-line": "No mark", "S-2-tag": "mixed"})
    assert page.status_code == 422
    assert "Say which side the line is on." in page.content.decode()
    assert "Write the line, or take the mark off." in page.content.decode()
    assert not Assessment.objects.exists()


def test_an_empty_rubric_sheet_begins_nothing(cast: Cast) -> None:
    assert rubric(cast).status_code == 302
    assert not Assessment.objects.exists()


def test_a_line_that_stands_is_not_replaced_by_a_sheet(cast: Cast) -> None:
    rubric(cast, **{"S-1-line": "First", "S-1-tag": "growth"})
    rubric(cast, **{"S-1-line": "Second", "S-1-tag": "mixed", "S-2-line": "New", "S-2-tag": "mixed"})
    assert sorted(Assessment.objects.get().lines.values_list("line", flat=True)) == ["First", "New"]


def test_the_page_says_that_a_sheet_opens_what_was_written_alone(cast: Cast) -> None:
    warning = "Saving this sheet opens that to the team"
    assert warning not in enter(cast.ben).get(at(cast, "rubric_paper", "influence")).content.decode()
    enter(cast.ada).post(at(cast, "assess", "influence"), {"S-1-growth": "alone", "S-1-version": 0})
    assert warning in enter(cast.ben).get(at(cast, "rubric_paper", "influence")).content.decode()
