"""What came of a programme, with how many, the range, and what luck gives."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from colead.programme import wording
from colead.programme.doors import programme_view
from colead.programme.exports.outcomes import sheet
from colead.programme.models import Cohort, Programme
from colead.programme.queries.company_figures import attendance, help_given
from colead.programme.queries.outcomes import outcomes as outcomes_of
from colead.schools.doors import KnownRequest
from colead.web.files import table
from colead.web.page import page


def _cohort(request: HttpRequest, programme: Programme) -> Cohort | None:
    """Return the cohort that was asked for, if it is one of the programme's."""
    given = request.GET.get("cohort", "")
    return programme.cohorts.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 12 else None


@programme_view
def outcomes(request: KnownRequest, programme: Programme) -> HttpResponse:
    """Show how conditions and efficacy moved, who came, and what schools say of the help."""
    cohort = _cohort(request, programme)
    found = outcomes_of(programme, cohort_id=cohort.pk if cohort else None)
    conditions, efficacy = found.conditions, found.efficacy
    context = {
        "office": programme.office,
        "programme": programme,
        "cohort": cohort,
        "cohorts": programme.cohorts.all(),
        "conditions": conditions,
        "risen": wording.risen_line(conditions),
        "picture": wording.forest_of(conditions),
        "parts": [(part, wording.verdict(part), wording.moved_sentence(part)) for part in conditions.conditions],
        "shares": [wording.share_words(part) for part in conditions.conditions],
        "efficacy": [(wording.share_words(part), wording.moved_sentence(part)) for part in efficacy.parts],
        "efficacy_schools": efficacy.schools,
        "leaders": wording.leaders_sentence(conditions.leaders),
        "attendance": attendance(programme, today=timezone.localdate()),
        "help": help_given(programme),
    }
    return page(request, "programme/outcomes.html", context)


@programme_view
def outcomes_file(request: KnownRequest, programme: Programme) -> HttpResponse:
    """Answer with the outcomes as CSV."""
    cohort = _cohort(request, programme)
    found = outcomes_of(programme, cohort_id=cohort.pk if cohort else None)
    return table(sheet(found), "csv", "outcomes")
