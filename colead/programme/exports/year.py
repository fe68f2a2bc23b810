"""The year's report on paper, and as a document that the office goes on writing in."""

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from colead.documents import Block, Document, Figure, Heading, Note, Quote, Table, Text
from colead.programme import wording
from colead.programme.queries.outcomes import Movement
from colead.programme.queries.year import Told, YearReport


def year_paper(report: YearReport) -> Document:
    """Return the report as a document: who took part, what was done, what moved, what schools tell."""
    blocks: list[Block] = [*_who(report), *_done(report), *_moved(report), *_told(report), *_read_so()]
    return Document(
        _("%(programme)s: the year %(year)s") % {"programme": report.programme.name, "year": report.year.name},
        tuple(blocks),
        school=report.programme.office.name,
        date=date_format(report.year.last),
        language=get_language() or "en",
    )


def _who(report: YearReport) -> list[Block]:
    count = len(report.schools)
    words = ngettext("%s school took part.", "%s schools took part.", count) % count
    rows = tuple((one.school, one.place, one.cohort, one.phase) for one in report.schools)
    headers = (_("School"), _("Place"), _("Cohort"), _("Phase at the end"))
    table = [Table(headers, rows, widths=(3, 3, 2, 2))] if rows else []
    return [Heading(_("Who took part")), Text(words), *table]


def _done(report: YearReport) -> list[Block]:
    blocks: list[Block] = [Heading(_("What we did together"))]
    blocks += [Text(line) for line in done_lines(report)] or [Text(_("Nothing is on record for this year yet."))]
    return blocks


def done_lines(report: YearReport) -> list[str]:
    """Say in sentences what was held, visited and helped with."""
    lines = [
        _("%(cohort)s met %(held)s times; schools took %(came)s of %(places)s places.")
        % {"cohort": one.cohort, "held": one.held, "came": one.came, "places": one.places}
        for one in report.together
    ]
    if report.visits:
        listed = ", ".join(f"{kind}: {count}" for kind, count in report.visits)
        lines.append(_("Visits held: %s.") % listed)
    if report.help_asked:
        facts = {"asked": report.help_asked, "closed": report.help_closed, "helped": report.help_helped}
        lines.append(
            _("Schools asked for help %(asked)s times. %(closed)s are closed; of %(helped)s they say that it helped.")
            % facts
        )
    return lines


def _moved(report: YearReport) -> list[Block]:
    found = report.outcomes
    blocks: list[Block] = [Heading(_("What moved")), Text(wording.risen_line(found.conditions).text)]
    if picture := wording.forest_of(found.conditions):
        blocks.append(Figure(picture.svg, f"{picture.title}. {picture.description}", picture.table))
    blocks += [Text(f"**{part.name}:** {wording.moved_sentence(part)}") for part in found.conditions.conditions]
    blocks += _efficacy(found.efficacy)
    return [
        *blocks,
        Heading(_("What people say of themselves"), 3),
        Text(wording.leaders_sentence(found.conditions.leaders)),
    ]


def _efficacy(movement: Movement) -> list[Block]:
    lines = [Text(f"{wording.share_words(part).text} {wording.moved_sentence(part)}") for part in movement.parts]
    none = Text(_("No school has released this survey twice in the same season."))
    return [Heading(_("Schools whose efficacy rose"), 3), *(lines or [none])]


def _told(report: YearReport) -> list[Block]:
    blocks: list[Block] = []
    if report.recognitions:
        rows = tuple(
            (one.award, one.team.school.name, one.given_by, date_format(one.given_on)) for one in report.recognitions
        )
        headers = (_("Award"), _("School"), _("Given by"), _("When"))
        blocks += [Heading(_("Recognized")), Table(headers, rows, widths=(3, 3, 2, 2))]
    if report.stories:
        blocks.append(Heading(_("What schools tell")))
        blocks += [block for told in report.stories for block in _story(told)]
    return blocks


def _story(told: Told) -> list[Block]:
    blocks: list[Block] = [Heading(f"{told.story.title}, {told.school}", 3)]
    blocks += [Text(part) for part in (told.story.opening, told.story.closing) if part]
    return blocks + [Quote(words, by) for words, by in told.quotes]


def _read_so() -> list[Block]:
    return [Heading(_("How to read this")), *(Note(words) for words in reading())]


def reading() -> tuple[str, ...]:
    """Say what the figures are and are not."""
    return (
        _(
            "Figures come from results that schools released, each school’s first against its latest, and only where "
            "enough people answered. They say what moved, not why."
        ),
        _("Schools are in the order of the alphabet. There is no ranking, and none can be made from this."),
        _("Quotes stand here because those who are quoted said yes. A yes can be taken back; then the quote goes."),
    )
