"""Efficacy drawn beside conditions from the command line: what each school's own releases show, from ten schools on."""

import pytest

from colead.analysis.instrument import load_instrument
from tests.test_analysis_report import people, run, write

EFFICACY = load_instrument("efficacy.v1")
KEYS = [item.key for item in EFFICACY.items]
SCHOOLS = [f"School {letter}" for letter in "ABCDEFGHIJ"]


def tables(folder, schools, *, few=""):
    """Write both tables; at the school `few` too few answered the second."""
    first, second = [], []
    for n, school in enumerate(schools):
        first += people(school, "Spring", 12, n, lift=n / 10 - 0.5)
        for person in range(4 if school == few else 12):
            second.append([school, "May", *(1 + n // 3 + (person + question) % 3 for question in range(len(KEYS)))])
    efficacy = write(folder / "efficacy.csv", second, ("school", "wave", *KEYS))
    return write(folder / "conditions.csv", first), efficacy


def report(folder, schools, *words, **facts):
    conditions, efficacy = tables(folder, schools, **facts)
    out = folder / "out.html"
    assert run(conditions, "--instrument", "conditions.v1", "--efficacy", efficacy, *words, "-o", out) == 0
    return out.read_text()


def test_the_report_over_ten_schools_draws_both(tmp_path):
    text = report(tmp_path, SCHOOLS, "--efficacy-instrument", "efficacy.v1")
    part = text.rpartition("Conditions and efficacy</h3>")[2]
    assert "Over 10 schools the two go together at" in part
    assert part.count("<circle") == 10
    assert "Fisher" in part


def test_a_school_that_one_survey_hides_is_left_out(tmp_path):
    text = report(tmp_path, SCHOOLS, few="School C")
    part = text.rpartition("Conditions and efficacy</h3>")[2]
    assert "it takes 10 schools" in part
    assert "<circle" not in part


def test_without_the_second_table_nothing_is_said_of_efficacy(tmp_path):
    conditions, _efficacy = tables(tmp_path, SCHOOLS[:3])
    out = tmp_path / "plain.html"
    assert run(conditions, "--instrument", "conditions.v1", "-o", out) == 0
    assert "Conditions and efficacy" not in out.read_text()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("-o", "x.xlsx"), "for several schools, in a .pdf, .docx or .html."),
        (("--school", "School A", "-o", "x.html"), "for several schools, in a .pdf, .docx or .html."),
        (("--efficacy-instrument", "conditions.v1", "-o", "x.html"), "is no question of conditions.v1"),
    ],
)
def test_what_cannot_be_drawn_is_refused(tmp_path, capsys, monkeypatch, words, reason):
    monkeypatch.chdir(tmp_path)
    conditions, efficacy = tables(tmp_path, SCHOOLS[:3])
    assert run(conditions, "--instrument", "conditions.v1", "--efficacy", efficacy, *words) == 1
    assert reason in capsys.readouterr().err


def test_a_survey_without_averages_cannot_be_drawn(tmp_path, capsys):
    own = tmp_path / "own.yaml"
    own.write_text(
        "{slug: own, version: 1, title: Own, answers: {labels: [a, b], low: 0}, scales: "
        "[{key: s, name: S, average: false, items: [{key: x, text: X}]}]}"
    )
    other = write(tmp_path / "own.csv", [["School A", 1], ["School B", 0]], ("school", "x"))
    conditions, _efficacy = tables(tmp_path, SCHOOLS[:3])
    words = ("--efficacy", other, "--efficacy-instrument", own, "-o", tmp_path / "x.html")
    assert run(conditions, "--instrument", "conditions.v1", *words) == 1
    assert "both surveys need parts with an average" in capsys.readouterr().err
