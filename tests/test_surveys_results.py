"""The result: one frozen thing, the same for everybody and in every form; comments by their reader; findings."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from colead.analysis.release import Hidden
from colead.answers import box
from colead.meetings.queries.points import address_of
from colead.surveys.actions import comments, findings, waves
from colead.surveys.exports import results
from colead.surveys.models import Finding
from colead.surveys.queries.findings import findings_of
from colead.surveys.queries.results import releases_of, result_of
from tests.cast import Cast
from tests.papers import words_in
from tests.surveys_world import AFTER, BOTH, CLOSES, NOON, OPENS, answered, opened, sealed
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db(databases=BOTH)


def page_of(cast: Cast, wave: object, user: object) -> str:
    return client_of(user).get(reverse("wave", args=[cast.north.pk, wave.pk])).content.decode()


def words(html: str) -> str:
    """Return what a page says between its heading and its findings, without what differs by who looks."""
    main = html[html.index("<main") : html.index('id="findings"')]
    main = re.sub(r'<p><a href="[^"]+findings[^"]*">.*?</p>', "", main, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_staff_team_principal_and_coach_see_the_same_page(cast: Cast) -> None:
    wave = sealed(cast)
    pages = {words(page_of(cast, wave, user)) for user in (cast.sam, cast.ada, cast.pat, cast.kim)}
    assert len(pages) == 1
    assert "35 of 40 people answered" in pages.pop()


def test_before_it_is_sealed_nobody_sees_anything_about_answers(cast: Cast) -> None:
    wave = opened(cast)
    answered(wave, 23, day=OPENS)
    box.stir_due(today=OPENS + timedelta(1))
    for user in (cast.ada, cast.pat, cast.sam):
        html = page_of(cast, wave, user)
        assert "at least 20 of 40" in html
        assert "23" not in re.sub(r"\d{4,}|<[^>]+>", "", html)
    url = reverse("wave_file", args=[cast.north.pk, wave.pk, "result", "csv"])
    assert client_of(cast.pat).get(url).status_code == 404
    assert client_of(cast.ada).get(reverse("finding_new", args=[cast.north_team.pk, wave.pk])).status_code == 200
    found = {"about": "", "sentence": "?", "answer_by": CLOSES, "by": cast.ada, "now": NOON}
    with pytest.raises(findings.NotSealedYet):
        findings.write_finding(cast.north_team, wave, **found)


def test_page_paper_and_sheets_show_the_same_figures(cast: Cast) -> None:
    wave = sealed(cast)
    release = releases_of(wave)[-1]
    html = page_of(cast, wave, cast.sam)
    files = {
        form: client_of(cast.sam).get(reverse("wave_file", args=[cast.north.pk, wave.pk, name, form]))
        for name, form in (("result", "pdf"), ("result", "docx"), ("result", "xlsx"), ("scales", "csv"))
    }
    paper = words_in(files["pdf"].content)
    rows = {row["scale"]: row for row in csv.DictReader(io.StringIO(files["csv"].content.decode("utf-8-sig")))}
    means = [scale for scale in release.scales if not isinstance(scale.mean, Hidden)]
    assert means
    for scale in means:
        assert f"{scale.mean:.1f}" in html
        assert f"{scale.mean:.1f}" in paper
        assert float(rows[scale.key]["mean"]) == scale.mean
    assert files["docx"].content.startswith(b"PK")
    assert files["xlsx"].content.startswith(b"PK")


def test_every_list_has_its_file_and_others_do_not(cast: Cast) -> None:
    wave = sealed(cast)
    client = client_of(cast.sam)
    for name in ("scales", "questions", "groups", "codebook"):
        assert client.get(reverse("wave_file", args=[cast.north.pk, wave.pk, name, "csv"])).status_code == 200
    for name, form in (("result", "exe"), ("answers", "csv"), ("scales", "pdf")):
        assert client.get(reverse("wave_file", args=[cast.north.pk, wave.pk, name, form])).status_code == 404


def test_with_too_few_answers_the_page_says_only_that(cast: Cast) -> None:
    wave = sealed(cast, people=7)
    html = page_of(cast, wave, cast.ada)
    assert "fewer than 8 people answered" in html
    assert "Part by part" not in html
    assert not result_of(wave).shown


def test_the_second_round_says_what_changed(cast: Cast) -> None:
    sealed(cast, title="Autumn")
    later = {"opens": OPENS + timedelta(60), "closes": CLOSES + timedelta(60), "now": NOON + timedelta(60)}
    second = opened(cast, title="Spring", **later)
    answered(second, 36, day=OPENS + timedelta(60), level=1)
    waves.close_wave(second, now=AFTER + timedelta(60))
    html = page_of(cast, second, cast.sam)
    assert "parts went up" in html
    assert "since Autumn" in html
    assert len(results.sheets(second)[0].rows) == 16, "both rounds, eight parts"


def test_receipts_are_public_after_sealing_only(cast: Cast) -> None:
    wave = opened(cast)
    receipts = answered(wave, 12, day=OPENS)
    url = reverse("receipts", args=[wave.tag])
    assert receipts[0] not in Client().get(url).content.decode()
    waves.close_wave(wave, now=AFTER)
    board = Client().get(url).content.decode()
    assert all(receipt in board for receipt in receipts)
    assert "12 answers were counted" in board
    assert re.findall(r"<li>([0-9A-Z-]{19})</li>", board) == sorted(receipts)


def test_the_promises_name_this_survey_s_own_facts(cast: Cast) -> None:
    wave = opened(cast, minimum=7, group_by="job")
    public = Client().get(reverse("survey_kept", args=[wave.tag])).content.decode()
    inside = client_of(cast.sam).get(reverse("wave_kept", args=[cast.north.pk, wave.pk])).content.decode()
    for page in (public, inside):
        assert "A figure needs at least 7 people behind it" in page
        assert "Ben Ortiz, who reads the comments" in page
        assert "I teach a class" in page


def test_what_every_survey_promises_is_public_with_its_proofs() -> None:
    page = Client().get(reverse("survey_privacy")).content.decode()
    for promise in box.PROMISES:
        assert promise.proof in page
        assert page.count(escape(str(promise.text))) == 2, "said once, and once beside its proof"


# --- Comments -------------------------------------------------------------------------------------------------------


def test_only_the_named_reader_sees_comments_before_they_are_released(cast: Cast) -> None:
    wave = sealed(cast)
    url = reverse("wave_comments", args=[cast.north.pk, wave.pk])
    for user in (cast.ada, cast.pat, cast.sam, cast.kim):
        assert client_of(user).get(url).status_code == 403
    assert "says voice" in client_of(cast.ben).get(url).content.decode()
    assert "says voice" not in page_of(cast, wave, cast.ben)


def test_a_reader_mends_and_holds_back_with_a_reason(cast: Cast) -> None:
    wave = sealed(cast)
    held = comments.held(wave, by=cast.ben)
    url = reverse("wave_comments", args=[cast.north.pk, wave.pk])
    sent = {f"text-{one.id}": one.text for one in held} | {f"show-{one.id}": "on" for one in held[1:]}
    sent[f"text-{held[1].id}"] = "More time for somebody"
    client = client_of(cast.ben)
    refused = client.post(url, sent)
    assert "Say in a sentence why" in refused.content.decode()
    client.post(url, sent | {"withheld": "One named a colleague"})
    html = page_of(cast, wave, cast.sam)
    assert "More time for somebody" in html
    assert f"{held[1].text}<" not in html
    assert f"{held[0].text}<" not in html
    assert f"{held[2].text}<" in html
    assert "One named a colleague" in html
    assert comments.held(wave, by=cast.ben) == ()
    assert client.get(url).status_code == 302


# --- Findings -------------------------------------------------------------------------------------------------------


def test_a_finding_waits_where_everybody_sees_it_until_it_is_answered(cast: Cast) -> None:
    wave = sealed(cast)
    client = client_of(cast.ada)
    url = reverse("finding_about", args=[cast.north_team.pk, wave.pk, "capacity"])
    client.post(url, {"sentence": "Planning time breaks up.", "answer_by": "2027-01-15"})
    found = Finding.objects.get()
    everybody = reverse("findings", args=[cast.north.pk])
    waiting = client_of(cast.sam).get(everybody).content.decode()
    assert "Planning time breaks up." in waiting
    assert "Waits for an answer" in waiting
    assert "Answer it" not in waiting, "staff read, the team answers"
    sent = {"what": "not-now", "text": "One common block, from August on.", "version": found.version}
    client.post(address_of(cast.north_team, f"finding:{found.pk}"), sent)
    assert "One common block, from August on." in client_of(cast.sam).get(everybody).content.decode()
    found.refresh_from_db()
    assert found.state == "answered"
    facts = {"sentence": "x", "answer_by": CLOSES, "based_on": found.version}
    with pytest.raises(findings.Answered):
        findings.reword_finding(found, **facts, by=cast.ada, now=AFTER)


def test_a_finding_without_an_answer_becomes_late(cast: Cast) -> None:
    wave = sealed(cast)
    facts = {"about": "", "sentence": "Words", "answer_by": CLOSES, "by": cast.ada, "now": AFTER}
    found = findings.write_finding(cast.north_team, wave, **facts)
    assert findings_of(cast.north, today=CLOSES).waiting == (found,)
    assert findings_of(cast.north, today=CLOSES + timedelta(1)).late == (found,)


def test_a_finding_can_become_evidence(cast: Cast) -> None:
    wave = sealed(cast)
    facts = {"about": "vision", "sentence": "Words", "answer_by": CLOSES, "by": cast.ada, "now": AFTER}
    known = findings.write_finding(cast.north_team, wave, **facts).as_evidence()
    assert (known.body, known.source) == ("Words", "Autumn survey: Vision and strategy")
    assert known.origin.startswith("finding:")


def test_a_finding_is_about_this_survey_of_this_school(cast: Cast) -> None:
    wave = sealed(cast)
    facts = {"sentence": "Words", "answer_by": CLOSES, "by": cast.ada, "now": AFTER}
    with pytest.raises(findings.NotInThisSurvey):
        findings.write_finding(cast.north_team, wave, about="nonsense", **facts)
    with pytest.raises(findings.NotInThisSurvey):
        findings.write_finding(cast.south_team, wave, about="", **facts)


def test_two_people_reword_a_finding_and_no_sentence_is_lost(cast: Cast) -> None:
    wave = sealed(cast)
    facts = {"about": "", "sentence": "First", "answer_by": CLOSES, "by": cast.ada, "now": AFTER}
    found = findings.write_finding(cast.north_team, wave, **facts)
    url = reverse("finding_edit", args=[cast.north_team.pk, found.pk])
    mine = {"sentence": "Ada’s words", "answer_by": "2027-01-15", "based_on": "1"}
    client_of(cast.ben).post(url, mine | {"sentence": "Ben’s words"})
    late = client_of(cast.ada).post(url, mine).content.decode()
    assert "Ben’s words" in late
    assert "Ada’s words" in late


def test_the_result_page_is_quick(cast: Cast, django_assert_max_num_queries: object) -> None:
    wave = sealed(cast)
    client = client_of(cast.sam)
    url = reverse("wave", args=[cast.north.pk, wave.pk])
    client.get(url)
    with django_assert_max_num_queries(30):
        client.get(url)
