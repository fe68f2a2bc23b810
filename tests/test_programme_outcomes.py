"""A programme of 24 schools over three years: roll-ups, verdicts, the first page, and what hides."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from colead.analysis.figures import Undefined
from colead.analysis.release import Hidden
from colead.answers import box
from colead.programme.models import Cohort, OfficeWave
from colead.programme.queries.company_figures import attendance
from colead.programme.queries.first_page import first_page
from colead.programme.queries.outcomes import outcomes
from colead.programme.queries.rounds import round_view, rounds_of
from colead.schools.models import School
from tests.programme_demo import World, many_schools

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), many_schools() as made:
        yield made


def test_the_demo_has_24_schools_over_three_years_north_and_south_among_them(world: World) -> None:
    schools = world.office.schools.all()
    assert len(schools) == 24
    assert len({school.name for school in schools}) == 24
    assert {"North Elementary", "South Middle School"} <= {school.name for school in schools}
    years = {one.year(timezone.localdate()) for cohort in Cohort.objects.all() for one in cohort.enrolments.all()}
    assert years == {1, 2, 3}


def test_every_released_result_of_the_demo_reads_back_whole(world: World) -> None:
    refs = [one.wave.ref for one in OfficeWave.objects.released().select_related("wave")]
    found = box.releases_of(refs)  # reading checks each fingerprint
    assert len(found) == len(refs) > 150
    assert set(box.sums_of_many(refs)) == set(refs)
    assert box.board(refs[0]).counted == found[refs[0]].answered


def test_conditions_and_efficacy_come_with_how_many_the_range_and_luck(world: World) -> None:
    found = outcomes(world.programme)
    assert found.conditions.schools + found.conditions.unknown == 24
    assert len(found.conditions.conditions) == 7
    risen = found.conditions.risen
    assert not isinstance(risen, Undefined)
    assert risen.up + risen.down <= 7
    assert 0 < risen.luck < 1
    assert [part.verdict for part in found.conditions.conditions] == list(risen.verdicts)
    (efficacy,) = found.efficacy.parts
    share = efficacy.share
    assert not isinstance(share, Undefined)
    assert share.schools + share.unknown == 24
    assert share.counted.low < share.up / share.schools < share.counted.high


def test_the_mean_of_schools_is_what_the_schools_released(world: World) -> None:
    found = outcomes(world.programme, cohort_id=world.oldest.pk)
    vision = found.conditions.parts[0]
    assert not isinstance(vision.change, Undefined)
    latest: dict[int, float] = {}
    seen = OfficeWave.objects.filter(wave__school__enrolments__cohort=world.oldest, wave__instrument="conditions.v1")
    for one in seen.select_related("wave").order_by("wave__opens"):
        mean = box.release_of(one.wave.ref).scale("vision").mean
        assert not isinstance(mean, Hidden)
        latest[one.wave.school_id] = mean
    assert vision.change.after.mean == pytest.approx(
        sum(latest.values()) / len(latest), abs=0.05
    )  # releases have one decimal


def test_a_school_that_ends_its_link_is_in_no_figure(world: World) -> None:
    before = outcomes(world.programme)
    gone = world.oldest.enrolments.first()
    assert gone
    School.objects.filter(pk=gone.school_id).update(office=None)
    after = outcomes(world.programme)
    assert after.conditions.schools == before.conditions.schools - 1
    assert gone.school.name not in {
        line.school.name for line in first_page(world.office, today=timezone.localdate()).schools
    }
    School.objects.filter(pk=gone.school_id).update(office=world.office)


def test_two_schools_are_no_pool_and_move_nothing(world: World) -> None:
    newest = world.programme.cohorts.get(name="Cohort 10")
    found = outcomes(world.programme, cohort_id=newest.pk)
    assert found.conditions.parts == ()
    assert isinstance(found.conditions.risen, Undefined)
    made = world.oldest.rounds.first()
    assert made
    keep = list(made.waves.values_list("pk", flat=True)[:2])
    point = transaction.savepoint()
    made.waves.exclude(pk__in=keep).delete()
    small = round_view(made)
    transaction.savepoint_rollback(point)
    assert small.released == 2
    assert all(isinstance(scale.mean, Hidden) for _name, scale in small.scales)


def test_a_roll_up_takes_only_results_that_their_schools_show(world: World) -> None:
    for made in rounds_of(world.oldest):
        assert 3 <= made.shown <= made.released
        assert all(not isinstance(scale.mean, Hidden) for _name, scale in made.scales)


def test_the_only_result_that_an_office_may_not_read_is_in_no_figure(world: World) -> None:
    made = world.oldest.rounds.first()
    assert made
    point = transaction.savepoint()
    made.waves.update(shown_on=made.closes)
    all_of_them = round_view(made).shown
    one, other = made.waves.all()[:2]
    made.waves.filter(pk=one.pk).update(shown_on=None)
    alone = round_view(made).shown
    made.waves.filter(pk=other.pk).update(shown_on=None)
    two = round_view(made).shown
    transaction.savepoint_rollback(point)
    assert (alone, two) == (all_of_them - 1, all_of_them)


def test_a_school_alone_with_what_it_does_not_show_is_left_out_of_the_outcomes(world: World) -> None:
    point = transaction.savepoint()
    seen = OfficeWave.objects.filter(round__cohort=world.oldest)
    seen.update(shown_on=timezone.localdate())
    before = outcomes(world.programme).conditions.schools
    school = seen.filter(wave__instrument="conditions.v1").values_list("wave__school", flat=True)[0]
    seen.filter(wave__school=school).update(shown_on=None)
    after = outcomes(world.programme).conditions.schools
    transaction.savepoint_rollback(point)
    assert after == before - 1


def test_attendance_counts_schools_and_never_more_than_there_were(world: World) -> None:
    found = {one.cohort.name: one for one in attendance(world.programme, today=timezone.localdate())}
    held = found["Cohort 8"]
    assert len(held.held) > 15
    assert 0 < held.came <= held.places


def test_the_page_of_outcomes_says_it_all_and_names_no_school(world: World) -> None:
    url = reverse("outcomes", args=[world.office.pk, world.programme.pk])
    read = world.dana.get(url).content.decode()
    assert re.search(r"\d of 7 parts went up", read)
    assert re.search(r"went up in \d+ of \d+ schools", read)
    assert "Tossing a coin" in read
    assert not any(school.name in read for school in world.office.schools.all())
    assert world.dana.get(url, {"cohort": "999999"}).status_code == 200
    assert world.dana.get(url, {"cohort": "x" * 40}).status_code == 200


def test_the_list_of_outcomes_says_the_same_as_the_page(world: World) -> None:
    url = reverse("outcomes_file", args=[world.office.pk, world.programme.pk])
    rows = list(csv.DictReader(io.StringIO(world.dana.get(url).content.decode("utf-8-sig"))))
    found = outcomes(world.programme)
    assert [row["part"] for row in rows] == [part.key for part in (*found.conditions.parts, *found.efficacy.parts)]
    assert [row["verdict"] for row in rows] == [
        part.verdict for part in (*found.conditions.parts, *found.efficacy.parts)
    ]
    assert not any(school.name in str(rows) for school in world.office.schools.all())


def test_the_first_page_asks_the_database_as_often_for_two_schools_as_for_24(world: World) -> None:
    url = reverse("office_home", args=[world.office.pk])
    world.dana.get(url)
    with CaptureQueriesContext(connection) as many:
        world.dana.get(url)
    School.objects.exclude(name__in=["North Elementary", "South Middle School"]).update(office=None)
    with CaptureQueriesContext(connection) as few:
        world.dana.get(url)
    School.objects.update(office=world.office)
    assert 10 < len(few) == len(many) <= 30


def test_those_who_asked_stand_by_their_wait_and_all_others_by_the_alphabet(world: World) -> None:
    found = first_page(world.office, today=timezone.localdate())
    waits = [line.asked_on for line in found.asked]
    assert waits == sorted(waits)
    for lines in (found.hands, found.schools):
        names = [line.school.name for line in lines]
        assert names == sorted(names)
    assert all(line.reasons for line in (*found.asked, *found.hands))


def test_the_office_reads_a_result_without_comments_and_the_school_reads_that_it_did(world: World) -> None:
    shown = OfficeWave.objects.shown().filter(round__cohort=world.oldest).select_related("wave__school").first()
    assert shown
    school = shown.wave.school
    url = reverse("office_result", args=[world.office.pk, school.pk, shown.wave_id])
    read = world.dana.get(url).content.decode()
    assert "people answered" in read or "answered" in read
    assert "own words" not in read
    assert school.openings.filter(what="result", wave=shown.wave).exists()
    assert world.sam.get(url).status_code == 404
