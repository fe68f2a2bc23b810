"""Write a decision down: in one go where it is taken already, or as an open question first."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.actions.refusal import AlreadyDecided, NotDecidedYet, TalkNotBegun, VoteRuns, WrongWay
from colead.decisions.models import Ballot, Decision
from colead.decisions.models.decision import ONE_DECIDES
from colead.schools.actions import Refusal
from colead.schools.models import Member, Team
from colead.texts.actions import save_new, save_text


class NobodyPresent(Refusal):
    """Refuse a decision that nobody was there to take."""

    reason = _("Say who was there.")


class TalkHasBegun(Refusal):
    """Refuse to change the way of deciding once people have begun to talk."""

    reason = _(
        "The way of deciding was chosen before the talk and stands. To choose another, stop the talk and say why."
    )


class NoWayChosen(Refusal):
    """Refuse to begin the talk before it is known how it will end."""

    reason = _("First choose how you will decide. Then everyone knows what their word is worth.")


class NobodyDecides(Refusal):
    """Refuse to begin where one person decides and nobody knows who."""

    reason = _("Name who decides before the talk begins, so that nobody finds out afterwards.")


class NoOwner(Refusal):
    """Refuse to end a decision without exactly one person of the team who answers for it."""

    reason = _("Name one person on the team who answers for it. You decided together; one of you sees to it.")


def record_decision(
    team: Team, *, question: str, present: list[Member], by: User, now: datetime, about: str = "", **facts: Any
) -> Decision:
    """Store a decision taken already: the question, what was decided, which way, who was present, open concerns."""
    if not present:
        raise NobodyPresent
    with transaction.atomic():
        decision = Decision(team=team, state=Decision.State.DECIDED, question=question, about=about, **facts)
        decision.opened_on = team.today(now)
        save_new(decision, by=by, now=now).present.set(present)
    return decision


def amend_decision(
    decision: Decision, *, present: list[Member], by: User, based_on: int, now: datetime, **facts: Any
) -> Decision:
    """Change the wording of a decision; its history keeps what stood before. Refuses with NobodyPresent and NoOwner."""
    if not present:
        raise NobodyPresent
    if "owner" in facts and facts["owner"] != decision.owner:
        check_owner(decision, facts["owner"])
    with transaction.atomic():
        amended = save_text(decision, based_on=based_on, by=by, now=now, **facts)
        amended.present.set(present)
    return amended


def name_owner(
    decision: Decision, *, owner: Member | None, review_on: date | None, by: User, based_on: int, now: datetime
) -> Decision:
    """Name the one person who answers for a decision, and when it comes back. Refuses with NotDecidedYet, NoOwner."""
    with transaction.atomic():
        if locked(decision).is_open:
            raise NotDecidedYet
        check_owner(decision, owner)
        return save_text(decision, based_on=based_on, by=by, now=now, owner=owner, review_on=review_on)


def open_question(
    team: Team,
    *,
    question: str,
    by: User,
    now: datetime,
    background: str = "",
    shaped_by: str = "",
    way: str = "",
    decider: Member | None = None,
    input_until: date | None = None,
    about: str = "",
    follows: Decision | None = None,
) -> Decision:
    """Put a question on the table; the way of deciding may be chosen now or later, but before the talk."""
    decision = Decision(
        team=team,
        question=question,
        background=background,
        shaped_by=shaped_by,
        about=about,
        follows=follows,
        opened_on=team.today(now),
        **_way(team, way, decider, input_until, now),
    )
    return save_new(decision, by=by, now=now)


def reword_question(decision: Decision, *, by: User, based_on: int, now: datetime, **facts: Any) -> Decision:
    """Change the question, why it comes up, who shaped it or what was said. Allowed at any time; history keeps it."""
    return save_text(decision, based_on=based_on, by=by, now=now, **facts)


def choose_way(
    decision: Decision,
    *,
    way: str,
    decider: Member | None,
    input_until: date | None,
    by: User,
    based_on: int,
    now: datetime,
) -> Decision:
    """Choose how the question will be decided. Refuses with TalkHasBegun."""
    with transaction.atomic():
        if locked(decision).state != Decision.State.OPEN:
            raise TalkHasBegun
        facts = _way(decision.team, way, decider, input_until, now)
        return save_text(decision, based_on=based_on, by=by, now=now, **facts)


def begin_talk(decision: Decision, *, by: User, now: datetime) -> Decision:
    """Begin the talk. Refuses with NoWayChosen and NobodyDecides; twice begun is begun once."""
    with transaction.atomic():
        current = locked(decision)
        if current.state != Decision.State.OPEN:
            return current
        if not current.way:
            raise NoWayChosen
        if current.way in ONE_DECIDES and not current.decider:
            raise NobodyDecides
        return _move(current, Decision.State.TALKING, by=by, now=now)


def stop_talk(decision: Decision, *, why: str, by: User, now: datetime) -> Decision:
    """Go back to the open question, so that another way can be chosen; what was said so far stays, and why it stopped.

    Refuses with TalkNotBegun, AlreadyDecided and VoteRuns.
    """
    with transaction.atomic():
        current = in_talk(decision)
        refuse_while_voting(current)
        said = f"{current.talk}\n\n{why}".strip()
        return _move(current, Decision.State.OPEN, by=by, now=now, talk=said)


def check_owner(decision: Decision, owner: Member | None) -> None:
    """Refuse with NoOwner unless the owner is on the team now."""
    if not owner or owner.team_id != decision.team_id or owner.left_on or owner.waiting:
        raise NoOwner


def locked(decision: Decision) -> Decision:
    """Return the decision as it stands now, kept still until the transaction ends."""
    return Decision.objects.select_for_update().get(pk=decision.pk)


def in_talk(decision: Decision, way: str = "") -> Decision:
    """Return the decision as it stands now, kept still; refuse unless people talk about it (in this way).

    Refuses with AlreadyDecided, TalkNotBegun and WrongWay.
    """
    current = locked(decision)
    if not current.is_open:
        raise AlreadyDecided
    if not current.is_talking:
        raise TalkNotBegun
    if way and current.way != way:
        raise WrongWay
    return current


def refuse_while_voting(decision: Decision) -> None:
    """Refuse with VoteRuns."""
    if decision.ballots.filter(state=Ballot.State.RUNNING).exists():
        raise VoteRuns


def _way(team: Team, way: str, decider: Member | None, until: date | None, now: datetime) -> dict[str, Any]:
    """Return the facts of a choice of way. Who decides is kept only where one person does."""
    return {
        "way": way,
        "way_chosen_on": team.today(now) if way else None,
        "decider": decider if way in ONE_DECIDES else None,
        "input_until": until,
    }


def _move(decision: Decision, state: str, *, by: User, now: datetime, **facts: Any) -> Decision:
    return save_text(decision, based_on=decision.version, by=by, now=now, state=state, **facts)
