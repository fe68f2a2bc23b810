"""Measure the statistics of a made-up nation against a plain read of the same columns and the same work in pandas.

`python -m tests.bench_analysis [--scale 1.0] [--only numpy]`: a tenth of the nation by default (350,000 people, 13,000
schools, 60 items in 8 scales, two waves). Everything runs in one process after the other; trust ratios, not seconds.
pandas and numba are not needed by the product: rows for them appear where they are installed.
"""

import argparse
import resource
import sys
import time

import numpy as np

from colead.analysis.changes import changes, part_error
from colead.analysis.compiled import AVAILABLE, fast_wave_sums
from colead.analysis.cubes import WaveSums, pooled_variance, variances, wave_sums
from colead.analysis.instrument import DEFAULTS, AnswerScale, Instrument, Item, Scale
from colead.analysis.levels import standard_error, steadied, t_table
from colead.analysis.multilevel import intercept_model, one_way
from colead.analysis.reliability import clustered
from colead.analysis.scores import plans
from colead.analysis.sheet import Sheet

PEOPLE, SCHOOLS, SEED = 3_500_000, 130_000, 20261122
SHAPES = (7, 7, 7, 7, 8, 8, 8, 8)


def instrument() -> Instrument:
    """Return 60 items in 8 scales of six answers, every seventh worded the other way round."""
    scales, count = [], 0
    for k, items in enumerate(SHAPES):
        asked = []
        for _ in range(items):
            asked.append(Item(key=f"q{count}", text="?", reversed=count % 7 == 3))
            count += 1
        scales.append(Scale(key=f"s{k}", name=f"S{k}", items=tuple(asked)))
    return Instrument(
        slug="nation", version=1, title="Nation", answers=AnswerScale(labels=tuple("123456")), scales=tuple(scales)
    )


def nation(scale: float, wave: int) -> tuple[Sheet, np.ndarray]:
    """Return a wave of a made-up nation (one byte an answer, 3 % missing) and the sizes of the staff lists."""
    dice = np.random.default_rng([SEED, wave])
    schools = max(int(SCHOOLS * scale), 10)
    weight = np.random.default_rng(SEED).lognormal(0, 0.55, schools)
    rosters = np.maximum(3, (weight / weight.sum() * PEOPLE * scale / 0.8).astype(np.int64))
    n = dice.binomial(rosters, 0.8)
    offsets = np.concatenate([[0], np.cumsum(n)])
    rows = int(offsets[-1])
    plan = instrument()
    place = np.repeat(dice.normal(0, 0.3, schools).astype(np.float32), n)
    steady = dice.normal(0, 0.7, rows).astype(np.float32) + place + 0.05 * wave
    codes = np.empty((len(plan.items), rows), dtype=np.int8)
    for at, item in enumerate(plan.items):
        value = np.clip(np.rint(4.1 + steady + dice.standard_normal(rows, dtype=np.float32)), 1, 6).astype(np.int8)
        value = np.int8(7) - value if item.reversed else value
        value[dice.random(rows, dtype=np.float32) < 0.03] = 0
        codes[at] = value
    names = tuple(map(str, range(schools)))
    return Sheet(plan, names, offsets.astype(np.int64), codes), rosters


def figures(sums: list[WaveSums], rosters: np.ndarray) -> dict[str, np.ndarray]:
    """Work out means, margins, alpha, ICC and change from the sums: the same for numpy and compiled sums."""
    units = np.array([how.unit for how in plans(instrument())], dtype=np.int64)
    found: dict[str, list] = {"mean": [], "half": [], "alpha": [], "icc": []}
    sides = []
    for wave in sums:
        mean = wave.total / np.maximum(wave.n, 1) / units
        variance = variances(wave.n, wave.total, wave.squares, units)
        pooled = pooled_variance(wave.n, variance)
        steady = steadied(variance, wave.n, pooled, 4)
        found["half"].append(t_table(0.95, wave.n + 3) * standard_error(steady, wave.n, rosters[:, None]))
        found["mean"].append(mean)
        found["alpha"].append([clustered(rows)[0] for rows in wave.whole])
        squares = variance * np.maximum(wave.n - 1, 0)
        found["icc"].append([one_way(wave.n[:, k], mean[:, k], squares[:, k]).icc1 for k in range(len(units))])
        sides.append((wave.n, mean, part_error(variance, wave.n, pooled, rosters[:, None], DEFAULTS)))
    (n1, m1, e1), (n2, m2, e2) = sides
    difference, error = changes((n1, n2), (m1, m2), (e1, e2), DEFAULTS)
    return {key: np.array(value) for key, value in found.items()} | {"difference": difference, "error": error}


def by_numpy(waves, rosters):
    return figures([wave_sums(wave) for wave in waves], rosters)


def by_numba(waves, rosters):
    return figures([fast_wave_sums(wave) for wave in waves], rosters)


def plain_read(waves, rosters):
    """Read every byte once: the floor under any way of doing it."""
    flat = [wave.codes.reshape(-1) for wave in waves]
    return {"sum": np.array([int(codes[: len(codes) // 8 * 8].view(np.uint64).sum()) for codes in flat])}


def frames(waves):
    import pandas as pd

    found = []
    for wave in waves:
        table = pd.DataFrame({item.key: wave.codes[at] for at, item in enumerate(wave.instrument.items)}, copy=False)
        table["school"] = np.repeat(np.arange(len(wave.schools)), np.diff(wave.offsets))
        found.append(table)
    return found


def by_pandas(tables, rosters):
    """Do the same work the way an analyst would write it."""
    import pandas as pd

    plan, found, sides = instrument(), {"mean": [], "half": [], "alpha": [], "icc": []}, []
    for table in tables:
        scores, alphas = {}, []
        for scale in plan.scales:
            keys = [item.key for item in scale.items]
            right = table[keys].astype("float32").where(table[keys] > 0)
            for item in scale.items:
                if item.reversed:
                    right[item.key] = 7 - right[item.key]
            answered = right.notna().sum(axis=1)
            scores[scale.key] = right.mean(axis=1).where(answered * 2 >= len(keys)).astype("float64")
            whole = right.dropna().astype("float64")
            total = whole.sum(axis=1).var()
            alphas.append(len(keys) / (len(keys) - 1) * (1 - whole.var().sum() / total))
        grouped = pd.DataFrame(scores).groupby(table["school"])
        n = grouped.count().reindex(range(len(rosters)), fill_value=0).to_numpy()
        mean = grouped.mean().reindex(range(len(rosters))).fillna(0).to_numpy()
        variance = grouped.var().reindex(range(len(rosters))).fillna(0).to_numpy()
        pooled = pooled_variance(n, variance)
        steady = steadied(variance, n, pooled, 4)
        found["half"].append(t_table(0.95, n + 3) * standard_error(steady, n, rosters[:, None]))
        found["mean"].append(mean)
        found["alpha"].append(alphas)
        squares = variance * np.maximum(n - 1, 0)
        found["icc"].append([one_way(n[:, k], mean[:, k], squares[:, k]).icc1 for k in range(n.shape[1])])
        sides.append((n, mean, part_error(variance, n, pooled, rosters[:, None], DEFAULTS)))
    (n1, m1, e1), (n2, m2, e2) = sides
    difference, error = changes((n1, n2), (m1, m2), (e1, e2), DEFAULTS)
    return {key: np.array(value) for key, value in found.items()} | {"difference": difference, "error": error}


def measure(work, *args, rounds=3):
    """Return the result, the least CPU seconds and the least wall seconds of so many rounds."""
    best = (float("inf"), float("inf"))
    for _ in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        result = work(*args)
        best = min(best[0], time.process_time() - cpu), min(best[1], time.perf_counter() - wall)
    return result, *best


def peak_gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def installed(name: str) -> bool:
    try:
        __import__(name)
    except ImportError:
        return False
    return True


def ways_of(waves):
    """Return every way of doing the work that is installed here, with its data ready."""
    yield "plain read", plain_read, waves
    yield "numpy", by_numpy, waves
    if AVAILABLE:
        fast_wave_sums(nation(0.0005, 0)[0])
        yield "compiled (numba)", by_numba, waves
    if installed("pandas"):
        yield "pandas", by_pandas, frames(waves)


def compare(table) -> None:
    """Check that all ways gave the same figures and print the ratios."""
    own = table["numpy"][1]
    print(f"numpy is {own / table['plain read'][1]:.0f} times a plain read")
    for name in ("compiled (numba)", "pandas"):
        if name not in table:
            print(f"{name}: not installed here, left out")
            continue
        close = {"rtol": 0, "atol": 0} if name != "pandas" else {"rtol": 1e-5, "atol": 2e-6}
        for key, value in table["numpy"][0].items():
            np.testing.assert_allclose(np.asarray(value, float), np.asarray(table[name][0][key], float), **close)
        print(f"{name}: the same figures")
    for name, goal in (("numpy", 2), ("compiled (numba)", 15)):
        if name in table and "pandas" in table:
            print(f"pandas / {name}: {table['pandas'][1] / table[name][1]:.1f} (goal {goal} or more)")


def main(arguments=None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--worlds", type=int, default=0, help="attack so many made-up releases, such as 10000")
    asked = parser.parse_args(arguments)
    if asked.worlds:
        return attack(asked.worlds)
    print("making the nation ...", file=sys.stderr, flush=True)
    made = [nation(asked.scale, wave) for wave in (0, 1)]
    waves, rosters = [sheet for sheet, _ in made], made[0][1]
    rows = sum(wave.rows for wave in waves)
    print(f"{rows:,} answer sets in two waves, {len(rosters):,} schools, 60 items; data {peak_gigabytes():.2f} GB")
    table = {}
    for name, work, data in ways_of(waves):
        result, cpu, wall = measure(work, data, rosters, rounds=asked.rounds)
        table[name] = (result, cpu)
        print(f"{name:18} {cpu:8.3f} CPU s {wall:8.3f} wall s   peak {peak_gigabytes():5.2f} GB", flush=True)
    compare(table)
    model(waves[0], asked.rounds)
    return 0


def attack(worlds: int) -> int:
    """Try to recover small sets of people from so many made-up releases; print how many were recovered and shown."""
    from tests.analysis_worlds import ROLES, made, published_sets, recovered, world

    dice, recovered_sets, groups, shown = np.random.default_rng(SEED), 0, 0, 0
    for seed in range(worlds):
        weights = dice.integers(1, 12, 4).tolist()
        ballots = world(int(dice.integers(8, 60)), seed, float(dice.choice([0.0, 0.02, 0.1, 0.4])), weights)
        found = made(ballots, breakdown=ROLES)
        for scale in ("vision", "influence"):
            sets, _ = published_sets(found, ballots, scale)
            recovered_sets += bool(sets) and recovered(sets, 5) is not None
            groups += 1
            shown += len(sets) > 1
        if seed % 1000 == 999:
            print(f"{seed + 1} worlds", file=sys.stderr, flush=True)
    print(f"{worlds:,} worlds: {recovered_sets} small sets recovered; groups shown in {shown / groups:.0%} of scales")
    return int(recovered_sets > 0)


def model(wave: Sheet, rounds: int) -> None:
    """Time the random-intercept model of all schools from the sums."""
    sums = wave_sums(wave)
    units = np.array([how.unit for how in plans(wave.instrument)], dtype=np.int64)
    variance = variances(sums.n, sums.total, sums.squares, units)[:, 0]
    n, mean = sums.n[:, 0].astype(float), (sums.total / np.maximum(sums.n, 1) / units)[:, 0]
    squares = variance * np.maximum(n - 1, 0)
    found, cpu, _ = measure(intercept_model, n, mean, squares, rounds=rounds)
    print(f"random intercepts of {len(n):,} schools: {cpu:.4f} CPU s (goal under 0.05), ICC {found.icc1:.4f}")


if __name__ == "__main__":
    sys.exit(main())
