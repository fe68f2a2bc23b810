"""Lists of questions and answers from other tools' files: read strictly, nothing about who answered kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.analysis.instrument import AnswerScale, load_instrument
from colead.documents import Sheet, xlsx
from colead.schools.roster import FileRefused
from colead.surveys.actions.instruments import read_survey
from colead.surveys.reading.brought import Mapping, NotAnswers, dry_run, guess, read_brought, read_cell
from colead.surveys.reading.build import build
from colead.surveys.reading.items import NotAList, read_items
from colead.surveys.reading.lss import read_lss
from colead.surveys.reading.tables import rows_of

AGREE = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
LSS = """<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>
<groups><rows><row><gid>1</gid><group_name><![CDATA[Time]]></group_name><language>en</language></row></rows></groups>
<questions><rows>
<row><qid>10</qid><parent_qid>0</parent_qid><gid>1</gid><type>F</type><title>T1</title>
<question><![CDATA[<p>How is time used?</p>]]></question><question_order>1</question_order><language>en</language></row>
<row><qid>20</qid><parent_qid>0</parent_qid><gid>1</gid><type>T</type><title>C1</title>
<question>Anything else?</question><question_order>2</question_order><language>en</language></row>
<row><qid>30</qid><parent_qid>0</parent_qid><gid>1</gid><type>N</type><title>N1</title>
<question>How many years?</question><question_order>3</question_order><language>en</language></row>
</rows></questions>
<subquestions><rows>
<row><qid>11</qid><parent_qid>10</parent_qid><gid>1</gid><title>SQ1</title>
<question>We plan &amp; meet.</question><language>en</language></row>
<row><qid>12</qid><parent_qid>10</parent_qid><gid>1</gid><title>SQ2</title>
<question>We rest.</question><language>en</language></row>
</rows></subquestions>
<answers><rows>
<row><qid>10</qid><code>A2</code><answer>Often</answer><sortorder>2</sortorder><language>en</language></row>
<row><qid>10</qid><code>A1</code><answer>Seldom</answer><sortorder>1</sortorder><language>en</language></row>
</rows></answers>
<surveys><rows><row><sid>1</sid><language>en</language></row></rows></surveys>
<surveys_languagesettings><rows><row>
<surveyls_title>Our time</surveyls_title>
<surveyls_language>en</surveyls_language></row></rows></surveys_languagesettings>
</document>"""
NEW = """<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>
<questions><rows><row><qid>10</qid><gid>1</gid><type>L</type><title>L1</title>
<question_order>1</question_order></row></rows></questions>
<question_l10ns><rows><row><qid>10</qid><question>How are we?</question><language>en</language></row></rows>
</question_l10ns>
<answers><rows><row><aid>1</aid><qid>10</qid><sortorder>1</sortorder></row>
<row><aid>2</aid><qid>10</qid><sortorder>2</sortorder></row></rows></answers>
<answer_l10ns><rows><row><aid>1</aid><answer>Bad</answer><language>en</language></row>
<row><aid>2</aid><answer>Good</answer><language>en</language></row></rows></answer_l10ns></document>"""


# --- Lists of questions ---------------------------------------------------------------------------------------------


def test_a_list_of_questions_becomes_a_survey() -> None:
    data = b"Section;Question;Reversed\nTime;We have time;\nTime;We are always late;yes\nTrust;We trust each other;\n"
    found = read_survey(data)
    made = build(found, title="Our survey", labels=AGREE, cannot_say="I cannot say", source="Us")
    assert [scale.name for scale in made.scales] == ["Time", "Trust"]
    assert [item.reversed for item in made.items] == [False, True, False]
    assert len({item.key for item in made.items}) == 3
    assert made.standing


def test_a_workbook_works_too() -> None:
    sheet = Sheet("x", ("question", "part"), (("We have time", "Time"), ("We rest", "Time")))
    assert len(read_survey(xlsx([sheet])).parts[0].items) == 2


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["a", "b"], ["1", "2"]], "No column is called"),
        ([["question"]], "no question"),
        ([["question"], ["w" * 501]], "Line 2"),
        ([["question"], *([[f"Number {n}"] for n in range(151)])], "at most 150"),
    ],
)
def test_what_is_no_list_is_refused_with_its_place(rows: list[list[str]], says: str) -> None:
    with pytest.raises(NotAList, match=says):
        read_items(rows)


def test_a_list_without_answers_to_choose_is_refused() -> None:
    with pytest.raises(NotAList, match="lowest first"):
        build(read_items([["question"], ["Words"]]), title="T", labels=())


def test_a_limesurvey_structure_becomes_a_survey() -> None:
    found = read_lss(LSS.encode())
    made = build(found, title=found.title, labels=())
    assert made.title == "Our time"
    assert [item.text for item in made.items] == ["We plan & meet.", "We rest."]
    assert made.answers_of(made.scales[0]).labels == ("Seldom", "Often")
    assert not made.scales[0].average
    assert [line.text for line in made.open_lines] == ["Anything else?"]
    assert found.passed_over == ("How many years?",)


def test_a_newer_limesurvey_keeps_its_words_apart() -> None:
    made = build(read_lss(NEW.encode()), title="New", labels=())
    assert (made.items[0].text, made.answers_of(made.scales[0]).labels) == ("How are we?", ("Bad", "Good"))


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><document><LimeSurveyDocType/></document>',
        b"<?xml version='1.0'?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>" + b"<a>" * 60,
        b"<?xml version='1.0'?><document>" + b"<a/>" * 200_001 + b"</document>",
        LSS.encode()[:-20],
        LSS.replace("questions>", "nothing>").encode(),
        LSS.replace("<type>F</type>", "<type>K</type>").encode(),
        b"<" * (2 * 1024 * 1024 + 1),
    ],
    ids=["doctype", "deep", "many", "cut off", "no questions", "nothing to choose", "large"],
)
def test_a_hostile_or_broken_structure_is_refused(data: bytes) -> None:
    with pytest.raises(NotAList):
        read_lss(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (lambda: read_survey(data), lambda: read_lss(data), lambda: read_brought(rows_of(data))):
        try:
            read()
        except (NotAList, NotAnswers, FileRefused):
            continue


# --- Answers from elsewhere -----------------------------------------------------------------------------------------

ASKED = load_instrument("conditions.v1")
GOOGLE = [
    ["Timestamp", "Email Address", *(item.text for item in ASKED.items), ASKED.open_lines[0].text],
    *(
        [
            "2026/05/04 10:00:00",
            f"p{n}@example.org",
            *(AGREE[(n + k) % 5] for k in range(29)),
            "Ask p1@example.org for time",
        ]
        for n in range(12)
    ),
    ["2026/05/05 10:00:00", "P3@example.org", *(["Agree"] * 29), ""],
]


def test_a_google_form_maps_itself_and_loses_who_answered() -> None:
    found = read_brought(GOOGLE)
    assert found.dropped == ("Timestamp", "Email Address")
    assert (found.people, found.twice) == (12, 1)
    run = dry_run(found, ASKED, guess(found, ASKED))
    assert len(run.people) == 12
    assert not run.unread
    assert len(guess(found, ASKED).items) == 29
    assert run.people[0].answers["vision_1"] == 1
    assert "@" not in str(run)


def test_qualtrics_brings_three_lines_of_headings() -> None:
    codes = ["StartDate", "IPAddress", "Q1", "Q2"]
    texts = ["Start Date", "IP Address", ASKED.items[0].text, ASKED.items[1].text]
    ids = ['{"ImportId":"startDate"}', '{"ImportId":"ipAddress"}', '{"ImportId":"QID1"}', '{"ImportId":"QID2"}']
    rows = [codes, texts, ids, *([f"2026-0{n}-01", "10.0.0.1", "4", "5 - Strongly agree"] for n in range(1, 9))]
    found = read_brought(rows)
    assert set(found.dropped) == {"Start Date", "IP Address"}
    run = dry_run(found, ASKED, guess(found, ASKED))
    assert run.people[0].answers == {"vision_1": 4, "vision_2": 5}
    assert run.alike == 7


def test_limesurvey_answers_map_by_code() -> None:
    rows = [["id", "submitdate", "lastpage", "vision_1"], *([str(n), "2026-01-01", "1", "2"] for n in range(8))]
    found = read_brought(rows)
    assert guess(found, ASKED).items == {"vision_1": 3}
    assert found.dropped == ("id", "submitdate", "lastpage")


def test_microsoft_forms_drops_name_and_times() -> None:
    headings = ["ID", "Start time", "Completion time", "Email", "Name", ASKED.items[0].text]
    rows = [headings, *([str(n), "x", "y", "anonymous", f"Person {n}", "Agree"] for n in range(9))]
    found = read_brought(rows)
    assert {"ID", "Start time", "Completion time", "Email", "Name"} == set(found.dropped)


@pytest.mark.parametrize(
    ("cell", "flipped", "means"),
    [
        ("Agree", False, 4),
        ("  strongly AGREE ", False, 5),
        ("4", False, 4),
        ("4.0", False, 4),
        ("4 - Agree", False, 4),
        ("4", True, 2),
        ("Agree", True, 4),
        ("6", False, None),
        ("0", False, None),
        ("I don’t know", False, "cannot say"),
        ("42", False, None),
        ("", False, None),
        ("maybe", False, None),
    ],
)
def test_a_cell_is_read_by_its_words_or_its_number(cell: str, flipped: bool, means: object) -> None:
    assert read_cell(cell, AnswerScale(labels=AGREE, cannot_say="I cannot say"), flipped=flipped) == means


def test_what_fits_no_answer_is_shown_and_counts_as_skipped() -> None:
    rows = [["vision_1", "vision_2"], *([["Agree", "quite so"]] * 9)]
    run = dry_run(read_brought(rows), ASKED, Mapping({"vision_1": 0, "vision_2": 1}))
    assert run.unread == {"vision_2": ("quite so",)}
    assert run.people[0].answers == {"vision_1": 4, "vision_2": None}


@pytest.mark.parametrize(
    "rows", [[["a", "b"]], [["Email", "Name"], ["a@example.org", "Al"]], [["q"], *([["1"]] * 2001)]]
)
def test_a_file_without_answers_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(NotAnswers):
        read_brought(rows)
