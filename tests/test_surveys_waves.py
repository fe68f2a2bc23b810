"""A wave from its plan to its sealed result, and what takes two people."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colead.analysis.release import RULES
from colead.answers import box
from colead.schools.models import RosterEntry
from colead.surveys.actions import codes, waves
from colead.surveys.emails import Post
from colead.surveys.groups import breakdown
from colead.surveys.models import Ask, Letter, Wave
from colead.surveys.queries.people import readers
from tests.cast import Cast
from tests.surveys_world import AFTER, BOTH, CLOSES, NOON, OPENS, answered, fill_roster, opened, plan, planned, sealed

pytestmark = pytest.mark.django_db(databases=BOTH)


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --- Planning -------------------------------------------------------------------------------------------------------


def test_a_plan_changes_until_it_opens_and_never_after(cast: Cast) -> None:
    wave = planned(cast)
    waves.change_plan(wave, plan(cast, title="Another name", own_questions=("We eat together.",)), now=NOON)
    wave.refresh_from_db()
    assert (wave.title, wave.topics["local"]) == ("Another name", "Our own questions")
    open_now = opened(cast)
    with pytest.raises(waves.AlreadyOpen):
        waves.change_plan(open_now, plan(cast, minimum=6), now=NOON)


def test_who_wanted_it_open_asks_again_when_the_plan_changes(cast: Cast) -> None:
    wave = planned(cast)
    waves.ask(wave, Ask.What.OPEN, by=cast.ada, now=NOON)
    waves.change_plan(wave, plan(cast, minimum=7), now=NOON)
    assert not wave.asks.exists()


def test_no_administrator_and_no_stranger_reads_comments(cast: Cast) -> None:
    fill_roster(cast.north)
    cast.north.roster.create(name="Ben Ortiz", email=cast.ben.email, job=RosterEntry.Job.ADMINISTRATOR)
    assert {cast.ada, cast.sam, cast.kim} <= set(readers(cast.north))
    assert not {cast.pat, cast.ben, cast.cleo, cast.dana} & set(readers(cast.north))
    for nobody in (cast.pat, cast.ben, cast.cleo):
        with pytest.raises(waves.NotTheReader):
            waves.plan_wave(cast.north, plan(cast, reader=nobody), by=cast.ada, now=NOON)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(OPENS, OPENS - timedelta(1)), (OPENS - timedelta(9), OPENS - timedelta(1)), (OPENS, OPENS + timedelta(61))],
)
def test_dates_must_make_sense(cast: Cast, opens: object, closes: object) -> None:
    with pytest.raises(waves.BadDates):
        planned(cast, opens=opens, closes=closes)


def test_groups_are_offered_only_with_eight_people_each(cast: Cast) -> None:
    assert breakdown(cast.north, "job") is None
    fill_roster(cast.north)
    cast.north.roster.create(name="Head", email="head@example.org", job=RosterEntry.Job.ADMINISTRATOR)
    found = breakdown(cast.north, "job")
    assert found
    assert min(found.categories.values()) >= RULES.offered
    assert sum(found.categories.values()) == cast.north.roster.exclude(job="administrator").count()
    assert breakdown(cast.north, "grades") is None, "everybody works with grade 3"


def test_a_small_staff_list_cannot_be_asked(cast: Cast) -> None:
    fill_roster(cast.north, 7)
    wave = waves.plan_wave(cast.north, plan(cast), by=cast.ada, now=NOON)
    with pytest.raises(waves.TooFewPeople):
        waves.ask(wave, Ask.What.OPEN, by=cast.ada, now=NOON)


# --- Two people -----------------------------------------------------------------------------------------------------


def test_one_person_cannot_open_a_survey(cast: Cast) -> None:
    wave = planned(cast)
    ask = waves.ask(wave, Ask.What.OPEN, by=cast.ada, now=NOON)
    with pytest.raises(waves.NeedsAnother):
        codes.confirm(ask, by=cast.ada, now=NOON)
    with pytest.raises(waves.AskedAlready):
        waves.ask(wave, Ask.What.OPEN, by=cast.pat, now=NOON)
    codes.confirm(ask, by=cast.kim, now=NOON)
    wave.refresh_from_db()
    assert wave.is_open
    assert box.facts(wave.ref).reader == str(cast.ben.pk)


def test_a_spare_code_takes_two_and_there_are_few(cast: Cast) -> None:
    wave = opened(cast)
    for _spare in range(2):
        spare = codes.confirm(waves.ask(wave, Ask.What.SPARE, by=cast.ada, now=NOON), by=cast.pat, now=NOON)
        assert len(spare) == 1
    ask = waves.ask(wave, Ask.What.SPARE, by=cast.ada, now=NOON)
    with pytest.raises(box.NoSpareLeft):
        codes.confirm(ask, by=cast.pat, now=NOON)


def test_two_people_can_close_early_and_it_never_reopens(cast: Cast) -> None:
    wave = opened(cast)
    answered(wave, 20, day=OPENS)
    codes.confirm(waves.ask(wave, Ask.What.CLOSE, by=cast.pat, now=NOON), by=cast.ada, now=NOON)
    wave.refresh_from_db()
    assert wave.is_sealed
    with pytest.raises(waves.NotInTheBox):
        waves.move_end(wave, closes=CLOSES, now=NOON)
    with pytest.raises(waves.NotInTheBox):
        waves.ask(wave, Ask.What.CLOSE, by=cast.ada, now=NOON)


# --- Codes ----------------------------------------------------------------------------------------------------------


def test_slips_are_made_once_for_everybody_by_pressing(cast: Cast) -> None:
    wave = opened(cast)
    url = reverse("wave_slips", args=[cast.north.pk, wave.pk])
    client = client_of(cast.ada)
    assert client.get(url).status_code == 405
    assert client.get(reverse("wave_codes", args=[cast.north.pk, wave.pk])).status_code == 200
    assert box.counts(wave.ref).codes == 0, "looking makes no codes"
    sheet = client.post(url)
    assert sheet.content.startswith(b"%PDF")
    assert sheet.headers["Cache-Control"] == "no-store"
    assert box.counts(wave.ref).codes == 40
    assert client.post(url).status_code == 302, "everybody has one"
    assert box.counts(wave.ref).codes == 40


def test_spoilt_slips_are_counted_and_can_be_made_anew(cast: Cast) -> None:
    wave = opened(cast)
    codes.codes_on_paper(wave)
    wave.refresh_from_db()
    codes.lose_slips(wave, count=4)
    assert codes.unhanded(wave) == 4
    assert box.counts(wave.ref).lost == 4


def test_a_mailing_writes_to_everybody_once_with_one_code_each(cast: Cast, mailbox: list[mail.EmailMessage]) -> None:
    wave = opened(cast)
    with Post(wave) as post:
        sent = codes.mail_codes(wave, post.code)
    assert (sent.sent, sent.refused, sent.left) == (40, 0, 0)
    assert len({letter.to[0] for letter in mailbox}) == 40
    links = {line.strip() for letter in mailbox for line in letter.body.splitlines() if f"/s/{wave.tag}/#" in line}
    assert len(links) == 40
    with pytest.raises(codes.NobodyLeft), Post(wave) as post:
        codes.mail_codes(wave, post.code)


def test_a_worker_that_dies_while_mailing_sends_nobody_two_codes(cast: Cast) -> None:
    wave = opened(cast)
    seen: list[str] = []

    class Killed(BaseException):
        pass

    def send(entry: RosterEntry, code: str) -> None:
        if len(seen) == 13:
            raise Killed
        seen.append(entry.email)

    with pytest.raises(Killed):
        codes.mail_codes(wave, send)
    marked = wave.letters.count()
    assert marked == 14, "the fourteenth may have gone out"
    codes.mail_codes(wave, lambda entry, code: seen.append(entry.email))
    assert len(seen) == len(set(seen)) == 39
    made = box.counts(wave.ref)
    assert made.codes - made.lost == 40


def test_who_cannot_be_reached_gets_a_slip(cast: Cast) -> None:
    wave = opened(cast)

    def send(entry: RosterEntry, code: str) -> None:
        if entry.email == "staff3@example.org":
            raise ConnectionRefusedError

    sent = codes.mail_codes(wave, send)
    assert (sent.sent, sent.refused) == (39, 1)
    assert len(codes.codes_on_paper(wave)) == 1


def test_reminders_go_to_everybody_in_the_same_words(cast: Cast, mailbox: list[mail.EmailMessage]) -> None:
    wave = opened(cast)
    answered(wave, 10, day=OPENS)
    with Post(wave) as post:
        assert codes.remind(wave, post.reminder) == 40
    assert len({letter.to[0] for letter in mailbox}) == 40
    assert len({letter.body.replace(letter.body.splitlines()[0], "") for letter in mailbox}) == 1


def test_no_table_holds_a_code(cast: Cast, mailbox: list[mail.EmailMessage]) -> None:
    wave = opened(cast)
    made: list[str] = []
    codes.mail_codes(wave, lambda entry, code: made.append(code))
    shown = [box.show_code(code) for code in made] + made
    rows = [*Wave.objects.values(), *Letter.objects.values(), *Ask.objects.values()]
    assert not [code for code in shown if code in str(rows)]


# --- Closing --------------------------------------------------------------------------------------------------------


def test_the_timer_closes_on_the_morning_after_and_only_once(cast: Cast) -> None:
    wave = opened(cast)
    answered(wave, 20, day=OPENS)
    assert waves.go_round(now=NOON.replace(day=28, hour=4)).sealed == 0, "in North Carolina it is still the last day"
    assert waves.go_round(now=NOON.replace(day=28, hour=6)).sealed == 1
    wave.refresh_from_db()
    assert (wave.is_sealed, wave.sealed_on) == (True, CLOSES + timedelta(1))
    assert waves.go_round(now=AFTER) == waves.Round(0, 0, ())


def test_the_command_runs_at_any_time(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    today = cast.north.today(timezone.now())
    opened(cast, now=timezone.now(), opens=today, closes=today)
    call_command("tick")
    call_command("tick")
    assert "0 sealed" in capsys.readouterr().out


def test_a_figure_that_could_give_somebody_away_stops_everything(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wave = opened(cast)

    def leak(*_: object, **__: object) -> None:
        raise box.Leak("two sets differ by 3")

    monkeypatch.setattr(box, "seal", leak)
    assert waves.go_round(now=AFTER).stuck == (wave.tag,)
    wave.refresh_from_db()
    assert (wave.state, wave.sealed_on) == ("closed", None)
    page = client_of(cast.ada).get(reverse("wave", args=[cast.north.pk, wave.pk]))
    assert "could not be published" in page.content.decode()


def test_the_next_wave_is_compared_with_the_last_of_the_same_survey(cast: Cast) -> None:
    first = sealed(cast)
    later = {"opens": OPENS + timedelta(30), "closes": CLOSES + timedelta(30), "now": NOON + timedelta(30)}
    second = opened(cast, title="Spring", **later)
    assert box.facts(second.ref).before == first.ref
    other = opened(cast, instrument="efficacy.v1", **later)
    assert box.facts(other.ref).before == ""
