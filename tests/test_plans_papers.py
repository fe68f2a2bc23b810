"""Paper and lists of the tools from evidence to purpose map: blank and filled, one page, never a formula."""

import csv
import io

import openpyxl
import pikepdf
import pytest
from docx import Document as WordFile

from colead.plans.actions import barriers, purpose, swot
from colead.plans.actions import theory as theories
from tests.cast import NOW, Cast
from tests.papers import squeezed, words_in
from tests.plans_chain import approach_of, at, barrier_of, enter, evidence_of, map_of, whole_theory

FORMULA = '=HYPERLINK("http://evil.example","click")'


def filled(cast: Cast, words: str = "Grade teams share no free hour") -> dict[str, tuple[object, ...]]:
    """Fill every tool with `words`; return the address of each sheet."""
    piece = evidence_of(cast, words, source=words)
    barrier = barrier_of(cast, words, symptom=words, evidence=[piece])
    barriers.add_why(barrier, because=words, fact=words, evidence=piece, by=cast.ada, now=NOW)
    idea = approach_of(cast, barrier, words)
    swot.pin_note(cast.north_team, box="strength", text=words, evidence=[piece], by=cast.ada, now=NOW)
    made = whole_theory(cast, goal=words, barrier=barrier, approach=idea)
    theories.edit_line(made.lines.get(leg="if"), because=words, evidence=[piece], by=cast.ada, based_on=9, now=NOW)
    drawn = map_of(cast, made, words)
    purpose.add_shift(drawn, group="teachers", today=words, by=cast.ada, now=NOW)
    return {
        "evidence_paper": (),
        "barrier_paper": (barrier.pk,),
        "swot_paper": (),
        "theory_paper": (made.pk,),
        "map_paper": (drawn.pk,),
    }


PAPERS = ("evidence_paper", "barrier_paper", "swot_paper", "theory_paper", "map_paper")
BLANKS = ("evidence_blank", "barrier_blank", "swot_blank", "theory_blank", "map_blank")
LISTS = ("evidence_list", "barrier_list", "swot_list", "theory_list", "map_list")


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_written_prints_and_opens_in_word(cast: Cast, name: str) -> None:
    where = filled(cast)[name]
    printed = enter(cast.ben).get(at(cast, name, *where, "pdf"))
    assert printed.headers["Content-Type"] == "application/pdf"
    assert squeezed("Grade teams share no free hour") in words_in(printed.content)
    word = enter(cast.ben).get(at(cast, name, *where, "docx"))
    file = WordFile(io.BytesIO(word.content))
    cells = " ".join(cell.text for table in file.tables for row in table.rows for cell in row.cells)
    assert "Grade teams share no free hour" in " ".join(each.text for each in file.paragraphs) + cells


@pytest.mark.parametrize("name", BLANKS)
def test_a_blank_sheet_holds_nobodys_words(cast: Cast, name: str) -> None:
    filled(cast, "SECRETWORDS")
    printed = enter(cast.ben).get(at(cast, name, "pdf")).content
    assert "SECRETWORDS" not in words_in(printed)
    assert enter(cast.ben).get(at(cast, name, "docx")).status_code == 200


@pytest.mark.parametrize("name", ["map_paper", "map_blank", "barrier_paper", "barrier_blank", "swot_blank"])
def test_the_tool_fits_on_one_page(cast: Cast, name: str) -> None:
    where = {**filled(cast), "map_blank": (), "barrier_blank": (), "swot_blank": ()}[name]
    printed = enter(cast.ben).get(at(cast, name, *where, "pdf")).content
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("name", [*PAPERS, *BLANKS])
def test_a_form_of_paper_that_we_do_not_have_is_not_found(cast: Cast, name: str) -> None:
    where = filled(cast).get(name, ())
    assert enter(cast.ben).get(at(cast, name, *where, "odt")).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_no_list_runs_a_formula(cast: Cast, name: str) -> None:
    papers = filled(cast, FORMULA)
    where = papers["theory_paper"] if name == "theory_list" else ()
    sent = enter(cast.ben).get(at(cast, name, *where, "csv")).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(sent, newline="")) for cell in row]
    assert any(FORMULA in cell for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)
    book = openpyxl.load_workbook(io.BytesIO(enter(cast.ben).get(at(cast, name, *where, "xlsx")).content))
    filled_in = [cell for row in book.active.iter_rows() for cell in row if cell.value]
    assert any(FORMULA in str(cell.value) for cell in filled_in)
    assert all(cell.data_type != "f" for cell in filled_in)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_comes_as_a_spreadsheet_or_csv_and_nothing_else(cast: Cast, name: str) -> None:
    where = filled(cast)["theory_paper"] if name == "theory_list" else ()
    assert enter(cast.ben).get(at(cast, name, *where, "pdf")).status_code == 404


def test_the_printed_theory_holds_its_diagram_with_words_for_it(cast: Cast) -> None:
    where = filled(cast)["theory_paper"]
    printed = enter(cast.ben).get(at(cast, "theory_paper", *where, "pdf")).content
    assert squeezed("The same as a driver diagram") in words_in(printed)
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        alts = [str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    assert any("read from right to left" in alt for alt in alts)
