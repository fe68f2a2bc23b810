"""Refusals that several topics share."""

from django.utils.translation import gettext_lazy as _

from colead.schools.actions import Refusal


class AlreadyDecided(Refusal):
    """Refuse to go on with the talk about something that is decided."""

    reason = _("This is decided already. Look at it again on the review date, or open the question anew.")


class NotDecidedYet(Refusal):
    """Refuse to review, or to name an owner for, what is still open."""

    reason = _("This question is still open: there is no decision yet.")


class TalkNotBegun(Refusal):
    """Refuse a step of the talk before the way of deciding is chosen and the talk has begun."""

    reason = _("Choose how you will decide first, then begin the talk.")


class WrongWay(Refusal):
    """Refuse a step that belongs to another way of deciding."""

    reason = _("This step belongs to another way of deciding than the one you chose.")


class VoteRuns(Refusal):
    """Refuse what would change the ground under a running vote."""

    reason = _("A vote is running. Close it, or call it off, first.")
