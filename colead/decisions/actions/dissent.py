"""Say no, worry, or stand aside; and say what happened to it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.actions.consent import newest_round
from colead.decisions.actions.records import locked
from colead.decisions.actions.refusal import AlreadyDecided, TalkNotBegun, WrongWay
from colead.decisions.models import Decision, Dissent, Way
from colead.schools.actions import Refusal
from colead.texts.actions import save_new, save_text

KINDS = {
    Way.CONSENT: (Dissent.Kind.OBJECTION, Dissent.Kind.CONCERN),
    Way.CONSENSUS: (Dissent.Kind.OBJECTION, Dissent.Kind.CONCERN, Dissent.Kind.ASIDE),
}
ENDS = {
    Dissent.Kind.OBJECTION: (Dissent.Outcome.OPEN, Dissent.Outcome.RESOLVED, Dissent.Outcome.WITHDRAWN),
    Dissent.Kind.CONCERN: (Dissent.Outcome.KEPT, Dissent.Outcome.RESOLVED, Dissent.Outcome.WITHDRAWN),
    Dissent.Kind.ASIDE: (Dissent.Outcome.KEPT, Dissent.Outcome.WITHDRAWN),
}


class NoHarmArgued(Refusal):
    """Refuse an objection that names no harm."""

    reason = _("An objection says what harm it would do, and to whom. Without that, write it down as a concern.")


class SayWhatHappened(Refusal):
    """Refuse to end an objection without a word about how."""

    reason = _("Say what happened: what changed, or why it was taken back.")


class NoSuchEnd(Refusal):
    """Refuse an outcome that does not go with the kind."""

    reason = _("An objection is open, resolved or withdrawn. A concern is kept, resolved or withdrawn.")


def kinds_for(decision: Decision) -> tuple[str, ...]:
    """Return what can be said against it now: outside the talk, and in the other ways, concerns only."""
    only_concerns = (Dissent.Kind.CONCERN,)
    return KINDS.get(Way(decision.way), only_concerns) if decision.is_talking else only_concerns


def say_no(
    decision: Decision, *, kind: str, body: str, harm: str = "", who: str = "", by: User, now: datetime
) -> Dissent:
    """Note an objection, a concern, or that somebody stands aside.

    Refuses with NoHarmArgued; where only a concern is possible with TalkNotBegun, AlreadyDecided or WrongWay (nobody
    objects in a vote, and only consensus knows standing aside).
    """
    with transaction.atomic():
        current = locked(decision)
        if kind not in kinds_for(current):
            raise _too_early_or_late(current)
        _refuse_bare_objection(kind, harm)
        outcome = ENDS[Dissent.Kind(kind)][0]
        facts = {"kind": kind, "body": body, "harm": harm, "who": who, "outcome": outcome}
        return save_new(Dissent(decision=current, round=_round_at_hand(current), **facts), by=by, now=now)


def change_dissent(dissent: Dissent, *, by: User, based_on: int, now: datetime, **facts: Any) -> Dissent:
    """Change its words, or say what happened to it.

    Refuses with NoHarmArgued, NoSuchEnd, SayWhatHappened, and with AlreadyDecided to open it again after the decision.
    """
    after = {name: facts.get(name, getattr(dissent, name)) for name in ("harm", "outcome", "what_happened")}
    _refuse_bare_objection(dissent.kind, after["harm"])
    if after["outcome"] not in ENDS[Dissent.Kind(dissent.kind)]:
        raise NoSuchEnd
    ended = after["outcome"] in (Dissent.Outcome.RESOLVED, Dissent.Outcome.WITHDRAWN)
    if ended and not after["what_happened"].strip():
        raise SayWhatHappened
    try:
        with transaction.atomic():
            if after["outcome"] == Dissent.Outcome.OPEN and not locked(dissent.decision).is_open:
                raise AlreadyDecided
            return save_text(dissent, based_on=based_on, by=by, now=now, **facts)
    except IntegrityError:  # merged with what somebody else saved, the reason would be gone
        raise SayWhatHappened from None


def _too_early_or_late(decision: Decision) -> Refusal:
    if not decision.is_open:
        return AlreadyDecided()
    return WrongWay() if decision.is_talking else TalkNotBegun()


def _refuse_bare_objection(kind: str, harm: str) -> None:
    if kind == Dissent.Kind.OBJECTION and not harm.strip():
        raise NoHarmArgued


def _round_at_hand(decision: Decision) -> Any:
    return newest_round(decision) if decision.is_talking and decision.way == Way.CONSENT else None
