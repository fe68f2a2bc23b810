"""A school's own survey, answers from another tool, and a guide's questions asked of all staff."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from colead.answers import box
from colead.surveys.actions import comments, findings, inquiries, waves
from colead.surveys.models import OwnInstrument, Wave
from colead.surveys.queries.findings import themes_of
from tests.cast import Cast
from tests.surveys_world import AFTER, BOTH, CLOSES, NOON, OPENS, answered, fill_roster
from tests.test_surveys_reading import AGREE, ASKED, GOOGLE
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db(databases=BOTH)


def a_csv(rows: list[list[str]]) -> SimpleUploadedFile:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return SimpleUploadedFile("file.csv", lines.getvalue().encode())


def test_answers_from_elsewhere_are_seen_first_and_then_released_under_our_rules(cast: Cast) -> None:
    client = client_of(cast.ada)
    sent = {"instrument": "conditions.v1", "title": "Last year", "asked": "20", "reader": cast.ben.pk}
    look = client.post(reverse("brought_new", args=[cast.north.pk]), sent | {"file": a_csv(GOOGLE)})
    html = look.content.decode()
    assert "<strong>12</strong> people answered" in html
    assert "Email Address" in html
    assert "example.org" not in html
    assert not Wave.objects.exists(), "a look stores nothing"
    form = look.context["form"]
    mapped = {name: field.initial or "" for name, field in form.fields.items() if name.startswith("at-")}
    done = client.post(
        reverse("brought_look", args=[cast.north.pk]), mapped | {"parcel": form["parcel"].value(), "release": "yes"}
    )
    wave = Wave.objects.get()
    assert done.headers["Location"] == reverse("wave", args=[cast.north.pk, wave.pk])
    page = client_of(cast.sam).get(done.headers["Location"]).content.decode()
    assert "12 of 20 people answered" in page
    assert "Brought in from another tool" in page
    assert len(comments.held(wave, by=cast.ben)) == 12
    assert client.get(reverse("receipts", args=[wave.tag])).status_code == 404


def test_too_few_or_too_many_answers_are_refused(cast: Cast) -> None:
    client = client_of(cast.ada)
    for rows, asked, says in ((GOOGLE[:6], "20", "Fewer than eight"), (GOOGLE, "9", "more answers than people")):
        sent = {"instrument": "conditions.v1", "title": "Last year", "asked": asked, "file": a_csv(rows)}
        form = client.post(reverse("brought_new", args=[cast.north.pk]), sent).context["form"]
        mapped = {name: field.initial or "" for name, field in form.fields.items() if name.startswith("at-")}
        mapped |= {"parcel": form["parcel"].value(), "release": "yes"}
        assert says in client.post(reverse("brought_look", args=[cast.north.pk]), mapped).content.decode()
    assert not Wave.objects.exists()


def test_a_parcel_of_another_school_or_a_changed_one_is_refused(cast: Cast) -> None:
    sent = {"instrument": "conditions.v1", "title": "Last year", "asked": "20", "file": a_csv(GOOGLE)}
    form = client_of(cast.ada).post(reverse("brought_new", args=[cast.north.pk]), sent).context["form"]
    parcel = form["parcel"].value()
    changed = parcel[:-1] + ("A" if parcel[-1] != "A" else "B")
    for school, user, text in ((cast.south, cast.cleo, parcel), (cast.north, cast.ada, changed)):
        answer = client_of(user).post(reverse("brought_look", args=[school.pk]), {"parcel": text, "release": "yes"})
        assert answer.headers["Location"] == reverse("brought_new", args=[school.pk])


def test_one_column_answers_one_question(cast: Cast) -> None:
    client = client_of(cast.ada)
    sent = {"instrument": "conditions.v1", "title": "Last year", "asked": "20", "file": a_csv(GOOGLE)}
    form = client.post(reverse("brought_new", args=[cast.north.pk]), sent).context["form"]
    twice = {"parcel": form["parcel"].value(), "at-vision_1": "2", "at-vision_2": "2", "release": "yes"}
    assert client.post(reverse("brought_look", args=[cast.north.pk]), twice).status_code == 422


def test_a_school_brings_its_own_survey_once_and_keeps_what_was_asked(cast: Cast) -> None:
    fill_roster(cast.north)
    client = client_of(cast.ada)
    url = reverse("instrument_new", args=[cast.north.pk])
    facts = {"title": "Ours", "labels": "\n".join(AGREE), "cannot_say": "", "source": "Us", "licence": "Our own"}
    rows = [["part", "question"], ["Time", "We have time"], ["Time", "We rest"], ["Time", "We plan"]]
    assert client.post(url, facts | {"file": a_csv(rows)}).status_code == 302
    assert "exactly this survey" in client.post(url, facts | {"file": a_csv(rows)}).content.decode()
    assert "No column is called" in client.post(url, facts | {"file": a_csv([["a"], ["b"]])}).content.decode()
    own = OwnInstrument.objects.get()
    plan = waves.Plan("Round", f"own:{own.pk}", OPENS, CLOSES, minimum=5)
    wave = waves.plan_wave(cast.north, plan, by=cast.ada, now=NOON)
    assert wave.topics == {"time": "Time"}
    client.post(reverse("instrument_drop", args=[cast.north.pk, own.pk]))
    assert OwnInstrument.objects.exists(), "a plan needs it"
    waves.drop_plan(wave)
    client.post(reverse("instrument_drop", args=[cast.north.pk, own.pk]))
    assert not OwnInstrument.objects.exists()


def test_another_school_s_survey_cannot_be_asked(cast: Cast) -> None:
    facts = {"title": "Ours", "json": ASKED.model_dump_json(), "sha256": "0" * 64, "added_by": cast.cleo}
    own = cast.south.own_instruments.create(**facts, added_on=OPENS)
    form = {"instrument": f"own:{own.pk}", "title": "T", "opens": "2030-01-01", "closes": "2030-01-05", "minimum": "5"}
    page = client_of(cast.ada).post(reverse("wave_new", args=[cast.north.pk]), form)
    assert page.status_code == 200
    assert not Wave.objects.exists()


def test_all_staff_are_asked_a_guide_s_questions_and_the_themes_find_their_question(cast: Cast) -> None:
    fill_roster(cast.north)
    questions = {"V-W1": "What do we believe?", "V-W2": "Who decides?"}
    facts = {"title": "Vision", "questions": questions, "condition": "vision", "opens": OPENS, "closes": CLOSES}
    wave = inquiries.plan_inquiry(cast.north, **facts, reader=cast.ben, by=cast.ada, now=NOON)
    waves.open_wave(wave, now=NOON)
    wave.refresh_from_db()
    answered(wave, 20, day=OPENS)
    waves.close_wave(wave, now=AFTER)
    held = comments.held(wave, by=cast.ben)
    assert {one.question for one in held} == set(questions.values())
    comments.release(wave, {one.id: one.text for one in held}, why="", by=cast.ben, now=AFTER)
    sentence = {"about": "q_1", "sentence": "We believe in time", "answer_by": CLOSES, "by": cast.ada, "now": AFTER}
    found = findings.write_finding(cast.north_team, wave, **sentence)
    assert themes_of(cast.north_team, "V-W1") == (found,)
    assert themes_of(cast.north_team, "V-W2") == ()
    assert themes_of(cast.south_team, "V-W1") == ()
    ada, question = client_of(cast.ada), reverse("question", args=[cast.north_team.pk, "V-W1"])
    ada.post(question, {"V-W1-body": "Mine first", "V-W1-based_on": "0"})
    assert found.sentence not in ada.get(question).content.decode(), "each writes first"
    ada.post(reverse("reveal", args=[cast.north_team.pk, "V-W1"]))
    assert found.sentence in ada.get(question).content.decode()


def test_an_inquiry_asks_one_to_four_questions_and_has_a_reader(cast: Cast) -> None:
    facts = {"title": "Vision", "condition": "vision", "opens": OPENS, "closes": CLOSES, "by": cast.ada, "now": NOON}
    for count in (0, 5):
        with pytest.raises(inquiries.TooManyQuestions):
            inquiries.plan_inquiry(
                cast.north, questions={f"V-W{n}": "?" for n in range(count)}, reader=cast.ben, **facts
            )
    with pytest.raises(waves.NotTheReader):
        inquiries.plan_inquiry(cast.north, questions={"V-W1": "?"}, reader=cast.pat, **facts)


def test_the_pages_plan_an_inquiry(cast: Cast) -> None:
    fill_roster(cast.north)
    sent = {"title": "Ask", "questions": ["V-W1", "V-W2"], "opens": "2030-01-07", "closes": "2030-01-11"}
    client = client_of(cast.ada)
    done = client.post(reverse("inquiry_plan", args=[cast.north.pk, "vision"]), sent | {"reader": cast.ben.pk})
    wave = Wave.objects.get()
    assert done.headers["Location"] == reverse("wave", args=[cast.north.pk, wave.pk])
    assert list(wave.codes_of_lines.values()) == ["V-W1", "V-W2"]
    edit = {"title": "Ask better", "opens": "2030-01-07", "closes": "2030-01-11", "minimum": "5", "reader": cast.ben.pk}
    client.post(reverse("wave_edit", args=[cast.north.pk, wave.pk]), edit)
    wave.refresh_from_db()
    assert (wave.title, list(wave.codes_of_lines)) == ("Ask better", ["q_1", "q_2"])
    assert "open_lines" in wave.asked


def test_the_box_is_the_only_place_an_answer_goes(cast: Cast) -> None:
    """No field of this room's tables holds what somebody ticked or wrote."""
    fill_roster(cast.north)
    facts = {"title": "Vision", "questions": {"V-W1": "?"}, "condition": "vision", "opens": OPENS, "closes": CLOSES}
    wave = inquiries.plan_inquiry(cast.north, **facts, reader=cast.ben, by=cast.ada, now=NOON)
    waves.open_wave(wave, now=NOON)
    wave.refresh_from_db()
    answered(wave, 20, day=OPENS)
    assert "says voice" not in str(list(Wave.objects.values()))
    assert box.facts(wave.ref).reader == str(cast.ben.pk)
