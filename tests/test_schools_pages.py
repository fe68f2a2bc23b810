"""The pages of a school, a team's people and an office, used as people use them."""

import re

import pytest
from django.utils import timezone

from colead.schools import actions
from colead.schools.models import Invitation, School, Team
from tests.cast import Cast, person
from tests.schools_pages import body, people_url, school_url

ROLE = Invitation.Role
NEW = {
    "name": "East High",
    "place": "Reno, Nevada",
    "time_zone": "America/Los_Angeles",
    "nces_id": "32 00480 00999",
    "who": "staff",
    "team_name": "East’s team",
}


# Starting


def test_a_school_is_made_and_leads_to_its_teams_room(db, client):
    client.force_login(person("Eve Stone"))
    answer = client.post("/schools/new/", NEW)
    team = Team.objects.get(name="East’s team")
    assert answer.url == f"/t/{team.pk}/"
    assert team.school.nces_id == "320048000999"


def test_the_second_school_with_an_id_is_told_kindly_and_nothing_typed_is_lost(cast: Cast, ada):
    answer = ada.post("/schools/new/", NEW | {"nces_id": cast.north.nces_id})
    assert "is in Colead already" in body(answer)
    assert "East High" in body(answer)
    assert School.objects.count() == 2


@pytest.mark.parametrize("wrong", ["123", "99" + "0" * 10, "03" + "0" * 10, "3200480009990", "x" * 12, "٣" * 12])
def test_an_nces_id_that_cannot_be_one_is_refused(db, client, wrong):
    client.force_login(person("Eve Stone"))
    assert "12 digits" in body(client.post("/schools/new/", NEW | {"nces_id": wrong}))
    assert not School.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("time_zone", "Mars/Olympus"), ("name", " "), ("who", ""), ("team_name", "x" * 201)]
)
def test_a_school_that_makes_no_sense_is_not_made(db, client, field, value):
    client.force_login(person("Eve Stone"))
    assert client.post("/schools/new/", NEW | {field: value}).status_code == 200
    assert not School.objects.exists()


def test_time_zones_of_the_states_come_first(db, client):
    client.force_login(person("Eve Stone"))
    zones = re.findall(r'<option value="([^"]+)"', body(client.get("/schools/new/")))
    assert zones[:2] == ["America/New_York", "America/Chicago"]
    assert "Europe/Madrid" in zones


def test_a_lead_starts_another_team_and_nobody_makes_themselves_a_lead(cast: Cast, ada):
    answer = ada.post(f"{school_url(cast)}teams/new/", {"name": "Bus team"})
    assert answer.url == f"/t/{Team.objects.get(name='Bus team').pk}/"
    for user in (cast.sam, cast.ben, cast.kim):
        ada.force_login(user)
        assert ada.post(f"{school_url(cast)}teams/new/", {"name": "Mine"}).status_code == 403


def test_the_schools_facts_are_changed_by_its_principal(cast: Cast, pat):
    facts = {"name": "North School", "place": "Lenoir", "time_zone": "America/Chicago", "nces_id": ""}
    assert pat.post(f"{school_url(cast)}edit/", facts).url == school_url(cast)
    assert School.objects.get(pk=cast.north.pk).time_zone == "America/Chicago"


def test_another_schools_id_is_refused_when_facts_are_changed(cast: Cast, pat):
    School.objects.filter(pk=cast.south.pk).update(nces_id="040000000001")
    facts = {"name": "North", "place": "", "time_zone": "Europe/Madrid", "nces_id": "040000000001"}
    assert "is in Colead already" in body(pat.post(f"{school_url(cast)}edit/", facts))


@pytest.mark.parametrize("what", ["invite", "code"])
def test_a_form_with_mistakes_comes_back_on_the_page_it_stood_on(cast: Cast, pat, what):
    answer = pat.post(f"{school_url(cast)}{what}/")
    assert answer.status_code == 422
    assert "errorlist" in body(answer)
    pat.force_login(cast.dana)
    answer = pat.post(f"/office/{cast.office.pk}/{what}/")
    assert answer.status_code == 422
    assert "errorlist" in body(answer)


# People of a team


def test_the_page_of_people_shows_who_is_here_and_who_is_missing(cast: Cast, ada):
    actions.add_line(cast.north, email="x@n.org", name="X", job="para", grades="4", subjects="")
    page = body(ada.get(people_url(cast)))
    assert page.index("Ada Reed") < page.index("Ben Ortiz") < page.index("Pat Green")
    assert "Nobody from grade 4 is at the table yet." in page
    assert "a paraprofessional or aide" in page


def test_a_member_who_does_not_lead_sees_no_forms_of_a_lead(cast: Cast, client):
    client.force_login(cast.ben)
    page = body(client.get(people_url(cast)))
    assert "Send the invitation" not in page
    assert "Leave the team" in page
    assert "Take off the team" not in page


def test_a_coach_reads_the_page_of_people_and_can_do_nothing_there(cast: Cast, client):
    client.force_login(cast.kim)
    page = body(client.get(people_url(cast)))
    assert "Ben Ortiz" in page
    assert '<form method="post" action="/t/' not in page
    assert client.post(f"{people_url(cast)}leave/").status_code == 403


def test_a_lead_invites_by_letter(cast: Cast, ada, mailbox):
    answer = ada.post(f"{people_url(cast)}invite/", {"mail-email": "Zoe@Example.org", "mail-role": "lead"})
    assert answer.url == people_url(cast)
    (sent,) = mailbox
    secret = re.search(r"/join/([^/]+)/", sent.body)[1]
    assert secret not in body(ada.get(people_url(cast)))
    assert "zoe@example.org" in body(ada.get(people_url(cast)))


def test_a_letter_that_cannot_be_sent_leaves_no_invitation(cast: Cast, ada, monkeypatch):
    def down(*_: object, **__: object) -> None:
        raise OSError

    before = Invitation.objects.count()
    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    answer = ada.post(f"{people_url(cast)}invite/", {"mail-email": "zoe@example.org", "mail-role": "member"})
    assert answer.status_code == 422
    assert "zoe@example.org" in body(answer)
    assert Invitation.objects.count() == before


def test_a_second_letter_closes_the_first_only_once_it_is_on_its_way(cast: Cast, ada, mailbox, monkeypatch):
    def invite() -> None:
        ada.post(f"{people_url(cast)}invite/", {"mail-email": "zoe@example.org", "mail-role": "member"})

    def down(*_: object, **__: object) -> None:
        raise OSError

    def opens(sent) -> int:
        return ada.get(re.search(r"/join/[^/]+/", sent.body)[0]).status_code

    invite()
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", down)
        invite()
    assert opens(mailbox[0]) == 200
    invite()
    assert [opens(sent) for sent in mailbox] == [404, 200]


@pytest.mark.parametrize(
    ("email", "role"), [("", "member"), ("zoe", "member"), ("zoe@n.org", "coach"), ("z@n.org", "office")]
)
def test_an_invitation_that_makes_no_sense_is_told_so(cast: Cast, ada, email, role):
    answer = ada.post(f"{people_url(cast)}invite/", {"mail-email": email, "mail-role": role})
    assert answer.status_code == 422
    assert not Invitation.objects.filter(role=role, uses=0, email=email).exists()


def test_a_code_is_shown_once_as_letters_link_and_picture(cast: Cast, ada):
    page = body(ada.post(f"{people_url(cast)}code/", {"code-days": "7", "code-most_uses": "12"}))
    shown = re.search(r'poster-code">([A-Z0-9-]{9})<', page)[1]
    assert f"/join/{shown.replace('-', '')}/" in page
    assert "<svg" in page
    assert "viewBox" in page
    assert shown not in body(ada.get(people_url(cast)))


@pytest.mark.parametrize(("days", "most"), [("3", "5"), ("7", "0"), ("7", "501"), ("7", ""), ("", "5")])
def test_a_code_that_makes_no_sense_is_not_made(cast: Cast, ada, days, most):
    before = Invitation.objects.count()
    answer = ada.post(f"{people_url(cast)}code/", {"code-days": days, "code-most_uses": most})
    assert (answer.status_code, Invitation.objects.count()) == (422, before)


def test_a_lead_closes_an_invitation(cast: Cast, ada):
    made = actions.invite_by_mail(cast.north_team, email="z@n.org", role="member", by=cast.ada, now=timezone.now())
    ada.post(f"{people_url(cast)}invitations/{made.invitation.pk}/close/")
    assert "z@n.org" not in body(ada.get(people_url(cast)))


def test_invitations_of_another_team_or_of_the_school_are_not_a_leads_to_close_here(cast: Cast, ada):
    for place in (cast.south_team, cast.north):
        role = "member" if place == cast.south_team else "coach"
        made = actions.invite_by_mail(place, email="z@n.org", role=role, by=cast.cleo, now=timezone.now())
        assert ada.post(f"{people_url(cast)}invitations/{made.invitation.pk}/close/").status_code == 404


def waiting(cast: Cast):
    now = timezone.now()
    made = actions.make_code(
        cast.north_team, role="member", most_uses=1, expires_at=now.replace(year=2099), by=cast.ada, now=now
    )
    return actions.accept(made.invitation, user=person("Wanda Wait"), now=now)


def test_a_lead_lets_in_somebody_who_waits(cast: Cast, ada, mailbox):
    member = waiting(cast)
    ada.post(f"{people_url(cast)}{member.pk}/answer/", {"do": "let_in"})
    assert cast.north_team.members.active().filter(pk=member.pk).exists()
    assert [sent.to for sent in mailbox] == [["wanda.wait@example.org"]]


def test_a_lead_declines_somebody_who_waits(cast: Cast, ada):
    member = waiting(cast)
    ada.post(f"{people_url(cast)}{member.pk}/answer/", {"do": "decline"})
    assert not cast.north_team.members.waiting().exists()
    assert "Wanda" not in body(ada.get(people_url(cast)))


def test_who_waits_is_not_on_the_team_and_cannot_be_made_a_lead(cast: Cast, ada):
    member = waiting(cast)
    assert ada.post(f"{people_url(cast)}{member.pk}/", {"do": "make_lead"}).status_code == 404
    ada.force_login(member.user)
    assert ada.get(people_url(cast)).status_code == 404


def test_a_lead_is_made_and_steps_back(cast: Cast, ada):
    ben = cast.north_team.members.get(user=cast.ben)
    ada.post(f"{people_url(cast)}{ben.pk}/", {"do": "make_lead"})
    mine = cast.north_team.members.get(user=cast.ada)
    answer = ada.post(f"{people_url(cast)}{mine.pk}/", {"do": "take_lead_back"})
    assert answer.url == people_url(cast)
    assert [str(one) for one in cast.north_team.members.filter(is_lead=True)] == ["Ben Ortiz"]


def test_somebody_is_taken_off_the_team_and_the_team_sees_by_whom(cast: Cast, ada):
    ben = cast.north_team.members.get(user=cast.ben)
    ada.post(f"{people_url(cast)}{ben.pk}/", {"do": "remove_member"})
    assert "Ben Ortiz, taken off the team by Ada Reed" in body(ada.get(people_url(cast)))
    ada.force_login(cast.ben)
    assert ada.get(people_url(cast)).status_code == 403


def test_the_last_lead_is_told_why_they_cannot_leave(cast: Cast, ada):
    answer = ada.post(f"{people_url(cast)}leave/", follow=True)
    assert "A team needs a lead." in body(answer)


def test_a_member_leaves(cast: Cast, client):
    client.force_login(cast.ben)
    assert client.post(f"{people_url(cast)}leave/").url == "/home/"
    assert not cast.north_team.members.active().filter(user=cast.ben).exists()


def test_an_unknown_verb_does_nothing(cast: Cast, ada):
    ben = cast.north_team.members.get(user=cast.ben)
    ada.post(f"{people_url(cast)}{ben.pk}/", {"do": "fire"})
    assert cast.north_team.members.active().filter(pk=ben.pk).exists()


def test_a_lead_of_one_team_has_no_say_over_another_teams_people(cast: Cast, ada):
    cleo = cast.south_team.members.get()
    assert ada.post(f"{people_url(cast)}{cleo.pk}/", {"do": "remove_member"}).status_code == 404
    assert ada.post(f"/t/{cast.south_team.pk}/people/{cleo.pk}/", {"do": "remove_member"}).status_code == 404
