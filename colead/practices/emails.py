"""Letters of this room. Their links are built from the address we are known by, never from a request."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from colead.accounts.models import User
from colead.accounts.names import plain_line
from colead.plans.emails import send_stoppable, way_out_of
from colead.practices.models import DoorsRound, Studio
from colead.practices.queries.observation import RoundPage, round_page, who_are_told
from colead.practices.queries.studios import who_got_in

log = logging.getLogger(__name__)


def tell_who_got_in(studio: Studio, waited: Collection[int]) -> None:
    """Tell those who waited that they have a place now. The studio's page says it, too, where a letter is lost."""
    link = settings.SITE_URL + reverse("studio", args=[studio.school_id, studio.pk])
    for user in who_got_in(studio, waited):
        with _logged("A letter about a place in a studio"), translation.override(_language(user)):
            subject = plain_line(_("You have a place: %s") % studio.title)
            facts = {"user": user, "studio": studio, "link": link}
            send_stoppable(subject, "practices/mail/place.txt", facts, user.email, way_out_of(user.pk))


def tell_visits(round_: DoorsRound, *, today: date) -> None:
    """Tell each of a published round what their own page says. The page says it, too, where a letter is lost."""
    with _logged("The letters about visits"), get_connection() as line:
        for user in who_are_told(round_):
            with _logged("A letter about visits"), translation.override(_language(user)):
                _tell_visits(round_page(round_, user, today), user, line)


def _tell_visits(told: RoundPage, user: User, line: BaseEmailBackend) -> None:
    subject = plain_line(_("Your visits: %s") % told.round)
    link = settings.SITE_URL + reverse("doors_round", args=[told.round.team.school_id, told.round.pk])
    facts = {"user": user, "page": told, "link": link}
    send_stoppable(subject, "practices/mail/visits.txt", facts, user.email, way_out_of(user.pk), line)


def _language(user: User) -> str:
    return user.language or settings.LANGUAGE_CODE


@contextmanager
def _logged(what: str) -> Iterator[None]:
    """Let a letter be lost, and say so in the log without naming anybody."""
    try:
        yield
    except OSError as trouble:
        log.error("%s could not be sent: %s", what, type(trouble).__name__)
