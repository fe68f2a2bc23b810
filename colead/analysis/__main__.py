"""From the command line: `python -m colead.analysis report answers.csv --instrument conditions.v1 -o report.pdf`."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from colead.analysis.answers_table import BadTable, read_lists, read_rows
from colead.analysis.beside import Beside, beside
from colead.analysis.charts.drawing import on_paper
from colead.analysis.hiding import Pool
from colead.analysis.instrument import Instrument, UnknownInstrument, load_instrument, read_instrument
from colead.analysis.pooling import PooledScale, SchoolResult, pooled
from colead.analysis.programme import ScaleFigures, scale_figures
from colead.analysis.release import Hidden
from colead.analysis.report import averaged, programme_report, school_report
from colead.analysis.report_page import page
from colead.analysis.report_sheets import programme_sheets, school_sheets
from colead.analysis.waves import Wave, groups_large_enough, omega_of, results, summed, waves
from colead.documents import Block, CannotPrint, Document, Figure, docx, pdf, xlsx

WRITERS: Mapping[str, Callable[[Document], bytes]] = {".pdf": pdf, ".docx": docx, ".html": page}


class CannotReport(ValueError):
    """What was asked cannot be done; the message says why."""


def main(arguments: Sequence[str]) -> int:
    """Write the report that the command line asks for; say on stderr what stands in the way and return 1."""
    asked = _parser().parse_args(arguments)
    try:
        asked.output.parent.mkdir(parents=True, exist_ok=True)
        _save(asked.output, _report(asked))
    except (BadTable, CannotReport, CannotPrint, UnknownInstrument, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(asked.output)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m colead.analysis", description="Read a survey without a server.")
    report = parser.add_subparsers(dest="command", required=True).add_parser(
        "report", help="one table in, one report out"
    )
    report.add_argument("answers", type=Path, help="CSV: columns school, wave, group (all optional) and the questions")
    report.add_argument("--instrument", required=True, help="such as conditions.v1, or a YAML file of your own")
    report.add_argument("--wave", help="the round to report on; by default the last one in the table")
    report.add_argument("--school", help="one school out of a table with several")
    report.add_argument(
        "--lists", type=Path, help="CSV with the sizes of the staff lists: school, people, wave (optional)"
    )
    report.add_argument(
        "--efficacy",
        type=Path,
        help="CSV of the efficacy survey of these schools: its last round is drawn",
    )
    report.add_argument("--efficacy-instrument", default="efficacy.v1", help="by default efficacy.v1")
    report.add_argument("--paper", choices=("letter", "a4"), default="letter")
    report.add_argument("-o", "--output", type=Path, required=True, help="report.pdf, .docx, .html or .xlsx")
    return parser


def _report(asked: argparse.Namespace) -> bytes:
    kind = asked.output.suffix.lower()
    if kind not in (*WRITERS, ".xlsx"):
        raise CannotReport(f"A report can be .pdf, .docx, .html or .xlsx, not “{kind}”.")
    instrument = _instrument(asked.instrument)
    lists = read_lists(asked.lists) if asked.lists else {}
    rounds = _until(waves(read_rows(asked.answers, instrument), instrument, lists, _tell("people read")), asked.wave)
    schools = sorted({s for wave in rounds for s in wave.people.schools})
    if asked.school:
        if asked.school not in schools:
            raise CannotReport(f"There is no school called “{asked.school}” in the table.")
        schools = [asked.school]
    if asked.efficacy and (len(schools) == 1 or kind == ".xlsx"):
        raise CannotReport("Efficacy is drawn beside conditions for several schools, in a .pdf, .docx or .html.")
    if len(schools) == 1:
        return _school(rounds, schools[0], instrument, asked)
    return _programme(rounds, schools, instrument, asked)


def _instrument(name: str) -> Instrument:
    return read_instrument(Path(name)) if name.endswith((".yaml", ".yml")) else load_instrument(name)


def _until(rounds: Sequence[Wave], wanted: str | None) -> Sequence[Wave]:
    names = [wave.name for wave in rounds]
    if wanted is None:
        return rounds
    if wanted not in names:
        raise CannotReport(f"There is no round called “{wanted}”. There are: {', '.join(names)}.")
    return rounds[: names.index(wanted) + 1]


def _school(rounds: Sequence[Wave], school: str, instrument: Instrument, asked: argparse.Namespace) -> bytes:
    releases = [found.release for found in results(rounds, school, breakdown=groups_large_enough)]
    if releases[-1].wave != rounds[-1].name:
        raise CannotReport(f"“{school}” has no answers in the round “{rounds[-1].name}”.")
    if asked.output.suffix.lower() == ".xlsx":
        return xlsx(school_sheets(releases, instrument))
    return _write(school_report(releases, instrument, paper=asked.paper), asked.output)


def _programme(
    rounds: Sequence[Wave], schools: Sequence[str], instrument: Instrument, asked: argparse.Namespace
) -> bytes:
    here = _last_round(rounds, schools)
    figures = _figures(rounds, here, instrument)
    if asked.output.suffix.lower() == ".xlsx":
        return xlsx(programme_sheets(figures, instrument, rounds[-1].name))
    people = sum(int(found.sums.people[0]) for found in here)
    facts = {"wave": rounds[-1].name, "schools": len(here), "people": people, "paper": asked.paper}
    report = programme_report(figures, instrument, **facts, efficacy=_efficacy(here, instrument, asked))
    return _write(report, asked.output)


def _last_round(rounds: Sequence[Wave], schools: Sequence[str]) -> list[SchoolResult]:
    tell = _tell("schools done")
    here: list[SchoolResult] = []
    for done, school in enumerate(schools, start=1):
        found = results(rounds, school)
        here += [found[-1]] if found[-1].release.wave == rounds[-1].name else []
        tell(done)
    return here


def _efficacy(here: Sequence[SchoolResult], instrument: Instrument, asked: argparse.Namespace) -> Beside | None:
    if not asked.efficacy:
        return None
    other = _instrument(asked.efficacy_instrument)
    if not (averaged(instrument) and averaged(other)):
        raise CannotReport("To draw efficacy beside conditions, both surveys need parts with an average.")
    rounds = waves(read_rows(asked.efficacy, other), other, {}, _tell("people read"))
    there = _last_round(rounds, sorted(rounds[-1].people.schools))
    return beside([one.release for one in here], instrument, [one.release for one in there], other)


def _figures(
    rounds: Sequence[Wave], here: Sequence[SchoolResult], instrument: Instrument
) -> list[tuple[ScaleFigures, PooledScale]]:
    everyone = Pool("All schools", frozenset(found.release.school for found in here))
    pool = pooled([everyone], here, wave=rounds[-1].name).pools[0]
    cubes, lists = [summed(wave) for wave in rounds], [wave.lists for wave in rounds]
    by_key = {scale.key: scale for scale in pool.scales}
    found = []
    for scale in averaged(instrument):
        figures = scale_figures(cubes, lists, scale.key, omega_of(rounds[-1], scale))
        found.append((_shown(figures, here), by_key[scale.key]))
    return found


def _shown(found: ScaleFigures, here: Sequence[SchoolResult]) -> ScaleFigures:
    """Keep only schools whose own release shows the change, and of each only what that release shows."""
    by_name = {result.release.school: result.release.scale(found.scale.key).change for result in here}
    kept = []
    for one in found.changes:
        change = by_name.get(one.school, Hidden(why=""))
        if not isinstance(change, Hidden):
            kept.append(one.rounded(change))
    return replace(found, changes=tuple(kept))


def _write(document: Document, output: Path) -> bytes:
    kind = output.suffix.lower()
    return WRITERS[kind](
        document if kind == ".html" else replace(document, blocks=tuple(map(_on_paper, document.blocks)))
    )


def _on_paper(block: Block) -> Block:
    return replace(block, svg=on_paper(block.svg)) if isinstance(block, Figure) else block


def _save(path: Path, content: bytes) -> None:
    """Write all or nothing: a broken run leaves no half report behind."""
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(content)
    os.replace(half, path)


def _tell(what: str) -> Callable[[int], None]:
    """Say on stderr how far long work is, every thousandth step."""

    def tell(done: int) -> None:
        if done % 1000 == 0:
            print(f"{done} {what}", file=sys.stderr, flush=True)

    return tell


if __name__ == "__main__":  # pragma: no cover - what it calls is tested
    sys.exit(main(sys.argv[1:]))
