"""Who gets in where, in the office's part of the programme: every address x method x person, written by hand.

`in`: let in. A stranger to the office gets 404 and learns nothing. What schools do in company, and what a school takes
with it when it leaves, have doors in tests of their own.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from colead.accounts.models import User
from colead.programme import company_urls, leaving_urls, urls
from colead.programme.demo.load import load_demo
from colead.programme.models import Application, OfficeWave, Programme
from colead.programme.queries.year import year_of
from colead.schools.models import Office, School
from colead.surveys.models import Wave
from tests.addresses import url_of
from tests.cast import NOW, person

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])

PEOPLE = ("nobody", "newt", "cleo", "sam", "kim", "dana", "ben", "ada", "pat")
# not signed in; signed in, nowhere; leads South; staff; coach; the office; member; lead; principal, on the team


def who(*outcomes: object) -> dict[str, object]:
    return dict(zip(PEOPLE, outcomes, strict=True))


#                 nobody  newt cleo sam   kim   dana ben   ada   pat
OFFICE = who("sign", 404, 404, 404, 404, "in", 404, 404, 404)
SCHOOL = who("sign", 404, 404, "in", "in", 404, "in", "in", "in")
CARE = who("sign", 404, 404, 403, 403, 404, 403, "in", "in")
ANYBODY = who(*["in"] * 9)
NOT_THIS_WAY = who(*[405] * 9)  # the method is looked at before the door
ABSENT = who(*[404] * 9)

READ = {"office_home", "office_school", "programme", "outcomes", "outcomes_file", "applications", "cohort"}
READ |= {"days", "days_file", "application", "programme_new", "programme_theory", "strand", "phase_new", "phase"}
READ |= {"cohort_new", "cohort_edit", "enrol", "schools_file", "day_new", "day", "round_new", "round"}
READ |= {"enrolment_phase", "enrolment_leave", "years", "year", "year_sheet", "programme_package"}
POSTS = {"office_invite_principal", "phase_move", "applications_taking", "schools_take_in", "day_drop", "round_drop"}
POSTS |= {"application_reviewer", "application_review", "application_decide"}

# name of the address: (GET, POST)
TABLE = {
    **dict.fromkeys(READ, (OFFICE, OFFICE)),
    **dict.fromkeys(POSTS, (NOT_THIS_WAY, OFFICE)),
    "office_result": (OFFICE | {"dana": 404}, OFFICE | {"dana": 404}),  # planned, no result yet: nothing to open
    "school_programme": (SCHOOL, SCHOOL),
    "openings": (SCHOOL, SCHOOL),
    "school_calendar": (SCHOOL, SCHOOL),
    "shared_priority": (CARE, CARE),
    "shared_priority_end": (NOT_THIS_WAY, CARE),
    "result_shown": (NOT_THIS_WAY, CARE | {"ada": 404, "pat": 404}),  # an empty form says neither show nor hide
    "apply": (ANYBODY, ANYBODY),
    "applied": (ABSENT, ABSENT),  # whoever has the link; a made-up one opens nothing
}
HELD_ELSEWHERE = {one.name for one in (*company_urls.urlpatterns, *leaving_urls.urlpatterns)}
OURS = [one for one in urls.urlpatterns if one.name not in HELD_ELSEWHERE]


class World:
    """The demo's North and South, their office and programme; one survey planned for all."""

    def __init__(self) -> None:
        load_demo(now=timezone.now())
        named = {user.name.split()[0].lower(): user for user in User.objects.all()}
        self.people = {name: named[name] for name in PEOPLE if name in named} | {"newt": person("Newt Late")}
        self.north = School.objects.get(name__startswith="North")
        office, programme = Office.objects.get(), Programme.objects.get()
        cohort = programme.cohorts.get()
        day = NOW.date()
        dana = self.people["dana"]
        planned = {"title": "For all", "instrument": "efficacy.v1", "opens": day, "closes": day, "planned_by": dana}
        made = cohort.rounds.create(**planned, planned_on=day)
        wave = Wave.objects.create(school=self.north, **planned, planned_on=day, asked="{}")
        OfficeWave.objects.create(wave=wave, round=made, since=day)
        self.numbers: dict[str, object] = {
            "office_id": office.pk,
            "programme_id": programme.pk,
            "cohort_id": cohort.pk,
            "round_id": made.pk,
            "date_id": cohort.dates.first().pk,
            "phase_id": programme.phases.first().pk,
            "strand_id": programme.strands.first().pk,
            "enrolment_id": cohort.enrolments.get(school=self.north).pk,
            "application_id": Application.objects.open().first().pk,
            "school_id": self.north.pk,
            "wave_id": wave.pk,
            "slug": programme.slug,
            "secret": "made-up",
            "begins": year_of(timezone.localdate()).begins,
            "form": "pdf",
            "what": "records",
        }

    def client(self, name: str) -> Client:
        client = Client()
        if name != "nobody":
            client.force_login(self.people[name])
        return client

    def url(self, name: str, **others: object) -> str:
        return url_of(name, self.numbers, **others)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def outcome(response: HttpResponse) -> object:
    if response.status_code == 302 and response.headers["Location"].startswith("/enter/"):
        return "sign"
    return response.status_code if response.status_code in (403, 404, 405) else "in"


def test_every_address_stands_in_the_table() -> None:
    assert {one.name for one in OURS} == set(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_doors(world: World, name: str, method: str) -> None:
    expected = TABLE[name][method == "POST"]
    for asks in PEOPLE:
        before = transaction.savepoint()
        client = world.client(asks)
        response = client.get(world.url(name)) if method == "GET" else client.post(world.url(name))
        transaction.savepoint_rollback(before)
        assert outcome(response) == expected[asks], f"{method} {name} as {asks}"


def test_another_office_s_numbers_open_nothing(world: World) -> None:
    other = Office.objects.create(name="Elsewhere")
    other.seats.create(user=world.people["newt"], since=NOW.date())
    client = world.client("newt")
    for name in sorted({name for name, rows in TABLE.items() if rows[1] is OFFICE} - {"office_home", "programme_new"}):
        url = world.url(name, office_id=other.pk)
        assert client.post(url).status_code == 404, name
        assert client.get(url).status_code in (404, 405), name
