"""Every guide, rubric and condition page prints: blank for anybody, filled for the team."""

import io
import subprocess

import docx
import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from colead.content.loader import load
from tests.cast import NOW, Cast
from tests.test_playbook_questions import decision, enter, question

CONDITIONS = [condition.slug for condition in load().conditions]
KINDS = ("guide", "rubric", "condition")


def words_in(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize("slug", CONDITIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_blank_paper_is_a_tagged_pdf_with_its_fonts(kind: str, slug: str) -> None:
    answer = Client().get(reverse("print_blank", args=[kind, slug, "pdf"]))
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en"
    assert load().condition(slug).name in words_in(answer.content)


@pytest.mark.parametrize("kind", KINDS)
def test_blank_paper_opens_in_word(kind: str) -> None:
    answer = Client().get(reverse("print_blank", args=[kind, "vision", "docx"]))
    paper = docx.Document(io.BytesIO(answer.content))
    assert any("Vision and strategy" in paragraph.text for paragraph in paper.paragraphs)


def test_a_printed_guide_carries_every_code(db: None) -> None:
    text = words_in(Client().get(reverse("print_blank", args=["guide", "capacity", "pdf"])).content)
    for code in load().guide("capacity").codes:
        assert code in text


def test_a_filled_guide_prints_decisions_and_notes_and_no_private_answer(cast: Cast) -> None:
    ada = enter(cast.ada)
    ada.post(question(cast.north_team), {"V-W1-body": "private words", "V-W1-version": 0})
    ada.post(question(cast.north_team, step="note"), {"note-note": "our shared note", "note-version": 0})
    ada.post(question(cast.north_team, step="decide"), decision(cast))
    for form in ("pdf", "docx"):
        answer = ada.get(reverse("print_filled", args=[cast.north_team.pk, "guide", "vision", form]))
        assert answer.status_code == 200
    text = words_in(ada.get(reverse("print_filled", args=[cast.north_team.pk, "guide", "vision", "pdf"])).content)
    assert "our shared note" in text
    assert "We meet on Tuesdays." in text
    assert "North Elementary" in text
    assert "private words" not in text


def test_a_filled_rubric_prints_the_agreed_lines(cast: Cast) -> None:
    from_team = cast.north_team.assessments.create(
        condition="vision", number=1, started_on=NOW.date(), revealed_at=NOW, revealed_by=cast.ada
    )
    from_team.lines.create(code="V-1", line="Eleven people shaped it", tag="evidence", version=1)
    url = reverse("print_filled", args=[cast.north_team.pk, "rubric", "vision", "pdf"])
    assert "Eleven people shaped it" in words_in(enter(cast.ben).get(url).content)


@pytest.mark.parametrize("name", ["guide/vision.exe", "poster/vision.pdf", "guide/weather.pdf", "rubric/weather.docx"])
def test_paper_that_does_not_exist_is_not_found(name: str) -> None:
    assert Client().get(f"/playbook/print/{name}").status_code == 404
