"""From a file to the roster: exactly what was shown, all of it or nothing, and the same file twice changes nothing."""

import pytest
from django.db import DatabaseError

from colead.schools import actions, exports, queries
from colead.schools.models import RosterEntry
from colead.schools.parcels import READINGS
from colead.schools.roster import Reading, read_file
from colead.schools.roster.plan import fingerprint, plan
from colead.web import parcels
from tests.cast import NOW, Cast

HEAD = "Name,E-mail,Role,Grades,Subjects\n"
ADA = 'Ada Reed,ada@n.org,Teacher,"3,4",Math\n'
BEN = "Ben Ortiz,ben@n.org,Aide,,\n"


def read(*lines: str) -> Reading:
    return read_file((HEAD + "".join(lines)).encode())


def seen(cast: Cast) -> str:
    return fingerprint(queries.roster_of(cast.north))


def take_in(cast: Cast, reading: Reading, **other: object) -> actions.Outcome:
    facts = {"org": "", "seen": seen(cast), "leaving": [], "now": NOW}
    return actions.take_in(cast.north, reading, **(facts | other))


def rows(cast: Cast) -> list[tuple[object, ...]]:
    return list(cast.north.roster.values_list("name", "email", "job", "grades", "subjects", "left_on"))


def test_new_people_are_put_on_the_roster(cast: Cast):
    outcome = take_in(cast, read(ADA, BEN))
    assert outcome == actions.Outcome(added=2, changed=0, left=0)
    assert rows(cast) == [
        ("Ada Reed", "ada@n.org", "teacher", "3,4", "Math", None),
        ("Ben Ortiz", "ben@n.org", "para", "", "", None),
    ]


def test_the_same_file_twice_changes_nothing(cast: Cast):
    take_in(cast, read(ADA, BEN))
    before = list(cast.north.roster.values())
    assert plan(read(ADA, BEN), queries.roster_of(cast.north)).does_nothing
    assert take_in(cast, read(ADA, BEN)) == actions.Outcome(0, 0, 0)
    assert list(cast.north.roster.values()) == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_goes_out_comes_back_without_a_change(cast: Cast, form):
    take_in(cast, read(ADA, BEN, "Öz Ünal,oz@n.org,Nurse,,=1+1\n", "Wiz,wiz@n.org,Title I Wizard,PK-2,\n"))
    given = read_file(exports.roster(cast.north, form).content)
    assert given.refused == ()
    made = plan(given, queries.roster_of(cast.north))
    assert (made.does_nothing, made.absent) == (True, ())


def test_formulas_go_out_as_text(cast: Cast):
    take_in(cast, read("Öz Ünal,oz@n.org,Nurse,,=1+1\n"))
    assert ",'=1+1" in exports.roster(cast.north, "csv").content.decode("utf-8-sig")


def test_changes_are_written_and_what_the_file_lacks_stays(cast: Cast):
    take_in(cast, read(ADA, BEN))
    reading = read_file(b"Name,E-mail,Role\nAda Reed-Li,ada@n.org,Counselor\nBen Ortiz,ben@n.org,Aide\n")
    assert take_in(cast, reading) == actions.Outcome(0, 1, 0)
    assert rows(cast)[0] == ("Ada Reed-Li", "ada@n.org", "counselor", "3,4", "Math", None)


def test_people_missing_from_the_file_stay_unless_ticked(cast: Cast):
    take_in(cast, read(ADA, BEN))
    take_in(cast, read(ADA))
    assert cast.north.roster.here().count() == 2
    ben = cast.north.roster.get(name="Ben Ortiz")
    assert take_in(cast, read(ADA), leaving=[ben.pk]).left == 1
    assert [entry.name for entry in cast.north.roster.here()] == ["Ada Reed"]


def test_a_tick_marks_nobody_who_is_in_the_file_or_at_another_school(cast: Cast):
    take_in(cast, read(ADA, BEN))
    other = actions.add_line(cast.south, email="x@s.org", name="X", job="teacher", grades="", subjects="")
    ada = cast.north.roster.get(name="Ada Reed")
    assert take_in(cast, read(ADA, BEN), leaving=[ada.pk, other.pk]).left == 0
    assert RosterEntry.objects.here().count() == 3


def test_somebody_who_left_and_is_in_the_file_works_here_again(cast: Cast):
    take_in(cast, read(BEN))
    actions.mark_left(cast.north.roster.get(), now=NOW)
    assert take_in(cast, read(BEN)) == actions.Outcome(0, 1, 0)
    assert cast.north.roster.here().count() == 1


def test_a_roster_that_changed_since_the_dry_run_is_not_touched(cast: Cast):
    before = seen(cast)
    actions.add_line(cast.north, email="new@n.org", name="New", job="teacher", grades="", subjects="")
    with pytest.raises(actions.RosterChanged):
        take_in(cast, read(ADA), seen=before)
    assert cast.north.roster.count() == 1


def test_a_failure_half_way_leaves_nothing_behind(cast: Cast, monkeypatch):
    take_in(cast, read(BEN))
    before = rows(cast)

    def fail(*_: object, **__: object) -> int:
        raise DatabaseError

    monkeypatch.setattr(actions.roster, "_let_go", fail)
    with pytest.raises(DatabaseError):
        take_in(cast, read(ADA, "Benjamin Ortiz,ben@n.org,Aide,,\n"))
    assert rows(cast) == before


def test_another_schools_roster_is_never_read_or_written(cast: Cast):
    actions.add_line(cast.south, email="ada@n.org", name="South’s Ada", job="teacher", grades="", subjects="")
    take_in(cast, read(ADA))
    assert cast.south.roster.get().name == "South’s Ada"
    assert cast.north.roster.get().name == "Ada Reed"


def test_three_thousand_people_are_taken_in_at_once(cast: Cast, django_assert_max_num_queries):
    lines = [f"P {number},p{number}@n.org,Teacher,3,\n" for number in range(2_900)]
    reading = read(*lines)
    with django_assert_max_num_queries(30):
        assert take_in(cast, reading).added == 2_900


def test_an_address_is_on_the_roster_once_whatever_its_case(cast: Cast):
    facts = {"name": "Ada", "job": "teacher", "grades": "", "subjects": ""}
    actions.add_line(cast.north, email="Ada@N.org", **facts)
    with pytest.raises(actions.AddressOnRoster):
        actions.add_line(cast.north, email="ada@n.ORG", **facts)
    actions.add_line(cast.south, email="ada@n.org", **facts)


# What travels between looking and doing


def test_a_sealed_reading_comes_back_equal(cast: Cast):
    reading = read(ADA, BEN, "Tim,t@n.org,Student,,\n", "Bad,bad,Teacher,,\n")
    assert READINGS.unseal(READINGS.seal(reading, cast.north), cast.north) == reading


def test_a_parcel_for_one_school_opens_at_no_other(cast: Cast):
    with pytest.raises(parcels.BrokenSeal):
        READINGS.unseal(READINGS.seal(read(ADA), cast.north), cast.south)


@pytest.mark.parametrize("parcel", ["", "x", "x:y:z", "\0"])
def test_a_parcel_that_is_none_is_refused(cast: Cast, parcel):
    with pytest.raises(parcels.BrokenSeal):
        READINGS.unseal(parcel, cast.north)


def test_a_parcel_that_was_changed_or_is_old_is_refused(cast: Cast, monkeypatch):
    parcel = READINGS.seal(read(ADA), cast.north)
    with pytest.raises(parcels.BrokenSeal):
        READINGS.unseal("A" + parcel[1:], cast.north)
    monkeypatch.setattr(parcels, "LASTS", -1)
    with pytest.raises(parcels.BrokenSeal):
        READINGS.unseal(parcel, cast.north)


def test_a_parcel_of_a_large_school_fits_into_a_form(cast: Cast):
    lines = [f"Somebody Called{number},person.{number}@school.example.org,Teacher,3,Math\n" for number in range(3_000)]
    assert len(READINGS.seal(read(*lines), cast.north)) < 500_000
