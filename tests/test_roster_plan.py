"""What a file would change: decided before anything is done."""

from colead.schools.roster import Line, Reading
from colead.schools.roster.plan import Change, Entry, fingerprint, plan

ADA = Entry(1, "ada@n.org", "Ada Reed", "teacher", "3,4", "Math")
BEN = Entry(2, "ben@n.org", "Ben Ortiz", "para", "", "")
GONE = Entry(3, "old@n.org", "Old Hand", "teacher", "", "", has_left=True)


def line(entry: Entry, **other: object) -> Line:
    facts = {"name": entry.name, "job": entry.job, "grades": entry.grades, "subjects": entry.subjects}
    return Line(2, entry.email, **(facts | other))


def test_new_addresses_are_added():
    made = plan(Reading((line(ADA),)), [])
    assert made.added == (line(ADA),)
    assert not made.does_nothing


def test_what_is_the_same_stays():
    made = plan(Reading((line(ADA), line(BEN))), [ADA, BEN])
    assert made.unchanged == (ADA, BEN)
    assert made.does_nothing


def test_changes_show_old_and_new():
    made = plan(Reading((line(ADA, name="Ada Reed-Li", grades="5"),)), [ADA])
    assert made.changed[0].changes == (Change("name", "Ada Reed", "Ada Reed-Li"), Change("grades", "3,4", "5"))


def test_columns_missing_from_the_file_change_nothing():
    made = plan(Reading((line(ADA, grades=None, subjects=None),)), [ADA])
    assert made.does_nothing


def test_an_emptied_cell_is_a_change():
    made = plan(Reading((line(ADA, subjects=""),)), [ADA])
    assert made.changed[0].changes == (Change("subjects", "Math", ""),)


def test_people_missing_from_the_file_are_listed_and_those_long_gone_are_not():
    made = plan(Reading((line(ADA),)), [ADA, BEN, GONE])
    assert made.absent == (BEN,)


def test_somebody_who_comes_back_is_a_change():
    made = plan(Reading((line(GONE),)), [GONE])
    assert made.changed[0].changes == (Change("has_left", "yes", ""),)


def test_the_fingerprint_changes_with_any_fact_and_not_with_the_order():
    assert fingerprint([ADA, BEN]) == fingerprint([BEN, ADA])
    others = [[ADA], [ADA, GONE], [ADA, Entry(2, "ben@n.org", "Ben Ortiz", "para", "", "Art")]]
    assert len({fingerprint(roster) for roster in [[ADA, BEN], *others]}) == 4
