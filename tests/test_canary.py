"""No page, paper, list or mail of one school shows a word of another.

Both schools are filled through the demo loader; then every free text of every row is replaced by a canary that names
its school. Somebody of the other school, staff without a team, the office and a stranger then open everything they
can reach, and everything that belongs to North.
"""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import islice

import pytest
from django.db import models, transaction
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from colead.accounts.models import User
from colead.programme.demo.load import load_demo
from colead.schools.models import Office, School
from tests.addresses import address, numbers_of
from tests.cast import person
from tests.shown_on_purpose import shown_on_purpose
from tests.test_architecture import OURS, patterns

pytestmark = pytest.mark.django_db(
    databases=["default", "ballots"]
)  # what a test does is undone; the world below stays

# What is not anybody's words, or what others may see by design.
NOT_WORDS = {"email", "name", "place", "time_zone", "nces_id", "code", "condition", "about", "language", "password"}
NOT_WORDS |= {"secret_hash", "demo_note", "grades", "subjects", "token_hash", "slug"}
LONG = 60  # letters; what is shorter holds a code, and PostgreSQL takes no canary that is longer than its column
NOT_WORDS |= {"origin", "ref", "tag"}  # where evidence came from, and what a survey is called by machines
# Names of schools, teams and people on one's own roster: the office sees the school's name, never its people's words.
# A survey needs the box, which is sealed outside of any transaction: its walls are held in test_surveys_doors.py.
UNFILLED = {"accounts.User", "schools.Office", "schools.OfficeSeat", "schools.Invitation"}
UNFILLED |= {"practices.SilentList"}  # deleted when the lists are opened; its walls are held in test_initiatives.py


def ways_to_school(model: type[models.Model], seen: tuple[type, ...] = ()) -> str | None:
    """Return the path of relations from a model to its school, such as `walk__team__school`."""
    if model is School:
        return ""
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey | models.OneToOneField) or field.related_model in (
            *seen,
            User,
            Office,
        ):
            continue
        rest = ways_to_school(field.related_model, (*seen, model))  # type: ignore[arg-type]
        if rest is not None:
            return "__".join(filter(None, (field.name, rest)))
    return None


def free_texts(model: type[models.Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.primary_key
        and not isinstance(field, models.URLField)
        and field.name not in NOT_WORDS
        and (field.max_length or LONG) >= LONG
        and not field.name.startswith("history_")
    ]


OF_A_SCHOOL = [model for model in OURS if ways_to_school(model) is not None and free_texts(model)]


def rows_at(school: School, model: type[models.Model]) -> models.QuerySet[models.Model]:
    """Return the model's rows that belong to the school."""
    return model._default_manager.filter(**{ways_to_school(model) or "pk": school.pk})


def plant(school: School, word: str) -> None:
    """Put a canary into every free text of every row of the school."""
    for model in OF_A_SCHOOL:
        for row in rows_at(school, model):
            canaries = {name: f"CANARY-{word}-{model.__name__}-{row.pk}-{name}"[:190] for name in free_texts(model)}
            model._default_manager.filter(pk=row.pk).update(**canaries)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, School]]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(now=timezone.now())
        schools = {school.name.split()[0]: school for school in School.objects.all()}
        for word, school in schools.items():
            plant(school, word)
        yield schools
        transaction.set_rollback(True)


def test_the_demo_fills_every_model_that_holds_words(world: dict[str, School]) -> None:
    empty = {
        model._meta.label
        for model in OF_A_SCHOOL
        if "istorical" not in model.__name__ and not rows_at(world["North"], model).exists()
    }
    assert {label for label in empty if not label.startswith("surveys.")} <= UNFILLED, (
        "the demo has no row of these, so their canaries sing to nobody"
    )


def words_of(response: object) -> str:
    """Return all that can be read in an answer: pages as they are, PDFs and office files as text."""
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        return subprocess.run(["pdftotext", "-", "-"], input=response.content, capture_output=True).stdout.decode()
    if "officedocument" in kind or kind.endswith("zip"):
        with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
            return " ".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    return response.content.decode("utf-8", "ignore") + str(dict(response.headers))


def crawl(client: Client, begin: list[str], more: int = 60) -> Iterator[tuple[str, str]]:
    """Open pages from link to link, as far as they lead within this site."""
    waiting, seen = list(begin), set(begin)
    for url in islice(waiting, len(begin) + more):  # those that were named first, then where they lead
        words = words_of(client.get(url, follow=True))
        yield url, words
        for link in re.findall(r'(?:href|action|hx-get)="(/[^"#]*)', words):
            link = link.replace("&amp;", "&")
            if link not in seen and not link.startswith(("/static/", "/leave/", "/playbook/print/", "/styleguide/")):
                seen.add(link)
                waiting.append(link)


def of_north(school: School) -> list[str]:
    """Return every address with North's numbers in it."""
    numbers = numbers_of(school)
    of_school = [one for _where, one in patterns() if {"team_id", "school_id"} & set(one.pattern.regex.groupindex)]
    return [address(pattern, numbers) for pattern in of_school]


OUTSIDE = ("Cleo", "Eli", "Sam", "Dana", "stranger", "nobody")
WAYS = ("page", "list", "export", "feed")
Cell = tuple[str, str, str]  # table, who asks, by which way
TABLES = [model.__name__ for model in OF_A_SCHOOL if "istorical" not in model.__name__]


def way_of(url: str, words: str) -> str:
    """Say by which way words came: a page about one thing, a list, a file, or a feed that a program reads."""
    kind = re.search(r"'Content-Type': '([^;']*)", words)
    if kind and kind[1] in ("text/calendar", "application/atom+xml"):
        return "feed"
    if not kind or kind[1] not in ("text/html", "application/json"):
        return "export"
    return "page" if len(re.findall(r"/\d+/", url)) > 1 else "list"


def seen_by(world: dict[str, School], who: str) -> dict[Cell, set[str]]:
    """Return every canary of North that somebody outside the team met, by table and way, apart from those meant."""
    client = Client()
    if who != "nobody":
        user = person("Stranger Here") if who == "stranger" else User.objects.get(name__startswith=who)
        client.force_login(user)
    on_purpose = shown_on_purpose("North", world["North"], who)
    cells: dict[Cell, set[str]] = {(table, who, way): set() for table in TABLES for way in WAYS}
    for url, words in crawl(client, ["/", "/home/", *of_north(world["North"])]):
        for canary, table in re.findall(r"(CANARY-North-(\w+?)-\d+-\w+)", words):
            if canary not in on_purpose:
                cells[table.removeprefix("Historical"), who, way_of(url, words)].add(f"{url} shows {canary}")
    return cells


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_the_team_reads_its_words(world: dict[str, School], who: str) -> None:
    """One column of the table role x object x way: no cell holds anything."""
    cells = seen_by(world, who)
    assert len(cells) * len(OUTSIDE) >= 400
    assert {cell: found for cell, found in cells.items() if found} == {}


def test_the_team_itself_does_read_its_words(world: dict[str, School]) -> None:
    client = Client()
    client.force_login(User.objects.get(name="Ada Reed"))
    read = " ".join(words for _url, words in crawl(client, of_north(world["North"])))
    kinds = set(re.findall(r"CANARY-North-(\w+?)-\d+", read))
    silent = {model._meta.label for model in OF_A_SCHOOL if model.__name__ not in kinds}
    assert {label for label in silent if "istorical" not in label and not label.startswith("surveys.")} <= UNFILLED
    of_south = set(re.findall(r"CANARY-South-\w+-\d+-\w+", read))
    assert of_south <= shown_on_purpose("South", world["South"], "Ada")


def test_one_member_never_reads_the_unrevealed_words_of_another(world: dict[str, School]) -> None:
    hidden = {
        answer.body: answer.author
        for walk in world["North"].teams.get().walks.all()
        for answer in walk.answers.exclude(code__in=walk.discussions.exclude(revealed_at=None).values("code"))
        if answer.code[-1].isdigit()
    }
    assert hidden
    for name in ("Ada Reed", "Pat Green"):
        client = Client()
        client.force_login(User.objects.get(name=name))
        for url, words in crawl(client, ["/home/"]):
            for body, author in hidden.items():
                assert body not in words or author.name == name, f"{url} shows {name} what {author} wrote privately"


def test_a_foreign_number_in_a_form_changes_nothing_there(world: dict[str, School]) -> None:
    """Post every form of North's as Cleo, with South's and North's numbers mixed: North's rows stay as they are."""
    before = rows_of(world["North"])
    client = Client()
    client.force_login(User.objects.get(name="Cleo Park"))
    south = world["South"].teams.get()
    north = world["North"].teams.get()
    numbers = {"present": north.members.values_list("pk", flat=True)[0], "owner": north.members.first().pk}
    numbers |= {"evidence": north.evidence.first().pk, "team": north.pk, "walk": north.walks.first().pk}
    sent = {"decided": "x", "way": "vote", "decided_on": "2026-11-16", "line": "x", "tag": "mixed", "state": "done"}
    prefixed = {f"decision-{key}": value for key, value in (sent | numbers).items()}
    for url in [
        *of_north(world["North"]),
        *[u.replace(f"/{north.pk}/", f"/{south.pk}/", 1) for u in of_north(world["North"])],
    ]:
        client.post(url, {**sent, **numbers, **prefixed, "version": 99})
    assert rows_of(world["North"]) == before


def rows_of(school: School) -> dict[str, list[tuple[object, ...]]]:
    return {
        model._meta.label: list(rows_at(school, model).order_by("pk").values_list())
        for model in OURS
        if ways_to_school(model) is not None
    }
