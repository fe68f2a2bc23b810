"""What a person reads in a value, apart from codes and slugs: for reading times, placeholders and translations."""

from collections.abc import Iterator

from colead.content.model import Value

WORDS_A_MINUTE = 200
# Fields that code and database hold on to. A translation must leave them as they are.
FIXED = frozenset(
    (
        "condition",
        "version",
        "ours",
        "key",
        "code",
        "slug",
        "letter",
        "number",
        "kind",
        "tool",
        "from_",
        "to",
        "weight",
        "mode",
        "phase",
    )
)


def texts(value: object) -> Iterator[str]:
    """Give every text in a value that a person reads."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, Value):
        for name, item in value:
            if name not in FIXED | {"url"}:
                yield from texts(item)


def fixed(value: object) -> Iterator[tuple[str, object]]:
    """Give every field of a value that stays the same in each language, in order."""
    if isinstance(value, tuple):
        for item in value:
            yield from fixed(item)
    elif isinstance(value, Value):
        for name, item in value:
            if name in FIXED:
                yield name, item
            else:
                yield from fixed(item)


def reading_minutes(*values: object) -> float:
    """Say how many minutes the texts in these values take to read, at 200 words a minute."""
    words = sum(len(text.split()) for value in values for text in texts(value))
    return words / WORDS_A_MINUTE
