"""A meeting as an entry of a calendar."""

from datetime import timedelta

from django.utils.translation import gettext as _

from colead.documents import Event
from colead.meetings.queries.meetings import MeetingPage
from colead.web.calendars import entry_id


def meeting_event(page: MeetingPage, *, url: str) -> Event:
    """Return a meeting as a calendar entry: a day, or from when to when, with its agenda."""
    meeting, begins = page.meeting, page.begins
    ends = begins + timedelta(minutes=meeting.minutes) if begins else None
    agenda = [
        _("%(minutes)s min: %(title)s") % {"minutes": one.item.minutes, "title": one.item.title} for one in page.items
    ]
    saved = meeting.history.first()
    return Event(
        uid=entry_id(f"meeting-{meeting.pk}"),
        stamp=saved.history_date,
        summary=f"{meeting.title} ({page.week})" if page.week else meeting.title,
        first=begins or meeting.held_on,
        last=ends or meeting.held_on,
        description="\n".join([*filter(None, [meeting.place]), *agenda]),
        url=url,
        sequence=max(meeting.version - 1, 0),
        busy=begins is not None,
    )
