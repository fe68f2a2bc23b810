"""Whether anything on a school's page may have changed: one look at the newest rows of all that it is made of."""

from django.db import connection, models

from colead.decisions.models import Decision, Dissent, Input, LetGo, Option, Review
from colead.plans.models import Trial
from colead.playbook.models import Choice
from colead.schools.models import Member
from colead.staffpage.models import Asking, CircleMonth, DayOff, FindingAnswer, Held, Notice, ReplyRound, ReplyTheme
from colead.surveys.models import Finding, Wave
from colead.texts.models import TeamText

TEXTS: tuple[type[TeamText], ...] = (Decision, Option, Input, Dissent, Review, LetGo, Trial, Finding, Notice)
TEXTS += (Asking, ReplyTheme)
ROWS: tuple[type[models.Model], ...] = (
    Choice,
    FindingAnswer,
    Held,
    DayOff,
    CircleMonth,
)  # never changed, only made and removed


def _newest_save(text: type[TeamText]) -> str:
    return f"(SELECT max(history_id) FROM {text.history.model._meta.db_table})"  # noqa: S608  # our own table


def _rows(model: type[models.Model]) -> str:
    table = model._meta.db_table
    return f"(SELECT max(id) FROM {table}), (SELECT count(*) FROM {table})"  # noqa: S608


# Every save of a team's text leaves a row in its history, so the newest one tells. Said in SQL, since every opening of
# the page asks it. Names of people and schools are not looked at: `kept` forgets a page after a minute for their sake.
PARTS = (
    *(_newest_save(text) for text in TEXTS),
    *(_rows(model) for model in ROWS),
    f"(SELECT count(*) FROM {Wave._meta.db_table} WHERE state = 'sealed')",  # noqa: S608
    f"(SELECT count(*) FROM {ReplyRound._meta.db_table})",  # noqa: S608
    f"(SELECT count(*) FROM {ReplyRound._meta.db_table} WHERE sealed_on IS NOT NULL)",  # noqa: S608
    f"(SELECT count(*) FROM {Member._meta.db_table} WHERE left_on IS NULL)",  # noqa: S608
)
SQL = f"SELECT {', '.join(PARTS)}"  # our own tables


def stamp() -> str:
    """Return a text that differs once anything on any school's page may have changed."""
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        return ".".join(str(value or 0) for value in cursor.fetchone())
