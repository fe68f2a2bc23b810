"""Who is on a team, who leads it, who has a seat at the school."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from colead.schools import actions, queries, wording
from colead.schools.models import Invitation, Member, School, Seat, Team
from tests.cast import NOW, Cast, join, person

ROLE = Invitation.Role
LATER = NOW + timedelta(days=3)


def member(team: Team, user) -> Member:
    return team.members.get(user=user, left_on=None)


def start(**other: object) -> Team:
    facts = {"name": "East High", "place": "Reno", "time_zone": "America/Los_Angeles", "nces_id": "320048000999"}
    facts |= {"team_name": "East team", "as_principal": True, "now": NOW}
    return actions.start_school(**(facts | other))


def test_whoever_starts_a_school_leads_its_team_and_has_a_seat(db):
    eve = person("Eve Stone")
    team = start(by=eve)
    assert member(team, eve).is_lead
    assert [(seat.user, seat.role) for seat in team.school.seats.held()] == [(eve, Seat.Role.PRINCIPAL)]
    assert team.school.created_on == NOW.date()


def test_dates_are_the_schools_own(db):
    late = NOW.replace(hour=3)  # still the evening before in Nevada
    team = start(by=person("Eve Stone"), now=late)
    assert team.school.created_on == late.date() - timedelta(days=1)


def test_the_same_nces_id_twice_is_refused_and_leaves_nothing(db):
    start(by=person("Eve Stone"))
    with pytest.raises(actions.SchoolAlreadyHere):
        start(by=person("Flo Hart"), name="East again")
    assert School.objects.count() == Team.objects.count() == 1


def test_schools_without_an_nces_id_do_not_get_in_each_others_way(db):
    start(by=person("Eve Stone"), nces_id="")
    start(by=person("Flo Hart"), nces_id="")
    assert School.objects.count() == 2


def test_a_schools_facts_can_be_corrected_but_not_into_another_schools_id(cast: Cast):
    facts = {"name": "South Middle", "place": "Tucson", "time_zone": "America/Phoenix"}
    actions.edit_school(cast.south, **facts, nces_id="040000000001")
    assert School.objects.get(pk=cast.south.pk).name == "South Middle"
    with pytest.raises(actions.SchoolAlreadyHere):
        actions.edit_school(cast.south, **facts, nces_id=cast.north.nces_id)


def test_a_lead_can_make_another_lead_and_then_step_back(cast: Cast):
    actions.make_lead(member(cast.north_team, cast.ben))
    actions.take_lead_back(member(cast.north_team, cast.ada))
    assert [str(one) for one in cast.north_team.members.filter(is_lead=True)] == ["Ben Ortiz"]


@pytest.mark.parametrize("verb", ["take_lead_back", "leave_team", "remove_member"])
def test_the_last_lead_cannot_go(cast: Cast, verb):
    ada = member(cast.north_team, cast.ada)
    extra = {"take_lead_back": {}, "leave_team": {"now": NOW}, "remove_member": {"now": NOW, "by": cast.ada}}
    with pytest.raises(actions.LastLead):
        getattr(actions, verb)(ada, **extra[verb])
    assert member(cast.north_team, cast.ada).is_lead


def test_leaving_and_being_taken_off_the_team_are_told_apart(cast: Cast):
    actions.leave_team(member(cast.north_team, cast.ben), now=LATER)
    actions.remove_member(member(cast.north_team, cast.pat), by=cast.ada, now=LATER)
    gone = queries.people(cast.north_team, reader=cast.ada, now=LATER).gone
    assert [(str(one), one.removed_by, one.left_on) for one in gone] == [
        ("Ben Ortiz", None, LATER.date()),
        ("Pat Green", cast.ada, LATER.date()),
    ]


def test_somebody_can_come_back_to_a_team(cast: Cast):
    actions.leave_team(member(cast.north_team, cast.ben), now=NOW)
    join(cast.north_team, cast.ben, ROLE.MEMBER, by=cast.ada, now=LATER)
    assert member(cast.north_team, cast.ben).joined_on == LATER.date()
    assert cast.north_team.members.filter(user=cast.ben).count() == 2


def test_the_database_holds_one_membership_and_one_seat_at_a_time(cast: Cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(team=cast.north_team, user=cast.ben, joined_on=NOW.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(school=cast.north, user=cast.ben, role=Seat.Role.STAFF, since=NOW.date())


def test_a_seat_that_ends_says_who_ended_it(cast: Cast):
    actions.end_seat(cast.north.seats.get(user=cast.sam), by=cast.pat, now=LATER)
    ended = queries.seats_of(cast.north).ended
    assert [(str(one.user), one.ended_by, one.until) for one in ended] == [("Sam Doyle", cast.pat, LATER.date())]


def test_a_new_role_ends_the_old_seat_and_plain_staff_never_does(cast: Cast):
    join(cast.north, cast.sam, ROLE.COACH, by=cast.ada)
    join(cast.north, cast.sam, ROLE.STAFF, by=cast.ada)
    seats = [(seat.role, seat.until) for seat in cast.north.seats.filter(user=cast.sam)]
    assert seats == [(Seat.Role.STAFF, NOW.date()), (Seat.Role.COACH, None)]


def test_seats_are_shown_role_by_role(cast: Cast):
    held = queries.seats_of(cast.north).held
    assert [(role, [str(seat.user) for seat in group]) for role, group in held] == [
        ("principal", ["Pat Green"]),
        ("coach", ["Kim Novak"]),
        ("school staff", ["Ada Reed", "Ben Ortiz", "Sam Doyle"]),
    ]


def test_principals_and_leads_keep_the_schools_lists_and_nobody_else_does(cast: Cast):
    people = [cast.ada, cast.ben, cast.pat, cast.cleo, cast.sam, cast.kim, cast.dana]
    assert [str(user) for user in people if queries.may_keep(cast.north, user)] == ["Ada Reed", "Pat Green"]


# Who is not at the table


def on_roster(school: School, name: str, job: str, grades: str = "") -> None:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    actions.add_line(school, email=email, name=name, job=job, grades=grades, subjects="")


def test_gaps_are_the_grades_and_jobs_that_nobody_on_the_team_has(cast: Cast):
    on_roster(cast.north, "Ada Reed", "teacher", "K,1,2")
    on_roster(cast.north, "Ben Ortiz", "counselor")
    on_roster(cast.north, "Cam Li", "teacher", "2,3,4")
    on_roster(cast.north, "Dee Okafor", "para", "3")
    on_roster(cast.north, "Oz Other", "other", "")
    gaps = queries.gaps(cast.north_team)
    assert (gaps.grades, gaps.jobs) == (("3", "4"), ("para",))
    assert wording.who_is_missing(gaps) == [
        "Nobody from grades 3 and 4 is at the table yet.",
        "Also not here yet: a paraprofessional or aide.",
    ]


def test_a_principal_counts_as_an_administrator_without_a_line(cast: Cast):
    on_roster(cast.north, "Ann Head", "administrator")
    assert queries.gaps(cast.north_team).jobs == ()
    actions.leave_team(member(cast.north_team, cast.pat), now=NOW)
    assert wording.who_is_missing(queries.gaps(cast.north_team)) == ["Not at the table yet: an administrator."]


def test_people_who_left_the_school_leave_no_gap(cast: Cast):
    on_roster(cast.north, "Ada Reed", "teacher", "1")
    on_roster(cast.north, "Old Hand", "para", "5")
    actions.mark_left(cast.north.roster.get(name="Old Hand"), now=NOW)
    gaps = queries.gaps(cast.north_team)
    assert not gaps.any
    assert wording.who_is_missing(gaps) == []


def test_members_who_are_not_on_the_staff_list_are_named(cast: Cast):
    on_roster(cast.north, "Ada Reed", "teacher", "1")
    assert queries.gaps(cast.north_team).unlisted == ("Ben Ortiz", "Pat Green")


def test_without_a_staff_list_there_are_no_gaps_to_see(cast: Cast):
    gaps = queries.gaps(cast.north_team)
    assert not gaps.has_roster
    assert not gaps.any


def test_a_case_of_letters_in_an_address_makes_no_stranger(cast: Cast):
    on_roster(cast.north, "Ada Reed", "teacher", "1")
    cast.ada.email = "Ada.Reed@Example.org"
    cast.ada.save()
    assert "Ada Reed" not in queries.gaps(cast.north_team).unlisted


def test_what_people_do_is_said_in_one_line(cast: Cast):
    on_roster(cast.north, "Ada Reed", "teacher", "K,1")
    on_roster(cast.north, "Pat Green", "administrator")
    people = queries.people(cast.north_team, reader=cast.ada, now=NOW).here
    assert [wording.facts_of(one) for one in people] == [["classroom teacher", "grades K and 1"], [], ["principal"]]
    assert [one.is_me for one in people] == [True, False, False]


def test_the_page_of_people_asks_the_database_the_same_number_of_times_for_a_big_team(
    cast: Cast, django_assert_num_queries
):
    on_roster(cast.north, "Ada Reed", "teacher", "1")
    for number in range(12):
        join(cast.north_team, person(f"Extra Person{number}"), ROLE.MEMBER, by=cast.ada)
    with django_assert_num_queries(4):
        people = queries.people(cast.north_team, reader=cast.ada, now=NOW)
        assert len([wording.facts_of(one) for one in people.here]) == 15
        assert [(str(one.made_by), one.email) for one in people.invitations] == []
