"""Release a survey that another tool collected, through the same box and under the same rules."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.analysis.instrument import Instrument
from colead.analysis.release import RULES
from colead.answers import box
from colead.schools.actions import Refusal
from colead.schools.models import School
from colead.surveys.actions.waves import NotTheReader, close_wave, earlier
from colead.surveys.models import Wave
from colead.surveys.queries.people import may_read
from colead.surveys.reading.brought import Person


class TooFewAnswers(Refusal):
    """Refuse to bring in what could never be shown."""

    reason = _("Fewer than eight people answered, so nothing could be shown.")


class MoreThanAsked(Refusal):
    """Refuse more answers than people were asked."""

    reason = _("There are more answers than people who were asked. Please look at both numbers again.")


@dataclass(frozen=True)
class BroughtPlan:
    """What a file does not say itself."""

    title: str
    instrument: str
    asked: int
    reader: User | None = None


def bring_in(
    school: School, plan: BroughtPlan, asks: Instrument, people: tuple[Person, ...], *, by: User, now: datetime
) -> Wave:
    """Put the answers into the box, seal it at once, and so release them; the file itself is kept nowhere.

    Refuses with TooFewAnswers, MoreThanAsked, NotTheReader, box.Leak.
    """
    _check(school, plan, people)
    today = school.today(now)
    wave = Wave(school=school, title=plan.title, instrument=plan.instrument, asked=asks.model_dump_json())
    wave.origin, wave.opens, wave.closes, wave.reader = Wave.Origin.BROUGHT, today, today, plan.reader
    wave.planned_by, wave.planned_on = by, today
    before = earlier(wave)
    wave.ref = box.open_wave(
        school=str(school.pk),
        instrument=asks,
        opens=today,
        closes=today,
        roster_size=plan.asked,
        today=today,
        comment_reader=str(plan.reader.pk) if plan.reader else "",
        before=before.ref if before else "",
    )
    codes = box.make_codes(wave.ref, count=len(people))
    for person, code in zip(people, codes, strict=True):
        key = secrets.token_hex(16)
        comments = person.comments if plan.reader else {}
        box.put_ballot(wave.ref, code=code, key=key, answers=person.answers, comments=comments, today=today)
    wave.state = Wave.State.OPEN
    wave.save()
    return close_wave(wave, now=now)


def _check(school: School, plan: BroughtPlan, people: tuple[Person, ...]) -> None:
    if len(people) < RULES.school:
        raise TooFewAnswers
    if len(people) > plan.asked:
        raise MoreThanAsked
    if plan.reader and not may_read(school, plan.reader):
        raise NotTheReader
