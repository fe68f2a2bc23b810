"""A theory of action as paper, as a driver diagram and as a list."""

from datetime import datetime

from django.utils.translation import gettext as _

from colead.documents import Block, Columns, Document, Field, Figure, Flow, Heading, Note, Quote, Sheet, Table
from colead.plans.exports.frame import day, label, sheet, words
from colead.plans.models import Theory, TheoryLine
from colead.plans.queries.theory import LEG_NAMES, QUESTIONS, Drivers, Leg, TheoryPage
from colead.schools.models import Team

INK = "#1c2422"  # a style sheet does not reach the paper


def theory_paper(team: Team, found: TheoryPage | None, picture: Drivers | None, *, now: datetime) -> Document:
    """Return a theory with its diagram; without one, the sheet to write on."""
    theory = found.theory if found else None
    blocks: list[Block] = [
        *([Quote(found.sentence)] if found and found.whole else []),
        Columns((words(Theory, "goal", theory),), (words(Theory, "problem", theory),)),
        words(Theory, "learned", theory, lines=1),
        Flow(_legs(found), lines=4),
        *_arrows(found),
        Columns((words(Theory, "leaders", theory, lines=2),), (words(Theory, "equity", theory, lines=2),)),
        Columns((words(Theory, "serves", theory, lines=1),), (_adopted(found),)),
        Note("\n".join(f"- {question}" for question in QUESTIONS), title=_("Questions to ask of it")),
        *_diagram(picture),
    ]
    condition = theory.condition if theory else ""
    title = _("Theory of action")
    return sheet(team, title, blocks, now=now, filled=bool(found), one_page=not found, condition=condition)


def _legs(found: TheoryPage | None) -> tuple[tuple[str, str], ...]:
    legs = {leg.slug: _in_lines(leg) for leg in found.legs} if found else {}
    return tuple((str(name).capitalize(), legs.get(slug, "")) for slug, name in LEG_NAMES.items())


def _in_lines(leg: Leg) -> str:
    return "\n".join(f"- {card.line.text}" for card in leg.lines)


def _arrows(found: TheoryPage | None) -> list[Block]:
    """Say what is assumed on each arrow, and what speaks for it."""
    headers = (_("From"), _("To"), label(TheoryLine, "because"), label(TheoryLine, "evidence"))
    cards = [card for leg in found.legs[:2] for card in leg.lines] if found else []
    rows = tuple(
        (card.line.text, card.toward, card.line.because, "\n".join(f"- {piece.body}" for piece in card.evidence))
        for card in cards
    )
    caption = _("The arrows: why one should follow from the other")
    return [Table(headers, rows, widths=(2, 2, 3, 3), caption=caption, blank_rows=0 if rows else 3, room=1)]


def _adopted(found: TheoryPage | None) -> Field:
    adoption = found.adoptions[-1] if found and found.adoptions else None
    if not adoption:
        return Field(_("Adopted on, how, by whom"), lines=1)
    how = _("Version %(number)s, %(date)s, by %(way)s") % {
        "number": adoption.number,
        "date": day(adoption.adopted_on),
        "way": adoption.decision.get_way_display(),
    }
    return Field(_("Adopted"), adoption.decision.decided, hint=how)


def _diagram(picture: Drivers | None) -> list[Block]:
    if not picture:
        return []
    figure = Figure(picture.svg(ink=INK), picture.captions.alt, driver_table(picture))
    return [Heading(_("The same as a driver diagram")), figure]


def driver_headers() -> tuple[str, ...]:
    """Return the heads of the table that says what the driver diagram shows."""
    return (_("As a result"), _("Then"), _("If we"), _("Because"), _("Measured by"))


def driver_table(picture: Drivers) -> Table:
    """Return the table that says what the driver diagram shows."""
    rows = tuple((row.result, row.then, row.if_, row.because, row.measures) for row in picture.rows)
    return Table(driver_headers(), rows, caption=picture.captions.title)


def theory_list(picture: Drivers) -> Sheet:
    """Return the lines of a theory as rows, each with its arrow."""
    rows = tuple((row.result, row.then, row.if_, row.because, row.measures) for row in picture.rows)
    return Sheet(_("Theory of action"), driver_headers(), rows)
