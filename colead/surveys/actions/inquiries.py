"""Ask all staff a guide's big questions, the same way for everybody."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colead.accounts.models import User
from colead.schools.actions import Refusal
from colead.schools.models import School
from colead.surveys.actions.waves import NotTheReader, check_dates
from colead.surveys.catalogue import INQUIRY, inquiry
from colead.surveys.models import Wave
from colead.surveys.queries.people import may_read

MOST_QUESTIONS = 4


class TooManyQuestions(Refusal):
    """Refuse more open questions than anybody answers well."""

    reason = gettext_lazy("Choose one to four questions. Open questions take time to answer and to read.")


@transaction.atomic
def plan_inquiry(
    school: School,
    *,
    title: str,
    questions: dict[str, str],
    condition: str,
    opens: date,
    closes: date,
    reader: User,
    by: User,
    now: datetime,
) -> Wave:
    """Plan a wave of open questions. questions: code in the guide (V-W1) -> words.

    Refuses with TooManyQuestions, NotTheReader, BadDates.
    """
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise TooManyQuestions
    if not may_read(school, reader):
        raise NotTheReader
    check_dates(opens, closes, school.today(now))
    lines = {f"q_{place}": code for place, code in enumerate(questions, 1)}
    words = {key: questions[code] for key, code in lines.items()}
    worth = _("It is worth our time to work on these questions together.")
    asked = inquiry(title, words, worth=worth, name=_("Is it worth it?"))
    return Wave.objects.create(
        school=school,
        title=title,
        instrument=f"{INQUIRY}{condition}",
        asked=asked.model_dump_json(),
        codes_of_lines=lines,
        opens=opens,
        closes=closes,
        reader=reader,
        planned_by=by,
        planned_on=school.today(now),
    )
