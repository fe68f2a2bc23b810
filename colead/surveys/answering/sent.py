"""Read what a page sent, strictly: what it could not have sent is refused whole."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from colead.analysis.sheet import Answer
from colead.answers import box
from colead.surveys.answering.asked import CANNOT_SAY, SKIPPED, facts, fields_of

MOST_BYTES = 200_000
MOST_FIELDS = 400
AROUND = {"code", "key", "group"}


class BadPost(ValueError):
    """This was not sent by the page."""


@dataclass(frozen=True)
class Sent:
    """One person's answers as the box takes them, and the fields as they came."""

    code: str
    key: str
    answers: dict[str, Answer]
    comments: dict[str, str]
    group: str
    fields: dict[str, str]


def read_fields(body: bytes) -> dict[str, str]:
    """Return the fields of a form, each once. Refuses with BadPost."""
    if len(body) > MOST_BYTES:
        raise BadPost("too long")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as wrong:  # not ASCII, not UTF-8 inside, too many fields
        raise BadPost("not a form") from wrong
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadPost("a field stands twice")
    return fields


@lru_cache(maxsize=256)
def _tables(ref: str) -> dict[str, tuple[str, dict[str, Answer]]]:
    """Return for each field its question's key, and the answer behind each value it may have."""
    found, instrument = {}, facts(ref).instrument
    answers = [instrument.answers_of(scale) for scale in instrument.scales for _item in scale.items]
    for (field, item), offered in zip(fields_of(instrument).items(), answers, strict=True):
        table: dict[str, Answer] = {str(place + 1): offered.low + place for place in range(len(offered.labels))}
        table[SKIPPED] = None
        if offered.cannot_say:
            table[CANNOT_SAY] = "cannot say"
        found[field] = (item.key, table)
    return found


def read_sent(ref: str, fields: dict[str, str]) -> Sent:
    """Return the answers in the fields of a form. Refuses with BadPost what this survey does not offer."""
    tables, wave = _tables(ref), facts(ref)
    lines = {f"c{place}": line.key for place, line in enumerate(wave.instrument.open_lines)} if wave.reader else {}
    if fields.keys() - tables.keys() - lines.keys() - AROUND:
        raise BadPost("a field that is not on the page")
    answers = {key: _value(table, fields[field]) for field, (key, table) in tables.items() if field in fields}
    return Sent(
        code=fields.get("code", ""),
        key=fields.get("key", ""),
        answers=answers,
        comments={key: fields[field].replace("\r\n", "\n") for field, key in lines.items() if field in fields},
        group=_group(wave, fields.get("group", SKIPPED)),
        fields=fields,
    )


def _value(table: dict[str, Answer], value: str) -> Answer:
    if value not in table:
        raise BadPost("an answer that is not on the page")
    return table[value]


def _group(wave: box.WaveFacts, value: str) -> str:
    labels = ["", *(wave.breakdown.categories if wave.breakdown else ())]
    places = {SKIPPED: "", **{str(place): label for place, label in enumerate(labels) if place}}
    if value not in places:
        raise BadPost("a group that is not on the page")
    return places[value]
