"""The page staff answer on: small, strict, and it knows nobody."""

import gzip
import json
import re
import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from colead.answers import box
from colead.surveys.actions import codes, waves
from colead.surveys.answering.splice import PLACE, NoPlace, Spliced
from tests.cast import Cast
from tests.surveys_world import BOTH, fields, fill_roster, opened, planned, post, today_open

pytestmark = pytest.mark.django_db(databases=BOTH)
STATIC = Path(__file__).resolve().parents[1] / "colead/surveys/static"
KEY = secrets.token_hex(16)


def ballots(wave: object) -> int:
    """Close the wave and count what was in it."""
    wave.refresh_from_db()
    box.close(wave.ref)
    box.seal(wave.ref, today=wave.closes + timedelta(days=1))
    return box.board(wave.ref).counted


def test_a_page_comes_in_three_small_requests(cast: Cast) -> None:
    wave = today_open(cast)
    page = Client().get(reverse("answer", args=[wave.tag]), headers={"accept-encoding": "gzip"})
    html = gzip.decompress(page.content).decode()
    asked = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    assert len(asked) == 2
    static = [(STATIC / path.removeprefix("/static/")).read_bytes() for path in asked]
    assert len(page.content) + sum(len(gzip.compress(file)) for file in static) < 15_000
    assert "data:," in html, "else a browser asks for an icon"


def test_the_packed_page_is_the_plain_page(cast: Cast) -> None:
    wave = today_open(cast)
    page = reverse("answer", args=[wave.tag])
    packed = gzip.decompress(Client().get(page, headers={"accept-encoding": "gzip"}).content).decode()
    plain = Client().get(page).content.decode()
    key = re.compile(r'name="key" value="([0-9a-f]{32})"')
    assert key.sub("", packed) == key.sub("", plain)
    assert key.search(packed)[1] != key.search(plain)[1], "every visitor gets a key of their own"


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=100))
def test_splicing_loses_nothing(before: str, text: str, after: str) -> None:
    html = before.replace(PLACE, "") + PLACE + after.replace(PLACE, "")
    if html.count(PLACE) != 1:
        return
    try:
        made = Spliced.of(html)
        wanted = html.replace(PLACE, text).encode()
    except UnicodeEncodeError:
        return
    assert gzip.decompress(made.gzipped(text)) == made.plain(text) == wanted


def test_a_page_without_a_place_is_refused() -> None:
    with pytest.raises(NoPlace):
        Spliced.of("no place here")


def test_an_answer_is_counted_and_gets_a_receipt(cast: Cast) -> None:
    wave = today_open(cast)
    code = codes.codes_on_paper(wave)[0]
    answer = post(Client(), wave, fields(code))
    assert answer.status_code == 200
    said = json.loads(answer.content)
    assert said["state"] == "counted"
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", said["receipt"])


def test_a_lost_reply_gets_the_same_receipt(cast: Cast) -> None:
    wave = today_open(cast)
    sent = fields(codes.codes_on_paper(wave)[0])
    first, second = post(Client(), wave, sent), post(Client(), wave, sent)
    assert first.content == second.content
    assert ballots(wave) == 1


def test_a_code_works_once(cast: Cast) -> None:
    wave = today_open(cast)
    code = codes.codes_on_paper(wave)[0]
    post(Client(), wave, fields(code))
    again = post(Client(), wave, fields(code))
    assert (again.status_code, json.loads(again.content)["state"]) == (409, "used")
    assert ballots(wave) == 1


def test_a_whole_staff_behind_one_address_gets_in(cast: Cast) -> None:
    fill_roster(cast.north, 120)
    wave = today_open(cast)
    made = codes.codes_on_paper(wave)
    assert len(made) == 120
    answers = [post(Client(REMOTE_ADDR="10.0.0.7"), wave, fields(code)).status_code for code in made]
    assert answers == [200] * 120
    assert ballots(wave) == 120


def test_used_and_unknown_codes_get_answers_of_one_length(cast: Cast) -> None:
    wave = today_open(cast)
    code, other = codes.codes_on_paper(wave)[:2]
    elsewhere = box.make_codes(wave.ref, count=1, spare=True)[0]
    post(Client(), wave, fields(code))
    lengths = {len(post(Client(), wave, fields(sent)).content) for sent in (code, other, elsewhere, "ABCD")}
    assert len(lengths) == 1


def test_without_script_a_form_works_and_keeps_what_was_ticked(cast: Cast) -> None:
    wave = today_open(cast)
    client, url = Client(), reverse("answer_in", args=[wave.tag, "en"])
    code = codes.codes_on_paper(wave)[0]
    assert client.post(url, fields(code)).status_code == 400  # multipart is not what this form sends
    page = post(client, wave, fields("ABCD-EFGH-JKMNP", a0="4", c0="Keep <b>this</b>"), accept="text/html")
    html = page.content.decode()
    assert page.status_code == 400
    assert '<input type="radio" name="a0" value="4" checked>' in html
    assert "Keep &lt;b&gt;this&lt;/b&gt;" in html
    done = post(client, wave, fields(code), accept="text/html")
    assert "Your answers are counted" in done.content.decode()


def test_nobody_who_answers_leaves_a_session_or_gets_a_cookie(cast: Cast) -> None:
    wave = today_open(cast)
    code = codes.codes_on_paper(wave)[0]
    client = Client()
    client.force_login(cast.sam)
    cookies = client.cookies.output()
    rows = sorted(Session.objects.values_list("session_key", "session_data", "expire_date"))
    cast.sam.refresh_from_db()
    before = {field.name: getattr(cast.sam, field.name) for field in cast.sam._meta.concrete_fields}
    pages = [client.get(reverse(name, args=[wave.tag])) for name in ("answer", "receipts", "survey_kept")]
    pages += [client.get(reverse("answer_start")), post(client, wave, fields(code))]
    cast.sam.refresh_from_db()
    assert sorted(Session.objects.values_list("session_key", "session_data", "expire_date")) == rows
    assert {field.name: getattr(cast.sam, field.name) for field in cast.sam._meta.concrete_fields} == before
    assert client.cookies.output() == cookies
    for page in pages:
        assert not page.cookies
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "Cookie" not in page.headers.get("Vary", "")
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_looking_writes_nothing(cast: Cast, django_assert_num_queries: object) -> None:
    wave = today_open(cast)
    client, url = Client(), reverse("answer", args=[wave.tag])
    client.get(url)
    with django_assert_num_queries(0):
        client.head(url)
    assert box.counts(wave.ref).codes == 0


BODIES = [
    b"",
    b"\x00\xff\xfe\x80",
    b"a0=" + b"9" * 1000,
    b"&".join(b"x%d=1" % n for n in range(500)),
    b"code=%ff%fe&key=00",
    b"code=A&code=B",
    b"a0=5&a99=1",
    b"a0=6",
    b"a0=%D9%A1",
    b"a0=05",
    b"a0= 5",
    b"a0=true",
    b"c0=" + b"w" * 2001,
    b"c9=words",
    b"group=1",
    b"group=__proto__",
    b"session=1",
    b"{}",
    b"a0[]=1",
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_the_page_cannot_have_sent_is_refused_whole(cast: Cast, body: bytes) -> None:
    wave = today_open(cast)
    code = codes.codes_on_paper(wave)[0]
    whole = body if body.startswith(b"code") else body + b"&code=%b&key=%b" % (code.encode(), KEY.encode())
    answer = post(Client(), wave, whole)
    assert 400 <= answer.status_code < 500 or body in (b"",)
    assert post(Client(), wave, fields(code)).status_code in (200, 409)


def test_random_bytes_never_crash_and_count_nothing(cast: Cast) -> None:
    wave = today_open(cast)
    codes.codes_on_paper(wave)

    @hypothesis_settings(max_examples=60, deadline=None)
    @given(body=st.binary(max_size=2000))
    def send(body: bytes) -> None:
        answer = post(Client(), wave, body)
        sent_no_key = answer.status_code == 409 and answer.json() == {"state": "again"}
        assert answer.status_code in (400, 404) or sent_no_key

    send()
    assert ballots(wave) == 0, "nothing was counted, and no code was used up"


def test_a_huge_post_is_refused_unread(cast: Cast) -> None:
    wave = today_open(cast)
    assert post(Client(), wave, b"c0=" + b"w" * 3_000_000).status_code == 400


def test_other_methods_are_refused(cast: Cast) -> None:
    wave = today_open(cast)
    for method in ("put", "patch", "delete", "options", "trace"):
        assert getattr(Client(), method)(reverse("answer", args=[wave.tag])).status_code == 405


def test_refusals_never_reach_a_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    wave = today_open(cast)
    code = codes.codes_on_paper(wave)[0]
    client = Client()
    client.get("/s/NOSUCH/")
    client.get(f"/s/{wave.tag}/nothing/here/")
    post(client, wave, b"a0=9")
    sent = fields(code, c0="a secret sentence")
    receipt = json.loads(post(client, wave, sent).content)["receipt"]
    post(client, wave, fields(code))
    text = caplog.text
    assert not [word for word in ("/s/", wave.tag, code, receipt, "secret") if word in text]


def test_a_failure_behind_the_page_says_so_and_logs_no_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wave = today_open(cast)
    code = codes.codes_on_paper(wave)[0]

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"a secret sentence by {code}")

    monkeypatch.setattr(box, "put_ballot", broken)
    answer = post(Client(), wave, fields(code))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert code not in caplog.text
    assert "secret" not in caplog.text


def test_before_and_after_its_days_the_page_takes_nothing(cast: Cast) -> None:
    day = cast.north.today(timezone.now())
    later = opened(cast, now=timezone.now(), opens=day + timedelta(2), closes=day + timedelta(5))
    early = Client().get(reverse("answer", args=[later.tag])).content.decode()
    assert "You can answer from" in early
    assert "<form" not in early
    assert post(Client(), later, fields(codes.codes_on_paper(later)[0])).status_code == 403
    today = today_open(cast)
    assert b"<form" in Client().get(reverse("answer", args=[today.tag])).content
    waves.close_wave(today, now=timezone.now())
    over = Client().get(reverse("answer", args=[today.tag])).content.decode()
    assert "This survey is over" in over
    assert post(Client(), today, fields("0000-0000-00000")).status_code in (400, 410)


def test_a_plan_is_no_address(cast: Cast) -> None:
    assert Client().get(reverse("answer", args=[planned(cast).tag])).status_code == 404


def test_typed_by_hand_an_address_needs_no_stroke_and_no_capitals(cast: Cast) -> None:
    wave = today_open(cast)
    answer = Client().get(f"/s/{wave.tag.lower()}")
    assert answer.headers["Location"] == f"/s/{wave.tag.lower()}/"
    assert Client().get(answer.headers["Location"]).status_code == 200
    found = Client().get(reverse("answer_start"), {"survey": f" {wave.tag.lower()} "})
    assert found.headers["Location"] == reverse("answer", args=[wave.tag])
