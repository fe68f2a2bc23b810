"""Letters of this room."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from colead.plans.actions.reminders import way_out
from colead.plans.reminding import Letter


def send_reminder(letter: Letter) -> None:
    """Write to a person about their steps, in their language. Refuses with OSError, as the mail server does."""
    with translation.override(letter.to.language):
        count = len(letter.chores)
        subject = ngettext("%s step to look at this week", "%s steps to look at this week", count) % count
        send_stoppable(
            subject, "plans/mail/reminder.txt", {"letter": letter}, letter.to.email, way_out_of(letter.to.user_id)
        )


def way_out_of(user_id: int) -> str:
    """Return the link by which a person stops our letters."""
    return settings.SITE_URL + reverse("stop_reminders", args=[way_out(user_id)])


def send_stoppable(
    subject: str, template: str, facts: dict[str, Any], to: str, stop: str, line: BaseEmailBackend | None = None
) -> None:
    """Send a letter that can be stopped at the address `stop`, by hand or by a button of the mail program.

    `line` is an open one to the mail server, where there are many letters.
    """
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
    }
    body = render_to_string(template, {**facts, "stop": stop})
    EmailMessage(subject, body, to=[to], headers=headers, connection=line).send()
