"""The stop list gives time back; a hand-over takes something off in exchange."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from colead.decisions.actions import exchange
from colead.decisions.models import HandOver, LetGo
from colead.decisions.queries import minutes_given_back
from colead.decisions.queries.exchange import stop_list
from colead.decisions.wording import in_words
from tests.cast import NOW, Cast
from tests.decisions_world import TODAY, asked, hand_over, let_go, members


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (210, "3 h 30 min"), (6000, "100 h")]
)
def test_minutes_in_words(minutes: int, words: str) -> None:
    assert in_words(minutes) == words


def test_the_sum_counts_everybodys_minutes_and_says_so(cast: Cast) -> None:
    let_go(cast.north_team, minutes_each=15, people=10)
    let_go(cast.north_team, minutes_each=60, people=1)
    let_go(cast.south_team, minutes_each=999)
    assert minutes_given_back(cast.north_team) == 210
    client = Client()
    client.force_login(cast.kim)
    page = client.get(reverse("stop_list", args=[cast.north_team.pk])).content.decode()
    assert "3 h 30 min a week given back" in page


def test_an_empty_list_gives_nothing_back(cast: Cast) -> None:
    assert minutes_given_back(cast.north_team) == 0


def test_what_crept_back_gives_nothing(cast: Cast) -> None:
    entry = let_go(cast.north_team)
    exchange.check_on(entry, back_since=TODAY, look_on=None, note="", by=cast.ada, based_on=1, now=NOW)
    assert minutes_given_back(cast.north_team) == 0
    assert stop_list(cast.north_team, today=TODAY).back == (entry,)


def test_an_entry_comes_up_on_the_day_to_check_it(cast: Cast) -> None:
    entry = let_go(cast.north_team, look_on=TODAY + timedelta(7))
    assert stop_list(cast.north_team, today=TODAY).due == ()
    assert stop_list(cast.north_team, today=TODAY + timedelta(7)).due == (entry,)


def test_time_that_is_not_given_back_yet_is_not_on_the_list(cast: Cast) -> None:
    with pytest.raises(exchange.NotYetGone):
        let_go(cast.north_team, since=TODAY + timedelta(1))
    with pytest.raises(exchange.NobodyGains):
        let_go(cast.north_team, minutes_each=0)
    with pytest.raises(exchange.NobodyGains):
        let_go(cast.north_team, people=0)
    assert not LetGo.objects.exists()


def test_an_entry_leans_only_on_a_decision_the_team_has_taken(cast: Cast) -> None:
    with pytest.raises(exchange.NotDecidedHere):
        let_go(cast.north_team, decision=asked(cast.north_team))
    with pytest.raises(exchange.NotDecidedHere):
        let_go(cast.north_team, decision=asked(cast.south_team))


def test_a_change_is_judged_like_a_new_entry(cast: Cast) -> None:
    entry = let_go(cast.north_team)
    facts = {"since": TODAY, "minutes_each": 0, "people": 1, "decision": None}
    with pytest.raises(exchange.NobodyGains):
        exchange.change_let_go(entry, by=cast.ada, based_on=1, now=NOW, **facts)


def test_nothing_is_handed_over_without_something_in_exchange(cast: Cast) -> None:
    with pytest.raises(exchange.NothingTakenOff):
        hand_over(cast.north_team, taken_off=" ")
    assert not HandOver.objects.exists()


def test_whoever_takes_it_on_agrees(cast: Cast) -> None:
    ada, ben, pat = members(cast.north_team)
    for agreed in ([], [ada], [ada, pat], [ben, cast.south_team.members.get()]):
        with pytest.raises(exchange.NotAgreed):
            hand_over(cast.north_team, to_member=ben, agreed_by=agreed)
    assert hand_over(cast.north_team, to_member=ben, agreed_by=[ben]).taker == "Ben Ortiz"


def test_a_task_goes_from_somebody_to_somebody_persons_or_roles(cast: Cast) -> None:
    ada, *_others = members(cast.north_team)
    with pytest.raises(exchange.FromNobodyToNobody):
        hand_over(cast.north_team, to_member=None)
    made = hand_over(cast.north_team, to_member=None, to_role="front office", agreed_by=[ada])
    assert (made.giver, made.taker) == ("Ada Reed", "front office")


def test_two_halves_of_a_save_cannot_leave_nobody(cast: Cast) -> None:
    ada, ben, _pat = members(cast.north_team)
    made = hand_over(cast.north_team, to_role="front office")
    facts = {"taken_off": "x", "from_member": ada, "agreed_by": [ben], "now": NOW}
    exchange.change_hand_over(made, to_member=None, to_role="front office", by=cast.ben, based_on=1, **facts)
    with pytest.raises(exchange.FromNobodyToNobody):
        exchange.change_hand_over(made, to_member=ben, to_role="", by=cast.ada, based_on=1, **facts)


@pytest.mark.parametrize(("minutes", "off", "adds"), [(60, 25, 35), (25, 60, 0), (60, None, 0), (None, 5, 0)])
def test_a_lopsided_trade_is_said_aloud(cast: Cast, minutes: int, off: int, adds: int) -> None:
    assert hand_over(cast.north_team, minutes=minutes, minutes_off=off).adds == adds
    client = Client()
    client.force_login(cast.ben)
    page = client.get(reverse("hand_overs", args=[cast.north_team.pk])).content.decode()
    assert ("This still adds 35 minutes" in page) == (adds == 35)


def test_the_database_takes_no_bare_hand_over(cast: Cast) -> None:
    made = hand_over(cast.north_team)
    for broken in ({"taken_off": ""}, {"to_member": None, "to_role": ""}, {"from_member": None, "from_role": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOver.objects.filter(pk=made.pk).update(**broken)
