"""Questions that a row of the inventory raises. Pure: facts in, questions out; a team decides, never the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Hint(Enum):
    """Why a row is worth a second look."""

    NO_PURPOSE = "no-purpose"
    NO_OUTCOME = "no-outcome"
    NO_LINK = "no-link"
    HABIT = "habit"
    NO_EVIDENCE = "no-evidence"
    SAME = "same"


@dataclass(frozen=True)
class Facts:
    """What the hints look at; `filled` says whether anybody has written about the row at all."""

    purpose: str
    outcome: str
    audience: str
    evidence: str
    source: str
    vision: int | None
    hours: float
    filled: bool


LONG = 5.0  # hours a week from which the lack of evidence is worth asking about


def hints(facts: Facts, others: Iterable[Facts]) -> tuple[Hint, ...]:
    """Return what to ask about a row. A row on which nobody has written yet raises nothing."""
    if not facts.filled:
        return ()
    asks = (
        (Hint.NO_PURPOSE, not facts.purpose.strip()),
        (Hint.NO_OUTCOME, not facts.outcome.strip()),
        (Hint.NO_LINK, facts.vision == 0),
        (Hint.HABIT, facts.source == "habit"),
        (Hint.NO_EVIDENCE, facts.hours >= LONG and not facts.evidence.strip()),
        (Hint.SAME, any(_same(facts, other) for other in others)),
    )
    return tuple(hint for hint, raised in asks if raised)


def _same(one: Facts, other: Facts) -> bool:
    """Say whether two rows want the same for the same people."""
    wanted, for_whom = _plain(one.outcome), _plain(one.audience)
    return bool(wanted and for_whom) and (wanted, for_whom) == (_plain(other.outcome), _plain(other.audience))


def plain_name(name: str) -> str:
    """Return a name as it is compared: without case, and without what stands between its words."""
    return _plain(name)


def _plain(text: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return " ".join(words.split())
