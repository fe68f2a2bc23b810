"""One table in, one report out: every format from the command line, and every refusal with its line."""

import csv
import io
import re
import zipfile

import numpy as np
import openpyxl
import pytest

from colead.analysis.__main__ import main
from colead.analysis.answers_table import BadTable, answers_of, parts, read_lists, read_rows
from colead.analysis.instrument import load_instrument
from colead.analysis.programme import scale_figures
from colead.analysis.release import Hidden
from colead.analysis.report import plain, school_report
from colead.analysis.report_page import page
from colead.analysis.report_sheets import cell, school_sheets
from colead.analysis.waves import groups_large_enough, results, waves
from colead.documents import Document, Heading, PageBreak, Text
from tests.analysis_data import mini_cube, mini_instrument
from tests.analysis_worlds import made, staff

CONDITIONS = load_instrument("conditions.v1")
KEYS = [item.key for item in CONDITIONS.items]


def write(path, rows, head=("school", "wave", "group", *KEYS)):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def people(school, wave, count, seed, lift=0.0):
    for n, ballot in enumerate(staff(count, seed=seed, lift=lift)):
        group = "I teach" if n % 3 else "I support"
        yield [school, wave, group, *("" if ballot.answers[k] is None else ballot.answers[k] for k in KEYS)]


@pytest.fixture
def table(tmp_path):
    rows = []
    for n, school in enumerate(("Alder", "Birch", "Cedar", "Dogwood [x]")):
        for wave, lift in (("Autumn", 0), ("Winter", 0.2), ("Spring", 0.5)):
            rows += people(school, wave, 30 if n < 3 else 9, n * 10 + len(wave), lift)
    return write(tmp_path / "answers.csv", rows)


@pytest.fixture
def lists(tmp_path):
    rows = [["Alder", 34], ["Birch", 36], ["Cedar", 33]]
    return write(tmp_path / "lists.csv", rows, ("school", "people"))


def run(*words):
    return main(["report", *map(str, words)])


READABLE = {".pdf": b"%PDF", ".docx": b"PK", ".html": b"<!doctype html>", ".xlsx": b"PK"}


@pytest.mark.parametrize("kind", READABLE)
@pytest.mark.parametrize("school", [("--school", "Alder"), ()], ids=["school", "programme"])
def test_a_report_in_every_format(table, lists, tmp_path, kind, school, capsys):
    out = tmp_path / "deep" / f"report{kind}"
    assert run(table, "--instrument", "conditions.v1", "--lists", lists, *school, "-o", out) == 0
    assert out.read_bytes().startswith(READABLE[kind])
    assert [path.name for path in out.parent.iterdir()] == [out.name], "nothing half-written is left"
    assert str(out) in capsys.readouterr().out


def html(table, tmp_path, *words):
    out = tmp_path / "report.html"
    assert run(table, "--instrument", "conditions.v1", *words, "-o", out) == 0
    return out.read_text(encoding="utf-8")


def test_a_school_report_speaks_before_it_counts(table, lists, tmp_path):
    text = html(table, tmp_path, "--lists", lists, "--school", "Alder")
    assert "30 of 34 people answered." in text
    assert "parts went up." in text
    assert "since Winter" in text
    assert (
        text.index("In short")
        < text.index("Where we stand")
        < text.index("Since last time")
        < text.index("How we know")
    )
    assert "I teach" in text
    assert text.count("<svg") == text.count("<details>") >= 9
    assert "Autumn" in text
    assert "style=" not in text


def test_an_earlier_round_can_be_reported(table, tmp_path):
    text = html(table, tmp_path, "--school", "Alder", "--wave", "Autumn")
    assert "Since last time" not in text
    assert "Spring" not in text


def test_a_school_too_small_gets_a_report_that_says_so(tmp_path):
    text = html(write(tmp_path / "few.csv", people("Elm", "Autumn", 6, 1)), tmp_path)
    assert "Not shown, because fewer than 8 people answered." in text
    assert "<svg" not in text


def test_a_programme_report_stands_from_a_to_z(table, tmp_path):
    text = html(table, tmp_path)
    assert "people in 4 schools answered" in text
    assert text.index("Alder") < text.index("Birch") < text.index("Dogwood [x]")
    assert "a round, very likely" in text
    assert "Tossing a coin" in text
    first = html(table, tmp_path, "--wave", "Autumn")
    assert "Tossing a coin" not in first


def test_small_schools_keep_to_what_their_own_release_shows(tmp_path):
    rows = []
    for n, (school, count) in enumerate({"A": 30, "B": 30, "C": 30, "Tiny": 6}.items()):
        rows += [*people(school, "Autumn", count, n), *people(school, "Spring", count, n + 20)]
    path = write(tmp_path / "t.csv", rows)
    assert "Tiny" not in html(path, tmp_path)
    alike = [
        [*row[:3], *(5 if key.startswith("vision") else a for key, a in zip(KEYS, row[3:], strict=True))]
        for row in people("Nine", "Autumn", 9, 4)
    ]
    text = html(write(tmp_path / "n.csv", alike), tmp_path)
    assert "Not shown, because nearly everyone answered alike" in text
    assert "How many chose each answer is not shown, because it takes 10 answers to show this." in text


def test_two_schools_are_too_few_for_a_programme(tmp_path):
    rows = [*people("Alder", "Autumn", 20, 1), *people("Birch", "Autumn", 20, 2)]
    text = html(write(tmp_path / "two.csv", rows), tmp_path)
    assert "it takes 3 schools and 15 people" in text


def test_a_question_that_moved_on_its_own_is_named(tmp_path):
    rows = []
    at = 3 + KEYS.index("vision_1")
    for n, school in enumerate("ABC"):
        rows += people(school, "Autumn", 30, n)
        rows += [[*row[:at], 5 if row[at] else "", *row[at + 1 :]] for row in people(school, "Spring", 30, n + 9)]
    assert "moved on their own, so read them one by one: vision_1" in html(write(tmp_path / "m.csv", rows), tmp_path)


def test_the_spreadsheet_holds_numbers_and_reasons(table, tmp_path):
    out = tmp_path / "report.xlsx"
    assert run(table, "--instrument", "conditions.v1", "--school", "Alder", "-o", out) == 0
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    assert book.sheetnames == ["Scales", "Questions", "Groups", "Codebook"]
    scales = list(book["Scales"].values)
    assert isinstance(scales[1][3], float)
    assert scales[1][10] == "not shown, because this is the first round"
    assert isinstance(scales[17][11], float)
    assert [row[2] for row in book["Codebook"].values][1:] == KEYS
    book.close()


def test_sheets_without_groups_and_with_hidden_groups():
    plain_one = school_sheets([made(staff(20))], CONDITIONS)
    assert plain_one[2].rows == ()
    from tests.analysis_worlds import ROLES

    hidden = school_sheets([made(staff(20, groups=("I teach",)), breakdown=ROLES)], CONDITIONS)
    assert "too small to stand apart" in hidden[2].rows[0][1]
    assert cell(Hidden(why="x")) == "not shown, because x"


def test_hidden_counts_leave_their_cells_empty(tmp_path):
    rows = school_sheets([made(staff(9))], CONDITIONS)[1].rows
    assert {len(row) for row in rows} == {10}
    assert rows[0][5].startswith("not shown, because")
    assert rows[0][6:] == (None,) * 4


def test_the_influence_block_prints_its_benchmarks(tmp_path):
    head = ("school", *(f"area_{j}" for j in range(1, 8)))
    dice = np.random.default_rng(1)
    rows = [["Alder", *dice.integers(1, 5, 7)] for _ in range(20)]
    path, out = write(tmp_path / "i.csv", rows, head), tmp_path / "i.html"
    assert run(path, "--instrument", "influence-nces.v1", "-o", out) == 0
    assert "in the country 50 and 3." in out.read_text()


def test_an_instrument_of_ones_own(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "{slug: own, version: 1, title: Own, answers: {labels: [a, b, c, d, e], low: 0}, scales: "
        "[{key: s, name: S, items: [{key: x, text: X}, {key: y, text: Y}, {key: z, text: Z}]}]}"
    )
    rows = [[n % 5, (n + 1) % 4, "c"] for n in range(15)]
    out = tmp_path / "own.html"
    assert run(write(tmp_path / "o.csv", rows, ("x", "y", "z")), "--instrument", own, "-o", out) == 0
    assert "our school" in out.read_text()


REFUSALS = {
    "": "line 1: the file is empty",
    "school,vision_1\nA,9\nB,x\n": "line 2: vision_1 takes a number from 1 to 5, not “9”\nline 3: vision_1 takes",
    "school,vision_1\nA,1,2\n": "line 2: 3 cells instead of 2",
    "school,Email,vision_1\n": "line 1: “Email” is no question of conditions.v1; take this column out, names above all",
    "school,vision_1,vision_1\n": "line 1: the column “vision_1” stands there twice",
    "school,wave\n": "line 1: there is no question of conditions.v1; columns are named vision_1, vision_2 and so on",
    "school,vision_1\n": "There are no answers below the names of the columns.",
    "school,vision_1\n,3\n": "line 2: the school is missing",
    "school,vision_1\n\nA,3\n,\n\nB,8\n": "line 6: vision_1 takes a number from 1 to 5, not “8”",
    "school,vision_1\n" + "A,9\n" * 30: "and perhaps more: this list stops here",
    'school,vision_1\n"' + "x" * 140_000 + '",1\n': "line 2: this is not a table",
}


@pytest.mark.parametrize("text", REFUSALS, ids=lambda text: REFUSALS[text][:40])
def test_a_bad_table_is_refused_with_its_lines(tmp_path, text, capsys):
    path, out = tmp_path / "bad.csv", tmp_path / "out" / "bad.html"
    path.write_text(text)
    assert run(path, "--instrument", "conditions.v1", "-o", out) == 1
    assert REFUSALS[text] in capsys.readouterr().err
    assert not list(out.parent.iterdir()), "nothing is written"


def test_files_that_cannot_be_read_are_refused(tmp_path, capsys):
    missing = tmp_path / "none.csv"
    assert run(missing, "--instrument", "conditions.v1", "-o", tmp_path / "x.pdf") == 1
    assert "cannot be opened: No such file" in capsys.readouterr().err
    latin = tmp_path / "latin.csv"
    latin.write_bytes("school,vision_1\nPeña,3\n".encode("latin-1"))
    assert run(latin, "--instrument", "conditions.v1", "-o", tmp_path / "x.pdf") == 1
    assert "not in UTF-8" in capsys.readouterr().err


def test_other_refusals_name_what_was_asked(table, tmp_path, capsys):
    asked = {
        ("--instrument", "nothing.v1", "-o", tmp_path / "x.pdf"): "There is no instrument called nothing.v1.",
        ("--instrument", "conditions.v1", "-o", tmp_path / "x.doc"): "not “.doc”",
        (
            "--instrument",
            "conditions.v1",
            "--wave",
            "May",
            "-o",
            tmp_path / "x.pdf",
        ): "There are: Autumn, Winter, Spring.",
        ("--instrument", "conditions.v1", "--school", "Elm", "-o", tmp_path / "x.pdf"): "no school called “Elm”",
    }
    for words, reason in asked.items():
        assert run(table, *words) == 1
        assert reason in capsys.readouterr().err


def test_a_school_that_missed_the_round_is_refused_and_left_out_of_the_programme(tmp_path, capsys):
    rows = [*people("Alder", "Autumn", 20, 1), *people("Birch", "Spring", 20, 2), *people("Cedar", "Spring", 20, 3)]
    path = write(tmp_path / "t.csv", rows)
    assert run(path, "--instrument", "conditions.v1", "--school", "Alder", "-o", tmp_path / "x.pdf") == 1
    assert "“Alder” has no answers in the round “Spring”." in capsys.readouterr().err
    assert "people in 2 schools answered" in html(path, tmp_path)


def test_staff_lists_are_read_by_wave_and_refused_by_line(tmp_path):
    good = write(tmp_path / "l.csv", [["A", 30, "Autumn"], ["A", 31, ""]], ("school", "people", "wave"))
    assert read_lists(good) == {("A", "Autumn"): 30, ("A", ""): 31}
    bad = write(tmp_path / "b.csv", [["A", 30], ["B", "many"]], ("school", "people"))
    with pytest.raises(BadTable, match="line 3: people must be a whole number, not “many”"):
        read_lists(bad)
    with pytest.raises(BadTable, match="cannot be read"):
        read_lists(tmp_path / "none.csv")


def test_labels_and_numbers_mean_the_same(tmp_path):
    head = ("vision_1", "vision_2", "vision_3")
    path = write(tmp_path / "w.csv", [["Strongly agree", "I CANNOT SAY", " 2 "], ["5", "cannot say", "disagree"]], head)
    one, two = read_rows(path, CONDITIONS)
    assert one.codes == two.codes
    answers = answers_of(one, CONDITIONS)
    assert (answers["vision_1"], answers["vision_2"], answers["vision_3"], answers["vision_4"]) == (
        5,
        "cannot say",
        2,
        None,
    )


def test_long_tables_are_read_in_parts_and_say_how_far_they_are(tmp_path, capsys):
    path = write(tmp_path / "long.csv", ([n % 5 + 1] for n in range(2500)), ("vision_1",))
    heard = []
    sizes = [len(part) for part in parts(read_rows(path, CONDITIONS), 1000, heard.append)]
    assert (sizes, heard) == ([1000, 1000, 500], [1000, 2000, 2500])
    assert [len(p) for p in parts(iter(()), 10)] == []
    from colead.analysis.__main__ import _tell

    _tell("people read")(2000)
    _tell("people read")(2001)
    assert capsys.readouterr().err == "2000 people read\n"


def test_groups_need_as_many_answers_as_a_list_would_need_people(tmp_path):
    rows = [*people("Alder", "Autumn", 30, 1), *([*r[:2], "", *r[3:]] for r in people("Birch", "Autumn", 20, 1))]
    wave = waves(read_rows(write(tmp_path / "g.csv", rows), CONDITIONS), CONDITIONS, {})[0]
    assert groups_large_enough(wave, "Alder").categories == {"I support": 10, "I teach": 20}
    assert groups_large_enough(wave, "Birch") is None
    assert results([wave], "Elsewhere") == ()


def test_a_page_refuses_what_it_cannot_hold():
    with pytest.raises(TypeError, match="a report holds no PageBreak"):
        page(Document("T", (PageBreak(),)))
    text = page(Document("A & B", (Heading("x"), Text(plain("2 * 3 <b> \\"))))).decode()
    assert "<title>A &amp; B</title>" in text
    assert "2 * 3 &lt;b&gt; \\" in text


def test_a_report_of_one_question_has_no_averages():
    feedback = load_instrument("feedback.v1")
    from colead.analysis.publish import release
    from colead.analysis.release import Ballot

    ballots = [Ballot({"fit_1": n % 5 + 1, "fit_2": 3, "fit_3": (n + 2) % 5 + 1}) for n in range(20)]
    one = release(ballots, feedback, school="A", wave="1")
    two = release(ballots, feedback, school="A", wave="2")
    words = page(school_report([one, two], feedback)).decode()
    assert "Where we stand" not in words
    assert "<svg" in words


def test_programme_figures_come_from_cubes_alone():
    found = scale_figures([mini_cube(w) for w in (1, 2, 3)], [{}, {}, {}], "c1")
    assert found.trend.groups == 12
    assert len(found.changes) == 9
    alone = scale_figures([mini_cube(1)], [{}], "c1")
    assert alone.changes == ()
    assert alone.share.why == "there is one round so far"
    assert mini_instrument().scales[0].condition


def test_omega_over_very_many_schools_takes_people_as_independent(table, monkeypatch):
    from colead.analysis import waves as module

    wave = waves(read_rows(table, CONDITIONS), CONDITIONS, {})[0]
    jackknifed = module.omega_of(wave, CONDITIONS.scales[0])
    monkeypatch.setattr(module, "MOST_SCHOOLS_FOR_JACKKNIFE", 2)
    assert module.omega_of(wave, CONDITIONS.scales[0]).value == pytest.approx(jackknifed.value)


def test_word_files_hold_the_pictures(table, tmp_path):
    out = tmp_path / "r.docx"
    assert run(table, "--instrument", "conditions.v1", "--school", "Alder", "-o", out) == 0
    with zipfile.ZipFile(out) as file:
        assert sum(bool(re.search(r"\.(png|emf|svg)$", name)) for name in file.namelist()) >= 9
