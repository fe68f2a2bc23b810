"""The eight work structures: one sheet for the team, said in sentences, handed on, looked at again."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from colead.plans.actions.barriers import put_away
from colead.practices import structure_urls
from colead.practices.actions import structures as actions
from colead.practices.forms.structures import StructureForm
from colead.practices.models import Structure, StructureLook
from colead.practices.queries.structures import SERVES, structures_page, time_of
from tests.addresses import url_of
from tests.cast import NOW, Cast
from tests.initiatives_world import browser, by, knock

pytestmark = pytest.mark.django_db

TIME = {"minutes": 45, "every": "week"}
SETTLED = {"state": "present", "purpose": "Plan lessons.", "who": "grade teams", "use": "yes", **TIME}
DOORS = {
    "READ": {"structures", "structures_list", "structures_blank"},
    "WRITE": {"structure", "structures_close"},
    "PRESS": {"structures_begin", "structure_to_barrier", "structure_to_idea"},
    "GONE": {"structures_past"},  # of a look that is not closed yet
}


def look_at(cast: Cast, **kinds: dict[str, object]) -> StructureLook:
    look = actions.begin_look(cast.north_team, now=NOW)
    for kind, facts in kinds.items():
        actions.describe(look, kind.replace("_", "-"), based_on=0, **facts, **by(cast))
    return look


def one(look: StructureLook, kind: str) -> Structure:
    return look.structures.get(kind=kind)


def told(look: StructureLook) -> str:
    return " ".join(structures_page(look).sentences)


# --- Doors ------------------------------------------------------------------------------------------------------------


def test_every_address_has_its_door() -> None:
    names = sorted(name for names in DOORS.values() for name in names)
    assert sorted(each.name for each in structure_urls.urlpatterns) == names


@pytest.mark.parametrize("door", DOORS)
def test_doors(cast: Cast, door: str) -> None:
    look_at(cast, observation={"state": "absent"})
    numbers = {"team_id": cast.north_team.pk, "kind": "observation", "number": 1}
    for name in sorted(DOORS[door]):
        knock(cast, door, url_of(name, **numbers, form="csv" if name == "structures_list" else "pdf"))


def test_what_is_not_one_of_the_eight_is_not_found(cast: Cast) -> None:
    look_at(cast)
    for name in ("structure", "structure_to_barrier", "structure_to_idea"):
        url = url_of(name, team_id=cast.north_team.pk, kind="karaoke")
        assert browser(cast.ada).post(url, {"state": "present"}).status_code == 404, name


def test_a_coach_finds_nothing_to_press(cast: Cast) -> None:
    home = reverse("structures", args=[cast.north_team.pk])
    look_at(cast, observation={"state": "absent"})
    shown = browser(cast.kim).get(home).content.decode().split("<main")[1]
    assert "Who would gain most from it" in shown
    assert 'method="post"' not in shown


# --- Looking ----------------------------------------------------------------------------------------------------------


def test_each_of_the_eight_says_what_it_serves() -> None:
    assert set(SERVES) == set(Structure.Kind.values)
    assert len(SERVES) == 8


def test_the_page_says_in_sentences_how_the_eight_stand(cast: Cast) -> None:
    look = look_at(
        cast,
        planning=SETTLED,
        feedback={**SETTLED, "every": "fortnight", "use": "partly", "purpose": ""},
        observation={"state": "starting", "purpose": "Learn."},
        hybrid_roles={"state": "absent", **TIME},
    )
    assert told(look) == (
        "2 of eight are there, 1 is starting, 1 is missing. 1 has no time of its own. "
        "1 has other things in its time. 1 has no purpose in writing. "
        "Together they take 1 h 7 min a week, as far as you wrote it down."
    )


@pytest.mark.parametrize(("every", "a_week"), [("day", 200), ("week", 40), ("fortnight", 20), ("month", 9)])
def test_minutes_are_counted_for_a_week(every: str, a_week: int) -> None:
    assert Structure(state="present", minutes=40, every=every).minutes_a_week == a_week


def test_what_is_absent_takes_no_time() -> None:
    absent = Structure(state="absent", minutes=40, every="week")
    assert absent.minutes_a_week == 0
    assert time_of(absent) == ""


def test_what_costs_least_to_put_right_comes_first(cast: Cast) -> None:
    look = look_at(
        cast,
        co_teaching={"state": "absent"},
        planning={"state": "present"},
        student_work={**SETTLED, "state": "starting"},
        observation={**SETTLED, "use": "no"},
        feedback=SETTLED,
    )
    order = []
    while (first := structures_page(look).begin_here) is not None:
        order.append(first.kind)
        one(look, first.kind).delete()
    assert order == ["observation", "student-work", "planning", "co-teaching"]


def test_the_last_look_stands_beside_this_one(cast: Cast) -> None:
    look = look_at(cast, planning={"state": "starting", **TIME}, feedback=SETTLED)
    actions.close_look(look, first="Plan.", now=NOW)
    again = look_at(cast, planning=SETTLED)
    row = next(row for row in structures_page(again).rows if row.kind == "planning")
    assert row.stood == "starting · 45 min every week"
    assert row.now.state == "present"
    assert "On Nov. 16, 2026, 1 was there." in told(again)


def test_one_look_is_open_at_a_time(cast: Cast) -> None:
    look = look_at(cast)
    with pytest.raises(actions.OneLookIsOpen):
        look_at(cast)
    with pytest.raises(actions.NothingSaid):
        actions.close_look(look, first="Plan.", now=NOW)
    actions.describe(look, "planning", based_on=0, **SETTLED, **by(cast))
    actions.close_look(look, first="Plan.", now=NOW)
    with pytest.raises(actions.LookIsClosed):
        actions.describe(look, "planning", based_on=1, state="absent", **by(cast))
    assert look_at(cast).number == 2


def test_minutes_without_how_often_are_asked_back_and_how_often_without_minutes_is_left_out() -> None:
    asked = StructureForm({"state": "present", "minutes": "40"})
    assert list(asked.errors) == ["every"]
    plain = StructureForm({"state": "absent", "every": "week"})
    assert plain.is_valid()
    assert plain.cleaned_data["every"] == ""


@pytest.mark.parametrize("wrong", [{"minutes": 40}, {"every": "week"}, {"minutes": 0, "every": "week"}])
def test_the_database_keeps_no_half_time(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Structure.objects.create(look=look_at(cast), kind="planning", **wrong)


# --- Handing on -------------------------------------------------------------------------------------------------------


def test_what_is_missing_becomes_a_barrier_of_the_condition_or_an_idea_once(cast: Cast) -> None:
    look = look_at(cast, observation={"state": "absent"}, feedback={"state": "starting"}, planning=SETTLED)
    barrier = actions.make_barrier(one(look, "observation"), **by(cast))
    assert (barrier.statement, barrier.condition) == ("We do not have this: Peer observation.", "structures")
    assert actions.make_idea(one(look, "feedback"), **by(cast)).text == "Settle this: Peer feedback."
    with pytest.raises(actions.HandedOn):
        actions.make_idea(one(look, "observation"), **by(cast))
    with pytest.raises(actions.NothingMissing):
        actions.make_barrier(one(look, "planning"), **by(cast))
    assert cast.north_team.barriers.count() == 1


def test_what_became_a_barrier_stays_one_in_the_next_look_until_it_is_put_away(cast: Cast) -> None:
    look = look_at(cast, observation={"state": "absent"})
    barrier = actions.make_barrier(one(look, "observation"), **by(cast))
    actions.close_look(look, first="Plan.", now=NOW)
    again = look_at(cast, observation={"state": "starting"})
    assert one(again, "observation").barrier == barrier
    with pytest.raises(actions.HandedOn):
        actions.make_idea(one(again, "observation"), **by(cast))
    actions.close_look(again, first="Plan.", now=NOW)
    put_away(barrier, **by(cast))
    assert one(look_at(cast, observation={"state": "starting"}), "observation").barrier is None


@pytest.mark.parametrize(
    ("facts", "statement"),
    [
        ({"state": "starting", **TIME}, "This has begun and is not settled: Peer feedback."),
        ({"state": "present"}, "This has no time of its own: Peer feedback."),
        ({**SETTLED, "use": "partly"}, "The time for this goes to other things: Peer feedback."),
    ],
)
def test_a_barrier_says_what_is_missing(cast: Cast, facts: dict[str, object], statement: str) -> None:
    look = look_at(cast, feedback=facts)
    assert actions.make_barrier(one(look, "feedback"), **by(cast)).statement == statement


# --- Over the pages ---------------------------------------------------------------------------------------------------


def test_from_the_empty_sheet_to_what_comes_first(cast: Cast) -> None:
    ada, team = browser(cast.ada), cast.north_team.pk
    home = reverse("structures", args=[team])
    assert "No look yet" in ada.get(home).content.decode()
    ada.post(reverse("structures_begin", args=[team]))
    url = reverse("structure", args=[team, "co-teaching"])
    assert ada.post(url, {"state": "present", "minutes": "40"}).status_code == 422
    assert ada.post(url, {"state": "absent"})["Location"] == reverse("structure", args=[team, "planning"])
    assert "Who would gain most from it" in ada.get(home).content.decode()
    ada.post(reverse("structure_to_barrier", args=[team, "co-teaching"]))
    assert "became a barrier" in ada.get(home).content.decode()
    close = reverse("structures_close", args=[team])
    assert ada.post(close, {"first": ""}).status_code == 422
    ada.post(close, {"first": "Two lessons taught in pairs."})
    assert "Two lessons taught in pairs." in ada.get(home).content.decode()
    assert "This look is closed." in ada.post(url, {"state": "present"}).content.decode()
    ada.post(reverse("structures_begin", args=[team]))
    begun = ada.get(url).content.decode()
    assert "Last time: not there" in begun
    assert "Two lessons taught in pairs." in ada.get(reverse("structures_past", args=[team, 1])).content.decode()


def test_two_people_who_describe_one_structure_lose_nothing(cast: Cast) -> None:
    look_at(cast)
    url = reverse("structure", args=[cast.north_team.pk, "planning"])
    browser(cast.ada).post(url, {"state": "present", "purpose": "Ada’s words", "version": 0})
    clash = browser(cast.ben).post(url, {"state": "present", "purpose": "Ben’s words", "version": 0})
    assert clash.status_code == 409
    assert "Ada’s words" in clash.content.decode()


def test_the_list_and_the_paper_hold_what_was_said(cast: Cast) -> None:
    team = cast.north_team.pk
    assert browser(cast.ben).get(reverse("structures_list", args=[team, "csv"])).status_code == 200
    look_at(cast, planning=SETTLED, observation={"state": "absent"})
    listed = browser(cast.ben).get(reverse("structures_list", args=[team, "csv"])).content.decode("utf-8-sig")
    assert "Common planning time,there,Plan lessons.,grade teams,45,every week,mostly for this,45" in listed
    for name, form in (("structures_list", "pdf"), ("structures_list", "docx"), ("structures_blank", "pdf")):
        assert browser(cast.ben).get(reverse(name, args=[team, form])).status_code == 200
    assert browser(cast.ben).get(reverse("structures_list", args=[team, "exe"])).status_code == 404
