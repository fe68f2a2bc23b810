"""Agree on norms, look at them privately, reveal counts, say what changes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.meetings.models import Agreement, Mark, Norm, NormCheck, NormCount, NormView
from colead.schools.actions import Refusal
from colead.schools.models import Member, Team
from colead.texts.actions import save_new, save_text

FEWEST = 3  # people below which counts would give somebody away
MOST = 12


class NoNorms(Refusal):
    """Refuse an agreement on nothing, and a look where nothing was agreed."""

    reason = _("Write at least one norm.")


class TooManyNorms(Refusal):
    """Refuse more norms than anybody can keep in mind."""

    reason = _("That is more than twelve norms. Nobody can keep so many in mind: choose the ones that help most.")


class NobodyAgreed(Refusal):
    """Refuse norms that nobody was there to agree on."""

    reason = _("Say who was there.")


class AgreedInBetween(Refusal):
    """Refuse to agree over norms that somebody else wrote down a moment ago."""

    reason = _("Somebody else wrote down new norms while you were writing. Look at them first.")


class LookIsOver(Refusal):
    """Refuse to write to a look that is revealed."""

    reason = _("These answers are revealed already. Talk about what you see, or begin a new look.")


class TooFewLooked(Refusal):
    """Refuse to reveal before enough have written, so that a count is not a name."""

    reason = _(
        "Reveal when at least three of you, and more than half, have written. Before that, a count could be a name."
    )


def agree_norms(
    team: Team, words: Sequence[str], *, present: Sequence[Member], agreed_on: date, based_on: int, why: str = ""
) -> Agreement:
    """Write down what a team agreed on; what held before stays readable. `based_on` is the number of what held.

    Refuses with NoNorms, TooManyNorms, NobodyAgreed and AgreedInBetween.
    """
    lines = [line for line in (" ".join(one.split()) for one in words) if line]
    if not lines:
        raise NoNorms
    if len(lines) > MOST:
        raise TooManyNorms
    if not present:
        raise NobodyAgreed
    try:
        with transaction.atomic():
            agreement = Agreement.objects.create(team=team, number=based_on + 1, agreed_on=agreed_on, why=why)
    except IntegrityError:
        raise AgreedInBetween from None
    agreement.present.set(present)
    Norm.objects.bulk_create(Norm(agreement=agreement, position=at, words=one) for at, one in enumerate(lines, 1))
    return agreement


def begin_look(agreement: Agreement, *, by: User, now: datetime) -> NormCheck:
    """Begin to look at the norms; where a look is under way, return that one."""
    with transaction.atomic():
        Agreement.objects.select_for_update().get(pk=agreement.pk)
        under_way = agreement.checks.filter(revealed_on=None).first()
        if under_way:
            return under_way
        return save_new(NormCheck(agreement=agreement, started_on=agreement.team.today(now)), by=by, now=now)


def give_view(check: NormCheck, marks: Mapping[int, str], *, by: User) -> None:
    """Say how one sees each norm (norm -> mark), or change it. Refuses with LookIsOver."""
    with transaction.atomic():
        _open(check)
        for norm in check.agreement.norms.filter(pk__in=marks):
            NormView.objects.update_or_create(check_of=check, norm=norm, author=by, defaults={"mark": marks[norm.pk]})


def reveal_look(check: NormCheck, *, by: User, now: datetime) -> NormCheck:
    """Count how each norm is seen, keep the counts, delete who said what. Refuses with LookIsOver and TooFewLooked."""
    with transaction.atomic():
        current = _open(check)
        written = current.views.values("author").distinct().count()
        if written < FEWEST or 2 * written <= current.agreement.team.members.active().count():
            raise TooFewLooked
        _keep_counts(current)
        current.views.all().delete()
        today = current.agreement.team.today(now)
        return save_text(current, based_on=current.version, by=by, now=now, revealed_on=today, written=written)


def say_what_changes(check: NormCheck, *, note: str, by: User, based_on: int, now: datetime) -> NormCheck:
    """Note what you change after looking at the counts. Refuses with StaleSave."""
    return save_text(check, based_on=based_on, by=by, now=now, note=note)


def _open(check: NormCheck) -> NormCheck:
    current: NormCheck = NormCheck.objects.select_for_update().get(pk=check.pk)
    if current.revealed_on:
        raise LookIsOver
    return current


def _keep_counts(check: NormCheck) -> None:
    counted = Counter(check.views.values_list("norm", "mark"))
    for norm in check.agreement.norms.all():
        keep, sometimes, not_yet = (counted[norm.pk, mark] for mark in Mark.values)
        NormCount.objects.create(check_of=check, norm=norm, keep=keep, sometimes=sometimes, not_yet=not_yet)
