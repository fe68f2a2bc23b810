"""Letters of this room. Their links are built from the address we are known by, never from a request."""

import logging
from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from colead.accounts.names import plain_line
from colead.plans.actions.reminders import way_out
from colead.plans.emails import send_stoppable
from colead.practices.models import Studio
from colead.practices.queries.studios import who_got_in

log = logging.getLogger(__name__)


def tell_who_got_in(studio: Studio, waited: Collection[int]) -> None:
    """Tell those who waited that they have a place now. The studio's page says it, too, where a letter is lost."""
    link = settings.SITE_URL + reverse("studio", args=[studio.school_id, studio.pk])
    for user in who_got_in(studio, waited):
        stop = settings.SITE_URL + reverse("stop_reminders", args=[way_out(user.pk)])
        with translation.override(user.language or settings.LANGUAGE_CODE):
            subject = plain_line(_("You have a place: %s") % studio.title)
            facts = {"user": user, "studio": studio, "link": link}
            try:
                send_stoppable(subject, "practices/mail/place.txt", facts, user.email, stop)
            except OSError as trouble:
                log.error("A letter about a place in a studio could not be sent: %s", type(trouble).__name__)
