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
from django.urls import URLPattern, reverse
from pytest_django.plugin import DjangoDbBlocker

from colead.accounts.models import User
from colead.decisions.actions import records
from colead.decisions.actions.reviews import review_decision
from colead.programme.demo.load import load_demo
from colead.schools import actions as schools
from colead.schools.models import School, Team
from tests.addresses import address, numbers_of, patterns
from tests.cast import NOW, ROLE, person

pytestmark = pytest.mark.django_db(
    databases=["default", "ballots"]
)  # what a test does is undone; the world below stays
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
NO_FINDING = who("sign", 404, 404, 403, 403, 404, 404, 404, 404)  # none here; test_plans_findings.py has one

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
    # where staff answer a survey: no account, no session; a tag that nobody gave out opens nothing
    "answer_start": (EVERYBODY, EVERYBODY),
    **dict.fromkeys(("answer", "answer_in", "receipts", "survey_kept"), (ABSENT, ABSENT)),
    # a school
    "school_page": (SCHOOL, SCHOOL),
    **dict.fromkeys(("team_new", "school_edit", "roster", "roster_add", "roster_import"), (SCHOOL_CARE, SCHOOL_CARE)),
    **dict.fromkeys(("roster_line", "roster_export"), (SCHOOL_CARE, SCHOOL_CARE)),
    # a team
    **dict.fromkeys(("team_room", "before", "overview", "conditions", "felt", "guide"), (READ, TEAM)),
    **dict.fromkeys(("assess", "criterion", "question", "task", "print_filled"), (READ, TEAM)),
    **dict.fromkeys(("decisions", "decision", "evidence", "team_people"), (READ, TEAM)),
    **dict.fromkeys(("left_off", "choose", "paper", "rubric_paper"), (TEAM, TEAM)),
    **dict.fromkeys(("put_notes_away", "start_assessment", "reveal_assessment"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("finish_assessment", "finish_walk", "reveal", "note", "decide"), (NOT_THIS_WAY, TEAM)),
    "team_leave": (NOT_THIS_WAY, TEAM),
    **dict.fromkeys(
        ("team_invite", "team_code", "team_invitation", "team_member", "team_waiting"), (NOT_THIS_WAY, LEAD)
    ),
    **dict.fromkeys(("school_invite", "school_code", "school_invitation", "seat_end"), (NOT_THIS_WAY, SCHOOL_CARE)),
    **dict.fromkeys(("roster_look", "roster_take_in", "roster_left", "school_unlink"), (NOT_THIS_WAY, SCHOOL_CARE)),
    "school_link": (NOT_THIS_WAY, PRINCIPAL),
    # from evidence to the purpose map
    **dict.fromkeys(("evidence_piece", "barriers", "barrier", "idea", "swot", "swot_note"), (READ, TEAM)),
    **dict.fromkeys(("theory", "theory_page", "theory_line", "map", "map_page"), (READ, TEAM)),
    **dict.fromkeys(("causes", "tried", "theory_diagram", "theory_version"), (READ, TEAM)),
    **dict.fromkeys(("evidence_paper", "barrier_paper", "swot_paper", "theory_paper", "map_paper"), (READ, TEAM)),
    **dict.fromkeys(("evidence_blank", "barrier_blank", "swot_blank", "theory_blank", "map_blank"), (READ, TEAM)),
    **dict.fromkeys(("evidence_list", "barrier_list", "swot_list", "theory_list", "map_list"), (READ, TEAM)),
    **dict.fromkeys(("edit_barrier", "why", "new_idea", "edit_theory", "adopt_theory"), (TEAM, TEAM)),
    **dict.fromkeys(("map_part", "shift"), (TEAM, TEAM)),
    **dict.fromkeys(("erase_evidence", "choose_barrier", "put_barrier_away"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("bring_barrier_back", "vote_barrier", "vote_idea", "vote_note"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("add_why", "name_cause", "put_why_away", "choose_approach"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("put_idea_away", "put_note_away", "note_to_barrier", "note_to_idea"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("add_theory_line", "put_line_away", "put_theory_away"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("put_map_away", "add_shift", "put_shift_away"), (NOT_THIS_WAY, TEAM)),
    # decisions
    **dict.fromkeys(("decision_blank", "decisions_sheet", "decision_history", "decision_paper"), (READ, TEAM)),
    **dict.fromkeys(("stop_list", "stop_list_sheet", "stop_list_paper"), (READ, TEAM)),
    **dict.fromkeys(("hand_overs", "hand_overs_sheet", "hand_overs_paper"), (READ, TEAM)),
    **dict.fromkeys(
        ("decision_new", "decision_quick", "decision_edit", "decision_way", "decision_settle"), (TEAM, TEAM)
    ),
    **dict.fromkeys(("decision_owner", "decision_message", "decision_review", "decision_review_words"), (TEAM, TEAM)),
    **dict.fromkeys(("decision_option_new", "decision_option", "decision_input_new", "decision_input"), (TEAM, TEAM)),
    **dict.fromkeys(("decision_dissent_new", "decision_dissent", "decision_propose", "decision_amend"), (TEAM, TEAM)),
    **dict.fromkeys(("decision_stop", "decision_step", "decision_vote_open", "decision_vote"), (TEAM, TEAM)),
    **dict.fromkeys(("let_go", "let_go_change", "let_go_check", "hand_over_new", "hand_over_change"), (TEAM, TEAM)),
    **dict.fromkeys(("decision_begin", "decision_vote_close", "decision_vote_call_off"), (NOT_THIS_WAY, TEAM)),
    # plans: what a coach may read, and what only members open
    **dict.fromkeys(("evidence_piece", "evidence_paper", "evidence_blank", "evidence_list"), (READ, TEAM)),
    **dict.fromkeys(("barriers", "causes", "barrier_blank", "barrier_list", "barrier", "barrier_paper"), (READ, TEAM)),
    **dict.fromkeys(("tried", "idea", "swot", "swot_paper", "swot_blank", "swot_list", "swot_note"), (READ, TEAM)),
    **dict.fromkeys(
        ("theory", "theory_page", "theory_blank", "theory_diagram", "theory_version", "theory_paper"), (READ, TEAM)
    ),
    **dict.fromkeys(
        ("theory_list", "theory_line", "map", "map_page", "map_blank", "map_list", "map_paper"), (READ, TEAM)
    ),
    **dict.fromkeys(
        ("trials", "trial_list", "blank_trial", "trial", "trial_paper", "blank_impact", "impact"), (READ, TEAM)
    ),
    **dict.fromkeys(("impact_paper", "indicator", "value_file", "timeline", "step_changes"), (READ, TEAM)),
    **dict.fromkeys(("timeline_file", "blank_timeline", "step", "thread", "handover", "handover_pack"), (READ, TEAM)),
    **dict.fromkeys(
        ("edit_barrier", "why", "edit_theory", "map_part", "shift", "new_trial", "edit_trial"), (TEAM, TEAM)
    ),
    **dict.fromkeys(("theme", "new_idea", "adopt_theory", "new_indicator", "edit_indicator"), (TEAM, TEAM)),
    **dict.fromkeys(("new_step", "feeds", "portable", "export_team", "decide_impact", "take_evidence"), (TEAM, TEAM)),
    "finding_evidence": (NO_FINDING, NO_FINDING),
    **dict.fromkeys(("erase_evidence", "choose_barrier", "vote_barrier", "put_barrier_away"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(
        ("bring_barrier_back", "add_why", "name_cause", "put_why_away", "place_trial"), (NOT_THIS_WAY, TEAM)
    ),
    **dict.fromkeys(
        ("choose_approach", "vote_idea", "put_idea_away", "vote_note", "put_note_away"), (NOT_THIS_WAY, TEAM)
    ),
    **dict.fromkeys(("note_to_barrier", "note_to_idea", "new_theme", "put_theory_away"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("add_theory_line", "put_line_away", "put_map_away", "add_shift"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("put_shift_away", "begin_trial", "let_go_trial", "put_value"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("paste_values", "take_off_value", "put_indicator_away", "mark_step"), (NOT_THIS_WAY, TEAM)),
    **dict.fromkeys(("make_feed", "revoke_feed", "step_mails"), (NOT_THIS_WAY, TEAM)),
    # a calendar and a way out of mails are known by their token alone; this one is made up
    "feed": (ABSENT, NOT_THIS_WAY),
    "stop_reminders": (ABSENT, ABSENT),
    # the office
    "office_people": (OFFICE, OFFICE),
    **dict.fromkeys(("office_invite", "office_code", "office_invitation"), (NOT_THIS_WAY, OFFICE)),
}


@dataclass(frozen=True)
class World:
    people: dict[str, User]
    team: Team
    numbers: dict[str, object]

    def client(self, name: str) -> Client:
        client = Client()
        if name == "newt":
            client.force_login(person("Newt Early"))
        elif name != "nobody":
            client.force_login(self.people[name])
        return client


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Return North with one of everything that an address can name: made once, rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def make_world() -> World:
    load_demo(now=NOW)
    school = School.objects.get(name__startswith="North")
    team, numbers = school.teams.get(), numbers_of(school)
    people = {name.split()[0].lower(): user for name, user in ((user.name, user) for user in User.objects.demo())}
    lasts = {"expires_at": NOW + timedelta(9999), "most_uses": 9, "now": NOW}
    for place, role, name in (
        (team, ROLE.MEMBER, "team"),
        (school, ROLE.STAFF, "school"),
        (school.office, ROLE.LINK, "office"),
    ):
        made = schools.make_code(place, role=role, by=people["ada"], **lasts)
        numbers[f"{name}_invitation:invitation_id"] = made.invitation.pk
        numbers["secret"] = made.secret if name == "team" else numbers["secret"]
    waiting = team.members.create(user=person("Wanda Waits"), waiting=True, joined_on=NOW.date())
    numbers["team_waiting:member_id"] = waiting.pk
    numbers |= {"reveal_assessment:condition": "influence", "finish_assessment:condition": "influence"}
    return World(people, team, {**numbers, **a_review(team, people["ada"])})


def a_review(team: Team, ada: User) -> dict[str, object]:
    """Review a decision."""
    decided = team.decisions.get(about="E-W1")
    facts = {"by": ada, "now": NOW, "based_on": decided.version}
    owner = team.members.get(user=ada)
    named = records.name_owner(decided, owner=owner, review_on=NOW.date() + timedelta(9), **facts)
    facts = {"by": ada, "now": NOW, "based_on": named.version, "next_on": NOW.date() + timedelta(99)}
    review = review_decision(named, held_on=NOW.date(), seen="It holds.", verdict="keep", **facts)
    names = ("decision_review_words", "decision_review")
    return {**{f"{name}:decision_id": named.pk for name in names}, "review_id": review.pk}


def outcome(response: object) -> object:
    if response.status_code in (403, 404, 405):
        return response.status_code
    if response.status_code == 302 and response.headers["Location"].startswith("/enter/?next="):
        return "sign"
    assert response.status_code in (200, 302, 409, 422), response.status_code
    return "in"


def test_every_address_stands_in_the_table() -> None:
    names = {pattern.name for _where, pattern in patterns()} - {"account_request_login_code"}
    assert names == set(TABLE) | HELD_THERE


# These rooms hold their doors in tests/test_<room>_doors.py, whose worlds have more in them; no address is missed.
ROOMS_OF_THEIR_OWN = {"surveys", "programme", "staffpage", "meetings", "practices"}
HELD_THERE = {
    pattern.name
    for _where, pattern in patterns()
    if pattern.callback.__module__.split(".")[1] in ROOMS_OF_THEIR_OWN and pattern.name not in TABLE
}
EVERY = [
    (where, pattern) for where, pattern in patterns() if pattern.name not in {"account_request_login_code", *HELD_THERE}
]
NAMED = pytest.mark.parametrize("pattern", [pattern for _, pattern in EVERY], ids=[where or "/" for where, _ in EVERY])


@NAMED
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_doors(world: World, pattern: URLPattern, method: str) -> None:
    url = address(pattern, world.numbers)
    expected = TABLE[pattern.name or ""][method == "POST"]
    for who_asks in PEOPLE:
        before = transaction.savepoint()
        client = world.client(who_asks)
        response = client.get(url) if method == "GET" else client.post(url)
        transaction.savepoint_rollback(before)
        if expected[who_asks] == "out":
            assert response.status_code in (403, 404, 405)
            continue
        assert outcome(response) == expected[who_asks], f"{method} {url} as {who_asks}"


@NAMED
def test_other_methods_never_crash_and_never_let_in(world: World, pattern: URLPattern) -> None:
    url = address(pattern, world.numbers)
    client = world.client("cleo")
    for method in ("put", "patch", "delete", "options", "head"):
        assert getattr(client, method)(url).status_code < 500


def test_somebody_removed_a_moment_ago_is_out(world: World) -> None:
    client = world.client("ben")
    member = world.team.members.get(user=world.people["ben"])
    schools.remove_member(member, by=world.people["ada"], now=NOW)
    assert client.get(reverse("team_room", args=[world.team.pk])).status_code == 403


def test_a_coach_whose_seat_ended_is_out(world: World) -> None:
    client = world.client("kim")
    seat = world.team.school.seats.get(user=world.people["kim"])
    schools.end_seat(seat, by=world.people["ada"], now=NOW)
    assert client.get(reverse("team_room", args=[world.team.pk])).status_code == 404


def test_who_waits_to_be_let_in_sees_nothing_yet(world: World) -> None:
    newt = person("Newt Late")
    client = Client()
    client.force_login(newt)
    client.post(reverse("invitation", args=[world.numbers["secret"]]))
    assert world.team.members.waiting().filter(user=newt).exists()
    assert client.get(reverse("team_room", args=[world.team.pk])).status_code == 404
