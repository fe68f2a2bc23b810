"""Who gets in where, in what schools do in company; another school's, or another office's, numbers open nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from colead.programme import company_urls
from colead.programme.actions import checkins, goals, modules, stories, support, visits
from colead.programme.actions.visits import VisitFacts
from colead.programme.models import Share
from colead.schools import actions as schools
from tests.cast import NOW, Cast, person
from tests.company_world import BEFORE, TODAY, cohort_of, gathered
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db
urlpatterns = company_urls.urlpatterns
PUBLIC = {"modules", "module", "module_sheet"}
SIGNED_IN = {"help"}
SCHOOL = {"goals", "goal_new"}
OWN = {"goal", "goal_edit", "goal_halfway", "goal_close", "goal_drop"}  # its owner's
TEAM = {"network", "gathering", "reflection", "share", "offer_new", "follow_up_new", "pre_read", "offer", "follow_up"}
TEAM |= {"visits", "visit_new", "visit", "visit_edit", "visit_answer", "visit_off", "visit_note", "visit_reply"}
TEAM |= {"asks", "ask_new", "ask", "ask_edit", "ask_step", "ask_close", "ask_helped", "stories", "story_new"}
TEAM |= {"story", "story_edit", "story_pick", "story_line_new", "story_line", "recognition_new", "recognition"}
TEAM |= {"story_read", "visit_follow_up", "visit_take_home"}
TEAM_POSTS = {"gathering_there", "reflection_share", "share_back", "offer_close", "visit_note_step"}
TEAM_POSTS |= {"story_line_step", "story_publish", "story_drop"}
OFFICE = {"office_gatherings", "gathering_plan", "office_gathering", "gathering_edit", "gathering_attendance"}
OFFICE |= {"office_follow_up_new", "office_pre_read", "office_follow_up", "office_visits", "office_visit_new"}
OFFICE |= {"office_visit", "office_visit_edit", "office_visit_answer", "office_visit_off", "office_visit_note"}
OFFICE |= {"office_asks", "office_ask", "office_ask_take", "office_ask_step", "office_ask_close"}
OFFICE |= {"office_stories", "office_story"}
OFFICE_POSTS = {"office_visit_note_step"}
POSTS = TEAM_POSTS | OFFICE_POSTS | {"goal_drop"}
SHARED = {"gathering", "reflection", "share", "offer_new", "follow_up_new", "pre_read", "gathering_there"}  # cohort's
SHARED |= {"visit", "visit_edit", "visit_answer", "visit_off", "visit_note", "visit_follow_up"}  # both sides'
SHARED |= {"visit_take_home", "story_read"}


@pytest.fixture
def numbers(cast: Cast) -> dict[str, Any]:
    """Make one of everything, North's: South is its guest, the office has a note with it."""
    cohort = cohort_of(cast)
    ada, team = {"by": cast.ada, "now": NOW}, cast.north_team
    dana = {"by": cast.dana, "now": NOW}
    check_in = gathered(cohort, cast)
    gathered(cohort, cast, held_on=date(2100, 1, 5))
    words = dict.fromkeys(Share.PARTS, "x")
    checkins.send_share(check_in, team, chosen=["win"], **words, based_on=0, **ada)
    modules.write_reflection(check_in, team, body="x", based_on=0, **ada)
    about = VisitFacts(kind="partner", why="x", on_day=BEFORE)
    sides: dict[str, Any] = {"guests": [cast.south_team], "with_office": True, "asked_by": None}
    visit = visits.ask_for_visit(team, cohort.programme, about, **sides, **dana)
    visit = visits.answer_visit(visit, team, yes=True, **ada)
    note = visits.give_note(visits.write_note(visit, None, body="x", based_on=0, **dana), **dana)
    ask = support.ask_for_help(team, cohort.programme, topic="path", body="x", **ada)
    ask = support.close_ask(ask, outcome="x", based_on=1, **ada)
    story = stories.begin_story(team, title="x", condition="vision", opening="", closing="", **ada)
    quote = {"is_quote": False, "said_by": None, "said_by_name": "", "consent_on": None, "consent_how": ""}
    line = stories.add_line(story, body="x", **quote, **ada)
    award = stories.note_recognition(team, award="x", given_by="x", given_on=TODAY, story=None, **ada)
    stories.publish_story(story, **ada)
    quarter: dict[str, Any] = {"peer": None, "starts_on": TODAY, "ends_on": TODAY + timedelta(9)}
    goal = goals.set_goal(cast.north, what="x", evidence="x", support="", **quarter, **ada)
    return {
        "team_id": team.pk,
        "school_id": cast.north.pk,
        "office_id": cast.office.pk,
        "cohort_id": cohort.pk,
        "programme_id": cohort.programme_id,
        "gathering_id": check_in.pk,
        "offer_id": checkins.offer_or_ask(check_in, team, kind="offer", body="x", **ada).pk,
        "follow_up_id": checkins.promise(check_in, team, body="x", who="", **ada).pk,
        "office_follow_up:follow_up_id": checkins.promise(check_in, None, body="x", who="", **dana).pk,
        "visit_id": visit.pk,
        "note_id": note.pk,
        "ask_id": ask.pk,
        "story_id": story.pk,
        "line_id": line.pk,
        "recognition_id": award.pk,
        "goal_id": goal.pk,
        "module": "barrier",
        "what": "barrier",
        "form": "docx",
        "visit_note_step:step": "read",
        "office_visit_note_step:step": "give",
        "story_line_step:step": "up",
    }


def address(name: str, numbers: dict[str, Any]) -> str:
    pattern = next(one for one in urlpatterns if one.name == name)
    keys = pattern.pattern.regex.groupindex
    return reverse(name, kwargs={key: numbers.get(f"{name}:{key}", numbers.get(key)) for key in keys})


def status(client: Client, name: str, numbers: dict[str, Any]) -> int:
    url = address(name, numbers)
    return (client.post(url) if name in POSTS else client.get(url)).status_code


def statuses(user: object, names: set[str], numbers: dict[str, Any]) -> dict[str, int]:
    client = client_of(user)
    return {name: status(client, name, numbers) for name in sorted(names)}


def test_every_address_is_in_one_group() -> None:
    groups = [*PUBLIC, *SIGNED_IN, *SCHOOL, *OWN, *TEAM, *TEAM_POSTS, *OFFICE, *OFFICE_POSTS]
    assert sorted(groups) == sorted(one.name for one in urlpatterns)


@pytest.mark.parametrize(("who", "wanted"), [("cleo", 404), ("dana", 404), ("sam", 403), ("kim", 403)])
def test_nobody_outside_enters_a_teams_pages(cast: Cast, numbers: dict[str, Any], who: str, wanted: int) -> None:
    found = statuses(getattr(cast, who), TEAM | TEAM_POSTS, numbers)
    assert {name: code for name, code in found.items() if code != wanted} == {}


@pytest.mark.parametrize("who", ["ben", "pat"])
def test_members_enter_their_teams_pages(cast: Cast, numbers: dict[str, Any], who: str) -> None:
    found = statuses(getattr(cast, who), TEAM - {"visit_take_home"}, numbers)
    assert {name: code for name, code in found.items() if code != 200} == {}
    posted = statuses(getattr(cast, who), TEAM_POSTS - {"story_drop"}, numbers)
    assert set(posted.values()) == {302}


def test_the_office_enters_its_pages_and_nobody_else_does(cast: Cast, numbers: dict[str, Any]) -> None:
    assert set(statuses(cast.dana, OFFICE, numbers).values()) == {200}
    assert set(statuses(cast.dana, OFFICE_POSTS, numbers).values()) == {302}
    for user in (cast.ada, cast.pat, cast.kim, cast.cleo):
        assert set(statuses(user, OFFICE | OFFICE_POSTS, numbers).values()) == {404}


def test_a_goal_opens_for_its_owner_only(cast: Cast, numbers: dict[str, Any]) -> None:
    assert set(statuses(cast.ada, (SCHOOL | OWN) - {"goal_drop"}, numbers).values()) == {200}
    for user in (cast.sam, cast.pat, cast.kim):
        assert set(statuses(user, SCHOOL, numbers).values()) == {200}
        assert set(statuses(user, OWN, numbers).values()) == {404}
    for user in (cast.cleo, cast.dana):
        assert set(statuses(user, SCHOOL | OWN, numbers).values()) == {404}


def test_who_is_not_signed_in_is_asked_to(numbers: dict[str, Any]) -> None:
    for one in urlpatterns:
        url = address(one.name, numbers)
        answer = Client().post(url) if one.name in POSTS else Client().get(url)
        if one.name in PUBLIC:
            assert answer.status_code == 200
        else:
            assert answer.headers["Location"].startswith("/enter/"), one.name


def test_another_schools_numbers_open_nothing_but_what_is_shared(cast: Cast, numbers: dict[str, Any]) -> None:
    plain = {"network", "visits", "visit_new", "asks", "ask_new", "stories", "story_new", "recognition_new"}
    own = (TEAM | TEAM_POSTS) - SHARED - plain
    found = statuses(cast.cleo, own, {**numbers, "team_id": cast.south_team.pk})
    assert {name: code for name, code in found.items() if code != 404} == {}


def test_another_offices_numbers_open_nothing(cast: Cast, numbers: dict[str, Any]) -> None:
    lou = person("Lou Haas")
    other = schools.start_office(name="Elsewhere", by=lou, now=NOW)
    lists = {"office_gatherings", "office_visits", "office_asks", "office_stories"}
    found = statuses(lou, (OFFICE | OFFICE_POSTS) - lists, {**numbers, "office_id": other.pk})
    assert {name: code for name, code in found.items() if code != 404} == {}
    assert set(statuses(lou, lists, {**numbers, "office_id": other.pk}).values()) == {200}


LISTS = ("network", "visits", "asks", "stories", "gathering")
LISTS += ("office_gatherings", "office_visits", "office_asks", "office_stories", "office_gathering")


def questions(client: Client, url: str) -> int:
    """Count how often a page asks the database."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_database_as_often_for_many_as_for_few(cast: Cast, numbers: dict[str, Any], name: str) -> None:
    client, url = client_of(cast.dana if name in OFFICE else cast.ada), address(name, numbers)
    much_of(cast, 2)
    few = questions(client, url)
    much_of(cast, 7)
    assert questions(client, url) == few


def much_of(cast: Cast, month: int) -> None:
    """Let North plan, promise, offer, visit, ask and tell five times over."""
    cohort, team = cast.office.programmes.get().cohorts.get(), cast.north_team
    ada: dict[str, Any] = {"by": cast.ada, "now": NOW}
    quote = {"is_quote": False, "said_by": None, "said_by_name": "", "consent_on": None, "consent_how": ""}
    for day in range(1, 6):
        held = gathered(cohort, cast, held_on=date(2100, month, day))
        past = cohort.gatherings.get(held_on=BEFORE)
        checkins.promise(past, team, body="x", who="", **ada)
        checkins.offer_or_ask(past, team, kind="ask", body="x", **ada)
        modules.write_reflection(held, team, body="x", based_on=0, **ada)
        sides: dict[str, Any] = {"guests": [cast.south_team], "with_office": True, "asked_by": team}
        visits.ask_for_visit(team, cohort.programme, VisitFacts(kind="partner", why="x"), **sides, **ada)
        support.ask_for_help(team, cohort.programme, topic="path", body="x", **ada)
        story = stories.begin_story(team, title="x", condition="vision", opening="", closing="", **ada)
        stories.add_line(story, body="x", **quote, **ada)
        stories.publish_story(story, **ada)
        stories.note_recognition(team, award="x", given_by="x", given_on=TODAY, story=None, **ada)
