"""One frozen, audited result of one wave of one school. Every page, file and roll-up reads this object and no other."""

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, ValidationError

from colead.analysis.figures import Mask
from colead.analysis.instrument import Frozen
from colead.analysis.sheet import Answer

FORMAT: Literal[1] = 1


class TooSmallToOffer(ValueError):
    """A category that so few people could choose must not be offered at all."""


class NotThisRelease(ValueError):
    """The text is not a release, or not the one that was published."""


class Rules(Frozen):
    """How many people it takes. A school may raise these before a wave opens; nobody may lower them."""

    minimum: Annotated[int, Field(ge=5)] = 5
    school: Annotated[int, Field(ge=8)] = 8
    detail: Annotated[int, Field(ge=10)] = 10
    comments: Annotated[int, Field(ge=5)] = 5
    offered: Annotated[int, Field(ge=8)] = 8
    response: Annotated[float, Field(ge=0, le=1)] = 0.4


RULES = Rules()


@dataclass(frozen=True)
class Ballot:
    """One person's answers by item key, and the group they put themselves in ("" if they did not say)."""

    answers: Mapping[str, Answer]
    group: str = ""


class Breakdown(Frozen):
    """The one question people may be grouped by, chosen before opening.

    categories: label -> people on the list who could choose it.
    Administrators are never a category: there are too few of them in any school.
    """

    question: str
    categories: dict[str, int]

    def check(self, rules: Rules) -> None:
        """Refuse a category that fewer than `rules.offered` people could choose."""
        for label, people in self.categories.items():
            if people < rules.offered:
                raise TooSmallToOffer(f"“{label}” has {people} people on the list; a group needs {rules.offered}.")


class Hidden(Frozen):
    """Stand where a number may not be shown; `why` completes "not shown, because ..."."""

    why: str


class Change(Frozen):
    """Since the wave before: difference of the two rounded means, its rounded interval, and the word for it."""

    before: float
    difference: float
    low: float
    high: float
    verdict: Literal["clear rise", "no clear change", "clear fall"]
    noticeable: bool
    up: int


class ItemResult(Frozen):
    """One question: how many answered, how many chose each answer (as worded), how many could not say."""

    key: str
    n: int | Hidden
    counts: tuple[int, ...] | Hidden
    cannot_say: int | Hidden


class ScaleResult(Frozen):
    """One scale: people with a score, mean and ends of its margin to 0.1, spread, distance between colleagues."""

    key: str
    n: int | Hidden
    mean: float | Hidden
    low: float | Hidden
    high: float | Hidden
    spread: float | Hidden
    distance: float | Hidden
    at_lowest: float | Hidden
    at_highest: float | Hidden
    items: tuple[ItemResult, ...]
    change: Change | Hidden


class GroupResult(Frozen):
    """People of one or several merged categories, and their mean on each scale."""

    labels: tuple[str, ...]
    people: int
    means: dict[str, float | Hidden]


class BreakdownResult(Frozen):
    question: str
    groups: tuple[GroupResult, ...] | Hidden


class HowManyResult(Frozen):
    """Of the conditions that can be compared: how many went up, how many clearly, and what luck alone gives."""

    compared: int
    up: int
    down: int
    clear_up: int
    clear_down: int
    luck: float


class Release(Frozen):
    """What is published about one wave of one school, and nothing else ever is."""

    format: Literal[1] = FORMAT
    instrument: str
    school: str
    wave: str
    before: str
    rules: Rules
    roster: int | None
    answered: int | Hidden
    scales: tuple[ScaleResult, ...]
    how_many: HowManyResult | Hidden
    breakdown: BreakdownResult | None

    @property
    def shown(self) -> bool:
        """Tell whether enough people answered for anything to be shown."""
        return not isinstance(self.answered, Hidden)

    def scale(self, key: str) -> ScaleResult:
        for scale in self.scales:
            if scale.key == key:
                return scale
        raise KeyError(key)

    def to_json(self) -> str:
        """Return the one way to write this release down: sorted keys, no spaces."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def read_release(text: str, sha256: str = "") -> Release:
    """Read a release back; refuse it when it is not one or its fingerprint differs."""
    try:
        found = Release.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise NotThisRelease(f"This is not a release: {place} {first['msg']}.") from error
    if sha256 and found.sha256 != sha256:
        raise NotThisRelease("This release was changed after it was published.")
    return found


def shuffled_comments(
    comments: Sequence[str], answered: int, *, rules: Rules = RULES, source: random.Random | None = None
) -> tuple[str, ...] | Hidden:
    """Return the comments on one line for their named reader: whole school, freshly shuffled, nothing beside them.

    At least `rules.detail` people must have answered and `rules.comments` of them must have written something.
    """
    written = [text.strip() for text in comments if text.strip()]
    if answered < rules.detail or len(written) < rules.comments:
        return Hidden(why=TOO_FEW_COMMENTS)
    (source or random.SystemRandom()).shuffle(written)
    return tuple(written)


TOO_FEW_COMMENTS = "too few people wrote something"


def tenth(value: float) -> float:
    """Round to the one decimal that is ever published (and never write -0.0)."""
    return round(float(value), 1) + 0.0


def groups_of(ballots: Sequence[Ballot], breakdown: Breakdown) -> tuple[str, ...]:
    """Return everybody's category, "" for those who chose none or one that was never offered."""
    return tuple(b.group if b.group in breakdown.categories else "" for b in ballots)


def mask(values: Sequence[bool]) -> Mask:
    return np.array(values, dtype=bool)
