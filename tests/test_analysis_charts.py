"""Charts name themselves, carry their table, obey a strict content policy and stay inside their frame."""

import re

import pytest
from lxml import etree

from colead.analysis.charts import (
    BarRow,
    DotRow,
    ForestRow,
    GrowthRow,
    SlopeRow,
    bars,
    dots,
    forest,
    growth,
    scatter,
    slopes,
)
from colead.analysis.charts.drawing import Axis, on_paper, shades, shorten, wrap
from colead.analysis.figures import Undefined
from colead.analysis.several import Point

LONG = "Relaciones entre colegas y normas compartidas de toda la comunidad escolar & <amigos>"
POINTS = [Point(f"S{i}", 2.5 + i / 10, 3 + i / 8 + (i % 3) / 5) for i in range(12)]
ENDS = ("Strongly disagree", "Strongly agree")


def some():
    rows = [DotRow("Vision", 3.7, 3.5, 3.9, 3.4), DotRow(LONG, 2.0, 1.0, 2.6), DotRow("Hidden", None)]
    schools = [ForestRow("Zoo", 20, 0.3, 0.0, 0.6, 0.2), ForestRow("abbey", 31, -0.04, -0.4, 0.3)]
    whole = ForestRow("All schools", 51, 0.1, 0.0, 0.2)
    questions = [BarRow(LONG, (0, 4, 9, 14, 8)), BarRow("None yet", None), BarRow("Nobody", (0, 0, 0, 0, 0))]
    way = [SlopeRow("Vision", ((3.0, 2.8, 3.2), None, (3.4, 3.2, 3.6))), SlopeRow(LONG, (None, (2, 1, 3), (5, 5, 5)))]
    grew = [GrowthRow("August", (0, 0)), GrowthRow("September", (12, 1)), GrowthRow("October", (30, 20))]
    return {
        "dots": dots(rows, title="Where we stand", low=1, high=5, ends=ENDS),
        "first dots": dots(rows[1:], title="Where we stand", low=1, high=5, ends=ENDS),
        "bars": bars(questions, title="Vision", answers=["No", "Hardly", "Partly", "Mostly", "Fully"]),
        "slopes": slopes(way, ["Autumn", "Winter", "Spring"], title="So far", low=1, high=5),
        "forest": forest(schools, whole, title="Change", low=-1, high=1, zero=0),
        "plain forest": forest(schools[1:], None, title="Level", low=1, high=5),
        "growth": growth(grew, title="The circle", groups=[LONG, "Others"], most=40),
        "scatter": scatter(POINTS, title="Both", across=("Conditions", 1, 5), up=("Efficacy", 1, 6)),
    }


@pytest.mark.parametrize("name", some())
def test_every_chart_names_itself_and_carries_its_table(name):
    picture = some()[name]
    root = etree.fromstring(picture.svg.encode())
    children = [etree.QName(child).localname for child in root]
    assert children[:2] == ["title", "desc"]
    assert root.get("role") == "img"
    assert root[0].text == picture.title == picture.table.caption
    assert root[1].text == picture.description
    assert len(picture.table.rows) > 0
    assert {len(row) for row in picture.table.rows} == {len(picture.table.headers)}


@pytest.mark.parametrize("name", some())
def test_every_chart_obeys_a_strict_policy_and_stays_in_its_frame(name):
    svg = some()[name].svg
    assert not re.search(r"style=|<style|<script|href|url\(|\bon\w+=|\bid=", svg)
    root = etree.fromstring(svg.encode())
    width, height = map(float, root.get("viewBox").split()[2:])
    for shape in root.iter():
        for key, most in (("x", width), ("x1", width), ("x2", width), ("cx", width), ("y", height), ("cy", height)):
            assert 0 <= float(shape.get(key, 0)) <= most, etree.tostring(shape)


@pytest.mark.parametrize("name", some())
def test_no_chart_tells_better_from_worse_by_colour(name):
    svg = some()[name].svg
    for red, green, blue in re.findall(r"#(\w\w)(\w\w)(\w\w)", svg):
        assert int(red, 16) <= int(green, 16) + 12, "no reds: greys and one blue-green of different lightness"
        assert int(blue, 16) >= int(green, 16) - 12


def test_schools_stand_from_a_to_z_and_are_never_ranked():
    table = some()["forest"].table
    assert [row[0] for row in table.rows] == ["abbey", "Zoo", "All schools"]
    assert table.rows[0][2] == "0.0 (−0.4 to 0.3)"


def test_what_is_not_shown_says_so():
    assert "Hidden: not shown." in some()["dots"].description
    assert "None yet: not shown." in some()["bars"].description
    assert "Winter not shown" in some()["slopes"].description


def test_efficacy_against_conditions_needs_ten_schools():
    found = scatter(POINTS[:9], title="Both", across=("C", 1, 5), up=("E", 1, 6))
    assert found == Undefined("it takes 10 schools")


def test_names_are_cut_only_where_the_table_has_them():
    assert shorten("Vision and strategy", 60) == "Vision…"
    assert shorten("Vision", 60) == "Vision"
    assert wrap("one two three", 45) == ["one", "two", "three"]
    assert Axis(3, 3).at(3) == Axis(3, 3).left
    assert len({fill for fill, _ in shades(5)}) == 5
    assert len(shades(1)) == 1


def test_on_paper_letters_keep_their_size():
    paper = on_paper(some()["dots"].svg)
    assert 'viewBox="0 0 600 ' in paper
    assert 'width="600"' in paper
