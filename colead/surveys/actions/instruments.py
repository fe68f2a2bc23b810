"""Keep a survey that a school brings as a file. What is kept never changes."""

import hashlib
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.analysis.instrument import Instrument
from colead.schools.actions import Refusal
from colead.schools.models import School
from colead.surveys.models import OwnInstrument
from colead.surveys.reading.build import build
from colead.surveys.reading.items import FoundSurvey, read_items
from colead.surveys.reading.lss import is_lss, read_lss
from colead.surveys.reading.tables import rows_of


class HaveIt(Refusal):
    """Refuse the same survey twice."""

    reason = _("You have exactly this survey already.")


class InUse(Refusal):
    """Refuse to take away what was asked once: its results need it."""

    reason = _("This survey was planned or asked already. Its results need it, so it stays.")


def read_survey(data: bytes) -> FoundSurvey:
    """Read a list of questions from CSV, XLSX or .lss. Refuses with FileRefused, NotAList."""
    return read_lss(data) if is_lss(data) else read_items(rows_of(data))


def keep_instrument(
    school: School,
    found: FoundSurvey,
    *,
    title: str,
    labels: tuple[str, ...],
    cannot_say: str,
    source: str,
    licence: str,
    by: User,
    now: datetime,
) -> OwnInstrument:
    """Keep a survey. Refuses with HaveIt, NotAList."""
    made = build(found, title=title, labels=labels, cannot_say=cannot_say, source=source, licence=licence)
    return _keep(school, made, by=by, now=now)


def _keep(school: School, made: Instrument, *, by: User, now: datetime) -> OwnInstrument:
    text = made.model_dump_json()
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if school.own_instruments.filter(sha256=sha256).exists():
        raise HaveIt
    facts = {"title": made.title, "json": text, "sha256": sha256, "added_by": by, "added_on": school.today(now)}
    own: OwnInstrument = school.own_instruments.create(**facts)
    return own


def drop_instrument(own: OwnInstrument) -> None:
    """Take away a survey that was never planned. Refuses with InUse."""
    if own.school.waves.filter(instrument=f"own:{own.pk}").exists():
        raise InUse
    own.delete()
