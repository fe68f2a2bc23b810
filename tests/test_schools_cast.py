"""The cast is who its page says."""

import pytest

from colead.schools.models import Seat
from tests.cast import NOW, everybody

pytestmark = pytest.mark.django_db


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
