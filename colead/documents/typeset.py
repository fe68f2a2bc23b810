"""Set a document as a PDF that anyone can read: tagged (PDF/UA-1), kept for good (PDF/A-2a), fonts inside.

The templates in `typst/` are markup; the document goes in as JSON, so that nothing people wrote can become markup.
"""

import json
import re
import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import cast

import fontpkg_atkinson_hyperlegible
import typst

from colead.documents.blocks import Document
from colead.documents.paper import data
from colead.documents.ready import CannotPrint, ready

TEMPLATES = Path(__file__).parent / "typst"
# How much smaller a paper may be set to save a second page: body text stays at 9 points or above.
SCALES = (1.0, 0.95, 0.9, 0.86)

_UNPRINTABLE = re.compile(r'the (?:text|PDF contains the codepoint) `"(.+?)"`')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def pdf(document: Document) -> bytes:
    """Set the document as PDF bytes, the same bytes for the same document.

    Letters that none of our fonts has are spelled out in square brackets, and the paper says so at its end.
    Refuses with `CannotPrint`.
    """
    paper = json.dumps(data(ready(document)), ensure_ascii=False)
    return _set(paper, _fitting(paper) if document.one_page else 1.0)


def picture(svg: str) -> bytes:
    """Draw an SVG as PNG bytes, for writers that cannot hold an SVG; refuses with `CannotPrint`."""
    try:
        return _png("picture.typ", {"svg": svg})
    except typst.TypstError as error:
        raise CannotPrint(f"A picture could not be drawn: {error.message}") from error


def mark(condition: str) -> bytes:
    """Draw the tile with the icon of a condition as PNG bytes."""
    return _png("mark.typ", {"condition": condition})


def _png(template: str, inputs: dict[str, str]) -> bytes:
    return _one(_compiler(template, inputs).compile(format="png", ppi=220))


def _one(compiled: bytes | list[bytes] | None) -> bytes:
    """Narrow what the compiler may return to the one file that it does return here."""
    return cast(bytes, compiled)


@cache
def _fonts() -> typst.Fonts:
    """Load our fonts and no others, so that the same document looks the same on every machine."""
    own = resources.files(fontpkg_atkinson_hyperlegible) / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(own)])


def _compiler(template: str, inputs: dict[str, str]) -> typst.Compiler:
    """Make a compiler for one call: it costs a millisecond, and threads then share nothing that changes."""
    return typst.Compiler(str(TEMPLATES / template), root=str(TEMPLATES), font_paths=_fonts(), sys_inputs=inputs)


def _inputs(paper: str, scale: float, spelled: dict[str, str]) -> dict[str, str]:
    said = "yes" if spelled else ""
    letters = {ord(character): name for character, name in spelled.items()}
    return {"data": paper.translate(letters), "scale": str(scale), "spelled": said}


def _fitting(paper: str) -> float:
    """Find the largest scale that fits one page; full size when none does."""
    return next((scale for scale in SCALES if _pages(paper, scale) == 1), 1.0)


def _pages(paper: str, scale: float) -> int:
    """Count pages without writing any; 0 for a paper that cannot be set, and setting it then says why."""
    try:
        return int(_compiler("paper.typ", _inputs(paper, scale, {})).query("<pages>", field="value", one=True))
    except RuntimeError:
        return 0


def _set(paper: str, scale: float) -> bytes:
    """Compile, spelling out what no font has, until nothing is missing."""
    spelled: dict[str, str] = {}
    while True:
        compiler = _compiler("paper.typ", _inputs(paper, scale, spelled))
        try:
            return _one(compiler.compile(format="pdf", pdf_standards=["ua-1", "a-2a"]))
        except typst.TypstError as error:
            missing = _missing(error.diagnostic) - spelled.keys()
            if not missing:
                raise CannotPrint(f"The paper could not be set: {error.message}") from error
            spelled |= {character: _spelled(character) for character in missing}


def _missing(diagnostic: str) -> set[str]:
    """Read from the compiler's complaint which characters no font has; plain ASCII is never among them."""
    reported = "".join(_UNPRINTABLE.findall(diagnostic))
    return {character for character in _ESCAPE.sub(_unescaped, reported) if not character.isascii()}


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def _spelled(character: str) -> str:
    """Name a symbol, number a letter, drop what only joins or varies its neighbours."""
    if unicodedata.category(character) == "Cf" or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
        return ""
    if unicodedata.category(character).startswith("S"):
        return f"[{unicodedata.name(character).lower()}]"
    return f"[U+{ord(character):04X}]"
