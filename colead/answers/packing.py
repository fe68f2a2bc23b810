"""One person's answers as a few bytes: what is offered is known, so only the choice is kept.

Sixty items with five answers and "cannot say" take 22 bytes. Everybody's choices take the same room, so that a length
tells nothing; only comments add to it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from colead.analysis.instrument import Instrument
from colead.analysis.release import Breakdown
from colead.analysis.sheet import CANNOT_SAY, Answer, codes_of

LONGEST_COMMENT = 2000


class BadBallot(ValueError):
    """An answer that this survey does not offer."""


@dataclass(frozen=True)
class Unpacked:
    """Codes by item (0 none, 1 the lowest, -1 cannot say), the group ("" if none), comments by open line."""

    codes: tuple[int, ...]
    group: str
    comments: tuple[str, ...]


class Packer:
    """Turn the answers to one instrument into bytes and back."""

    def __init__(self, instrument: Instrument, breakdown: Breakdown | None, *, comments: bool) -> None:
        self.keys = [item.key for item in instrument.items]
        self.tables = [
            {answer: len(table) - 1 if code == CANNOT_SAY else code for answer, code in table.items()}
            for table in codes_of(instrument)
        ]
        self.cannot_say = ["cannot say" in table for table in self.tables]
        self.lines = [line.key for line in instrument.open_lines] if comments else []
        self.groups = ["", *(breakdown.categories if breakdown else ())]
        self.bases = [len(table) for table in self.tables] + [len(self.groups)]
        most = 1
        for base in self.bases:
            most *= base
        self.width = ((most - 1).bit_length() + 7) // 8

    def pack(self, answers: Mapping[str, Answer], comments: Mapping[str, str], group: str) -> bytes:
        """Return the bytes to store; refuse with BadBallot what was not offered."""
        if unknown := (answers.keys() - set(self.keys)) | (comments.keys() - set(self.lines)):
            raise BadBallot(f"{sorted(map(str, unknown))[0]} is not asked in this survey.")
        if group not in self.groups:
            raise BadBallot("This group is not offered in this survey.")
        number = 0
        for key, table in zip(self.keys, self.tables, strict=True):
            number = number * len(table) + _place(key, table, answers.get(key))
        number = number * len(self.groups) + self.groups.index(group)
        return number.to_bytes(self.width, "big") + self._words(comments)

    def _words(self, comments: Mapping[str, str]) -> bytes:
        texts = [_words_of(key, comments.get(key, "")) for key in self.lines]
        return json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode() if any(texts) else b""

    def unpack(self, packed: bytes) -> Unpacked:
        """Return what was packed."""
        number = int.from_bytes(packed[: self.width], "big")
        places = []
        for base in reversed(self.bases):
            number, place = divmod(number, base)
            places.append(place)
        group, *items = places
        codes = tuple(
            CANNOT_SAY if unsure and place == base - 1 else place
            for place, base, unsure in zip(reversed(items), self.bases, self.cannot_say, strict=False)
        )
        words = json.loads(packed[self.width :] or b"[]") or [""] * len(self.lines)
        return Unpacked(codes, self.groups[group], tuple(words))


def _place(key: str, table: Mapping[Answer, int], answer: object) -> int:
    # A type that merely equals a number (True, 3.0) was not offered either.
    place = table.get(answer) if answer is None or type(answer) in (int, str) else None  # type: ignore[call-overload]
    if place is None:
        raise BadBallot(f"{key} does not offer this answer.")
    return int(place)


def _words_of(key: str, text: object) -> str:
    if not isinstance(text, str) or len(text) > LONGEST_COMMENT:
        raise BadBallot(f"{key} takes at most {LONGEST_COMMENT} characters.")
    kept = "".join(
        letter for letter in text if letter in "\n\t" or (letter >= " " and not "\ud800" <= letter < "\ue000")
    )
    return kept.strip()


def question_rows(people: Sequence[Unpacked], packer: Packer) -> list[tuple[str, list[int]]]:
    """Turn people into questions: for each its key and one byte a person (255 cannot say); the group is a question."""
    rows = [(key, [person.codes[at] % 256 for person in people]) for at, key in enumerate(packer.keys)]
    if len(packer.groups) > 1:
        rows.append(("group?", [packer.groups.index(person.group) for person in people]))
    return rows
