"""The year's report from records in one click, and what goes to people outside."""

import csv
import io
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from colead.programme.exports.packages import evaluators_package
from colead.programme.models import OfficeWave, StoryLine
from colead.programme.queries.year import Year, year_of, year_report, years_of
from tests.programme_demo import World, many_schools

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])
YEAR = Year(2025)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), many_schools() as made:
        yield made


def url(world: World, name: str, **numbers: object) -> str:
    return reverse(name, kwargs={"office_id": world.office.pk, "programme_id": world.programme.pk, **numbers})


def files_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode("utf-8-sig", "ignore") for name in package.namelist()}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_school_year_begins_in_july() -> None:
    assert year_of(date(2026, 6, 30)) == Year(2025)
    assert year_of(date(2026, 7, 1)) == Year(2026)
    assert (YEAR.first, YEAR.last, YEAR.name) == (date(2025, 7, 1), date(2026, 6, 30), "2025–26")


def test_the_report_says_the_same_on_the_page_on_paper_and_as_a_document(world: World) -> None:
    latest = years_of(world.programme, today=world.today)[0].begins
    shown = world.dana.get(url(world, "year", begins=latest)).content.decode()
    pdf = world.dana.get(url(world, "year_sheet", begins=latest, form="pdf")).content
    docx = world.dana.get(url(world, "year_sheet", begins=latest, form="docx")).content
    printed = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    written = files_of(docx)["word/document.xml"]
    report = year_report(world.programme, Year(latest), today=world.today)
    assert len(report.schools) >= 8
    for school in report.schools:
        assert school.school in shown
        assert school.school in " ".join(printed.split())
        assert school.school in written


def test_a_year_tells_of_its_own_days_alone(world: World) -> None:
    years = years_of(world.programme, today=world.today)
    assert [year.begins for year in years] == sorted({year.begins for year in years}, reverse=True)
    for year in years:
        report = year_report(world.programme, year, today=world.today)
        assert all(year.holds(one.given_on) for one in report.recognitions)
        assert all(year.holds(told.story.published_on) for told in report.stories)
        assert all(one.came <= one.places for one in report.together)


def test_a_quote_stands_only_as_long_as_its_yes(world: World) -> None:
    said = StoryLine.objects.filter(is_quote=True, consent_on__isnull=False, withdrawn_on=None).select_related("story")
    line = next(one for one in said if one.story.published_on)
    begins = year_of(line.story.published_on).begins
    here = url(world, "year", begins=begins)
    assert line.body in world.dana.get(here).content.decode().replace("&#x27;", "'")
    StoryLine.objects.filter(pk=line.pk).update(withdrawn_on=world.today)
    assert line.body not in world.dana.get(here).content.decode().replace("&#x27;", "'")


def test_evaluators_get_tidy_figures_without_a_school_s_name(world: World) -> None:
    files = files_of(evaluators_package(world.programme))
    assert {"README.txt", "surveys.csv", "outcomes.csv"} <= set(files)
    for kind in ("scales", "questions", "codebook"):
        assert f"{kind}-conditions.v1.csv" in files
    everything = " ".join(files.values())
    for school in world.office.schools.all():
        assert school.name not in everything
        assert school.place not in everything or not school.place
    scales = rows_of(files["scales-conditions.v1.csv"])
    assert len(scales) > 100
    assert {row["school"][0] for row in scales} == {"S"}


def test_evaluators_never_get_a_result_that_its_school_does_not_show_by_itself(world: World) -> None:
    shown = OfficeWave.objects.shown().count()
    pooled = OfficeWave.objects.released().filter(shown_on=None).count()
    assert shown
    assert pooled
    assert len(rows_of(files_of(evaluators_package(world.programme))["surveys.csv"])) == shown


def test_codes_of_schools_are_drawn_anew(world: World) -> None:
    surveys = {files_of(evaluators_package(world.programme))["surveys.csv"] for _again in range(4)}
    assert len(surveys) > 1


def test_what_is_on_public_record_is_the_office_s_own(world: World) -> None:
    files = files_of(world.dana.get(url(world, "programme_package", what="records")).content)
    assert {"README.txt", "schools.csv", "dates.csv", "gatherings.csv", "visits.csv", "opened.csv"} <= set(files)
    assert any(name.startswith("year-") for name in files)
    assert len(rows_of(files["schools.csv"])) >= 24


def test_a_year_that_never_was_and_a_package_nobody_makes_are_not_found(world: World) -> None:
    assert world.dana.get(url(world, "year", begins=1999)).status_code == 404
    assert world.dana.get(url(world, "year_sheet", begins=1999, form="pdf")).status_code == 404
    assert world.dana.get(url(world, "programme_package", what="secrets")).status_code == 404
    for other in (world.sam, Client()):
        assert other.get(url(world, "years")).status_code in (302, 404)
