"""The offers on one board to hang up, and a studio's days for a calendar."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.documents import Block, Document, Event, Field, Heading, Text
from colead.practices.models import Studio, StudioDate
from colead.practices.queries.studios import StudioSeen
from colead.schools.models import School
from colead.web.calendars import entry_id


def board(school: School, seen: Iterable[StudioSeen], *, url: str, now: datetime) -> Document:
    """Return the studios one can sign up for, without the names of those who did."""
    offers = [block for one in seen if not one.studio.closed_on for block in _offer(one)]
    lead = _("Led by colleagues, for colleagues. Come with a question of your own. Sign up at %s") % url
    return Document(
        _("Studios"),
        (Text(lead), *(offers or [Text(_("Nothing is on offer at the moment."))])),
        school=str(school),
        date=date_format(school.today(now)),
        language=get_language() or "en",
    )


def _offer(one: StudioSeen) -> list[Block]:
    studio = one.studio
    when = "\n".join(f"- {said(date)}" for date in studio.dates.all())
    facts = [
        (_("We look into"), studio.question),
        (_("What we will do"), studio.doing),
        (_("When and where"), when),
        (_("Places"), _places(one)),
    ]
    fields = [Field(label, value=value, lines=0) for label, value in facts if value]
    return [Heading(_("%(title)s, with %(leader)s") % {"title": studio.title, "leader": studio.leader}), *fields]


def _places(one: StudioSeen) -> str:
    if one.studio.places is None:
        return _("for everybody who comes")
    if not one.free:
        return _("%s, all taken at the moment; sign up and you are next") % one.studio.places
    return _("%(places)s, %(free)s still free") % {"places": one.studio.places, "free": one.free}


def said(date: StudioDate) -> str:
    """Say a day in words: “Thursday, Dec. 3, 3:30 p.m., 60 min, library”."""
    parts = [date_format(date.held_on, "l, N j"), time_format(date.starts_at), _("%s min") % date.minutes, date.place]
    return ", ".join(part for part in parts if part)


def events_of(studio: Studio, *, url: str, stamp: datetime) -> list[Event]:
    """Return the days of a studio as entries of a calendar, on the clock of the school."""
    zone = ZoneInfo(studio.school.time_zone)
    return [_event(date, studio, zone, url, stamp) for date in studio.dates.all()]


def _event(date: StudioDate, studio: Studio, zone: ZoneInfo, url: str, stamp: datetime) -> Event:
    first = datetime.combine(date.held_on, date.starts_at, tzinfo=zone)
    return Event(
        uid=entry_id(f"studio-date-{date.pk}"),
        stamp=stamp,
        summary=studio.title,
        first=first,
        last=first + timedelta(minutes=date.minutes),
        description="\n".join(filter(None, [date.place, studio.question])),
        url=url,
        sequence=max(studio.version - 1, 0),
        busy=True,
    )
