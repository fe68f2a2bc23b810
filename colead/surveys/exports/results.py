"""A result on paper and in a spreadsheet: the figures of the page, from the same frozen release."""

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.analysis.report import plain, school_report
from colead.analysis.report_sheets import codebook, school_sheets
from colead.documents import Block, Document, Heading, Quote, Sheet, Text
from colead.surveys.models import Wave
from colead.surveys.queries.results import asked_by, comments_of, releases_of, sealed_facts


def paper(wave: Wave) -> Document:
    """Return the result as a document."""
    made = school_report(releases_of(wave), asked_by(wave), translate=_)
    blocks = [*made.blocks, *_comments(wave), *_sealed(wave)]
    return Document(
        wave.title,
        tuple(blocks),
        school=wave.school.name,
        date=date_format(wave.sealed_on) if wave.sealed_on else "",
        subtitle=made.title,
        language=get_language() or "en",
    )


def _comments(wave: Wave) -> list[Block]:
    blocks: list[Block] = []
    for comments in comments_of(wave):
        blocks.append(Heading(comments.question))
        blocks += [Quote(plain(text)) for text in comments.texts]
    return blocks


def _sealed(wave: Wave) -> list[Block]:
    facts = sealed_facts(wave)
    words = _("%(counted)d answers, %(codes)d codes, %(lost)d of them spoilt, %(spares)d spare codes.") % {
        "counted": facts.counted,
        "codes": facts.codes,
        "lost": facts.lost,
        "spares": facts.spares,
    }
    return [Heading(_("How it was sealed")), Text(words)]


def sheets(wave: Wave) -> list[Sheet]:
    """Return the result as sheets of figures, with the codebook."""
    return school_sheets(releases_of(wave), asked_by(wave))


def sheet(wave: Wave, name: str) -> Sheet:
    """Return one of the sheets by its file name: scales, questions, groups or codebook."""
    named = {sheet.name.lower(): sheet for sheet in sheets(wave)}
    return named[name]


def codes_of(wave: Wave) -> Sheet:
    """Return what was asked and how it is scored."""
    return codebook(asked_by(wave))
