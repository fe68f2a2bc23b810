"""A visit in the calendars of the two, and on paper for the observed person."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.accounts.models import User
from colead.documents import Block, Document, Event, Field
from colead.practices.models import PeerVisit, VisitNotes, VisitReflection
from colead.web.calendars import entry_id


def events_of(visits: Iterable[PeerVisit], user: User) -> tuple[Event, ...]:
    """Return visits as entries of one person's calendar; one that was called off is in it no more."""
    return tuple(_event(visit, user) for visit in visits if not visit.off_on)


def _event(visit: PeerVisit, user: User) -> Event:
    is_host = visit.host_id == user.pk
    summary = _("%s watches") % visit.visitor if is_host else _("You watch %s") % visit.host
    return Event(
        uid=entry_id(f"visit-{visit.pk}"),
        stamp=_changed(visit),
        summary=summary,
        first=visit.begins,
        last=visit.ends,
        description=visit.what,
        sequence=visit.version,
        busy=True,
    )


def _changed(visit: PeerVisit) -> datetime:
    """When the visit was last changed; before anybody touched it, when it was told."""
    told = visit.round.published_on or visit.on_day
    at_told = datetime.combine(told, time(), tzinfo=ZoneInfo(visit.school.time_zone))
    return visit.history.values_list("history_date", flat=True).first() or at_told


def visit_paper(visit: PeerVisit, notes: VisitNotes | None, reflection: VisitReflection | None) -> Document:
    """Return all that the observed person has of a visit."""
    said = (
        (_("My question"), visit.question),
        (_("What to look for"), visit.look_for),
        (_("What %s saw and heard") % visit.visitor, notes.body if notes else ""),
        (_("What we talked about"), visit.debrief),
        (_("What I take from it"), reflection.body if reflection else ""),
        (_("What I want to learn next"), reflection.goal if reflection else ""),
    )
    blocks: list[Block] = [Field(label, value=words, lines=3) for label, words in said]
    return Document(
        _("%s watched") % visit.visitor,
        tuple(blocks),
        school=str(visit.school),
        date=date_format(visit.on_day),
        subtitle=visit.what,
        language=get_language() or "en",
    )
