"""What was asked: scales, items, answer labels, and the constants that every figure of this version is made with."""

import math
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

FOLDER = Path(__file__).resolve().parents[2] / "content"
EXACT_UP_TO = 12
"""Scales of at most twelve items are added up as whole numbers, so that no order of the rows can change a result."""


class UnknownInstrument(ValueError):
    """No such instrument, or its file does not say what an instrument must."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Constants(Frozen):
    """The choices behind the figures; changing one is a new version of the instrument."""

    half_rule: Annotated[float, Field(gt=0, le=1)] = 0.5
    minimum: Annotated[int, Field(ge=5)] = 5
    rho: Annotated[float, Field(ge=0, le=1)] = 0.4
    prior_df: Annotated[int, Field(ge=0)] = 4
    smallest_change: Annotated[float, Field(gt=0)] = 0.20
    false_rate: Annotated[float, Field(gt=0, lt=1)] = 0.10
    level: Annotated[float, Field(gt=0.5, lt=1)] = 0.95


DEFAULTS = Constants()


class AnswerScale(Frozen):
    """The answers an item offers, from the lowest up, and the words for "cannot say" where it is offered."""

    low: int = 1
    labels: tuple[str, ...] = Field(min_length=2, max_length=11)
    cannot_say: str = ""

    @property
    def high(self) -> int:
        return self.low + len(self.labels) - 1


class Benchmark(Frozen):
    """What others answered: shares in per cent, where and when."""

    any: float
    most: float


class Item(Frozen):
    key: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")
    text: str = Field(min_length=1)
    reversed: bool = False
    benchmark: Benchmark | None = None


class Scale(Frozen):
    """Items that are read together; `average` is off where a mean would say nothing (single items, four answers)."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    items: tuple[Item, ...] = Field(min_length=1)
    answers: AnswerScale | None = None
    average: bool = True
    condition: bool = False


class OpenLine(Frozen):
    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    text: str


class Instrument(Frozen):
    """One version of a survey. A released version never changes."""

    slug: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: int = Field(ge=1)
    language: str = "en"
    title: str
    purpose: str = ""
    standing: str = ""
    source: str = ""
    licence: str = ""
    benchmark_source: str = ""
    answers: AnswerScale
    scales: tuple[Scale, ...] = Field(min_length=1)
    open_lines: tuple[OpenLine, ...] = ()
    constants: Constants = DEFAULTS

    @model_validator(mode="after")
    def keys_are_unique(self) -> Self:
        keys = [item.key for item in self.items] + [line.key for line in self.open_lines]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"these item keys stand twice: {', '.join(twice)}")
        return self

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for scale in self.scales for item in scale.items)

    @property
    def name(self) -> str:
        return f"{self.slug}.v{self.version}"

    def answers_of(self, scale: Scale) -> AnswerScale:
        return scale.answers or self.answers

    def scale(self, key: str) -> Scale:
        for scale in self.scales:
            if scale.key == key:
                return scale
        raise KeyError(key)

    @property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """For each scale the positions of its items among all items."""
        ends = [0]
        for scale in self.scales:
            ends.append(ends[-1] + len(scale.items))
        return tuple(tuple(range(a, b)) for a, b in pairwise(ends))

    @property
    def most_answers(self) -> int:
        return max(len(self.answers_of(scale).labels) for scale in self.scales)

    def answers_needed(self, scale: Scale) -> int:
        """Return how many answers make a score: at least half of the items by default, never none."""
        return max(1, math.ceil(self.constants.half_rule * len(scale.items) - 1e-9))


def unit_of(items: int, needed: int) -> int:
    """Return the whole number in whose parts every mean of `needed` to `items` answers can be written exactly.

    Longer scales are rounded to a millionth of a step.
    """
    return math.lcm(*range(needed, items + 1)) if items <= EXACT_UP_TO else 1_000_000


def load_instrument(name: str, *, language: str = "en", folder: Path = FOLDER) -> Instrument:
    """Read `conditions.v1` from the content folder; raise UnknownInstrument with file and reason otherwise."""
    path = folder / language / "instruments" / f"{name}.yaml"
    if not path.is_file():
        known = sorted(file.stem for file in path.parent.glob("*.yaml"))
        raise UnknownInstrument(f"There is no instrument called {name}. There are: {', '.join(known) or 'none'}.")
    return read_instrument(path)


def read_instrument(path: Path) -> Instrument:
    """Read one instrument file; a mistake is one line with the file, the place and the reason."""
    try:
        return Instrument.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise UnknownInstrument(f"{path.name}: this is not readable YAML: {' '.join(str(error).split())}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "file"
        raise UnknownInstrument(f"{path.name}: {place}: {first['msg']}.") from error
