"""The shape of the sealed box: what is not there cannot leak."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.checks import run_checks
from django.db import DatabaseError, connections, models

from colead.answers import box
from colead.answers.models import Ballot, Wave
from colead.answers.promises import PROMISES
from colead.answers.routing import Router
from colead.schools.models import School
from tests.answers_store import AFTER, ON_POSTGRESQL, answered, only_postgresql, only_sqlite

pytest_plugins = "tests.answers_fixtures"

ROOT = Path(__file__).resolve().parents[1]
ROOM = ROOT / "colead" / "answers"
MODELS = list(apps.get_app_config("answers").get_models())
FIELDS = [field for model in MODELS for field in model._meta.get_fields()]
TIMES = (models.DateTimeField, models.TimeField, models.DurationField)
NUMBERED = (models.AutoField, models.BigAutoField, models.SmallAutoField)
DEVICES = (models.GenericIPAddressField, models.EmailField, models.URLField)
TELLING = {"ip", "addr", "address", "agent", "device", "user", "person", "people", "name", "mail", "email"} | {
    "time", "timestamp", "stamp", "created", "updated", "submitted", "session", "cookie", "order", "seq", "at",
}  # fmt: skip


def label(field: object) -> str:
    return f"{field.model.__name__}.{field.name}"


@pytest.mark.parametrize("field", FIELDS, ids=label)
def test_no_field_holds_a_time_a_person_or_a_device(field: models.Field) -> None:
    assert not isinstance(field, (*TIMES, *NUMBERED, *DEVICES))
    assert not field.is_relation
    assert not getattr(field, "auto_now", False)
    assert not getattr(field, "auto_now_add", False)
    assert not TELLING & set(field.name.split("_")), "this name speaks of a person, a device or a time"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_row_is_found_by_something_random(model: type[models.Model]) -> None:
    key = model._meta.pk
    parts = [model._meta.get_field(name) for name in getattr(key, "field_names", [key.name])]
    assert all(isinstance(part, models.BinaryField) for part in parts)


def test_no_history_and_no_admin_knows_the_room() -> None:
    assert {model.__name__ for model in MODELS} == {
        "Wave", "Code", "Ballot", "SealedAnswer", "SealedSums", "SealedComment", "ReceiptBoard", "Release",
    }  # fmt: skip
    assert not apps.is_installed("django.contrib.admin")
    for source in ROOM.rglob("*.py"):
        assert not re.search(r"simple_history|contrib\.admin|post_save|\bprint\(|logging", source.read_text()), source


def test_only_the_one_door_is_used_from_outside() -> None:
    doors = {"colead.answers.box", "colead.answers.promises", "colead.answers"}
    for source in (ROOT / "colead").rglob("*.py"):
        if ROOM in source.parents:
            continue
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module == "colead.answers":
                names = [f"colead.answers.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            inside = {name for name in names if name.startswith("colead.answers")}
            assert inside <= doors, f"{source} looks into the box"


def test_nothing_in_the_room_reads_a_clock_or_writes_a_line_of_log() -> None:
    for source in ROOM.rglob("*.py"):
        assert not re.search(r"\bnow\(|\btoday\(\)|import time|import datetime", source.read_text()), source


def test_no_relation_leads_across_the_two_databases() -> None:
    router = Router()
    assert router.allow_relation(Wave(), School()) is False
    assert router.allow_relation(Wave(), Ballot()) is None
    assert router.allow_relation(School(), School()) is None
    assert router.db_for_read(ContentType) is None
    assert router.db_for_write(Wave) == "ballots"


def test_each_database_holds_its_own_tables_only(box_file: Path) -> None:
    here = connections["ballots"].introspection.table_names()
    assert {name for name in here if not name.startswith("django_")} == {model._meta.db_table for model in MODELS}
    assert not Router().allow_migrate("default", "answers")
    assert not Router().allow_migrate("ballots", "schools")


@only_sqlite
def test_no_table_of_the_box_has_a_hidden_row_number(box_file: Path) -> None:
    with connections["ballots"].cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name LIKE 'answers%%'", [])
        made = cursor.fetchall()
    assert len(made) == len(MODELS)
    assert all(sql.endswith("WITHOUT ROWID") for _, sql in made)


@only_postgresql
def test_the_planner_keeps_no_samples_of_codes_or_ballots(box_file: Path) -> None:
    with connections["ballots"].cursor() as cursor:
        cursor.execute("INSERT INTO answers_ballot SELECT 'w', g::text::bytea, 'answers' FROM generate_series(1, 99) g")
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename LIKE 'answers%%'", [])
        assert cursor.fetchone() == (0,)


@only_postgresql
def test_a_database_user_who_cannot_wipe_the_log_is_warned_about(box_file: Path) -> None:
    def warned() -> bool:
        return any(check.id == "answers.W002" for check in run_checks(tags=["database"], databases=["ballots"]))

    with connections["ballots"].cursor() as cursor:
        assert not warned()
        cursor.execute("CREATE ROLE weak")
        try:
            cursor.execute("SET ROLE weak")
            assert warned()
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP ROLE weak")


def test_a_seal_without_the_right_to_wipe_is_sealed_and_says_so(
    box_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = answered(20)

    def refused() -> bool:
        raise DatabaseError("permission denied")

    monkeypatch.setattr("colead.answers.store._wiped", refused)
    assert box.seal(ref, today=AFTER).answered == 20
    assert box.wiping_due() == (ref,)


def test_the_server_is_asked_whether_it_keeps_what_we_destroy(box_file: Path) -> None:
    def found() -> set[str]:
        return {
            check.msg.split("=")[0].split()[-1]
            for check in run_checks(tags=["database"], databases=["ballots"])
            if "W001" in check.id
        }

    with connections["ballots"].cursor() as cursor:
        cursor.execute("SET log_statement = 'all'" if ON_POSTGRESQL else "PRAGMA secure_delete = OFF")
        assert found() & {"log_statement", "secure_delete"}
        cursor.execute("SET log_statement = 'none'" if ON_POSTGRESQL else "PRAGMA secure_delete = ON")
    assert found() <= {"wal_recycle"}
    assert not [check for check in run_checks(tags=["database"], databases=["default"]) if "answers" in check.id]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.proof)
def test_every_promise_names_a_test_that_exists(promise) -> None:
    file, name = promise.proof.split("::")
    tests = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tests.body if isinstance(node, ast.FunctionDef)}
    assert str(promise.text)
