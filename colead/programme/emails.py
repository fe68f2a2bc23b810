"""Letters to schools that apply. Their links are built from the address we are known by, never from a request."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from colead.accounts.names import plain_line
from colead.programme.actions.applications import Made
from colead.programme.models import Application
from colead.schools.emails import NOT_SENT_BY_A_PERSON

log = logging.getLogger(__name__)


def tell_received(made: Made) -> None:
    """Say that an application has come, and behind which link it can be read; the page shows the link too."""
    link = settings.SITE_URL + reverse("applied", args=[made.secret])
    subject = _("Your application: %(school)s") % {"school": made.application.school_name}
    _send(made.application, subject, "programme/mail/received.txt", {"link": link})


def tell_decided(application: Application) -> None:
    """Say what was decided, and why. The page behind the link says the same, where the letter is lost."""
    subject = _("Your application is decided: %(school)s") % {"school": application.school_name}
    _send(application, subject, "programme/mail/decided.txt", {})


def _send(application: Application, subject: str, template: str, facts: dict[str, Any]) -> None:
    body = render_to_string(template, {"application": application, "site_url": settings.SITE_URL} | facts)
    letter = EmailMessage(plain_line(subject), body, to=[application.email], headers=NOT_SENT_BY_A_PERSON)
    try:
        letter.send()
    except OSError as trouble:
        log.error("A letter about an application could not be sent: %s", type(trouble).__name__)
