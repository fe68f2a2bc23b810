"""The pages of a school and of its office, used as people use them."""

from django.utils import timezone

from colead.schools import actions
from colead.schools.models import Invitation, School
from tests.cast import Cast, join, person
from tests.schools_pages import body, people_url, school_url


def test_the_schools_page_shows_teams_seats_and_what_the_office_sees(cast: Cast, pat):
    page = body(pat.get(school_url(cast)))
    seen = "It sees nothing else that a team"
    for words in ("North’s leadership team", "Sam Doyle", "Two Rivers Programme Office", seen):
        assert words in page


def test_staff_see_the_page_and_nothing_to_change(cast: Cast, client):
    client.force_login(cast.sam)
    page = body(client.get(school_url(cast)))
    assert "Sam Doyle" in page
    assert "<form" not in page


def test_strangers_learn_nothing(cast: Cast, client):
    for user in (cast.cleo, cast.dana):
        client.force_login(user)
        assert client.get(school_url(cast)).status_code == 404
        assert client.get(people_url(cast)).status_code == 404


def test_a_principal_invites_a_coach(cast: Cast, pat, mailbox):
    pat.post(f"{school_url(cast)}invite/", {"mail-email": "c@n.org", "mail-role": "coach"})
    assert [sent.to for sent in mailbox] == [["c@n.org"]]
    assert "c@n.org" in body(pat.get(school_url(cast)))


def test_a_principal_makes_a_code_for_staff_and_closes_it(cast: Cast, pat):
    assert "poster-code" in body(pat.post(f"{school_url(cast)}code/", {"code-days": "0", "code-most_uses": "5"}))
    made = cast.north.invitations.get(email="", team=None)
    pat.post(f"{school_url(cast)}invitations/{made.pk}/close/")
    made.refresh_from_db()
    assert made.revoked_at


def test_a_principal_has_no_hand_in_a_teams_invitations(cast: Cast, pat):
    made = actions.invite_by_mail(cast.north_team, email="z@n.org", role="member", by=cast.ada, now=timezone.now())
    assert pat.post(f"{school_url(cast)}invitations/{made.invitation.pk}/close/").status_code == 404
    assert pat.post(f"{people_url(cast)}invite/", {"mail-email": "y@n.org", "mail-role": "member"}).status_code == 403


def test_a_seat_is_ended_and_the_school_sees_by_whom(cast: Cast, pat):
    seat = cast.north.seats.get(user=cast.sam)
    assert pat.post(f"{school_url(cast)}seats/{seat.pk}/end/").url == school_url(cast)
    assert "Sam Doyle (school staff), ended by Pat Green" in body(pat.get(school_url(cast)))
    pat.force_login(cast.sam)
    assert pat.get(school_url(cast)).status_code == 404


def test_who_ends_their_own_seat_goes_home(cast: Cast, pat):
    seat = cast.north.seats.get(user=cast.pat)
    assert pat.post(f"{school_url(cast)}seats/{seat.pk}/end/").url == "/home/"


def test_a_seat_at_another_school_is_out_of_reach(cast: Cast, pat):
    seat = cast.south.seats.get()
    assert pat.post(f"{school_url(cast)}seats/{seat.pk}/end/").status_code == 404


def test_the_school_ends_its_link_with_the_office_and_makes_it_again(cast: Cast, pat):
    pat.post(f"{school_url(cast)}unlink/")
    assert "No office sees this school" in body(pat.get(school_url(cast)))
    now = timezone.now()
    made = actions.make_code(
        cast.office, role="link", most_uses=1, expires_at=now.replace(year=2099), by=cast.dana, now=now
    )
    assert "does not work" in body(pat.post(f"{school_url(cast)}link/", {"link-code": "BCDFGHJK"}))
    pat.post(f"{school_url(cast)}link/", {"link-code": made.secret})
    assert School.objects.get(pk=cast.north.pk).office == cast.office


def test_an_offices_code_cannot_be_guessed_without_end(cast: Cast, pat):
    answers = [pat.post(f"{school_url(cast)}link/", {"link-code": f"BCDFGH{number:02d}"}) for number in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


def test_only_a_principal_links_the_school(cast: Cast, ada):
    assert ada.post(f"{school_url(cast)}link/", {"link-code": "BCDFGHJK"}).status_code == 403


# The office


def test_the_office_lists_its_schools_and_shows_nothing_of_their_people(cast: Cast, client):
    client.force_login(cast.dana)
    page = body(client.get(f"/office/{cast.office.pk}/"))
    assert page.index("North Elementary") < page.index("South Middle School")
    assert "Ada Reed" not in page
    assert "leadership team" not in page


def test_the_office_invites_a_colleague_and_makes_a_code_for_principals(cast: Cast, client, mailbox):
    client.force_login(cast.dana)
    office = f"/office/{cast.office.pk}/"
    client.post(f"{office}invite/", {"mail-email": "colleague@office.org", "mail-role": "office"})
    assert [sent.to for sent in mailbox] == [["colleague@office.org"]]
    page = body(client.post(f"{office}code/", {"code-days": "30", "code-most_uses": "20"}))
    assert "Link your school with Two Rivers" in page
    assert "/join/" not in page
    for made in cast.office.invitations.filter(revoked_at=None):
        client.post(f"{office}invitations/{made.pk}/close/")
    assert not cast.office.invitations.filter(revoked_at=None).exists()


def test_an_office_without_schools_says_what_to_do(db, client):
    eve = person("Eve Stone")
    office = actions.start_office(name="Lone Office", by=eve, now=timezone.now())
    client.force_login(eve)
    assert "No school yet" in body(client.get(f"/office/{office.pk}/"))


# As many questions to the database for a large place as for a small one


def asked(client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_pages_ask_as_often_for_many_people_as_for_few(cast: Cast, ada):
    urls = [people_url(cast), school_url(cast), f"{school_url(cast)}roster/"]
    actions.add_line(cast.north, email="one@n.org", name="One", job="teacher", grades="1", subjects="")
    [asked(ada, url) for url in urls]
    few = [asked(ada, url) for url in urls]
    for number in range(15):
        join(cast.north_team, person(f"Extra P{number}"), Invitation.Role.MEMBER, by=cast.ada)
        actions.add_line(cast.north, email=f"e{number}@n.org", name="E", job="para", grades="2", subjects="")
        actions.start_team(school=cast.north, name=f"Team {number}", by=cast.sam, now=timezone.now())
    actions.remove_member(cast.north_team.members.get(user=cast.ben), by=cast.ada, now=timezone.now())
    assert [asked(ada, url) for url in urls] == few


def test_an_office_asks_as_often_for_many_schools_as_for_two(cast: Cast, client):
    client.force_login(cast.dana)
    url = f"/office/{cast.office.pk}/"
    asked(client, url)
    few = asked(client, url)
    for number in range(8):
        team = actions.start_school(
            name=f"S{number}",
            place="",
            time_zone="UTC",
            team_name="T",
            by=cast.ada,
            as_principal=False,
            now=timezone.now(),
        )
        School.objects.filter(pk=team.school_id).update(office=cast.office)
    assert asked(client, url) == few
