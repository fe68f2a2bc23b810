"""Look at a decision again when its day has come."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.actions.records import check_owner, locked
from colead.decisions.actions.refusal import NotDecidedYet
from colead.decisions.models import Decision, Review
from colead.schools.actions import Refusal
from colead.texts.actions import save_new, save_text


class ReviewedAlready(Refusal):
    """Refuse to review what is closed."""

    reason = _("Somebody has reviewed and closed this already. Open the question again if you must.")


class DateHasPassed(Refusal):
    """Refuse a next review that lies behind us."""

    reason = _("The next date must lie ahead.")


def review_decision(
    decision: Decision,
    *,
    held_on: date,
    seen: str,
    verdict: str,
    next_on: date | None,
    by: User,
    based_on: int,
    now: datetime,
) -> Review:
    """Note what you see now, and what follows.

    Kept with a `next_on`, it comes back on that day; in every other case the record is closed.
    Refuses with NotDecidedYet, ReviewedAlready, NoOwner and DateHasPassed.
    """
    with transaction.atomic():
        current = _decided(decision)
        comes_back = verdict == Review.Verdict.KEEP and next_on is not None
        if comes_back and next_on <= decision.team.today(now):  # type: ignore[operator]  # it is not None here
            raise DateHasPassed
        state = Decision.State.DECIDED if comes_back else Decision.State.REVIEWED
        review_on = next_on if comes_back else current.review_on
        save_text(decision, based_on=based_on, by=by, now=now, state=state, review_on=review_on)
        review = Review(decision=current, held_on=held_on, seen=seen, verdict=verdict)
        return save_new(review, by=by, now=now)


def change_review(review: Review, *, seen: str, by: User, based_on: int, now: datetime) -> Review:
    """Change the words of a review; what followed from it stands."""
    return save_text(review, based_on=based_on, by=by, now=now, seen=seen)


def _decided(decision: Decision) -> Decision:
    current = locked(decision)
    if current.is_open:
        raise NotDecidedYet
    if current.state == Decision.State.REVIEWED:
        raise ReviewedAlready
    check_owner(current, current.owner)
    return current
