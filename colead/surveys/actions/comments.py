"""Comments pass through the hands of their one named reader; the originals are destroyed when they leave them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from colead.accounts.models import User
from colead.answers import box
from colead.surveys.models import Wave
from colead.surveys.queries.results import asked_by


@dataclass(frozen=True)
class Held:
    """One comment as its reader sees it: the question it answers, and its words."""

    id: str
    question: str
    text: str


def held(wave: Wave, *, by: User) -> tuple[Held, ...]:
    """Return the comments that wait for their reader. Refuses with box.NotTheReader, box.NotSealed."""
    questions = {line.key: line.text for line in asked_by(wave).open_lines}
    found = box.held_comments(wave.ref, reader=str(by.pk))
    return tuple(Held(one.id, questions.get(one.question, one.question), one.text) for one in found)


def release(wave: Wave, texts: Mapping[str, str], *, why: str, by: User, now: datetime) -> None:
    """Publish the comments in `texts`, as their reader leaves them; all others are withheld for good.

    `why` says to everybody why some were held back. Refuses with box.NotTheReader, box.AlreadyReleased,
    box.NotAComment.
    """
    today = wave.today(now)
    box.release_comments(wave.ref, reader=str(by.pk), texts=texts, today=today)
    wave.comments_on, wave.withheld = today, why
    wave.save(update_fields=["comments_on", "withheld"])
