"""Make an instrument of our own out of what a file asks."""

from pydantic import ValidationError

from colead.analysis.instrument import AnswerScale, Instrument, Item, OpenLine, Scale
from colead.surveys.reading.items import Found, FoundPart, FoundSurvey, NotAList, slug_of

STANDING = "Brought in by the school. Colead has not tested it."
FEW = 5  # with fewer answers on offer a mean says nothing


def build(
    found: FoundSurvey,
    *,
    title: str,
    labels: tuple[str, ...],
    cannot_say: str = "",
    source: str = "",
    licence: str = "",
) -> Instrument:
    """Return the instrument; parts that bring no answers of their own take `labels`. Refuses with NotAList."""
    if any(not part.labels for part in found.parts) and len(labels) < 2:
        raise NotAList("Say which answers people can choose, lowest first, one a line.")
    base = AnswerScale(labels=labels if len(labels) >= 2 else found.parts[0].labels, cannot_say=cannot_say)
    names: set[str] = set()
    keys: set[str] = set()
    try:
        return Instrument(
            slug=slug_of(title, set(), fallback="own").replace("_", "-")[:40].strip("-"),
            version=1,
            title=title or found.title,
            standing=STANDING,
            source=source,
            licence=licence,
            answers=base,
            scales=tuple(_scale(part, base, names, keys) for part in found.parts),
            open_lines=tuple(OpenLine(key=f"say_{n}", text=text) for n, text in enumerate(found.lines, 1)),
        )
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise NotAList(f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}") from wrong


def _scale(part: FoundPart, base: AnswerScale, names: set[str], keys: set[str]) -> Scale:
    offered = AnswerScale(labels=part.labels, cannot_say=base.cannot_say) if part.labels else base
    name = slug_of(part.name, names, fallback="part")
    return Scale(
        key=name,
        name=part.name,
        items=tuple(_item(one, name, keys) for one in part.items),
        answers=offered if part.labels else None,
        average=len(part.items) >= 3 and len(offered.labels) >= FEW,
    )


def _item(found: Found, part: str, keys: set[str]) -> Item:
    return Item(key=slug_of(found.key or part, keys, fallback="q"), text=found.text, reversed=found.reversed)
