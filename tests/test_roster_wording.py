"""Every refusal has a sentence, and every sentence has the facts it asks for."""

import ast
import re
from pathlib import Path

import pytest

from colead.schools import wording
from colead.schools.roster import FileRefused, Reason, Refused

ROSTER = Path(wording.__file__).parent / "roster"


def raised() -> dict[Reason, list[set[str]]]:
    """Return, from the source, which facts each refusal is raised with."""
    found: dict[Reason, list[set[str]]] = {}
    for path in ROSTER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("FileRefused", "LineRefused"):
                names = {keyword.arg for keyword in node.keywords if keyword.arg}
                for name in re.findall(r"Reason\.(\w+)", ast.unparse(node.args[0])):
                    found.setdefault(Reason[name], []).append(names)
    return found


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_raised_somewhere_with_all_the_facts_of_its_sentence(reason):
    asked = set(re.findall(r"%\((\w+)\)s", str(wording._WHY[reason])))
    given = raised().get(reason, [])
    if reason == Reason.TOO_BIG:
        given = [*given, {"most"}]
    assert given, "nobody raises it"
    assert all(asked <= names for names in given)


def test_a_refused_line_is_explained_in_plain_words():
    refused = Refused(7, Reason.GRADE_UNKNOWN, {"grade": "purple"})
    assert "“purple”" in wording.why(refused)


def test_a_refused_file_inside_a_zip_is_named():
    assert wording.why(FileRefused(Reason.QUOTES, line=3, file="orgs.csv")).startswith("In orgs.csv: ")
    assert (
        wording.why(FileRefused(Reason.COLUMNS, missing="name", file="orgs.csv"))
        == "orgs.csv lacks these columns: name."
    )
