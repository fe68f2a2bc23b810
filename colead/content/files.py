"""One file at a time: find it, read it, turn it into a value, or say what is wrong and where."""

import re
from collections.abc import Hashable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from colead.content.mistakes import ContentError, Mistake
from colead.content.model import (
    SECTIONS,
    Basics,
    BeforeYouStart,
    Deciding,
    Glossary,
    Guide,
    Matrix,
    Overview,
    PageFile,
    Protocol,
    Rubric,
    Value,
)
from colead.content.module import Module
from colead.content.programme import ProgrammeFile

ROOT = Path(__file__).resolve().parents[2] / "content"
# What a file holds, by its name below the language's folder.
SINGLE: dict[str, type[Value]] = {
    "playbook.yaml": Basics,
    "overview.yaml": Overview,
    "matrix.yaml": Matrix,
    "before.yaml": BeforeYouStart,
    "deciding.yaml": Deciding,
    "glossary.yaml": Glossary,
    "programme.yaml": ProgrammeFile,
}
MANY: dict[str, type[Value]] = {"conditions/*.md": PageFile, "guides/*.yaml": Guide, "rubrics/*.yaml": Rubric}
# As many as somebody has written, whatever they are called.
FREE: dict[str, type[Value]] = {"protocols/*.yaml": Protocol, "modules/*.md": Module}
# The survey instruments are read and checked by the room `analysis`, on a floor above.
ELSEWHERE = ("instruments/",)
DEMO = "demo"
# Pydantic speaks to programmers; these are its commonest refusals, said to an editor.
PLAIN = {"missing": "is missing", "extra_forbidden": "is not a key that belongs here"}


def languages(root: Path) -> tuple[str, ...]:
    """List the languages that have a folder. `content/demo` is no language: whoever makes the demo checks it."""
    return tuple(sorted(folder.name for folder in root.iterdir() if folder.is_dir() and folder.name != DEMO))


def names(root: Path, language: str) -> tuple[str, ...]:
    """List the files of a language, by their names below its folder, hidden ones left out."""
    folder = root / language
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return tuple(sorted(path.relative_to(folder).as_posix() for path in found))


def kind_of(name: str) -> type[Value] | None:
    """Say what a file of this name holds; None where no such file belongs."""
    return next((kind for pattern, kind in {**SINGLE, **MANY, **FREE}.items() if fnmatchcase(name, pattern)), None)


def read(root: Path, file: str) -> Value:
    """Read one file (`en/guides/vision.yaml`) into its value, or refuse with ContentError and every mistake in it."""
    kind = kind_of(file.partition("/")[2])
    if kind is None:
        raise ContentError(Mistake(file, "", "no file of this name belongs here"))
    try:
        return kind.model_validate(_data((root / file).read_text(encoding="utf-8"), file))
    except ValidationError as error:
        raise ContentError(
            *(Mistake(file, _place(detail["loc"]), _reason(detail)) for detail in error.errors())
        ) from None
    except yaml.YAMLError as error:
        raise ContentError(_yaml_mistake(file, error)) from None
    except FileNotFoundError:
        raise ContentError(Mistake(file, "", "the file is missing")) from None
    except ValueError as error:
        raise ContentError(Mistake(file, "", str(error))) from None


def _data(text: str, file: str) -> object:
    if not file.endswith(".md"):
        return _yaml(text)
    front, before, parts = _front_and_sections(text)
    return _module(front, before, parts) if "/modules/" in file else _page(front, before, parts)


def _front_and_sections(text: str) -> tuple[dict[str, object], str, list[tuple[str, str]]]:
    """Take a page apart: the keys on top, what stands before the first ##, then titles with their text."""
    match = re.fullmatch(r"---\n(.*?\n)---\n\s*(.*)", text, re.DOTALL)
    if match is None:
        raise ValueError("a page begins with a line ---, some keys and another line ---")
    front = _yaml("\n" + match[1])  # the empty line stands for the first ---, so that line numbers are right
    before, *parts = re.split(r"^## +(.+)$", match[2], flags=re.MULTILINE)
    if not isinstance(front, dict):
        raise ValueError("between the lines --- stand keys with values")
    return front, before, list(zip(parts[::2], parts[1::2], strict=True))


def _page(front: dict[str, object], before: str, parts: list[tuple[str, str]]) -> dict[str, object]:
    if before or len(parts) != len(SECTIONS):
        raise ValueError(f"a page has four sections that each begin with ##, and nothing before; found {len(parts)}")
    sections = zip(SECTIONS, parts, strict=True)
    return {**front, "sections": [{"key": key, "title": title, "body": body} for key, (title, body) in sections]}


def _module(front: dict[str, object], before: str, parts: list[tuple[str, str]]) -> dict[str, object]:
    titles = [re.fullmatch(r"(.+) \((\d+) minutes?\)", title.strip()) for title, _body in parts]
    if before or not all(titles):
        raise ValueError("a module has steps that each begin with ## and say how long: ## Look back (10 minutes)")
    steps = [
        {"title": title[1], "minutes": int(title[2]), "body": body}
        for title, (_line, body) in zip(titles, parts, strict=True)
        if title
    ]
    return {**front, "steps": steps}


class _Loader(yaml.CSafeLoader):
    """Reads YAML and refuses a key that comes twice, which YAML itself lets pass in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = []
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key.value} comes twice", problem_mark=key.start_mark)
            seen.append(key.value)
        return super().construct_mapping(node, deep)


def _yaml(text: str) -> object:
    return yaml.load(text, _Loader)  # noqa: S506  # a SafeLoader, made stricter


def _yaml_mistake(file: str, error: yaml.YAMLError) -> Mistake:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return Mistake(file, f"line {error.problem_mark.line + 1}", error.problem or "cannot be read")
    return Mistake(file, "", str(error))


def _place(loc: tuple[int | str, ...]) -> str:
    """Say a place as an editor counts: `parts 1 > questions 3 > kind`."""
    place = ""
    for step in loc:
        place += f" {step + 1}" if isinstance(step, int) else f" > {step}"
    return place.removeprefix(" > ").strip()


def _reason(detail: ErrorDetails) -> str:
    return PLAIN.get(detail["type"], detail["msg"].removeprefix("Value error, "))
