"""Calendars: the name an entry keeps for good, and the answer that hands entries out."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from colead.web.files import file

ICS = "text/calendar; charset=utf-8"


def entry_id(name: str) -> str:
    """Return the id of an entry, the same each time and nobody else's: a calendar replaces what it had under it."""
    return f"{name}@{urlsplit(settings.SITE_URL).hostname or 'colead'}"


def calendar_file(content: bytes, name: str) -> HttpResponse:
    """Answer with a calendar to take along."""
    return file(content, ICS, name)
