"""The pre-read of a check-in on paper."""

from collections.abc import Iterable

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.documents import Block, Check, Checklist, Document, Field, Heading, Table, Text
from colead.programme.exports.modules import minutes
from colead.programme.models import FollowUp, OfferOrAsk
from colead.programme.queries.checkins import AgendaLine, PreRead, SchoolShare


def pre_read_paper(read: PreRead) -> Document:
    """Return agenda, shares, offers and asks, and what comes back; room for notes at the end."""
    gathering = read.gathering
    blocks: list[Block] = [*_agenda(read.agenda), *(block for share in read.shares for block in _share(share))]
    blocks += [*_listed(_("Offers"), read.offers), *_listed(_("Asks"), read.asks), *_promises(read.come_back)]
    blocks.append(Field(_("What we take with us, and what we will do"), lines=5))
    return Document(
        _("Monthly check-in"),
        tuple(blocks),
        date=date_format(gathering.held_on),
        subtitle=str(gathering.cohort),
        language=get_language() or "en",
    )


def _agenda(lines: tuple[AgendaLine, ...]) -> list[Block]:
    if not lines:
        return []
    rows = tuple((_begins(line), minutes(line.minutes), line.title) for line in lines)
    return [Table((_("Begins"), _("Time"), _("What for")), rows, widths=(1, 1.2, 5))]


def _begins(line: AgendaLine) -> str:
    return time_format(line.at) if line.at else ""


def _share(share: SchoolShare) -> list[Block]:
    return [Heading(share.school), *(Text(f"**{line.heading}**\n\n{line.words}") for line in share.lines)]


def _listed(title: str, entries: Iterable[OfferOrAsk]) -> list[Block]:
    found = tuple(Check(False, entry.body, str(entry.team.school)) for entry in entries)
    return [Heading(title), Checklist(found)] if found else []


def _promises(entries: Iterable[FollowUp]) -> list[Block]:
    found = tuple(Check(False, entry.body, _whose(entry)) for entry in entries)
    return [Heading(_("Promised before, and still open")), Checklist(found)] if found else []


def _whose(entry: FollowUp) -> str:
    side = str(entry.team.school) if entry.team else _("the office")
    return f"{side}, {entry.who}" if entry.who else side
