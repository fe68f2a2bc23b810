"""Letters of this room. A code stands in one letter only, as the part of a link that no server ever sees."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colead.accounts.names import plain_line
from colead.answers import box
from colead.schools.models import RosterEntry
from colead.surveys.addresses import survey_address, with_code
from colead.surveys.models import Wave

NOT_SENT_BY_A_PERSON = {"Auto-Submitted": "auto-generated"}


class Post:
    """One open line to the mail server for a whole mailing."""

    def __init__(self, wave: Wave) -> None:
        self.wave = wave
        self.line: BaseEmailBackend = get_connection()

    def __enter__(self) -> "Post":
        self.line.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()

    def code(self, entry: RosterEntry, code: str) -> None:
        """Write to somebody with their code."""
        with translation.override(self.wave.language):
            self._code(entry, code)

    def _code(self, entry: RosterEntry, code: str) -> None:
        subject = _("Your way in: %(title)s") % {"title": self.wave.title}
        facts = {"link": with_code(self.wave, code), "code": box.show_code(code)}
        self._send(entry, subject, "surveys/mail/code.txt", facts)

    def reminder(self, entry: RosterEntry) -> None:
        """Remind somebody; everybody gets the same words, since nobody knows who has answered."""
        with translation.override(self.wave.language):
            self._reminder(entry)

    def _reminder(self, entry: RosterEntry) -> None:
        day = date_format(self.wave.closes, "MONTH_DAY_FORMAT")
        subject = _("Until %(day)s: %(title)s") % {"day": day, "title": self.wave.title}
        self._send(entry, subject, "surveys/mail/reminder.txt", {})

    def _send(self, entry: RosterEntry, subject: str, template: str, facts: dict[str, str]) -> None:
        around = {"wave": self.wave, "school": self.wave.school, "entry": entry, "site_url": settings.SITE_URL}
        body = render_to_string(template, around | {"address": survey_address(self.wave)} | facts)
        headers = NOT_SENT_BY_A_PERSON
        EmailMessage(plain_line(subject), body, to=[entry.email], headers=headers, connection=self.line).send()
