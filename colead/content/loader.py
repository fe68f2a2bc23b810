"""The whole playbook in one language, from its files; what is not translated yet comes in English."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from colead.content.agree import disagreements
from colead.content.files import ROOT, SINGLE, kind_of, names, read
from colead.content.mistakes import ContentError
from colead.content.model import (
    Basics,
    BeforeYouStart,
    Condition,
    ConditionPage,
    Deciding,
    Glossary,
    Guide,
    Matrix,
    Overview,
    PageFile,
    Playbook,
    Protocol,
    Rubric,
    Value,
)
from colead.content.module import Module
from colead.content.programme import ProgrammeFile

ORIGINAL = "en"
Kind = TypeVar("Kind", bound=Value)
About = TypeVar("About", PageFile, Guide, Rubric)


@cache
def load(language: str = ORIGINAL, root: Path = ROOT) -> Playbook:
    """Load the playbook in a language (`en`, `es`, `es-mx`), or refuse with ContentError in one line."""
    language = language.split("-")[0]
    files = read_all(language, root)
    mistakes = tuple(disagreements(files))
    if mistakes:
        raise ContentError(*mistakes)
    return put_together(language, tuple(files.values()))


@cache
def load_programme(language: str = ORIGINAL, root: Path = ROOT) -> ProgrammeFile:
    """Load what a programme begins with, in the language where it is translated."""
    language = language.split("-")[0]
    found = language if "programme.yaml" in names(root, language) else ORIGINAL
    value = read(root, f"{found}/programme.yaml")
    assert isinstance(value, ProgrammeFile)
    return value


def missing(language: str, root: Path = ROOT) -> tuple[str, ...]:
    """List the English files that a language has no translation of yet."""
    return tuple(sorted(set(names(root, ORIGINAL)) - set(names(root, language))))


def read_all(language: str, root: Path) -> dict[str, Value]:
    """Read every file that is there in English, in the language where it is translated."""
    translated = set(names(root, language))
    wanted = sorted({*SINGLE, *(name for name in names(root, ORIGINAL) if kind_of(name))})
    files = (f"{language if name in translated else ORIGINAL}/{name}" for name in wanted)
    return {file: read(root, file) for file in files}


def put_together(language: str, values: tuple[Value, ...]) -> Playbook:
    """Make one playbook of the values of all files."""
    basics, deciding = _the(Basics, values), _the(Deciding, values)
    return Playbook(
        language=language,
        title=basics.title,
        definition=basics.definition,
        conditions=basics.conditions,
        overview=_the(Overview, values),
        matrix=_the(Matrix, values),
        before_you_start=_the(BeforeYouStart, values),
        ways_of_deciding=deciding.ways_of_deciding,
        evidence_kinds=deciding.evidence_kinds,
        glossary=_the(Glossary, values).terms,
        pages=tuple(_page(c, page) for c in basics.conditions for page in _of(c, PageFile, values)),
        guides=tuple(guide for c in basics.conditions for guide in _of(c, Guide, values)),
        rubrics=tuple(rubric for c in basics.conditions for rubric in _of(c, Rubric, values)),
        protocols=tuple(value for value in values if isinstance(value, Protocol)),
        modules=tuple(sorted((value for value in values if isinstance(value, Module)), key=lambda one: one.number)),
    )


def _the(kind: type[Kind], values: tuple[Value, ...]) -> Kind:
    return next(value for value in values if isinstance(value, kind))


def _of(condition: Condition, kind: type[About], values: tuple[Value, ...]) -> Iterator[About]:
    return (value for value in values if isinstance(value, kind) and value.condition == condition.slug)


def _page(condition: Condition, page: PageFile) -> ConditionPage:
    return ConditionPage(**dict(condition), **{key: value for key, value in page if key != "condition"})
