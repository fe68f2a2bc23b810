"""Decide who gets a mail about their steps. Nothing here asks a clock or a database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAYS_BETWEEN = 7
AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Chore:
    """One thing a person may want to be told of; `due` is None where it has no day."""

    text: str
    where: str  # the team
    url: str
    due: date | None
    today: date  # at the school
    stuck: bool = False

    @property
    def counts(self) -> bool:
        """Say whether its day is within a week or has passed, or it is stuck."""
        return self.stuck or bool(self.due and self.due <= self.today + AHEAD)

    @property
    def passed(self) -> bool:
        return bool(self.due and self.due < self.today)


@dataclass(frozen=True)
class Person:
    """Somebody with steps: when the last mail went, and whether they want any."""

    user_id: int
    email: str
    name: str
    language: str
    last: datetime | None
    off: bool
    chores: tuple[Chore, ...]


@dataclass(frozen=True)
class Letter:
    """One mail: to whom, about what."""

    to: Person
    chores: tuple[Chore, ...]


def letters(people: Iterable[Person], *, now: datetime) -> tuple[Letter, ...]:
    """Return the mails to send now: at most one a person and week, none without a reason, none to those who said no.

    Days are counted, not hours, so that a nightly run does not slip by a day each week.
    """
    found = (Letter(person, _in_order(person.chores)) for person in people if _may_write(person, now))
    return tuple(letter for letter in found if letter.chores)


def _may_write(person: Person, now: datetime) -> bool:
    if person.off or not person.email:
        return False
    return person.last is None or (now.date() - person.last.astimezone(now.tzinfo).date()).days >= DAYS_BETWEEN


def _in_order(chores: Iterable[Chore]) -> tuple[Chore, ...]:
    return tuple(
        sorted((chore for chore in chores if chore.counts), key=lambda chore: (chore.due or date.max, chore.text))
    )
