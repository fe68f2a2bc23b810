"""Read a theory of action out as one sentence."""

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

_ENDS = ".;,:!… "


def sentence(ifs: Sequence[str], thens: Sequence[str], results: Sequence[str], names: Iterable[str] = ()) -> str:
    """Join the three parts into one sentence; a part that is still empty stands as dots.

    `names` are words that keep their capital letter, such as the names of people and the school.
    """
    keep = {word for name in names for word in name.split()}
    said = {
        "if": _joined(ifs, keep, (_("If we"), _("We"))),
        "then": _joined(thens, keep, (_("Then"),)),
        "result": _joined(results, keep, (_("As a result"), _("So that"))),
    }
    return _("If we %(if)s, then %(then)s, and as a result %(result)s.") % said


def _joined(lines: Sequence[str], keep: set[str], openings: tuple[str, ...]) -> str:
    parts = [part for line in lines if (part := _part(line, keep, openings))]
    if not parts:
        return "…"
    *others, last = parts
    return _("%(first)s and %(last)s") % {"first": ", ".join(others), "last": last} if others else last


def _part(line: str, keep: set[str], openings: tuple[str, ...]) -> str:
    """Return a line without the words and signs that the sentence around it brings along."""
    words = " ".join(line.split()).rstrip(_ENDS)
    for opening in openings:
        words = re.sub(rf"^{re.escape(opening)}\b[{_ENDS}]+", "", words, flags=re.IGNORECASE)
    first = words.split(" ", 1)[0]
    return words if first in keep or not first[1:].islower() else words[:1].lower() + words[1:]
