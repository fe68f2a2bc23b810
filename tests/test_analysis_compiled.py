"""The compiled way gives the same whole numbers; without numba numpy does the work."""

import numpy as np
import pytest

from colead.analysis import compiled
from colead.analysis.cubes import wave_sums
from tests.analysis_data import mini_sheet, plain_sheet
from tests.bench_analysis import by_numba, by_numpy, main, nation


def same(one, two):
    for name in ("n", "total", "squares"):
        assert (getattr(one, name) == getattr(two, name)).all(), name
    for a, b in zip(one.whole, two.whole, strict=True):
        for name in ("n", "items", "squares", "totals2"):
            assert (getattr(a, name) == getattr(b, name)).all(), name


@pytest.mark.parametrize("available", [True, False])
def test_both_ways_give_the_same_sums(available, monkeypatch):
    if available and not compiled.AVAILABLE:
        pytest.skip("the numba extra is not installed")
    monkeypatch.setattr(compiled, "AVAILABLE", available)
    for sheet in (mini_sheet(1), nation(0.002, 1)[0], plain_sheet([[1, 2, None], [3, 3, 3]], ["a", "c"])):
        same(compiled.fast_wave_sums(sheet), wave_sums(sheet))


def test_a_scale_too_long_for_whole_parts_takes_the_plain_way(monkeypatch):
    monkeypatch.setattr(compiled, "AVAILABLE", True)
    long = plain_sheet([[1, 2, 3, 4, 5] * 3, [2] * 15])
    same(compiled.fast_wave_sums(long), wave_sums(long))


def test_the_loops_of_the_kernel_are_right_even_uncompiled(monkeypatch):
    monkeypatch.setattr(compiled, "AVAILABLE", True)
    monkeypatch.setattr(compiled, "_ready", [compiled._kernel])
    sheet = mini_sheet(2)
    small = sheet.only(np.arange(sheet.rows) % 9 == 0)
    same(compiled.fast_wave_sums(small), wave_sums(small))


def test_the_bench_runs_and_compares(capsys):
    assert main(["--scale", "0.0008", "--rounds", "1"]) == 0
    told = capsys.readouterr().out
    assert "plain read" in told
    assert "CPU s" in told
    assert "random intercepts" in told


def test_the_bench_attacks_as_many_worlds_as_asked(capsys):
    assert main(["--worlds", "20"]) == 0
    assert "20 worlds: 0 small sets recovered" in capsys.readouterr().out


def test_the_bench_figures_are_the_same_both_ways():
    made = [nation(0.001, wave) for wave in (0, 1)]
    waves, rosters = [sheet for sheet, _ in made], made[0][1]
    one, two = by_numpy(waves, rosters), by_numba(waves, rosters)
    for key in one:
        assert (one[key] == two[key]).all(), key
