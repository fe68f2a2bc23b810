"""One line of text from a person, with nothing in it that cannot be seen."""

import unicodedata
from typing import Any

from django import forms

JOINERS = "\u200c\u200d"  # unseen, but a family emoji and a Persian word need them


def plain_line(text: str) -> str:
    """Return `text` on one line: no control characters, no reversed writing, single spaces, canonical letters.

    Line breaks and tabs become spaces; a text with nothing to see in it becomes the empty string.
    """
    seen = "".join(_seen(sign) for sign in unicodedata.normalize("NFC", text))
    return " ".join(seen.split()).strip(JOINERS + " ")


def _seen(sign: str) -> str:
    """Return the sign, a space where it only moves the pen, or nothing where it cannot be shown at all."""
    if sign.isspace():
        return " "
    hidden = unicodedata.category(sign) in ("Cc", "Cf", "Cs") and sign not in JOINERS
    return "" if hidden else sign


class LineField(forms.CharField):
    """A form field for one line of text, made plain before it is judged."""

    def to_python(self, value: Any) -> str:
        return plain_line(super().to_python(value) or "")
