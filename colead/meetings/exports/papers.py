"""A meeting on paper: the agenda before, what came of it after."""

from datetime import datetime
from itertools import chain

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from colead.documents import Block, Check, Checklist, Document, Field, Heading, Note, Table, Text
from colead.meetings.queries.meetings import ItemShown, MeetingPage
from colead.plans.exports.frame import day, sheet
from colead.plans.models import Step


def meeting_paper(page: MeetingPage, *, now: datetime) -> Document:
    """Return the agenda with room to write, or the minutes once the meeting is over."""
    over = page.meeting.is_over
    blocks = [*_head(page), *(_after(page) if over else _before(page))]
    return sheet(page.meeting.team, page.meeting.title, blocks, now=now, filled=True)


def _head(page: MeetingPage) -> list[Block]:
    meeting = page.meeting
    roles = (
        (_("facilitates"), meeting.facilitator),
        (_("takes notes"), meeting.note_taker),
        (_("keeps time"), meeting.time_keeper),
    )
    lines = [
        _when(page),
        " · ".join(_("%(name)s %(does)s") % {"name": who, "does": does} for does, who in roles if who),
        _("Here: %s") % ", ".join(map(str, page.present)) if page.present else "",
    ]
    head: list[Block] = [Text("\n\n".join(line for line in lines if line))]
    if page.norms:
        head.append(Note("\n".join(f"- {norm.words}" for norm in page.norms), title=_("How we work together")))
    return head


def _when(page: MeetingPage) -> str:
    meeting = page.meeting
    parts = [date_format(meeting.held_on), time_format(meeting.starts_at) if meeting.starts_at else ""]
    parts += [_("%s minutes") % meeting.minutes, _("week %s") % page.week if page.week else "", meeting.place]
    return " · ".join(part for part in parts if part)


# --- Before ---------------------------------------------------------------------------------------------------------


def _before(page: MeetingPage) -> list[Block]:
    headers = (_("From"), _("Minutes"), _("What it is about"), _("How"))
    rows = tuple(_agenda_row(shown) for shown in page.items)
    table = Table(headers, rows, widths=(1.2, 1, 4, 4), caption=_("Agenda"))
    room = (Field(f"{shown.number}. {shown.item.title}", lines=2) for shown in page.items)
    ends = Table((_("Who"), _("does what"), _("by when")), (), widths=(2, 5, 1.6), blank_rows=4, caption=_("Steps"))
    return [table, Heading(_("Notes")), *room, ends]


def _agenda_row(shown: ItemShown) -> tuple[str, ...]:
    item = shown.item
    how = item.how if item.mode == "together" else f"{item.get_mode_display()}: {item.how}"
    return (time_format(shown.begins.timetz()) if shown.begins else "", str(item.minutes), item.title, how)


# --- After ----------------------------------------------------------------------------------------------------------


def _after(page: MeetingPage) -> list[Block]:
    parked = tuple(Check(False, shown.item.title) for shown in page.parked)
    return [
        *_decisions(page),
        *_steps(page),
        *((Heading(_("Parked for next time")), Checklist(parked)) if parked else ()),
        Heading(_("Minutes")),
        *chain.from_iterable(_minutes(shown) for shown in page.items if shown not in page.parked or shown.item.note),
    ]


def _decisions(page: MeetingPage) -> list[Block]:
    rows = tuple((one.decided, one.because, str(one.owner or ""), day(one.review_on)) for one in page.decisions)
    headers = (_("Decided"), _("Because"), _("Who answers for it"), _("Look again on"))
    return [Table(headers, rows, widths=(4, 3, 2, 1.6), caption=_("Decisions"))] if rows else []


def _steps(page: MeetingPage) -> list[Block]:
    rows = tuple((_owners(step), step.what, day(step.due_on)) for step in page.steps)
    headers = (_("Who"), _("does what"), _("by when"))
    return [Table(headers, rows, widths=(2, 5, 1.6), caption=_("Steps"))] if rows else []


def _owners(step: Step) -> str:
    return ", ".join(str(owner) for owner in step.owners.all())


def _minutes(shown: ItemShown) -> list[Block]:
    took = _("%s min") % shown.took if shown.took else ""
    title = " · ".join(part for part in (shown.item.title, took) if part)
    return [Heading(title, 3), Text(shown.item.note or _("No notes."))]
