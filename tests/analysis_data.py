"""Data the analysis tests share: reference tables, a small made-up programme, plain instruments."""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from colead.analysis.cubes import Cube, cube
from colead.analysis.instrument import AnswerScale, Instrument, Item, Scale
from colead.analysis.sheet import Sheet, sheet, sheet_of_codes

HERE = Path(__file__).parent
OURS = HERE / "truth"
"""Synthetic tables that travel with the project."""

REAL = HERE.parent.parent / "shared" / "truth"
"""Real data out of GPL packages: not ours to pass on, so tests skip where the folder is absent."""


def table(name):
    return json.loads((OURS / f"{name}.json").read_text())


@cache
def real(name):
    """Return {id: entry} of a reference table on real data, or skip."""
    path = REAL / f"{name}.json"
    if not path.is_file():
        pytest.skip("the reference tables on real data are not here")
    return {entry["id"]: entry for entry in json.loads(path.read_text())["entries"]}


@cache
def rows(name):
    """Return a reference data set as a list of {column: text}."""
    path = (OURS if (OURS / name).is_file() else REAL) / name
    if not path.is_file():
        pytest.skip("the reference data are not here")
    with path.open() as file:
        return list(csv.DictReader(file))


def one_scale(items, answers=5, *, reversed_items=(), low=1):
    """Return an instrument with one scale of so many items."""
    labels = tuple(str(low + a) for a in range(answers))
    asked = tuple(Item(key=f"i{j}", text=f"Item {j}", reversed=j in reversed_items) for j in range(items))
    scale = Scale(key="s", name="The scale", items=asked)
    return Instrument(
        slug="plain", version=1, title="Plain", answers=AnswerScale(low=low, labels=labels), scales=(scale,)
    )


def plain_sheet(answers, schools=None, *, steps=5, reversed_items=()) -> Sheet:
    """Return a sheet from lists of answers, None for no answer."""
    width = len(answers[0]) if answers else 3
    instrument = one_scale(width, steps, reversed_items=reversed_items)
    codes = [[0 if a is None else a for a in person] for person in answers]
    return sheet_of_codes(instrument, schools or ["a"] * len(answers), codes)


def real_sheet(name, columns, school, *, steps, reversed_items=()):
    data = rows(name)
    answers = [[int(r[c]) if r[c] not in ("", "NA") else None for c in columns] for r in data]
    return plain_sheet(
        answers, [r[school] if school else "all" for r in data], steps=steps, reversed_items=reversed_items
    )


@cache
def mini_instrument():
    truth = table("mini_share")["instrument"]
    scales = []
    for scale in truth["scales"]:
        keys = [f"{scale['scale']}_{j}" for j in range(1, scale["J"] + 1)]
        items = tuple(Item(key=key, text=f"Question {key}", reversed=key in truth["reversed"]) for key in keys)
        answers = AnswerScale(labels=tuple("123456")) if scale["hi"] == 6 else None
        name = scale["scale"]
        scales.append(Scale(key=name, name=name.upper(), items=items, answers=answers, condition=name != "eff"))
    return Instrument(
        slug="mini", version=1, title="Mini", answers=AnswerScale(labels=tuple("12345")), scales=tuple(scales)
    )


@cache
def mini_sheet(wave):
    keys = [item.key for item in mini_instrument().items]
    people = [r for r in rows("mini_share_responses.csv") if r["wave"] == str(wave)]
    return sheet(mini_instrument(), [(r["school"], {k: int(r[k]) if r[k] else None for k in keys}) for r in people])


@cache
def mini_cube(wave) -> Cube:
    return cube(mini_sheet(wave))


@cache
def mini_rosters():
    """Return {(wave, school): list size}."""
    sizes = {}
    for row in rows("mini_share_roster.csv"):
        key = (int(row["wave"]), row["school"])
        sizes[key] = sizes.get(key, 0) + int(row["N"])
    return sizes


def moments(values, groups):
    """Return names, n, mean and sum of squares per group, written plainly."""
    names = sorted(set(groups))
    parts = [np.array([v for v, g in zip(values, groups, strict=True) if g == name]) for name in names]
    n = np.array([len(p) for p in parts], dtype=float)
    return names, n, np.array([p.mean() for p in parts]), np.array([((p - p.mean()) ** 2).sum() for p in parts])
