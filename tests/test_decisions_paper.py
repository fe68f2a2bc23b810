"""A decision fits on one page of paper, blank or filled; lists open in a spreadsheet and never as a formula."""

import csv
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from colead.accounts.models import User
from colead.decisions.models import Way
from tests.cast import Cast
from tests.decisions_world import asked, hand_over, let_go, one_of_everything, proposed, settled, talking
from tests.papers import opened, squeezed, words_in

FORMULA = '=HYPERLINK("http://evil.example","x")'


def got(user: User, name: str, *args: object) -> bytes:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content


def pages(paper: bytes) -> int:
    with opened(paper) as pdf:
        return len(pdf.pages)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def test_a_blank_decision_record_is_one_page_with_a_place_for_everything(cast: Cast) -> None:
    paper = got(cast.ada, "decision_blank", cast.north_team.pk, "pdf")
    assert pages(paper) == 1
    text = words_in(paper)
    for words in (
        "Question",
        "One person, with input",
        "what harm, to whom",
        "Who answers for it",
        "Look at it again on",
    ):
        assert squeezed(words) in text


def test_a_filled_decision_record_is_one_page_with_all_its_words(cast: Cast) -> None:
    numbers = one_of_everything(cast.north_team)
    paper = got(cast.kim, "decision_paper", cast.north_team.pk, numbers["decision_id"], "pdf")
    assert pages(paper) == 1
    text = words_in(paper)
    for canary in (
        "canary-one",
        "canary-two",
        "canary-said",
        "canary-objection",
        "canary-harm",
        "canary-ending",
        "canary-why",
        "canary-decided",
        "canary-because",
        "canary-concern",
        "canary-seen",
        "Ada Reed",
    ):
        assert squeezed(canary) in text, canary


def test_the_same_record_opens_in_word(cast: Cast) -> None:
    numbers = one_of_everything(cast.north_team)
    made = docx.Document(BytesIO(got(cast.ada, "decision_paper", cast.north_team.pk, numbers["decision_id"], "docx")))
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert "canary-decided" in text
    docx.Document(BytesIO(got(cast.ada, "decision_blank", cast.north_team.pk, "docx")))


def test_an_open_question_prints_with_room_for_what_is_not_decided(cast: Cast) -> None:
    question = proposed(cast.north_team, proposal="canary-proposal").decision
    text = words_in(got(cast.ada, "decision_paper", cast.north_team.pk, question.pk, "pdf"))
    for words in ("canary-proposal", "chosen before the talk", "Decided", "Because"):
        assert squeezed(words) in text


@pytest.mark.parametrize("way", ["", *Way.values])
def test_every_way_prints(cast: Cast, way: str) -> None:
    question = talking(cast.north_team, way) if way else asked(cast.north_team)
    assert pages(got(cast.ada, "decision_paper", cast.north_team.pk, question.pk, "pdf")) == 1


@pytest.mark.parametrize("kind", ["filled", "blank"])
@pytest.mark.parametrize("name", ["stop_list_paper", "hand_overs_paper"])
def test_the_stop_list_and_hand_overs_print(cast: Cast, name: str, kind: str) -> None:
    let_go(cast.north_team, what="canary-stop")
    hand_over(cast.north_team, task="canary-stop")
    text = words_in(got(cast.kim, name, cast.north_team.pk, kind, "pdf"))
    assert (squeezed("canary-stop") in text) == (kind == "filled")
    docx.Document(BytesIO(got(cast.kim, name, cast.north_team.pk, kind, "docx")))


def test_the_stop_list_prints_its_sum(cast: Cast) -> None:
    let_go(cast.north_team, minutes_each=21, people=10)
    assert squeezed("3 h 30 min a week given back") in words_in(
        got(cast.ada, "stop_list_paper", cast.north_team.pk, "filled", "pdf")
    )


def test_lists_hold_every_row_as_text_dates_and_numbers(cast: Cast) -> None:
    settled(talking(cast.north_team, Way.CONSENSUS), decided="Wednesdays")
    asked(cast.north_team, question="Still open?")
    headers, *found = rows(got(cast.ada, "decisions_sheet", cast.north_team.pk, "csv"))
    assert [row[headers.index("Question")] for row in found] == ["When do we plan together?", "Still open?"]
    assert found[0][headers.index("Decided on")] == "2026-11-16"
    let_go(cast.north_team)
    headers, row = rows(got(cast.ada, "stop_list_sheet", cast.north_team.pk, "csv"))
    assert row[headers.index("Minutes a week together")] == "150"


@pytest.mark.parametrize("name", ["decisions_sheet", "stop_list_sheet", "hand_overs_sheet"])
def test_no_cell_is_ever_a_formula(cast: Cast, name: str) -> None:
    settled(talking(cast.north_team, Way.CONSENSUS, question=FORMULA), decided=FORMULA, because=FORMULA)
    let_go(cast.north_team, what=FORMULA, to_whom=FORMULA, in_place=FORMULA)
    hand_over(cast.north_team, task=FORMULA, taken_off=FORMULA)
    for row in rows(got(cast.ada, name, cast.north_team.pk, "csv")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    book = openpyxl.load_workbook(BytesIO(got(cast.ada, name, cast.north_team.pk, "xlsx")))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert FORMULA in {cell.value for cell in cells}
    assert not any(cell.data_type == "f" for cell in cells)
