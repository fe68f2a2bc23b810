"""The facilitator's sheet: every step with its time, what to say, what comes out, and room for notes."""

from datetime import datetime

from django.utils.translation import gettext as _

from colead.content.model import Protocol, ProtocolStep
from colead.documents import Block, Check, Checklist, Document, Field, Heading, Note, Text
from colead.meetings.models import Mode
from colead.plans.exports.frame import sheet
from colead.schools.models import Team


def protocol_paper(team: Team, protocol: Protocol, *, now: datetime) -> Document:
    """Return a protocol as its facilitator needs it on the table."""
    lead = _("%(minutes)s minutes · %(people)s") % {"minutes": protocol.minutes, "people": protocol.people}
    blocks: list[Block] = [
        Text(f"{protocol.purpose}\n\n{lead}"),
        Heading(_("Before you begin")),
        Checklist(tuple(Check(False, line) for line in protocol.before)),
    ]
    at = 0
    for number, step in enumerate(protocol.steps, 1):
        blocks += _step(number, step, at)
        at += step.minutes
    return sheet(team, protocol.title, blocks, now=now, filled=False)


def _step(number: int, step: ProtocolStep, at: int) -> list[Block]:
    clock = _("minute %(first)s to %(last)s") % {"first": at, "last": at + step.minutes}
    heading = _("%(number)s. %(title)s") % {"number": number, "title": step.title}
    return [
        Heading(heading),
        Text(f"**{clock} · {Mode(step.mode).label}**\n\n{step.do}"),
        Text(_("**What comes out:** %s") % step.outcome),
        Note(step.tip, title=_("For you who facilitate")),
        Field(_("Notes"), lines=1),
    ]
