"""The norms on one page, to hang on the wall."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colead.documents import Block, Document, Field, Heading, Text
from colead.meetings.models import Agreement
from colead.plans.exports.frame import sheet
from colead.schools.models import Team

ROOM = 6  # norms to write on a blank sheet


def norms_paper(team: Team, agreement: Agreement | None, *, now: datetime) -> Document:
    """Return the norms that hold; without any, lines to write some on."""
    title = _("How we work together")
    if not agreement:
        lines: list[Block] = [Field(_("Norm %s") % number, lines=2) for number in range(1, ROOM + 1)]
        there = Field(_("Agreed on, and who was there"), lines=2)
        return sheet(team, title, [*lines, there], now=now, filled=False, one_page=True)
    norms: list[Block] = [Heading(norm.words) for norm in agreement.norms.all()]
    people = ", ".join(str(member) for member in agreement.present.select_related("user"))
    agreed = _("Agreed on %(day)s by %(people)s.") % {"day": date_format(agreement.agreed_on), "people": people}
    return sheet(team, title, [*norms, Text(agreed)], now=now, filled=True, one_page=True)
