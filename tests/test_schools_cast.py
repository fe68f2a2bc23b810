"""The cast is who its page says."""

from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from colead.schools.models import Seat
from tests.cast import NOW, Cast, everybody, everybody_again

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])


def test_the_cast_has_the_places_it_is_described_with():
    cast = everybody()
    assert [str(member) for member in cast.north_team.members.active()] == ["Ada Reed", "Ben Ortiz", "Pat Green"]
    assert [member.user for member in cast.north_team.members.filter(is_lead=True)] == [cast.ada]
    roles = {seat.user: seat.role for seat in cast.north.seats.held()}
    assert roles == {
        cast.ada: Seat.Role.STAFF,
        cast.ben: Seat.Role.STAFF,
        cast.pat: Seat.Role.PRINCIPAL,
        cast.sam: Seat.Role.STAFF,
        cast.kim: Seat.Role.COACH,
    }
    assert [member.user for member in cast.south_team.members.active()] == [cast.cleo]
    assert set(cast.office.schools.all()) == {cast.north, cast.south}
    assert cast.north.today(NOW) == NOW.date()


def test_the_cast_made_again_is_the_cast_made_through_the_verbs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.cast._kept", {})
    (first, through_the_verbs), (second, again) = rows_made(), rows_made()
    assert first == second
    assert through_the_verbs == again
    assert sum(map(len, again.values())) > 30


def rows_made() -> tuple[Cast, dict[str, list[dict[str, Any]]]]:
    """Make the cast, list every row of the house, and undo it."""
    with transaction.atomic():
        cast = everybody_again()
        rows = {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}
        transaction.set_rollback(True)
    return cast, rows
