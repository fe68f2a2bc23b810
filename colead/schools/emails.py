"""Letters of this room. Their links are built from the address we are known by, never from a request."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from colead.accounts.names import plain_line
from colead.schools.actions.invitations import Made
from colead.schools.models import Member

log = logging.getLogger(__name__)

NOT_SENT_BY_A_PERSON = {"Auto-Submitted": "auto-generated"}


class MailNotSent(Exception):
    """The mail server did not take a letter."""


def address_of(secret: str) -> str:
    """Return the whole address behind which an invitation waits."""
    return settings.SITE_URL + reverse("invitation", args=[secret])


def send_invitation(made: Made) -> None:
    """Write to the person who is invited. Refuses with MailNotSent."""
    invitation = made.invitation
    place = invitation.team or invitation.school or invitation.office
    subject = _("%(who)s invites you to %(place)s") % {"who": invitation.made_by, "place": place}
    facts = {"invitation": invitation, "place": place, "link": address_of(made.secret)}
    _send(invitation.email, subject, "schools/mail/invitation.txt", facts)


def tell_let_in(member: Member) -> None:
    """Tell somebody that a lead has let them in. They are in even where the letter is lost."""
    link = settings.SITE_URL + reverse("team_room", args=[member.team_id])
    subject = _("You are on the team: %(team)s") % {"team": member.team}
    try:
        _send(member.user.email, subject, "schools/mail/let_in.txt", {"member": member, "link": link})
    except MailNotSent:
        log.error("Somebody was let in and not told by mail.")


def _send(to: str, subject: str, template: str, facts: dict[str, Any]) -> None:
    body = render_to_string(template, facts | {"site_url": settings.SITE_URL})
    letter = EmailMessage(plain_line(subject), body, to=[to], headers=NOT_SENT_BY_A_PERSON)
    try:
        letter.send()
    except OSError as trouble:  # smtplib's own errors are among these
        log.error("A mail could not be sent: %s", type(trouble).__name__)  # no address in the log
        raise MailNotSent from trouble
