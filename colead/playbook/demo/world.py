"""What a demo school is made of: read from `content/demo/`, checked like every other content file."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).resolve().parents[3] / "content" / "demo"


class Part(BaseModel):
    """A frozen piece of the demo that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SchoolFacts(Part):
    name: str
    place: str
    time_zone: str
    team: str


class Person(Part):
    key: str
    name: str
    role: str
    note: str
    job: str = ""
    grades: str = ""
    subjects: str = ""


class RosterLine(Part):
    name: str
    job: str
    grades: str = ""
    subjects: str = ""


class Decided(Part):
    code: str
    way: str
    decided: str
    present: tuple[str, ...]
    concerns: str = ""
    days_ago: int | None = None


class Talk(Part):
    """Answers by code and person; what was revealed, noted and decided."""

    condition: str = "overview"
    days_ago: int = 0
    answers: dict[str, dict[str, Any]] = {}
    revealed: tuple[str, ...] | None = None  # None: every question that has a note
    notes: dict[str, str] = {}
    decisions: tuple[Decided, ...] = ()
    tasks: dict[str, dict[str, Any]] = {}


class Line(Part):
    line: str
    tag: str
    evidence: tuple[str, ...] = ()


class Round(Part):
    condition: str
    days_ago: int
    open: bool = False
    views: dict[str, dict[str, tuple[str, str]]]
    lines: dict[str, Line] = {}


class Known(Part):
    kind: str
    body: str
    source: str
    days_ago: int


class Chosen(Part):
    condition: str
    days_ago: int
    basis: str
    reason: str
    data_used: str
    felt: tuple[str, ...]
    way: str
    present: tuple[str, ...]
    concerns: str


class World(Part):
    """One demo school."""

    school: SchoolFacts
    people: tuple[Person, ...]
    roster: tuple[RosterLine, ...] = ()
    overview: Talk
    rounds: tuple[Round, ...] = ()
    evidence: dict[str, Known] = {}
    choice: Chosen | None = None
    guide: Talk | None = None


def read_world(name: str) -> World:
    """Read a demo school; a mistake in the file is refused by pydantic with its path."""
    return World.model_validate(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))
