"""Find what the product says, and what of it has a Spanish word: sources are read, no tool of the system is needed."""

import ast
import gettext
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
MO = ROOT / "locale/es/LC_MESSAGES/django.mo"
SAYING = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
# templatize turns a template into such calls, one a string
QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(u?({QUOTED}(?:\s*,\s*u?{QUOTED})*)")
BETWEEN = re.compile(r'\s*,\s*u(?=["\'])')


def said_in(path: Path) -> set[str]:
    """Return the strings that a module or a template hands to gettext."""
    text = path.read_text(encoding="utf-8")
    return set(_in_python(text) if path.suffix == ".py" else _in_template(text))


def _in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYING:
            yield from _first(node.func, node.args)


def _first(function: ast.expr, given: list[ast.expr]) -> Iterator[str]:
    named = getattr(function, "id", getattr(function, "attr", ""))
    words = given[1] if named.startswith("pgettext") else given[0]
    if isinstance(words, ast.Constant) and isinstance(words.value, str):
        yield words.value


def _in_template(text: str) -> Iterator[str]:
    for name, words in IN_TEMPLATE.findall(templatize(text)):
        told = ast.literal_eval(f"({BETWEEN.sub(', ', words)},)")
        yield told[1] if name.startswith("p") else told[0]


def said_by(paths: Iterable[Path]) -> set[str]:
    return {words for path in paths for words in said_in(path) if words}


def everything() -> set[str]:
    """Return all that the product says, room by room."""
    return said_by(
        [*(ROOT / "colead").rglob("*.py"), *(ROOT / "colead").rglob("*.html"), *(ROOT / "colead").rglob("*.txt")]
    )


def spanish() -> dict[str, str]:
    """Return the compiled catalogue: English -> Spanish; of a plural the word for one."""
    with MO.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    singular = {key[0]: words for key, words in known.items() if isinstance(key, tuple) and key[1] == 0}
    return singular | {key: words for key, words in known.items() if isinstance(key, str) and key}


# What a person meets who answers a survey, and what leads there.
SURVEYS = ROOT / "colead/surveys"
PAGES = ("phone", "answer", "over", "early", "counted", "receipts", "kept", "_kept", "_receipt", "start", "no_survey")
ANSWERING = [
    *(SURVEYS / f"templates/surveys/{name}.html" for name in PAGES),
    *(SURVEYS / "templates/surveys/mail").glob("*.txt"),
    *(SURVEYS / "answering").glob("*.py"),
    SURVEYS / "views/answering.py",
    SURVEYS / "exports/slips.py",
    SURVEYS / "emails.py",
    SURVEYS / "groups.py",
    SURVEYS / "catalogue.py",
    SURVEYS / "actions/inquiries.py",
    ROOT / "colead/answers/promises.py",
]
