"""Who may enter which page of the decisions, and that a number from elsewhere opens nothing."""

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.cast import Cast
from tests.decisions_world import (
    DOORS,
    addresses,
    asked,
    at,
    browser,
    one_of_everything,
    proposed,
)


def test_every_address_of_the_room_has_a_door_here(cast: Cast) -> None:
    listed = [name for names in DOORS.values() for name in names]
    assert sorted(addresses(cast.north_team, one_of_everything(cast.north_team))) == sorted(listed)


def test_who_may_open_what(cast: Cast) -> None:
    urls = addresses(cast.north_team, one_of_everything(cast.north_team))
    for door, names in DOORS.items():
        for name in names:
            for who in ("ada", "kim", "sam", "cleo", "dana"):
                got = browser(getattr(cast, who)).get(urls[name]).status_code
                assert got == expected(door, "get", who, got), f"{who} gets {urls[name]}: {got}"


def test_who_may_send_what(cast: Cast) -> None:
    urls = addresses(cast.north_team, one_of_everything(cast.north_team))
    for door, names in DOORS.items():
        for name in names:
            for who in ("kim", "sam", "cleo", "dana"):
                got = browser(getattr(cast, who)).post(urls[name]).status_code
                assert got == expected(door, "post", who, got), f"{who} posts {urls[name]}: {got}"


def expected(door: str, method: str, who: str, got: int) -> int:
    if door == "post" and method == "get":
        return 405
    if who in ("cleo", "dana"):
        return 404
    if who == "sam":
        return 403
    if who == "kim":
        return 200 if door == "read" and method == "get" else 403
    assert got in (200, 302)
    return got


def test_nobody_signed_in_is_asked_to(cast: Cast) -> None:
    urls = addresses(cast.north_team, one_of_everything(cast.north_team))
    for name in (*DOORS["read"], *DOORS["write"]):
        assert Client().get(urls[name]).status_code == 302


def test_records_of_another_team_are_not_found(cast: Cast) -> None:
    numbers = one_of_everything(cast.north_team)
    for name, url in addresses(cast.south_team, numbers).items():
        if "_id" in str(get_resolver().reverse_dict.getlist(name)).replace("team_id", ""):
            assert browser(cast.cleo).post(url).status_code == 404, name


def test_a_part_of_one_decision_is_not_found_under_another(cast: Cast) -> None:
    numbers = one_of_everything(cast.north_team)
    numbers["decision_id"] = asked(cast.north_team).pk
    urls = addresses(cast.north_team, numbers)
    for name in ("option", "input", "dissent", "amend", "step", "vote", "review_words"):
        assert browser(cast.ada).get(urls[f"decision_{name}"]).status_code == 404, name


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("decision_blank", {"form": "exe"}),
        ("decisions_sheet", {"form": "pdf"}),
        ("stop_list_paper", {"kind": "half", "form": "pdf"}),
        ("hand_overs_paper", {"kind": "half", "form": "docx"}),
    ],
)
def test_an_unknown_form_is_not_found(cast: Cast, name: str, facts: dict[str, str]) -> None:
    assert browser(cast.ada).get(at(cast.north_team, name, **facts)).status_code == 404


def test_an_unknown_step_of_a_round_is_not_found(cast: Cast) -> None:
    round_ = proposed(cast.north_team)
    numbers = {"decision_id": round_.decision_id, "round_id": round_.pk}
    assert browser(cast.ada).get(at(cast.north_team, "decision_step", step="vote", **numbers)).status_code == 404
