"""Plan a wave, open it, close it. Opening and closing early take two people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.analysis.instrument import Instrument
from colead.analysis.release import RULES
from colead.answers import box
from colead.schools.actions import Refusal
from colead.schools.models import School
from colead.surveys.addresses import look_again
from colead.surveys.catalogue import find, with_own_questions
from colead.surveys.groups import breakdown
from colead.surveys.models import Ask, Wave
from colead.surveys.queries.people import may_read

LONGEST = timedelta(days=60)


class AlreadyOpen(Refusal):
    """Refuse to change a wave that people have been told about."""

    reason = _("This survey has been opened. What people were told before they answer stays as it is.")


class NotInTheBox(Refusal):
    """Refuse to close what never opened, or is over."""

    reason = _("This survey is not open.")


class AskedAlready(Refusal):
    """Refuse to ask twice for the same thing."""

    reason = _("Somebody has asked for this already. It waits for a second person.")


class NeedsAnother(Refusal):
    """Refuse to let one person do what takes two."""

    reason = _("This takes two people, and you are the one who asked. Somebody else has to agree.")


class NotTheReader(Refusal):
    """Refuse an administrator of the school, or somebody from elsewhere, as the reader of comments."""

    reason = _("Comments are first read by somebody of this school, or its coach, who is not an administrator here.")


class TooFewPeople(Refusal):
    """Refuse to open where nothing could ever be shown."""

    reason = _(
        "Your staff list has fewer than eight people, so no result could be shown. Fill in the staff list first."
    )


class BadDates(Refusal):
    """Refuse dates that lie in the past or the wrong way round."""

    reason = _("The last day cannot lie before the first day, nor in the past. A survey runs for 60 days at most.")


@dataclass(frozen=True)
class Plan:
    """What is decided before a wave opens."""

    title: str
    instrument: str
    opens: date
    closes: date
    minimum: int
    group_by: str = ""
    reader: User | None = None
    own_questions: tuple[str, ...] = ()
    language: str = Wave.Language.ENGLISH


@transaction.atomic
def plan_wave(school: School, plan: Plan, *, by: User, now: datetime) -> Wave:
    """Plan a wave. Refuses with NotTheReader, BadDates, UnknownInstrument."""
    wave = Wave(school=school, planned_by=by, planned_on=school.today(now))
    return _write(wave, plan, now)


@transaction.atomic
def change_plan(wave: Wave, plan: Plan, *, now: datetime) -> Wave:
    """Change what was planned; who had asked to open it asks again. Refuses as `plan_wave` does, and AlreadyOpen."""
    current = Wave.objects.select_for_update().get(pk=wave.pk)
    if not current.is_planned:
        raise AlreadyOpen
    current.asks.waiting().delete()
    return _write(current, plan, now)


def _write(wave: Wave, plan: Plan, now: datetime) -> Wave:
    if plan.reader and not may_read(wave.school, plan.reader):
        raise NotTheReader
    check_dates(plan.opens, plan.closes, wave.today(now))
    if wave.codes_of_lines:  # an inquiry keeps its questions
        asked = Instrument.model_validate_json(wave.asked)
    else:
        wave.instrument, wave.own_questions = plan.instrument, list(plan.own_questions)
        asked = with_own_questions(find(wave.school, plan.instrument), wave.own_questions)
    wave.title, wave.opens, wave.closes = plan.title, plan.opens, plan.closes
    wave.minimum, wave.group_by, wave.reader = plan.minimum, plan.group_by, plan.reader
    wave.language = plan.language
    wave.asked = asked.model_dump_json()
    wave.save()
    return wave


def check_dates(opens: date, closes: date, today: date) -> None:
    if not today <= closes or closes < opens or closes - opens > LONGEST:
        raise BadDates


def drop_plan(wave: Wave) -> None:
    """Forget a plan that never opened. Refuses with AlreadyOpen."""
    if not wave.is_planned:
        raise AlreadyOpen
    wave.delete()


@transaction.atomic
def ask(wave: Wave, what: str, *, by: User, now: datetime) -> Ask:
    """Ask for what takes two people. Refuses with AskedAlready, AlreadyOpen, NotInTheBox, TooFewPeople, BadDates."""
    current = Wave.objects.select_for_update().get(pk=wave.pk)
    _check_askable(current, what, now)
    if current.asks.waiting().filter(what=what).exists():
        raise AskedAlready
    return current.asks.create(what=what, asked_by=by, asked_on=current.today(now))


def _check_askable(wave: Wave, what: str, now: datetime) -> None:
    if what != Ask.What.OPEN:
        if not wave.is_open:
            raise NotInTheBox
        return
    if not wave.is_planned:
        raise AlreadyOpen
    check_dates(wave.opens, wave.closes, wave.today(now))
    if wave.school.roster.here().count() < RULES.school:
        raise TooFewPeople


def take_back(ask: Ask) -> None:
    """Stop asking for something nobody has agreed to yet."""
    if ask.confirmed_on is None:
        ask.delete()


@transaction.atomic
def agree(ask: Ask, *, by: User, now: datetime) -> Ask:
    """Be the second person: this only says yes, what was asked follows. Refuses with NeedsAnother and as `ask`."""
    current = Ask.objects.select_for_update().select_related("wave__school").get(pk=ask.pk)
    if current.asked_by_id == by.pk:
        raise NeedsAnother
    _check_askable(current.wave, current.what, now)
    if current.confirmed_on is None:
        current.confirmed_by, current.confirmed_on = by, current.wave.today(now)
        current.save(update_fields=["confirmed_by", "confirmed_on"])
    return current


@transaction.atomic
def open_wave(wave: Wave, *, now: datetime) -> Wave:
    """Put a wave into the box: from now on nothing that people are told can change. Refuses with AlreadyOpen, BadDates.

    It is compared with the school's last sealed wave of the same survey.
    """
    current = Wave.objects.select_for_update().select_related("school").get(pk=wave.pk)
    _check_askable(current, Ask.What.OPEN, now)
    before = earlier(current)
    current.ref = box.open_wave(
        school=str(current.school_id),
        instrument=Instrument.model_validate_json(current.asked),
        opens=current.opens,
        closes=current.closes,
        roster_size=current.school.roster.here().count(),
        today=current.today(now),
        minimum=current.minimum,
        breakdown=breakdown(current.school, current.group_by),
        comment_reader=str(current.reader_id) if current.reader_id else "",
        before=before.ref if before else "",
    )
    current.state = Wave.State.OPEN
    current.save(update_fields=["ref", "state"])
    return current


def earlier(wave: Wave) -> Wave | None:
    """Return the school's newest sealed wave that asked the same survey before this one."""
    slug = wave.instrument.partition(".")[0]
    sealed = wave.school.waves.sealed().exclude(pk=wave.pk).filter(closes__lte=wave.opens)
    return sealed.filter(instrument__startswith=slug).order_by("-closes", "-pk").first()


def move_end(wave: Wave, *, closes: date, now: datetime) -> Wave:
    """Give people more or less time while a wave runs. Refuses with NotInTheBox, BadDates."""
    if not wave.is_open:
        raise NotInTheBox
    check_dates(wave.opens, closes, wave.today(now))
    box.move_closing(wave.ref, closes=closes, today=wave.today(now))
    wave.closes = closes
    wave.save(update_fields=["closes"])
    look_again(wave)
    return wave


def close_wave(wave: Wave, *, now: datetime) -> Wave:
    """Close a wave that is open, seal it, and so publish its one result. Done twice it does nothing more.

    Refuses with box.Leak where a figure could give somebody away: the wave then stays closed, and nothing is shown.
    """
    if wave.is_planned:
        raise NotInTheBox
    if wave.is_sealed:
        return wave
    box.close(wave.ref)
    _become(wave, Wave.State.CLOSED)
    box.seal(wave.ref, today=wave.today(now))
    wave.sealed_on = box.facts(wave.ref).sealed_on
    _become(wave, Wave.State.SEALED, "sealed_on")
    wave.asks.waiting().delete()
    return wave


def _become(wave: Wave, state: str, *others: str) -> None:
    wave.state = state
    wave.save(update_fields=["state", *others])
    look_again(wave)


@dataclass(frozen=True)
class Round:
    """What the timer's round did: waves stirred, closed and sealed, and those that could not be."""

    stirred: int
    sealed: int
    stuck: tuple[str, ...]


def go_round(*, now: datetime) -> Round:
    """Stir what is due, and close every wave whose last day is over where its school is. Safe to run at any time."""
    stirred, sealed, stuck = box.stir_due(today=now.date()), 0, []
    for wave in Wave.objects.unsealed().select_related("school"):
        if wave.is_open and wave.today(now) <= wave.closes:
            continue
        try:
            close_wave(wave, now=now)
            sealed += 1
        except box.Leak:
            stuck.append(wave.tag)
    return Round(len(stirred), sealed, tuple(stuck))
