"""Coming in, seen from a browser: by letter, by code, wrongly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from colead.schools import actions
from colead.schools.models import Invitation, Seat
from tests.cast import Cast, person

ROLE = Invitation.Role
NO = "This code does not work."


@pytest.fixture
def zoe(db):
    return person("Zoe New")


def letter(cast: Cast, email: str = "zoe.new@example.org", role: str = ROLE.MEMBER) -> str:
    now = timezone.now()
    return actions.invite_by_mail(cast.north_team, email=email, role=role, by=cast.ada, now=now).secret


def code(cast: Cast, *, role: str = ROLE.MEMBER, most_uses: int = 5, days: int = 7) -> actions.Made:
    place = {ROLE.STAFF: cast.north, ROLE.LINK: cast.office}.get(role, cast.north_team)
    now = timezone.now()
    expires_at = now + timedelta(days=days)
    return actions.make_code(place, role=role, most_uses=most_uses, expires_at=expires_at, by=cast.ada, now=now)


def uses(secret: str) -> int:
    return Invitation.objects.get(secret_hash=actions.invitations.hash_of(secret)).uses


def test_looking_at_an_invitation_uses_nothing_up(cast: Cast, client, zoe):
    secret = letter(cast)
    assert "Ada Reed invites you" in client.get(f"/join/{secret}/").content.decode()
    client.head(f"/join/{secret}/")
    client.force_login(zoe)
    assert client.get(f"/join/{secret}/").status_code == 200
    assert uses(secret) == 0


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (ROLE.MEMBER, "you write, decide and see what the team writes"),
        (ROLE.LEAD, "you run its meetings"),
        (ROLE.PRINCIPAL, "You come as the principal"),
    ],
)
def test_an_invitation_says_what_it_gives(cast: Cast, client, role, words):
    assert words in client.get(f"/join/{letter(cast, role=role)}/").content.decode()


def test_a_code_says_that_a_lead_lets_people_in(cast: Cast, client):
    assert "A lead of the team lets you in." in client.get(f"/join/{code(cast).secret}/").content.decode()


def test_one_post_brings_somebody_who_is_signed_in_to_the_team_room(cast: Cast, client, zoe):
    client.force_login(zoe)
    answer = client.post(f"/join/{letter(cast)}/")
    assert (answer.status_code, answer.url) == (302, f"/t/{cast.north_team.pk}/")


def test_accepting_before_signing_in_is_remembered_through_it(cast: Cast, client, zoe):
    secret = letter(cast)
    answer = client.post(f"/join/{secret}/")
    assert answer.url == f"/enter/?next=%2Fjoin%2F{secret}%2F&email=zoe.new%40example.org"
    assert 'value="zoe.new@example.org"' in client.get(answer.url).content.decode()
    assert uses(secret) == 0
    client.force_login(zoe)
    assert client.get(f"/join/{secret}/").url == f"/t/{cast.north_team.pk}/"


def test_a_link_alone_accepts_nothing_after_signing_in(cast: Cast, client, zoe):
    secret, other = letter(cast), code(cast).secret
    client.post(f"/join/{other}/")
    client.force_login(zoe)
    assert client.get(f"/join/{secret}/").status_code == 200
    assert uses(secret) == 0


def test_a_letter_for_another_address_says_so_without_naming_it(cast: Cast, client):
    secret = letter(cast)
    client.force_login(cast.sam)
    for answer, status in ((client.get(f"/join/{secret}/"), 200), (client.post(f"/join/{secret}/"), 403)):
        body = answer.content.decode()
        assert answer.status_code == status
        assert "another address" in body
        assert "zoe.new" not in body
    assert not cast.north_team.members.filter(user=cast.sam).exists()


def test_a_code_is_typed_and_leads_to_waiting(cast: Cast, client, zoe):
    secret = code(cast).secret
    client.force_login(zoe)
    answer = client.post("/join/", {"code": f" {secret[:4].lower()}-{secret[4:]} "})
    assert client.post(answer.url).url == "/join/waiting/"
    assert "North’s leadership team" in client.get("/join/waiting/").content.decode()


def test_a_pasted_link_is_as_good_as_a_code(cast: Cast, client):
    secret = code(cast).secret
    answer = client.post("/join/", {"code": f"http://127.0.0.1:8000/join/{secret}/"})
    assert answer.url == f"/join/{secret}/"


def test_a_code_for_staff_leads_to_the_schools_page(cast: Cast, client, zoe):
    client.force_login(zoe)
    assert client.post(f"/join/{code(cast, role=ROLE.STAFF).secret}/").url == f"/schools/{cast.north.pk}/"
    assert cast.north.seats.get(user=zoe).role == Seat.Role.STAFF


def closed(cast: Cast, how: str) -> str:
    """Return a secret that opens nothing, for one reason or another."""
    if how == "wrong":
        return "BCDFGHJK"
    made = code(cast, role=ROLE.LINK if how == "for offices" else ROLE.MEMBER, days=-1 if how == "too old" else 7)
    if how == "taken back":
        actions.revoke(made.invitation, now=timezone.now())
    if how == "used up":
        Invitation.objects.filter(pk=made.invitation.pk).update(uses=5)
    return made.secret


HOWS = ["wrong", "too old", "taken back", "used up", "for offices"]


@pytest.mark.parametrize("how", HOWS)
def test_whatever_is_wrong_with_a_code_the_answer_is_the_same(cast: Cast, client, how, django_assert_num_queries):
    secret = closed(cast, how)
    with django_assert_num_queries(1):
        answer = client.get(f"/join/{secret}/")
    assert answer.status_code == 404
    assert NO in answer.content.decode()
    typed = client.post("/join/", {"code": secret})
    assert NO in typed.content.decode()
    assert client.post(f"/join/{secret}/").status_code == 404


def test_ten_wrong_tries_a_minute_are_the_most_and_then_right_ones_wait_too(cast: Cast, client):
    right = code(cast).secret
    for number in range(10):
        assert client.get(f"/join/BCDFGH{number:02d}/").status_code == 404
    assert client.get(f"/join/{right}/").status_code == 429
    assert client.post("/join/", {"code": right}).status_code == 429
    assert client.get(f"/join/{right}/", REMOTE_ADDR="10.1.1.1").status_code == 200


def test_a_whole_staff_behind_one_address_can_scan_one_poster(cast: Cast, client):
    right = code(cast).secret
    assert {client.get(f"/join/{right}/").status_code for _ in range(40)} == {200}


def test_tries_are_counted_without_keeping_the_address_they_came_from(cast: Cast, client):
    from django.core.cache import cache

    client.get("/join/BCDFGHJK/", REMOTE_ADDR="203.0.113.9")
    assert not [key for key in cache._cache if "203.0.113.9" in key]
    assert [key for key in cache._cache if "tries:code" in key]


@pytest.mark.parametrize("typed", ["", "?!", "a" * 65, "x" * 301])
def test_what_is_no_code_is_told_so(client, db, typed):
    answer = client.post("/join/", {"code": typed})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


def test_invitations_are_kept_in_no_cache(cast: Cast, client):
    assert "no-store" in client.get(f"/join/{letter(cast)}/")["Cache-Control"]
