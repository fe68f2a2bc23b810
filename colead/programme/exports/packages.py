"""Packages for people outside: evaluators get figures without names, anybody gets what is on public record."""

import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO

from django.utils.translation import gettext as _

from colead.documents import Sheet, csv, pdf
from colead.documents.sheets import Cell
from colead.programme.exports.outcomes import sheet as outcomes_sheet
from colead.programme.exports.year import reading, year_paper
from colead.programme.models import Cohort, OfficeWave, Opening, Programme, Visit
from colead.programme.queries.outcomes import outcomes
from colead.programme.queries.year import gatherings_in, year_report, years_of
from colead.surveys.exports.results import sheet as result_sheet
from colead.surveys.models import Wave

LONG_AGO = (2020, 1, 1, 0, 0, 0)  # a time in the package would tell nothing
FIGURES = ("scales", "questions")


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return files in one ZIP: the same files give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            package.writestr(zipfile.ZipInfo(name, LONG_AGO), content)
    return out.getvalue()


# --- For evaluators. ---


def evaluators_package(programme: Programme) -> bytes:
    """Return tidy figures of every result that its school shows by itself, the codebooks, and the figures over all.

    Schools have codes that are drawn anew for every package, so that two packages cannot be laid side by side to find
    out more than either says. What a release hides has no number here either: its cell is empty.
    """
    waves = _waves(programme)
    codes = _codes({wave.school_id for wave in waves})
    files = [
        file for instrument in sorted({wave.instrument for wave in waves}) for file in _of(instrument, waves, codes)
    ]
    files.append(("surveys.csv", csv(_surveys(waves, codes))))
    files.append(("outcomes.csv", csv(outcomes_sheet(outcomes(programme)))))
    return packed([("README.txt", _words(_about_figures())), *files])


def _waves(programme: Programme) -> list[Wave]:
    schools = [one.school_id for cohort in programme.cohorts.all() for one in cohort.enrolments.in_sight()]
    shown = OfficeWave.objects.shown().filter(wave__school__in=schools).select_related("wave__school")
    return [one.wave for one in shown.order_by("wave__opens", "wave_id")]


def _codes(schools: set[int]) -> dict[int, str]:
    order = sorted(schools)
    random.SystemRandom().shuffle(order)
    return {school: f"S{place:03}" for place, school in enumerate(order, start=1)}


def _of(instrument: str, waves: Sequence[Wave], codes: dict[int, str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one survey: its questions differ from those of another, and so do the columns."""
    same = [wave for wave in waves if wave.instrument == instrument]
    ending = f"{instrument.replace(':', '-')}.csv"
    for name in FIGURES:
        yield f"{name}-{ending}", csv(_tidy(name, same, codes))
    yield f"codebook-{ending}", csv(result_sheet(same[-1], "codebook"))


def _tidy(name: str, waves: Sequence[Wave], codes: dict[int, str]) -> Sheet:
    """Lay the same sheet of every result on top of each other."""
    sheets = [(wave, result_sheet(wave, name)) for wave in waves]
    headers = next((sheet.headers for _wave, sheet in sheets), ())
    rows = [(codes[wave.school_id], wave.instrument, wave.closes, *row) for wave, sheet in sheets for row in sheet.rows]
    return Sheet(name.capitalize(), ("school", "survey", "closed", *headers), tuple(rows))


def _surveys(waves: Sequence[Wave], codes: dict[int, str]) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (codes[wave.school_id], wave.instrument, wave.opens, wave.closes, wave.minimum) for wave in waves
    ]
    return Sheet("Surveys", ("school", "survey", "opened", "closed", "least people behind a figure"), tuple(rows))


def _about_figures() -> tuple[str, ...]:
    return (
        _("Figures for evaluation: one line for each figure of each result that a school lets its office read."),
        _("No answer of a person is in here, and none was ever in Colead’s reach after a survey was sealed."),
        _("Codes of schools are drawn anew for each package. An empty cell is a figure that may not be shown."),
        *reading(),
    )


# --- On public record. ---


def public_package(programme: Programme, *, today: date) -> bytes:
    """Return what an office would hand out on request: its own records, and nothing that a school's people wrote.

    Opening this package takes no judgement from anybody: what is private never was in the office's reach.
    """
    found, years = outcomes(programme), years_of(programme, today=today)
    reports = [(year.begins, year_report(programme, year, known=found, today=today)) for year in years]
    papers = [(f"year-{begins}.pdf", pdf(year_paper(report))) for begins, report in reports]
    sheets = (_schools(programme), _dates(programme), _gatherings(programme), _visits(programme), _openings(programme))
    files = [(f"{sheet.name.lower()}.csv", csv(sheet)) for sheet in sheets]
    files.append(("outcomes.csv", csv(outcomes_sheet(found))))
    return packed([("README.txt", _words(_about_records())), *papers, *files])


def _words(lines: Iterable[str]) -> bytes:
    return ("\n\n".join(lines) + "\n").encode()


def _cohorts(programme: Programme) -> list[Cohort]:
    return list(programme.cohorts.order_by("starts_on", "pk"))


def _schools(programme: Programme) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (one.school.name, one.school.place, one.school.nces_id, cohort.name, one.joined_on, one.left_on)
        for cohort in _cohorts(programme)
        for one in cohort.enrolments.in_sight().select_related("school")
    ]
    return Sheet("Schools", ("school", "place", "nces_id", "cohort", "joined", "left"), tuple(rows))


def _dates(programme: Programme) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (cohort.name, one.title, one.starts_on, one.ends_on)
        for cohort in _cohorts(programme)
        for one in cohort.dates.order_by("starts_on", "pk")
    ]
    return Sheet("Dates", ("cohort", "what", "begins", "ends"), tuple(rows))


def _gatherings(programme: Programme) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (one.cohort.name, one.kind, one.module, one.held_on, one.place) for one in gatherings_in(programme)
    ]
    return Sheet("Gatherings", ("cohort", "kind", "module", "day", "place"), tuple(rows))


def _visits(programme: Programme) -> Sheet:
    agreed = Visit.objects.agreed().filter(programme=programme).select_related("host__school")
    rows: list[tuple[Cell, ...]] = [
        (visit.host.school.name, visit.kind, visit.condition, visit.on_day) for visit in agreed.order_by("on_day", "pk")
    ]
    return Sheet("Visits", ("host", "kind", "condition", "day"), tuple(rows))


def _openings(programme: Programme) -> Sheet:
    opened = Opening.objects.filter(office=programme.office_id).select_related("school", "user")
    rows: list[tuple[Cell, ...]] = [
        (one.at, str(one.user), one.school.name, one.what) for one in opened.order_by("at", "pk")
    ]
    return Sheet("Opened", ("when", "who of the office", "school", "what"), tuple(rows))


def _about_records() -> tuple[str, ...]:
    return (
        _("Records of a programme that follows schools, as the office holds them."),
        _(
            "In here: schools and when they took part, dates, meetings, visits, the year’s reports, the figures over "
            "all schools, and who of the office opened which school’s page."
        ),
        _(
            "Not in here, because the office does not have it: what teams write for themselves, answers to surveys, "
            "who answered. Not in here, because it belongs to a school: what it asked help with, what it shared."
        ),
        *reading(),
    )
