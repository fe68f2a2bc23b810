"""Where a survey is found, as it stands in letters and on paper: from the address we are known by, not a request."""

from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.urls import reverse

from colead.answers import box
from colead.surveys.models import Wave


def survey_address(wave: Wave) -> str:
    """Return the whole address of a survey's first page."""
    return settings.SITE_URL + reverse("answer", args=[wave.tag])


def typed_address(wave: Wave) -> str:
    """Return the address as people type it."""
    return survey_address(wave).partition("://")[2].rstrip("/")


def with_code(wave: Wave, code: str) -> str:
    """Return the link that brings a code along, behind the # sign: browsers do not send that part to anybody."""
    return f"{survey_address(wave)}#{box.show_code(code)}"


def receipts_address(wave: Wave) -> str:
    return settings.SITE_URL + reverse("receipts", args=[wave.tag])


@dataclass(frozen=True)
class Door:
    """What the survey's own pages need to know of a wave, in one look at the database."""

    pk: int
    tag: str
    ref: str
    title: str
    state: str
    opens: date
    closes: date
    zone: str
    language: str

    def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.zone)).date()


# Said in SQL, since every page and every answer asks this: building it anew cost half a millisecond each time.
DOOR = (
    "SELECT wave.id, tag, ref, title, state, opens, closes, time_zone, wave.language FROM surveys_wave wave"
    " JOIN schools_school school ON school.id = wave.school_id"
    " WHERE tag = %s AND origin = 'here' AND state <> 'planned'"
)
KEPT_SECONDS = 3.0  # the box looks for itself whether it still takes answers; only a page may be so much behind
MOST_KEPT = 500
_kept: dict[str, tuple[float, Door]] = {}


def door(tag: str) -> Door | None:
    """Return the wave behind the six letters, or None; a plan that never opened is not there."""
    tag, now = tag.upper(), monotonic()
    until, found = _kept.get(tag, (0.0, None))
    if found and now < until:
        return found
    with connection.cursor() as cursor:
        cursor.execute(DOOR, [tag])
        row = cursor.fetchone()
    if not row:
        return None
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[tag] = (now + KEPT_SECONDS, Door(*row))
    return _kept[tag][1]


def look_again(wave: Wave) -> None:
    """Forget what this process knows of a wave that has just changed."""
    _kept.pop(wave.tag, None)
