"""Letters to schools that apply, and to people who are asked for something.

Their links are built from the address we are known by, never from a request.
"""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colead.accounts.models import User
from colead.accounts.names import plain_line
from colead.plans.emails import send_stoppable, way_out_of
from colead.programme.actions.applications import Made
from colead.programme.models import Application, Ask, OfferOrAsk, Visit
from colead.programme.queries.asked import Asked, asked_in_cohort, asked_to_help, asked_to_visit
from colead.schools.emails import NOT_SENT_BY_A_PERSON
from colead.schools.models import Office, School

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


def tell_of_visit(visit: Visit, *, by: User) -> None:
    """Tell everybody who can answer that they are asked to a visit."""
    who = visit.asked_by.school if visit.asked_by else visit.programme.office
    _tell(asked_to_visit(visit), gettext_lazy("%(who)s asks you about a visit"), who, "visit", visit=visit, by=by)


def tell_of_ask(ask: Ask, *, by: User) -> None:
    """Tell the office that a team asks for help."""
    _tell(asked_to_help(ask), gettext_lazy("%(who)s asks for help"), ask.team.school, "ask", by=by)


def tell_cohort(entry: OfferOrAsk, *, by: User) -> None:
    """Tell the leads of the other schools what a school asks of them. An offer waits for nobody and is not mailed."""
    if entry.kind == OfferOrAsk.Kind.ASK:
        subject = gettext_lazy("%(who)s asks the schools of your cohort something")
        _tell(asked_in_cohort(entry), subject, entry.team.school, "cohort_ask", by=by)


def _tell(asked: list[Asked], subject: Promise, who: School | Office, template: str, *, by: User, **facts: Any) -> None:
    """Write to each in their language; whoever asks knows already. What was asked stands on the page if all is lost."""
    for one in asked:
        if one.user == by:
            continue
        with translation.override(one.user.language or settings.LANGUAGE_CODE):
            line = plain_line(str(subject) % {"who": who})
            more = {"asked": one, "who": who, **facts}
            try:
                to, stop = one.user.email, way_out_of(one.user.pk)
                send_stoppable(line, f"programme/mail/{template}.txt", more, to, stop)
            except OSError as trouble:
                log.error("A letter to somebody who is asked could not be sent: %s", type(trouble).__name__)


def _send(application: Application, subject: str, template: str, facts: dict[str, Any]) -> None:
    body = render_to_string(template, {"application": application, "site_url": settings.SITE_URL} | facts)
    letter = EmailMessage(plain_line(subject), body, to=[application.email], headers=NOT_SENT_BY_A_PERSON)
    try:
        letter.send()
    except OSError as trouble:
        log.error("A letter about an application could not be sent: %s", type(trouble).__name__)
