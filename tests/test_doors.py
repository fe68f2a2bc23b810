"""Who gets in where: every address x method x person, written by hand and asserted over HTTP.

`in`: let in (a page, a redirect onward, or a form that says what is missing). `sign`: asked to sign in.
A stranger to the school gets 404 and so learns nothing; a colleague without the right gets 403.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from colead.playbook.actions import assessments, walks
from colead.schools import actions as schools
from tests.cast import NOW, ROLE, Cast, everybody, person
from tests.test_architecture import patterns

pytestmark = pytest.mark.django_db  # what a test does is undone; the world below stays
PEOPLE = ("nobody", "newt", "cleo", "sam", "kim", "dana", "ben", "ada", "pat")
# not signed in; signed in, nowhere; leads South; staff; coach; office; member; lead; principal, on the team


def who(*outcomes: object) -> dict[str, object]:
    return dict(zip(PEOPLE, outcomes, strict=True))


EVERYBODY = who(*["in"] * 9)
SIGNED_IN = who("sign", *["in"] * 8)
NOT_THIS_WAY = who(*[405] * 9)
NOT_SIGNED_IN_THIS_WAY = who("sign", *[405] * 8)
OWN_ONLY = who("sign", *["out"] * 8)  # 403, 404 or 405: as the library answers
#                 nobody  newt cleo sam   kim   dana ben   ada   pat
TEAM = who("sign", 404, 404, 403, 403, 404, "in", "in", "in")
READ = who("sign", 404, 404, 403, "in", 404, "in", "in", "in")
LEAD = who("sign", 404, 404, 403, 403, 404, 403, "in", 403)
SCHOOL = who("sign", 404, 404, "in", "in", 404, "in", "in", "in")
SCHOOL_CARE = who("sign", 404, 404, 403, 403, 404, 403, "in", "in")
PRINCIPAL = who("sign", 404, 404, 403, 403, 404, 403, 403, "in")
OFFICE = who("sign", 404, 404, 404, 404, "in", 404, 404, 404)
ABSENT = who(*[404] * 9)

# name of the address: (GET, POST)
TABLE: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    # anybody
    **dict.fromkeys(("front", "privacy", "accessibility", "styleguide"), (EVERYBODY, NOT_THIS_WAY)),
    **dict.fromkeys(("manifest", "robots"), (EVERYBODY, NOT_THIS_WAY)),
    **dict.fromkeys(("playbook", "glossary", "condition", "print_blank"), (EVERYBODY, EVERYBODY)),
    **dict.fromkeys(("account_login", "account_confirm_login_code", "mfa_login_webauthn"), (EVERYBODY, EVERYBODY)),
    **dict.fromkeys(("mfa_authenticate", "account_logout"), (EVERYBODY, EVERYBODY)),
    "account_inactive": (EVERYBODY, NOT_THIS_WAY),
    "demo_doors": (ABSENT, ABSENT),  # the tests do not run in demo mode
    "join": (EVERYBODY, EVERYBODY),
    "invitation": (EVERYBODY, SIGNED_IN),
    # whoever has signed in
    **dict.fromkeys(("me", "home", "school_new", "join_waiting"), (SIGNED_IN, SIGNED_IN)),
    **dict.fromkeys(("mfa_index", "mfa_list_webauthn"), (SIGNED_IN, NOT_SIGNED_IN_THIS_WAY)),
    **dict.fromkeys(("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"), (SIGNED_IN, SIGNED_IN)),
    # nobody in this table has a passkey, an app or spare codes yet: there is nothing to show, prove or take away
    **dict.fromkeys(("mfa_reauthenticate", "mfa_reauthenticate_webauthn"), (OWN_ONLY, OWN_ONLY)),
    **dict.fromkeys(("mfa_deactivate_totp", "mfa_view_recovery_codes"), (OWN_ONLY, OWN_ONLY)),
    **dict.fromkeys(("mfa_download_recovery_codes", "mfa_edit_webauthn", "mfa_remove_webauthn"), (OWN_ONLY, OWN_ONLY)),
    "sign_out_elsewhere": (NOT_SIGNED_IN_THIS_WAY, SIGNED_IN),
    # a school
    "school_page": (SCHOOL, SCHOOL),
    **dict.fromkeys(("team_new", "school_edit", "roster", "roster_add", "roster_import"), (SCHOOL_CARE, SCHOOL_CARE)),
    **dict.fromkeys(("roster_line", "roster_export"), (SCHOOL_CARE, SCHOOL_CARE)),
    # a team
    **dict.fromkeys(("team_room", "before", "overview", "conditions", "felt", "guide"), (READ, TEAM)),
    **dict.fromkeys(("assess", "criterion", "question", "task", "print_filled"), (READ, TEAM)),
    **dict.fromkeys(("decisions", "decision", "evidence", "team_people"), (READ, TEAM)),
    **dict.fromkeys(("left_off", "choose", "paper"), (TEAM, TEAM)),
    **dict.fromkeys(("put_notes_away", "start_assessment", "reveal_assessment"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("finish_assessment", "reveal", "note", "decide"), (NOT_THIS_WAY, TEAM)),
    "team_leave": (NOT_THIS_WAY, TEAM),
    **dict.fromkeys(
        ("team_invite", "team_code", "team_invitation", "team_member", "team_waiting"), (NOT_THIS_WAY, LEAD)
    ),
    **dict.fromkeys(("school_invite", "school_code", "school_invitation", "seat_end"), (NOT_THIS_WAY, SCHOOL_CARE)),
    **dict.fromkeys(("roster_look", "roster_take_in", "roster_left", "school_unlink"), (NOT_THIS_WAY, SCHOOL_CARE)),
    "school_link": (NOT_THIS_WAY, PRINCIPAL),
    # the office
    "office_home": (OFFICE, OFFICE),
    **dict.fromkeys(("office_invite", "office_code", "office_invitation"), (NOT_THIS_WAY, OFFICE)),
}


@dataclass(frozen=True)
class World:
    cast: Cast
    facts: dict[str, object]

    def client(self, name: str) -> Client:
        client = Client()
        if name == "newt":
            client.force_login(person("Newt Early"))
        elif name != "nobody":
            client.force_login(getattr(self.cast, name))
        return client


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Return North with one of everything that an address can name: made once, rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def make_world() -> World:
    cast = everybody()
    team, school, ada = cast.north_team, cast.north, cast.ada
    lasts = {"expires_at": NOW + timedelta(9999), "most_uses": 9, "now": NOW}
    code = schools.make_code(team, role=ROLE.MEMBER, by=ada, **lasts)
    school_code = schools.make_code(school, role=ROLE.STAFF, by=ada, **lasts)
    office_code = schools.make_code(cast.office, role=ROLE.LINK, by=cast.dana, **lasts)
    waiting = team.members.create(user=person("Wanda Waits"), waiting=True, joined_on=NOW.date())
    walk = walks.begin_walk(team, "vision", version=1, now=NOW)
    walks.write_answer(walk, "V-W1", "words", by=ada, based_on=0, now=NOW)
    facts = {"decided": "yes", "way": "consent", "concerns": "", "decided_on": NOW.date()}
    present = [team.members.get(user=ada)]
    made = walks.decide(walk, "V-W1", question="?", present=present, by=ada, based_on=0, now=NOW, **facts)
    round_ = assessments.start_assessment(team, "vision", version=1, now=NOW)
    assessments.write_view(round_, "V-1", growth="words", evidence="", by=ada, based_on=0, now=NOW)
    entry = school.roster.create(name="Staff Person", email="staff@example.org", job="teacher")
    return World(
        cast,
        {
            "team_id": team.pk,
            "school_id": school.pk,
            "office_id": cast.office.pk,
            "member_id": team.members.get(user=cast.ben).pk,
            "seat_id": school.seats.get(user=cast.sam).pk,
            "waiting_id": waiting.pk,
            "team_invitation_id": code.invitation.pk,
            "school_invitation_id": school_code.invitation.pk,
            "office_invitation_id": office_code.invitation.pk,
            "entry_id": entry.pk,
            "decision_id": made.decision.pk if made.decision else 0,
            "secret": code.secret,
            "condition": "vision",
            "part": "why",
            "kind": "guide",
            "name": "vision",
            "form": "pdf",
            "pk": 1,
        },
    )


CODES = {"criterion": "V-1", "task": "V-WT1"}


def address(name: str, world: World) -> str:
    pattern = next(pattern for _where, pattern in patterns() if pattern.name == name)
    wanted = pattern.pattern.regex.groupindex
    facts = {**world.facts, "code": CODES.get(name, "V-W1")}
    facts["form"] = "csv" if name == "roster_export" else "pdf"
    facts["invitation_id"] = facts.get(f"{name}_id", 0)
    facts["member_id"] = facts["waiting_id"] if name == "team_waiting" else facts["member_id"]
    return reverse(name, kwargs={key: facts[key] for key in wanted})


def outcome(response: object) -> object:
    if response.status_code in (403, 404, 405):
        return response.status_code
    if response.status_code == 302 and response.headers["Location"].startswith("/enter/?next="):
        return "sign"
    assert response.status_code in (200, 302, 409, 422), response.status_code
    return "in"


def test_every_address_stands_in_the_table() -> None:
    names = {pattern.name for _where, pattern in patterns()} - {"account_request_login_code"}
    assert names == set(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_doors(world: World, name: str, method: str) -> None:
    url = address(name, world)
    expected = TABLE[name][method == "POST"]
    for who_asks in PEOPLE:
        before = transaction.savepoint()
        client = world.client(who_asks)
        response = client.get(url) if method == "GET" else client.post(url)
        transaction.savepoint_rollback(before)
        if expected[who_asks] == "out":
            assert response.status_code in (403, 404, 405)
            continue
        assert outcome(response) == expected[who_asks], f"{method} {url} as {who_asks}"


@pytest.mark.parametrize("name", sorted(TABLE))
def test_other_methods_never_crash_and_never_let_in(world: World, name: str) -> None:
    url = address(name, world)
    client = world.client("cleo")
    for method in ("put", "patch", "delete", "options", "head"):
        assert getattr(client, method)(url).status_code < 500


def test_somebody_removed_a_moment_ago_is_out(world: World) -> None:
    team = world.cast.north_team
    client = world.client("ben")
    schools.remove_member(team.members.get(user=world.cast.ben), by=world.cast.ada, now=NOW)
    assert client.get(reverse("team_room", args=[team.pk])).status_code == 403


def test_a_coach_whose_seat_ended_is_out(world: World) -> None:
    client = world.client("kim")
    schools.end_seat(world.cast.north.seats.get(user=world.cast.kim), by=world.cast.ada, now=NOW)
    assert client.get(reverse("team_room", args=[world.cast.north_team.pk])).status_code == 404


def test_who_waits_to_be_let_in_sees_nothing_yet(world: World) -> None:
    newt = person("Newt Late")
    client = Client()
    client.force_login(newt)
    client.post(reverse("invitation", args=[world.facts["secret"]]))
    assert world.cast.north_team.members.waiting().filter(user=newt).exists()
    assert client.get(reverse("team_room", args=[world.cast.north_team.pk])).status_code == 404
