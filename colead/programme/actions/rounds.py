"""Plan one survey for all schools of a cohort in one go. Each school opens its own, and sees its own result first."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models import Cohort, Enrolment, OfficeWave, Round
from colead.schools.actions import Refusal
from colead.surveys.actions.waves import Plan, drop_plan, plan_wave
from colead.surveys.models import LEAST, Wave


class NobodyChosen(Refusal):
    """Refuse a round for no school."""

    reason = _("Choose at least one school.")


class HasBegun(Refusal):
    """Refuse to drop a round that a school has opened."""

    reason = _("A school has opened this survey. What people were told before they answer stays as it is.")


@dataclass(frozen=True)
class RoundPlan:
    """What is decided for all schools. The days begin and end at midnight where each school is."""

    title: str
    instrument: str
    opens: date
    closes: date


@transaction.atomic
def plan_round(cohort: Cohort, plan: RoundPlan, enrolments: list[Enrolment], *, by: User, now: datetime) -> Round:
    """Plan the survey at each of these schools: at all of them, or nowhere.

    A survey waits there until two people of the school open it; they may change its days, or leave it.
    Refuses with NobodyChosen, and as surveys' `plan_wave` does.
    """
    if not enrolments:
        raise NobodyChosen
    made = cohort.rounds.create(**plan.__dict__, planned_by=by, planned_on=now.date())
    for one in enrolments:
        wave = plan_wave(one.school, Plan(plan.title, plan.instrument, plan.opens, plan.closes, LEAST), by=by, now=now)
        OfficeWave.objects.create(wave=wave, round=made, since=one.school.today(now))
    return made


@transaction.atomic
def drop_round(made: Round) -> None:
    """Forget a round that no school has opened. Refuses with HasBegun."""
    waves = [one.wave for one in made.waves.select_related("wave")]
    if any(wave.state != Wave.State.PLANNED for wave in waves):
        raise HasBegun
    for wave in waves:
        drop_plan(wave)
    made.delete()
