"""Modules and other gatherings: planned by the office, ticked by who was there, reflected on by each school."""

from datetime import timedelta

import pytest
from django.urls import reverse

from colead.content.loader import load
from colead.programme.actions import modules
from colead.programme.actions.modules import Came
from colead.programme.models import Cohort, Gathering
from colead.programme.queries.modules import calendars_of, who_came
from colead.schools.models import Member
from tests.cast import NOW, Cast
from tests.company_world import BEFORE, SOON, TODAY, cohort_of, gathered, stranger_cohort
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(cast: Cast) -> Cohort:
    return cohort_of(cast)


@pytest.fixture
def run(cast: Cast, cohort: Cohort) -> Gathering:
    return gathered(cohort, cast, "module", module="carrying")


def member(cast: Cast, name: str) -> Member:
    return cast.north_team.members.get(user__name__startswith=name)


def words(gathering: Gathering) -> dict[str, str]:
    return {one.school.name.split()[0]: one.in_words for one in who_came(gathering) if one.attendance}


def test_a_module_needs_its_content(cast: Cast, cohort: Cohort) -> None:
    with pytest.raises(modules.NoSuchModule):
        gathered(cohort, cast, "module", module="juggling")


def test_a_cohort_has_one_check_in_a_day(cast: Cast, cohort: Cohort) -> None:
    gathered(cohort, cast)
    with pytest.raises(modules.ThereAlready):
        gathered(cohort, cast)
    other = gathered(cohort, cast, held_on=SOON)
    with pytest.raises(modules.ThereAlready):
        modules.change_gathering(
            other, held_on=BEFORE, starts_at=None, place="", agenda="", by=cast.dana, based_on=1, now=NOW
        )


def test_the_office_notes_who_came_by_role(cast: Cast, run: Gathering) -> None:
    modules.note_attendance(run, {cast.north: Came(4, 1, 0), cast.south: Came()}, today=TODAY)
    assert words(run) == {"North": "teachers: 4, administrators: 1", "South": "came"}
    modules.note_attendance(run, {cast.north: Came(4, 1, 2)}, today=TODAY)
    assert words(run) == {"North": "teachers: 4, administrators: 1, other staff: 2"}


def test_members_say_themselves_that_they_were_there(cast: Cast, run: Gathering) -> None:
    for name in ("Ada", "Ben"):
        modules.tick(run, member(cast, name), today=TODAY)
    assert words(run) == {"North": "2 said they were there"}
    modules.note_attendance(run, {}, today=TODAY)
    assert words(run) == {"North": "2 said they were there"}, "the office cannot untick them"
    for name in ("Ada", "Ben"):
        modules.untick(run, member(cast, name))
    assert words(run) == {}


def test_taking_a_tick_back_leaves_what_the_office_counted(cast: Cast, run: Gathering) -> None:
    modules.note_attendance(run, {cast.north: Came(3, 0, 0)}, today=TODAY)
    modules.tick(run, member(cast, "Ada"), today=TODAY)
    modules.untick(run, member(cast, "Ada"))
    assert words(run) == {"North": "teachers: 3"}


def test_nobody_came_before_the_day(cast: Cast, cohort: Cohort) -> None:
    later = gathered(cohort, cast, held_on=SOON)
    with pytest.raises(modules.NotYetHeld):
        modules.note_attendance(later, {cast.north: Came()}, today=TODAY)
    with pytest.raises(modules.NotYetHeld):
        modules.tick(later, member(cast, "Ada"), today=TODAY)


def test_only_schools_of_the_cohort_come(cast: Cast, cohort: Cohort) -> None:
    other = gathered(stranger_cohort(cast), cast)
    with pytest.raises(modules.NotOfThisCohort):
        modules.note_attendance(other, {cast.north: Came()}, today=TODAY)
    with pytest.raises(modules.NotOfThisCohort):
        modules.tick(other, member(cast, "Ada"), today=TODAY)
    with pytest.raises(modules.NotOfThisCohort):
        modules.write_reflection(other, cast.north_team, body="x", by=cast.ada, based_on=0, now=NOW)


def test_the_office_counts_on_a_page(cast: Cast, run: Gathering) -> None:
    url = reverse("gathering_attendance", args=[cast.office.pk, run.pk])
    dana = client_of(cast.dana)
    assert "North Elementary" in dana.get(url).content.decode()
    sent = {f"teachers-{cast.north.pk}": "3", f"came-{cast.south.pk}": "on"}
    assert dana.post(url, sent).status_code == 302
    assert words(run) == {"North": "teachers: 3", "South": "came"}
    assert dana.post(url, {f"teachers-{cast.north.pk}": "-3"}).status_code == 422


def test_a_reflection_is_the_teams_own_until_it_shares_it(cast: Cast, run: Gathering) -> None:
    ada, cleo, dana = (client_of(user) for user in (cast.ada, cast.cleo, cast.dana))
    ours = reverse("gathering", args=[cast.north_team.pk, run.pk])
    theirs = reverse("gathering", args=[cast.south_team.pk, run.pk])
    office = reverse("office_gathering", args=[cast.office.pk, run.pk])
    said = "Cover hangs on one phone."
    ada.post(reverse("reflection", args=[cast.north_team.pk, run.pk]), {"body": said, "version": 0})
    share = reverse("reflection_share", args=[cast.north_team.pk, run.pk])

    def readers() -> list[bool]:
        return [said in who.get(url).content.decode() for who, url in ((ada, ours), (cleo, theirs), (dana, office))]

    assert readers() == [True, False, False]
    ada.post(share)
    assert readers() == [True, True, True]
    ada.post(share)
    assert readers() == [True, False, False]


def test_a_school_that_ends_its_link_takes_its_words_along(cast: Cast, run: Gathering) -> None:
    written = modules.write_reflection(run, cast.north_team, body="Ours", by=cast.ada, based_on=0, now=NOW)
    modules.share_reflection(written, by=cast.ada, now=NOW)
    cast.north.office = None
    cast.north.save()
    assert (
        "Ours"
        not in client_of(cast.dana).get(reverse("office_gathering", args=[cast.office.pk, run.pk])).content.decode()
    )
    assert client_of(cast.ada).get(reverse("gathering", args=[cast.north_team.pk, run.pk])).status_code == 404


def test_ticking_is_a_button(cast: Cast, run: Gathering) -> None:
    ben, url = client_of(cast.ben), reverse("gathering_there", args=[cast.north_team.pk, run.pk])
    assert ben.post(url).status_code == 302
    assert words(run) == {"North": "1 said they were there"}
    ben.post(url, {"there": "no"})
    assert words(run) == {}


def test_the_office_plans_a_module_and_a_check_in(cast: Cast, cohort: Cohort) -> None:
    dana = client_of(cast.dana)
    check_in = reverse("gathering_plan", args=[cast.office.pk, cohort.pk, "check-in"])
    begun = dana.get(check_in).content.decode()
    assert "25 One dilemma" in begun
    assert dana.post(check_in, {"held_on": SOON, "agenda": "talk"}).status_code == 422
    assert dana.post(check_in, {"held_on": SOON, "agenda": "20 Talk\n10 Walk"}).status_code == 302
    module = reverse("gathering_plan", args=[cast.office.pk, cohort.pk, "barrier"])
    assert dana.post(module, {"held_on": SOON + timedelta(days=1)}).status_code == 302
    assert dana.get(module.replace("barrier", "juggling")).status_code == 404
    (calendar,) = calendars_of(cast.office, today=TODAY)
    assert [entry.title for entry in calendar.coming] == ["Monthly check-in", "One barrier, and what holds it up"]
    assert "One barrier" in dana.get(reverse("office_gatherings", args=[cast.office.pk])).content.decode()


def test_a_gathering_moves_and_keeps_its_history(cast: Cast, run: Gathering) -> None:
    dana, url = client_of(cast.dana), reverse("gathering_edit", args=[cast.office.pk, run.pk])
    assert dana.post(url, {"held_on": SOON, "place": "Room 4", "version": run.version}).status_code == 302
    run.refresh_from_db()
    assert (run.held_on, run.place, run.version) == (SOON, "Room 4", 2)


def test_everybody_may_read_and_print_a_module(client: object) -> None:
    for module in load().modules:
        page = client.get(reverse("module", args=[module.slug])).content.decode()
        assert module.steps[-1].title in page
    assert client.get(reverse("modules")).status_code == 200
    printed = client.get(reverse("module_sheet", args=["carrying", "pdf"]))
    assert printed.headers["Content-Type"] == "application/pdf"
    assert client.get(reverse("module", args=["juggling"])).status_code == 404
    assert client.get(reverse("module_sheet", args=["juggling", "pdf"])).status_code == 404
