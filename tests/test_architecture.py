"""The house keeps its own rules."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from colead.web.doors import door_of

ROOT = Path(__file__).resolve().parents[1]
FLOORS = [
    layer.strip("()")
    for layer in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
]
OURS = [model for app in apps.get_app_configs() if app.name.startswith("colead.") for model in app.get_models()]
SOURCES = sorted(path for path in (ROOT / "colead").rglob("*.py") if "migrations" not in path.parts)
FORBIDDEN_NAMES = {"utils", "helpers", "core", "common", "services", "manager", "base"}


def room_of(module: str) -> str:
    return module.split(".")[1]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_relation_only_looks_down(model: type) -> None:
    here = FLOORS.index(room_of(model.__module__))
    for field in model._meta.get_fields():
        other = getattr(field, "related_model", None)
        if other is None or field.auto_created or not other.__module__.startswith("colead."):
            continue
        assert FLOORS.index(room_of(other.__module__)) >= here, f"{field} looks up at {other.__module__}"


def test_every_folder_is_a_room_with_a_floor() -> None:
    rooms = {path.parent.name for path in (ROOT / "colead").glob("*/__init__.py")}
    assert rooms <= set(FLOORS)


def test_no_import_looks_up() -> None:
    done = subprocess.run([ROOT / ".venv/bin/lint-imports"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_longer_than_400_lines_or_named_for_nothing(source: Path) -> None:
    assert len(source.read_text(encoding="utf-8").splitlines()) <= 400
    assert source.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize(
    "source", [path for path in SOURCES if "views" in str(path)], ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_view_is_short_and_asks_no_manager(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 26, f"{node.name} is longer than 25 lines"
    if "accounts" not in source.parts:  # there, people are what one starts from
        assert ".objects." not in source.read_text(encoding="utf-8"), "start from the school, not from Model.objects"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_clock_is_read_in_views_and_commands_only(source: Path) -> None:
    at_the_edge = {"views", "commands", "urls", "models", "forms"}
    if at_the_edge & {*source.relative_to(ROOT).parts, source.stem}:
        return
    assert not re.search(r"timezone\.now\(\)|datetime\.now\(|date\.today\(", source.read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_hides_in_a_function(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            hidden = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
            names = {alias.name for inner in hidden for alias in inner.names} | {
                inner.module or "" for inner in hidden if isinstance(inner, ast.ImportFrom)
            }
            assert not any(name.startswith("colead") for name in names), f"{node.name} imports inside"


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        found += patterns(entry, where) if isinstance(entry, URLResolver) else [(where, entry)]
    return found


@pytest.mark.parametrize(("where", "pattern"), patterns(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_address_says_who_may_enter(where: str, pattern: URLPattern) -> None:
    assert door_of(pattern.callback), f"{where} has no door"


def test_the_locks_name_no_host_and_pin_every_hash() -> None:
    for lock in ROOT.glob("requirements*.txt"):
        text = lock.read_text()
        assert "://" not in text
        assert len(re.findall(r"^\S+==", text, re.M)) <= len(re.findall(r"--hash=sha256:", text))
