"""A school leaves: with its file into an empty house and equal pages there, and nothing of it stays behind."""

import json
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from colead.accounts.models import User
from colead.decisions.models import Ballot
from colead.plans.models import Barrier, Idea, SwotItem
from colead.plans.portable import CannotImport, parse
from colead.playbook.models import Answer, CriterionAnswer
from colead.playbook.portable import REVEALED
from colead.programme import leaving_urls
from colead.programme.actions import leaving
from colead.programme.demo.load import load_demo
from colead.programme.leaving.format import KINDS, STAYS_BEHIND
from colead.programme.leaving.graph import is_history, models_of_schools, rows_of
from colead.programme.leaving.read import read_school
from colead.programme.leaving.write import write_school
from colead.programme.models import WAIT, Certificate, Farewell
from colead.schools.models import School
from colead.surveys.models import Finding, Wave
from tests.cast import NOW, Cast
from tests.surveys_world import BOTH
from tests.test_canary import free_texts
from tests.test_playbook_portable import pages_of, words

TRANSACTIONAL = pytest.mark.django_db(databases=BOTH, transaction=True)
ERASE, FILE = Farewell.What.ERASE, Farewell.What.FILE


def empty_the_house() -> None:
    for database in BOTH:
        call_command("flush", database=database, interactive=False, verbosity=0)
    assert not School.objects.exists()


def make_north() -> School:
    """Make North of the demo with its surveys, without what stays behind on purpose."""
    load_demo(now=timezone.now(), with_surveys=True)
    for model in (Barrier, Idea, SwotItem):
        model.voters.through.objects.all().delete()  # type: ignore[attr-defined]
    Ballot.objects.filter(state=Ballot.State.RUNNING).delete()
    Answer.objects.exclude(REVEALED).delete()
    CriterionAnswer.objects.filter(assessment__revealed_at=None).delete()
    Wave.objects.exclude(state=Wave.State.SEALED).delete()
    return School.objects.get(name__startswith="North")


@pytest.fixture(scope="module")
def left(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[bytes, dict[object, str]]:
    """Return North's file, and the words of its pages before it left."""
    with django_db_blocker.unblock():
        north = make_north()
        content, shown = write_school(north), words_of_all(north)
        empty_the_house()
    return content, shown


@pytest.fixture
def north(transactional_db: None) -> School:
    return make_north()


def words_of_all(school: School) -> dict[object, str]:
    ada = User.objects.get(name="Ada Reed")
    return pages_of(school.teams.get(), ada) | dict(enumerate(results_of(school, ada)))


def results_of(school: School, user: User) -> list[str]:
    """Return the words of every result page and of the findings."""
    client = Client()
    client.force_login(user)
    here = f"/schools/{school.pk}/surveys/"
    waves = [words(client, f"{here}{wave.pk}/") for wave in school.waves.sealed().order_by("pk")]
    return [*waves, words(client, f"/schools/{school.pk}/findings/")]


# --- Out and in. ---


@TRANSACTIONAL
def test_a_school_goes_out_and_into_an_empty_house_with_equal_pages(left: tuple[bytes, dict[object, str]]) -> None:
    content, before = left
    back = read_school(parse(content), now=timezone.now())
    after = words_of_all(back)
    assert len(before) > 60
    for page, shown in before.items():
        assert after[page] == shown, page
    assert write_school(back) == content
    assert Finding.objects.filter(team__school=back).exists()


AS_PLAIN_FACTS = {"schools.School", "schools.Team", "schools.Member", "schools.Seat"}


def test_every_table_of_a_school_goes_along_or_is_said_to_stay() -> None:
    tables = {model._meta.label for model in models_of_schools() if not model._meta.auto_created}
    told = {kind.model._meta.label for kind in KINDS} | AS_PLAIN_FACTS
    assert tables - told - set(STAYS_BEHIND) == set()


def test_every_field_of_every_table_goes_along_or_is_said_to_stay() -> None:
    for kind in KINDS:
        fields = (*kind.model._meta.concrete_fields, *kind.model._meta.many_to_many)
        names = {field.name for field in fields if f"{kind.model._meta.label}.{field.name}" not in STAYS_BEHIND}
        assert {*kind.fields, *kind.links} == names - {"id", "school"}, kind.name


@TRANSACTIONAL
@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (lambda whole: whole.update(version=2), "version"),
        (lambda whole: whole["sealed"].pop(), "sealed"),
        (lambda whole: whole["sealed"][0].update(release="{}"), "sealed[1].release"),
        (lambda whole: whole["sealed"][0].update(roster="many"), "sealed[1]"),
        (lambda whole: whole["seats"][0].update(person=999), "seats[1].person"),
        (lambda whole: whole["members"][0].update(team=None), "members[1].team"),
        (lambda whole: whole["people"][0].update(email="nobody"), "people[1].email"),
        (lambda whole: whole["records"].update(rubbish=[]), "records.rubbish"),
        (lambda whole: whole["records"]["evidence"][0].update(origin="finding:77"), "records.evidence.origin"),
    ],
)
def test_a_spoilt_file_is_refused_with_its_place_and_nothing_is_written(
    left: tuple[bytes, object], spoil: object, where: str
) -> None:
    whole = json.loads(left[0])
    spoil(whole)  # type: ignore[operator]
    with pytest.raises(CannotImport) as refused:
        read_school(whole, now=NOW)
    assert refused.value.where == where
    assert not School.objects.exists()
    assert not User.objects.exists()


@TRANSACTIONAL
def test_the_command_reads_a_file_in_and_says_what_is_wrong_with_another(
    left: tuple[bytes, object], tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(left[0])
    bad.write_text("{}")
    said = StringIO()
    call_command("import_school", str(good), stdout=said)
    assert said.getvalue().startswith("North")
    with pytest.raises(CommandError, match="version"):
        call_command("import_school", str(bad))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_school", str(tmp_path / "none.json"))


# --- Two people, thirty days, and one who calls it off. ---


def test_a_principal_and_a_lead_agree_and_nobody_alone(cast: Cast) -> None:
    asked = leaving.ask_farewell(cast.north, what=FILE, by=cast.pat, now=NOW)
    with pytest.raises(leaving.AskedAlready):
        leaving.ask_farewell(cast.north, what=FILE, by=cast.ada, now=NOW)
    for alone in (cast.pat, cast.ben, cast.cleo):
        with pytest.raises(leaving.TakesTwo):
            leaving.agree_farewell(asked, by=alone, now=NOW)
    assert leaving.agree_farewell(asked, by=cast.ada, now=NOW).is_agreed


def test_nothing_goes_before_its_day_or_after_it_was_called_off(cast: Cast) -> None:
    asked = leaving.ask_farewell(cast.north, what=ERASE, by=cast.ada, now=NOW)
    with pytest.raises(leaving.NotDue):
        leaving.erase_due(asked, now=NOW + WAIT * 2)
    agreed = leaving.agree_farewell(asked, by=cast.pat, now=NOW)
    with pytest.raises(leaving.NotDue):
        leaving.erase_due(agreed, now=NOW + WAIT - timedelta(days=1))
    leaving.call_off_farewell(agreed, by=cast.ada, now=NOW)
    with pytest.raises(leaving.NotDue):
        leaving.erase_due(agreed, now=NOW + WAIT * 2)
    assert School.objects.filter(pk=cast.north.pk).exists()


def test_the_page_leads_two_people_to_the_file(cast: Cast, ada: Client) -> None:
    here = f"/schools/{cast.north.pk}/leaving/"
    assert ada.get(f"{here}file/").status_code == 403
    assert ada.post(f"{here}ask/file/").url == here
    asked = cast.north.farewells.get()
    ada.post(f"{here}{asked.pk}/", {"do": "agree"})
    assert "a principal and somebody who leads a team" in ada.get(here).content.decode()
    assert ada.get(f"{here}file/").status_code == 403
    pat = Client()
    pat.force_login(cast.pat)
    pat.post(f"{here}{asked.pk}/", {"do": "agree"})
    answer = ada.get(f"{here}file/")
    assert parse(answer.content)["school"]["name"] == cast.north.name
    assert answer.headers["Cache-Control"] == "no-store"
    ada.post(f"{here}{asked.pk}/", {"do": "call_off"})
    assert pat.get(f"{here}file/").status_code == 403


def test_only_a_principal_and_leads_find_the_page(cast: Cast) -> None:
    asked = leaving.ask_farewell(cast.north, what=FILE, by=cast.pat, now=NOW)
    here = f"/schools/{cast.north.pk}/leaving/"
    pages = {here: "get", f"{here}file/": "get", f"{here}ask/erase/": "post", f"{here}{asked.pk}/": "post"}
    assert len(pages) == len(leaving_urls.urlpatterns)
    kept_out = {cast.sam: 403, cast.kim: 403, cast.ben: 403, cast.cleo: 404, cast.dana: 404, None: 302}
    for user, expected in kept_out.items():
        client = Client()
        if user:
            client.force_login(user)
        for url, method in pages.items():
            assert getattr(client, method)(url).status_code == expected, (url, user)


# --- Gone. ---


def rows_everywhere() -> dict[str, int]:
    """Count the rows of every table of both databases."""
    found = {}
    for alias in BOTH:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608
                found[f"{alias}.{table}"] = cursor.fetchone()[0]
    return found


def everything_written() -> str:
    """Return every value of every table of both databases as text."""
    found = []
    for alias in BOTH:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                found += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(found)


@TRANSACTIONAL
def test_deletion_leaves_a_dated_certificate_and_nothing_else(north: School, mailbox: list[object]) -> None:
    for model in models_of_schools():
        for row in rows_of(north, model) if not model._meta.auto_created else ():
            for name in free_texts(model):
                with suppress(IntegrityError), transaction.atomic():  # some columns hold one of a few words
                    model._base_manager.filter(pk=row.pk).update(**{name: f"LEFT-{row.pk}"})
    South = School.objects.get(name__startswith="South")  # noqa: N806
    of_south = {  # a visit of theirs at North goes with North's visit
        model: rows_of(South, model).exclude(pk__in=rows_of(north, model).values("pk")).count()
        for model in models_of_schools()
    }
    pat, ada = (User.objects.get(name__startswith=name) for name in ("Pat", "Ada"))
    asked = leaving.ask_farewell(north, what=ERASE, by=pat, now=NOW)
    leaving.agree_farewell(asked, by=ada, now=NOW)
    Farewell.objects.update(agreed_on=NOW.date() - WAIT - timedelta(days=1))
    names = [*User.objects.filter(memberships__team__school=north).values_list("email", flat=True)]
    mail.outbox.clear()
    call_command("erase_schools", stdout=StringIO())
    written = everything_written()
    for trace in ("LEFT-", "North Elementary", *names, *(entry for entry in ("Ada Reed", "Pat Green"))):
        left = [line for line in written.splitlines() if trace in line and "programme_certificate" not in line]
        assert not left, (trace, left[:5])
    certificate = Certificate.objects.get()
    assert (certificate.name, certificate.records > 100, certificate.surveys > 0) == (north.name, True, True)
    assert of_south == {model: rows_of(South, model).count() for model in models_of_schools()}
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([ada.email, pat.email])
    assert mail.outbox[0].attachments[0][1].startswith(b"%PDF")


@TRANSACTIONAL
def test_a_deletion_that_fails_deletes_nothing(north: School, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows_everywhere()

    def stumble(people: object) -> int:
        raise RuntimeError("the power went out")

    monkeypatch.setattr("colead.programme.leaving.erase.forget_people", stumble)
    with pytest.raises(RuntimeError):
        leaving.erase_school(north, now=NOW)
    assert rows_everywhere() == before


def test_every_history_has_a_text_whose_school_is_known() -> None:
    """What texts said before goes with the text: so each must belong to something that leads to a school."""
    of_schools = set(models_of_schools())
    texts = {model.instance_type for model in apps.get_models() if hasattr(model, "instance_type")}
    assert {text._meta.label for text in texts - of_schools if not is_history(text)} <= OF_THE_OFFICE


OF_THE_OFFICE = {"programme.Gathering"}
