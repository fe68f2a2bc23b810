"""The year's report and the packages for people outside."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from colead.programme import wording
from colead.programme.doors import programme_view
from colead.programme.exports.packages import evaluators_package, public_package
from colead.programme.exports.year import done_lines, reading, year_paper
from colead.programme.models import Programme
from colead.programme.queries.year import Year, YearReport, year_of, year_report, years_of
from colead.schools.doors import KnownRequest
from colead.web.files import file, paper
from colead.web.page import page


def _report(programme: Programme, begins: int) -> YearReport:
    today = timezone.localdate()
    year = Year(begins)
    if year not in years_of(programme, today=today):
        raise Http404
    return year_report(programme, year, today=today)


@programme_view
def years(request: KnownRequest, programme: Programme) -> HttpResponse:
    """List the years, and the packages for people outside."""
    context = {
        "office": programme.office,
        "programme": programme,
        "years": years_of(programme, today=timezone.localdate()),
        "now": year_of(timezone.localdate()),
    }
    return page(request, "programme/years.html", context)


@programme_view
def year(request: KnownRequest, programme: Programme, begins: int) -> HttpResponse:
    """Show a year's report."""
    report = _report(programme, begins)
    conditions, efficacy = report.outcomes.conditions, report.outcomes.efficacy
    context = {
        "office": programme.office,
        "programme": programme,
        "report": report,
        "done": done_lines(report),
        "risen": wording.risen_line(conditions).text,
        "picture": wording.forest_of(conditions),
        "parts": [(part, wording.moved_sentence(part)) for part in conditions.conditions],
        "efficacy": [(wording.share_words(part).text, wording.moved_sentence(part)) for part in efficacy.parts],
        "leaders": wording.leaders_sentence(conditions.leaders),
        "reading": reading(),
    }
    return page(request, "programme/year.html", context)


@programme_view
def year_sheet(request: KnownRequest, programme: Programme, begins: int, form: str) -> HttpResponse:
    """Answer with a year's report on paper, or as a document to go on writing in."""
    return paper(year_paper(_report(programme, begins)), form, f"year-{begins}")


@programme_view
def package(request: KnownRequest, programme: Programme, what: str) -> HttpResponse:
    """Answer with a package for evaluators, or with what is on public record."""
    if what not in ("evaluation", "records"):
        raise Http404
    made = (
        evaluators_package(programme) if what == "evaluation" else public_package(programme, today=timezone.localdate())
    )
    return file(made, "application/zip", f"{what}.zip")
