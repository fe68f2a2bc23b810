"""Comments wait for the person named on the survey's first page; what that person lets go is all that stays."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from colead.answers import store
from colead.answers.models import Release, SealedComment, Wave
from colead.answers.routing import BALLOTS
from colead.answers.sealing import NotSealed, scrub
from colead.answers.waves import get_wave


class NotTheReader(PermissionError):
    """Only the person named on the survey's first page reads comments before they are released."""


class AlreadyReleased(ValueError):
    """The comments were released; their originals are gone."""


class NotAComment(ValueError):
    """There is no such comment in this wave."""


@dataclass(frozen=True)
class HeldComment:
    """A comment that its reader has not let go yet."""

    id: str
    question: str
    text: str


def held_comments(ref: str, *, reader: str) -> tuple[HeldComment, ...]:
    """Return the comments for their named reader, in random order. Refuses with NotTheReader, NotSealed."""
    wave = _wave_of(ref, reader)
    rows = SealedComment.objects.filter(wave=wave.id).order_by("id")  # the ids are random
    return tuple(HeldComment(bytes(row.id).hex(), row.question, row.text) for row in rows)


def _wave_of(ref: str, reader: str) -> Wave:
    wave = get_wave(ref)
    if not reader or reader != wave.reader:
        raise NotTheReader("The comments have a named reader, and that is somebody else.")
    if wave.state != Wave.State.SEALED:
        raise NotSealed("Comments can be read when the survey is over and sealed.")
    return wave


def release_comments(ref: str, *, reader: str, texts: Mapping[str, str], today: date) -> dict[str, tuple[str, ...]]:
    """Publish the reader's choice and destroy all originals; return the comments by question.

    `texts`: the id of each comment that may be read, and its text (the reader may take names out). What is left out is
    withheld for good. Refuses with NotTheReader, NotSealed, AlreadyReleased, NotAComment.
    """
    with transaction.atomic(using=BALLOTS):
        store.shut()
        wave = _wave_of(ref, reader)
        kept = Release.objects.select_for_update().get(wave=wave.id)
        if kept.comments:
            raise AlreadyReleased("These comments were released.")
        kept.comments = json.dumps(_chosen(wave, texts), ensure_ascii=False)
        kept.save(update_fields=["comments"])
        store.forget(bytes(wave.id), store.COMMENTS)
        Wave.objects.filter(id=wave.id).update(scrubbed_on=None)  # the originals must leave the files too
    scrub(today=today)
    return released_comments(ref)


def _chosen(wave: Wave, texts: Mapping[str, str]) -> dict[str, list[str]]:
    questions = {bytes(row.id).hex(): row.question for row in SealedComment.objects.filter(wave=wave.id)}
    if unknown := texts.keys() - questions.keys():
        raise NotAComment(sorted(unknown)[0])
    found: dict[str, list[str]] = {question: [] for question in sorted(set(questions.values()))}
    for comment, text in texts.items():
        found[questions[comment]].append(text)
    for lines in found.values():
        random.SystemRandom().shuffle(lines)
    return found


def released_comments(ref: str) -> dict[str, tuple[str, ...]]:
    """Return the comments that everybody may read, by question; empty until their reader released them."""
    kept = Release.objects.filter(wave=get_wave(ref).id).first()
    texts = json.loads(kept.comments) if kept and kept.comments else {}
    return {question: tuple(lines) for question, lines in texts.items()}
