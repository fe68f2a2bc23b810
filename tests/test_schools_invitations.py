"""Ways in: who they let in, as what, how often and how long."""

import re
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from colead.schools import actions, emails, queries
from colead.schools.models import Invitation, Member, OfficeSeat, Seat
from colead.schools.secrets import CODE_LETTERS, hash_of, new_code, new_token, readable
from tests.cast import NOW, Cast, person

ROLE = Invitation.Role
WEEK = NOW + timedelta(days=7)


def code(cast: Cast, *, role: str = ROLE.MEMBER, most_uses: int = 30) -> actions.Made:
    place = cast.north_team if role == ROLE.MEMBER else cast.north
    return actions.make_code(place, role=role, most_uses=most_uses, expires_at=WEEK, by=cast.ada, now=NOW)


def letter(cast: Cast, email: str = "zoe@example.org", role: str = ROLE.MEMBER) -> actions.Made:
    place = {ROLE.OFFICE: cast.office, ROLE.COACH: cast.north}.get(role, cast.north_team)
    return actions.invite_by_mail(place, email=email, role=role, by=cast.ada, now=NOW)


def zoe():
    user = person("Zoe New")
    user.email = "zoe@example.org"
    user.save()
    return user


def test_codes_can_be_read_and_typed_without_doubt():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(f"[{CODE_LETTERS}]{{8}}", one) for one in codes)
    assert not set("AEIOU01") & set(CODE_LETTERS)
    assert readable("K7PX2QRM") == "K7PX-2QRM"


@pytest.mark.parametrize("typed", ["K7PX2QRM", "k7px2qrm", "K7PX-2QRM", " k7px 2qrm "])
def test_a_code_may_be_typed_in_any_case_with_spaces_and_hyphens(typed):
    assert hash_of(typed) == hash_of("K7PX2QRM")


def test_tokens_in_letters_hold_128_bits_and_their_case_counts():
    token = new_token()
    assert len(token) == 22
    assert hash_of(token) != hash_of(token.swapcase())


def test_the_database_knows_only_a_hash(cast: Cast):
    made = code(cast)
    assert made.secret not in str(Invitation.objects.filter(pk=made.invitation.pk).values())
    assert made.invitation.secret_hash == hash_of(made.secret)


@pytest.mark.parametrize(
    ("role", "is_lead", "seat"),
    [
        (ROLE.MEMBER, False, Seat.Role.STAFF),
        (ROLE.LEAD, True, Seat.Role.STAFF),
        (ROLE.PRINCIPAL, False, Seat.Role.PRINCIPAL),
    ],
)
def test_a_letter_lets_its_reader_onto_the_team_at_once(cast: Cast, role, is_lead, seat):
    user = zoe()
    given = actions.accept(letter(cast, role=role).invitation, user=user, now=NOW)
    assert isinstance(given, Member)
    assert (given.waiting, given.is_lead) == (False, is_lead)
    assert cast.north.seats.get(user=user).role == seat


def test_a_letter_to_a_coach_gives_a_seat_and_no_team(cast: Cast):
    user = zoe()
    given = actions.accept(letter(cast, role=ROLE.COACH).invitation, user=user, now=NOW)
    assert isinstance(given, Seat)
    assert given.role == Seat.Role.COACH
    assert not user.memberships.exists()


def test_a_letter_from_the_office_gives_a_place_in_it(cast: Cast):
    given = actions.accept(letter(cast, role=ROLE.OFFICE).invitation, user=zoe(), now=NOW)
    assert isinstance(given, OfficeSeat)
    assert given.office == cast.office


def test_a_letter_opens_for_its_address_only_whatever_the_case(cast: Cast):
    made = letter(cast, email="ZOE@Example.org")
    with pytest.raises(actions.WrongAddress):
        actions.accept(made.invitation, user=cast.sam, now=NOW)
    assert not cast.north_team.members.filter(user=cast.sam).exists()
    actions.accept(made.invitation, user=zoe(), now=NOW)


def test_a_letter_opens_once(cast: Cast):
    made, user = letter(cast), zoe()
    actions.accept(made.invitation, user=user, now=NOW)
    with pytest.raises(actions.WrongCode):
        actions.accept(made.invitation, user=user, now=NOW)


@pytest.mark.parametrize("days", [14, 15])
def test_a_letter_lasts_fourteen_days(cast: Cast, days):
    made = letter(cast)
    assert queries.open_invitation(made.secret, now=NOW + timedelta(days=13))
    assert queries.open_invitation(made.secret, now=NOW + timedelta(days=days)) is None
    with pytest.raises(actions.WrongCode):
        actions.accept(made.invitation, user=zoe(), now=NOW + timedelta(days=days))


def test_a_second_letter_to_the_same_address_closes_the_first(cast: Cast):
    first, second = letter(cast), letter(cast)
    actions.close_older(second, now=NOW)
    assert queries.open_invitation(first.secret, now=NOW) is None
    assert queries.open_invitation(second.secret, now=NOW)


def test_a_letter_to_another_place_closes_nothing(cast: Cast):
    to_team = letter(cast)
    actions.close_older(letter(cast, role=ROLE.COACH), now=NOW)
    assert queries.open_invitation(to_team.secret, now=NOW)


def test_nobody_gets_more_than_three_letters_an_hour(cast: Cast):
    for _ in range(3):
        letter(cast)
    with pytest.raises(actions.AddressWritten):
        letter(cast)
    actions.invite_by_mail(
        cast.north_team, email="zoe@example.org", role=ROLE.MEMBER, by=cast.ada, now=NOW + timedelta(minutes=61)
    )


def test_nobody_writes_to_more_than_a_hundred_people_an_hour(cast: Cast):
    before = Invitation.objects.filter(made_by=cast.ada).exclude(email="").count()
    for number in range(100 - before):
        letter(cast, email=f"n{number}@example.org")
    with pytest.raises(actions.AddressWritten):
        letter(cast, email="one.more@example.org")


def test_a_code_lets_people_wait_until_a_lead_says_yes(cast: Cast):
    user = zoe()
    given = actions.accept(code(cast).invitation, user=user, now=NOW)
    assert isinstance(given, Member)
    assert given.waiting
    assert user not in [member.user for member in cast.north_team.members.active()]
    assert not cast.north.seats.filter(user=user).exists()
    actions.let_in(given, now=WEEK)
    given.refresh_from_db()
    assert (given.waiting, given.joined_on) == (False, WEEK.date())
    assert cast.north.seats.get(user=user).role == Seat.Role.STAFF


def test_somebody_declined_is_gone_without_a_trace_on_the_list_of_those_who_were_here(cast: Cast):
    given = actions.accept(code(cast).invitation, user=zoe(), now=NOW)
    actions.decline(given, by=cast.ada, now=NOW)
    people = queries.people(cast.north_team, reader=cast.ada, now=NOW)
    assert (people.waiting, people.gone) == ((), ())


def test_two_leads_who_answer_at_once_do_not_undo_each_other(cast: Cast):
    given = actions.accept(code(cast).invitation, user=zoe(), now=NOW)
    same = Member.objects.get(pk=given.pk)
    actions.let_in(given, now=NOW)
    with pytest.raises(actions.NotWaiting):
        actions.decline(same, by=cast.ben, now=NOW)
    assert Member.objects.active().filter(pk=given.pk).exists()


def test_a_member_cannot_be_declined_off_the_team(cast: Cast):
    with pytest.raises(actions.NotWaiting):
        actions.decline(cast.north_team.members.get(user=cast.ben), by=cast.ada, now=NOW)


def test_a_letter_lets_in_somebody_who_was_waiting(cast: Cast):
    user = zoe()
    actions.accept(code(cast).invitation, user=user, now=NOW)
    given = actions.accept(letter(cast).invitation, user=user, now=NOW)
    assert isinstance(given, Member)
    assert not given.waiting
    assert cast.north_team.members.filter(user=user).count() == 1


def test_a_member_who_tries_the_code_stays_a_member_and_uses_nothing_up(cast: Cast):
    made = code(cast, most_uses=1)
    given = actions.accept(made.invitation, user=cast.ben, now=NOW)
    assert isinstance(given, Member)
    assert not given.waiting
    made.invitation.refresh_from_db()
    assert made.invitation.uses == 0


def test_a_code_stops_after_its_last_use(cast: Cast):
    made = code(cast, most_uses=1)
    actions.accept(made.invitation, user=zoe(), now=NOW)
    with pytest.raises(actions.WrongCode):
        actions.accept(made.invitation, user=cast.sam, now=NOW)


def test_a_code_for_staff_gives_a_seat_and_takes_none_away(cast: Cast):
    made = code(cast, role=ROLE.STAFF)
    given = actions.accept(made.invitation, user=zoe(), now=NOW)
    assert isinstance(given, Seat)
    assert given.role == Seat.Role.STAFF
    actions.accept(made.invitation, user=cast.pat, now=NOW)
    assert cast.north.seats.held().get(user=cast.pat).role == Seat.Role.PRINCIPAL


@pytest.mark.parametrize("role", [ROLE.LEAD, ROLE.PRINCIPAL, ROLE.COACH, ROLE.OFFICE])
def test_the_database_refuses_a_code_for_more_than_modest_roles(cast: Cast, role):
    place = cast.office if role == ROLE.OFFICE else cast.north_team
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.make_code(place, role=role, most_uses=1, expires_at=WEEK, by=cast.ada, now=NOW)


def test_a_code_taken_back_opens_nothing(cast: Cast):
    made = code(cast)
    actions.revoke(made.invitation, now=NOW)
    assert queries.open_invitation(made.secret, now=NOW) is None
    with pytest.raises(actions.WrongCode):
        actions.accept(made.invitation, user=cast.sam, now=NOW)


@pytest.mark.parametrize(("days", "until"), [(0, (2026, 11, 16, 23, 59, 59)), (7, (2026, 11, 23, 23, 59, 59))])
def test_a_code_for_today_lasts_to_the_end_of_the_schools_day(cast: Cast, days, until):
    end = actions.end_of_day(cast.north_team, days=days, now=NOW)
    assert end == datetime(*until, tzinfo=ZoneInfo("America/New_York"))


def test_an_office_links_a_school_by_its_code(cast: Cast):
    actions.unlink_school(cast.north)
    made = actions.make_code(cast.office, role=ROLE.LINK, most_uses=1, expires_at=WEEK, by=cast.dana, now=NOW)
    assert actions.link_school(cast.north, made.secret.lower(), now=NOW) == cast.office
    with pytest.raises(actions.WrongCode):
        actions.link_school(cast.south, made.secret, now=NOW)


def test_an_offices_code_lets_no_person_in_and_a_teams_code_links_no_school(cast: Cast):
    link = actions.make_code(cast.office, role=ROLE.LINK, most_uses=5, expires_at=WEEK, by=cast.dana, now=NOW)
    assert queries.open_invitation(link.secret, now=NOW) is None
    with pytest.raises(actions.WrongCode):
        actions.link_school(cast.north, code(cast).secret, now=NOW)


def test_the_office_sees_name_place_and_number_of_teams(cast: Cast):
    actions.start_team(school=cast.north, name="Second team", by=cast.sam, now=NOW)
    seen = [(school.name, school.place, school.size) for school in queries.schools_of(cast.office)]
    assert seen == [
        ("North Elementary", "Lenoir, North Carolina", 2),
        ("South Middle School", "Tucson, Arizona", 1),
    ]


# Letters


def test_the_letter_says_who_where_and_how(cast: Cast, mailbox, settings):
    settings.SITE_URL = "https://colead.example"
    made = letter(cast)
    emails.send_invitation(made)
    (sent,) = mailbox
    assert sent.to == ["zoe@example.org"]
    assert sent.subject == "Ada Reed invites you to North’s leadership team"
    assert f"https://colead.example/join/{made.secret}/" in sent.body
    assert "North Elementary" in sent.body


def test_a_name_with_line_breaks_puts_nothing_into_the_head_of_a_letter(cast: Cast, mailbox):
    cast.ada.name = "Ada\r\nBcc: everybody@example.org"
    cast.ada.save()
    emails.send_invitation(letter(cast))
    (sent,) = mailbox
    assert "\n" not in sent.subject
    assert sent.bcc == []


def test_a_mail_server_that_is_down_is_said_aloud(cast: Cast, monkeypatch):
    def down(*_: object, **__: object) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    with pytest.raises(emails.MailNotSent):
        emails.send_invitation(letter(cast))


def test_being_let_in_is_told_by_mail_and_holds_even_when_the_mail_fails(cast: Cast, mailbox, monkeypatch):
    member = cast.north_team.members.get(user=cast.ben)
    emails.tell_let_in(member)
    assert [sent.to for sent in mailbox] == [[cast.ben.email]]
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda *_: (_ for _ in ()).throw(OSError))
    emails.tell_let_in(member)
