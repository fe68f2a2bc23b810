"""The stylesheets: readable in both schemes, light to load, plain to override."""

import re
from itertools import product
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parent.parent / "colead/web/static/web"
SHEETS = sorted(STATIC.glob("*.css"))
LAYERS = ("tokens", "base", "layout", "components", "states", "print")
CONDITIONS = ("vision", "administration", "capacity", "structures", "relationships", "influence", "improvement")


def without_comments(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)


def tokens(scheme: str) -> dict[str, str]:
    """Read the colors of a scheme; dark says only what differs from light."""
    light, _, dark = without_comments(STATIC / "tokens.css").partition("prefers-color-scheme: dark")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


GROUNDS = ("paper", "surface", "sunk", "wash")
TEXT = [
    *product(("ink", "ink-soft", "accent"), GROUNDS),
    *product(("accent-strong",), ("paper", "surface", "wash")),
    *product(("on-press",), ("press", "press-strong")),
    *product(("stop",), ("paper", "surface", "stop-wash")),
    *product(("ink",), ("stop-wash", "warn-wash")),
]
EDGES = [
    *product(("edge",), ("paper", "surface")),
    *product(("focus",), GROUNDS),
    *product(("accent", "press", "stop"), ("paper", "surface")),
    ("warn", "warn-wash"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable(scheme, ink, ground):
    colors = tokens(scheme)
    assert contrast(colors[ink], colors[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), EDGES)
def test_edges_and_marks_can_be_seen(scheme, mark, ground):
    colors = tokens(scheme)
    assert contrast(colors[mark], colors[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("slug", CONDITIONS)
def test_an_initial_is_readable_on_its_condition(scheme, slug):
    colors = tokens(scheme)
    rules = (STATIC / "components.css").read_text()
    rule = re.search(rf'\[data-condition="{slug}"\] \{{(.*?)\}}', rules, re.DOTALL)[1]
    ink = "on-dark-hue" if "on-dark-hue" in rule else "on-light-hue"
    assert contrast(colors[ink], colors[slug]) >= 4.5


def test_the_condition_hues_are_seven_and_differ():
    colors = tokens("light")
    assert len({colors[slug] for slug in CONDITIONS}) == 7


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_rule_is_hard_to_override(sheet):
    css = without_comments(sheet)
    selectors = re.findall(r"[^{};]+(?=\{)", css)
    assert "!important" not in css
    assert not [selector for selector in selectors if "#" in selector]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_rule_stands_in_a_layer(sheet):
    css = re.sub(r"@layer [\w, ]+;", "", without_comments(sheet))
    depth, outermost = 0, ""
    for sign in css:
        depth -= sign == "}"
        outermost += sign if depth == 0 and sign != "}" else ""
        depth += sign == "{"
    assert set(re.split(r"\s*\{\s*", outermost.strip())) <= {f"@layer {name}" for name in LAYERS} | {""}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_token_that_is_used_is_given(sheet):
    given = set(re.findall(r"(--[\w-]+):", "".join(map(without_comments, SHEETS))))
    assert set(re.findall(r"var\((--[\w-]+)", without_comments(sheet))) <= given


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_file_a_sheet_asks_for_is_ours(sheet):
    for asked in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
        assert (STATIC / asked).is_file()


def test_colors_are_named_once_in_the_tokens():
    for sheet in SHEETS:
        if sheet.name != "tokens.css":
            assert not re.findall(r":[^;{]*#[0-9a-f]{3,8}\b", without_comments(sheet)), sheet.name


def test_the_script_stays_small():
    assert len((STATIC / "app.js").read_text().splitlines()) < 200
