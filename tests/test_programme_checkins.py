"""Monthly check-ins: nothing leaves a team before it ticks and sends it; what is promised comes back."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from colead.plans.models import Indicator
from colead.programme.actions import checkins, programmes
from colead.programme.models import Cohort, Gathering, Share
from colead.programme.queries.checkins import agenda_of, default_agenda, pre_read, read_agenda
from colead.programme.queries.company import last_check_ins
from colead.programme.queries.drafts import draft_share
from colead.schools.models import Team
from tests.cast import NOW, Cast
from tests.company_world import BEFORE, SOON, TODAY, cohort_of, gathered, stranger_cohort
from tests.decisions_world import settled, talking
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db
WORDS = dict.fromkeys(Share.PARTS, "")


@pytest.fixture
def cohort(cast: Cast) -> Cohort:
    return cohort_of(cast)


@pytest.fixture
def check_in(cast: Cast, cohort: Cohort) -> Gathering:
    return gathered(cohort, cast, held_on=SOON, agenda="5 A win\n10: A number\n25 min Dilemma")


def at(team: Team, name: str, gathering: Gathering) -> str:
    return reverse(name, args=[team.pk, gathering.pk])


def send(cast: Cast, check_in: Gathering, *chosen: str, **words: str) -> Share:
    facts: dict[str, Any] = {**WORDS, **words, "by": cast.ada, "based_on": 99, "now": NOW}
    return checkins.send_share(check_in, cast.north_team, chosen=chosen, **facts)


def read_by(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_the_usual_agenda_takes_an_hour() -> None:
    assert sum(minutes for minutes, _title in read_agenda(default_agenda()) or ()) == 60


def test_an_agenda_says_when_each_item_begins(check_in: Gathering) -> None:
    lines = agenda_of(check_in)
    assert [(line.minutes, line.title, line.at) for line in lines] == [
        (5, "A win", time(15, 30)),
        (10, "A number", time(15, 35)),
        (25, "Dilemma", time(15, 45)),
    ]
    assert read_agenda("Talk") is None


def test_only_what_is_ticked_is_read_by_others(cast: Cast, check_in: Gathering) -> None:
    send(cast, check_in, "win", "dilemma", win="Grade 4 met four times.", number="Do not show", dilemma="")
    (share,) = pre_read(check_in).shares
    assert [(line.heading, line.words) for line in share.lines] == [
        ("Something that went well", "Grade 4 met four times.")
    ]


def test_a_share_with_nothing_ticked_is_refused(cast: Cast, check_in: Gathering) -> None:
    with pytest.raises(checkins.NothingTicked):
        send(cast, check_in, win="Words, and no tick")
    with pytest.raises(checkins.NothingTicked):
        send(cast, check_in, "number", win="A tick, and no words")
    assert pre_read(check_in).shares == ()


def test_what_was_sent_cannot_be_changed_in_silence(cast: Cast, check_in: Gathering) -> None:
    share = send(cast, check_in, "win", win="One")
    kept: dict[str, Any] = {**WORDS, "win": "Two", "by": cast.ada, "based_on": 1, "now": NOW}
    with pytest.raises(checkins.SentAlready):
        checkins.keep_share(check_in, cast.north_team, **kept)
    checkins.take_share_back(share, by=cast.ada, now=NOW)
    assert pre_read(check_in).shares == ()
    assert checkins.keep_share(check_in, cast.north_team, **{**kept, "based_on": 2}).win == "Two"


def test_a_module_takes_no_share_and_a_strange_cohort_neither(cast: Cast, cohort: Cohort) -> None:
    with pytest.raises(checkins.NotACheckIn):
        send(cast, gathered(cohort, cast, "module", module="barrier"), "win", win="x")
    with pytest.raises(checkins.NotOfThisCohort):
        send(cast, gathered(stranger_cohort(cast), cast), "win", win="x")


def test_a_draft_is_made_of_the_teams_own_moves(cast: Cast, check_in: Gathering) -> None:
    settled(talking(cast.north_team, "consensus"), decided="Tuesdays are free.", decided_on=TODAY)
    measure = Indicator.objects.create(team=cast.north_team, name="Plans made together", unit="plans", **_theory(cast))
    for day, value in ((1, 3), (8, 5)):
        measure.points.create(on=date(2026, 11, day), value=value)
    draft = draft_share(cast.north_team, since=BEFORE)
    assert draft["decided"] == "Tuesdays are free."
    assert draft["number"].startswith("Plans made together: from 3 to 5 plans")
    assert draft["dilemma"] == ""
    later = draft_share(cast.north_team, since=date(2026, 11, 30))
    assert not any(later.values())


def _theory(cast: Cast) -> dict[str, Any]:
    return {"theory": cast.north_team.theories.create(goal="g", problem="p", started_on=TODAY)}


def test_the_page_drafts_ticks_and_sends(cast: Cast, cohort: Cohort, check_in: Gathering) -> None:
    gathered(cohort, cast)  # since then
    settled(talking(cast.north_team, "consensus"), decided="Tuesdays are free.", decided_on=TODAY)
    ada, cleo, dana = (client_of(user) for user in (cast.ada, cast.cleo, cast.dana))
    url = at(cast.north_team, "share", check_in)
    drafted = read_by(ada, url)
    assert "Tuesdays are free." in drafted
    assert "checked" not in drafted
    words = {"version": 0, "decided": "Tuesdays are free.", "win": "A quiet week"}
    others = (
        (cleo, at(cast.south_team, "gathering", check_in)),
        (dana, reverse("office_gathering", args=[cast.office.pk, check_in.pk])),
    )

    def readers(said: str) -> list[bool]:
        return [said in read_by(who, where) for who, where in others]

    assert not any(readers("Tuesdays are free."))
    assert ada.post(url, {**words, "do": "keep", "chosen": ["decided"]}).status_code == 302
    assert not any(readers("Tuesdays are free.")), "a tick alone sends nothing"
    assert ada.post(url, {**words, "version": 1, "do": "send"}).status_code == 422
    assert ada.post(url, {**words, "version": 1, "do": "send", "chosen": ["decided"]}).status_code == 302
    assert all(readers("Tuesdays are free."))
    assert not any(readers("A quiet week"))
    ada.post(at(cast.north_team, "share_back", check_in))
    assert not any(readers("Tuesdays are free."))


def test_offers_and_asks_stand_on_the_list_until_met(cast: Cast, check_in: Gathering) -> None:
    ada, cleo = client_of(cast.ada), client_of(cast.cleo)
    new = at(cast.north_team, "offer_new", check_in)
    ada.post(new, {"kind": "offer", "body": "Our cover plan", "version": 0})
    (entry,) = cast.north_team.offers_and_asks.all()
    ada.post(
        reverse("offer", args=[cast.north_team.pk, entry.pk]), {"kind": "ask", "body": "A cover plan", "version": 1}
    )
    theirs = at(cast.south_team, "gathering", check_in)
    assert "A cover plan" in read_by(cleo, theirs)
    assert cleo.post(reverse("offer_close", args=[cast.south_team.pk, entry.pk])).status_code == 404
    ada.post(reverse("offer_close", args=[cast.north_team.pk, entry.pk]))
    assert "A cover plan" not in read_by(cleo, theirs)


def test_a_promise_comes_back_until_it_is_done(cast: Cast, cohort: Cohort, check_in: Gathering) -> None:
    first = gathered(cohort, cast)
    ours = checkins.promise(first, cast.north_team, body="Send the plan", who="Ben", by=cast.ada, now=NOW)
    checkins.promise(first, None, body="Find a reader", who="Dana", by=cast.dana, now=NOW)
    assert [entry.body for entry in pre_read(first).promised] == ["Send the plan", "Find a reader"]
    assert [entry.body for entry in pre_read(check_in).come_back] == ["Send the plan", "Find a reader"]
    ada, url = client_of(cast.ada), reverse("follow_up", args=[cast.north_team.pk, ours.pk])
    assert "Send the plan" in read_by(ada, reverse("network", args=[cast.north_team.pk]))
    done = {"body": "Send the plan", "who": "Ben", "done_on": TODAY, "outcome": "Sent to two", "version": 1}
    assert ada.post(url, done).status_code == 302
    assert [entry.body for entry in pre_read(check_in).come_back] == ["Find a reader"]
    assert client_of(cast.cleo).get(reverse("follow_up", args=[cast.south_team.pk, ours.pk])).status_code == 404
    assert client_of(cast.dana).get(reverse("office_follow_up", args=[cast.office.pk, ours.pk])).status_code == 404


def test_both_sides_promise_on_a_page(cast: Cast, check_in: Gathering) -> None:
    team = at(cast.north_team, "follow_up_new", check_in)
    office = reverse("office_follow_up_new", args=[cast.office.pk, check_in.pk])
    assert client_of(cast.ada).post(team, {"body": "We call South", "who": "Ada"}).status_code == 302
    assert client_of(cast.dana).post(office, {"body": "We find a room", "who": ""}).status_code == 302
    entry = check_in.follow_ups.get(team=None)
    change = reverse("office_follow_up", args=[cast.office.pk, entry.pk])
    done = {"body": entry.body, "done_on": TODAY, "outcome": "Room 4", "version": 1}
    assert client_of(cast.dana).post(change, done).status_code == 302
    assert "Room 4" in read_by(client_of(cast.ben), at(cast.north_team, "gathering", check_in))


def test_a_school_that_left_takes_its_share_and_promises_along(cast: Cast, cohort: Cohort, check_in: Gathering) -> None:
    send(cast, check_in, "win", win="Ours")
    checkins.promise(gathered(cohort, cast), cast.north_team, body="Ours", who="", by=cast.ada, now=NOW)
    programmes.leave_cohort(cohort.enrolments.get(school=cast.north), words="", today=TODAY)
    read = pre_read(check_in)
    assert (read.shares, read.come_back) == ((), ())


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_pre_read_prints(cast: Cast, check_in: Gathering, form: str) -> None:
    send(cast, check_in, "win", "dilemma", win="Grade 4 met.", dilemma="Who covers?")
    ours = client_of(cast.ben).get(reverse("pre_read", args=[cast.north_team.pk, check_in.pk, form]))
    office = client_of(cast.dana).get(reverse("office_pre_read", args=[cast.office.pk, check_in.pk, form]))
    assert (ours.status_code, office.status_code) == (200, 200)


def test_the_first_page_knows_when_each_school_last_came(cast: Cast, cohort: Cohort) -> None:
    old, new = gathered(cohort, cast, held_on=date(2026, 9, 9)), gathered(cohort, cast)
    module = gathered(cohort, cast, "module", module="barrier", held_on=TODAY)
    for gathering in (old, new, module):
        gathering.attendances.create(school=cast.north)
    old.attendances.create(school=cast.south)
    assert last_check_ins(cast.office, today=TODAY) == {cast.north.pk: BEFORE, cast.south.pk: date(2026, 9, 9)}
