"""The page on paper: a bulletin of one sheet, and the poster with the link."""

import segno
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.documents import Block, Columns, Document, Figure, Heading, Note, Quote, Text
from colead.schools.models import School
from colead.staffpage.queries.decided import DecisionShown
from colead.staffpage.queries.findings import FindingShown
from colead.staffpage.queries.page import Contents, Priority

DECISIONS, ANSWERS, ENTRIES = 3, 3, 4  # what fits on one sheet; the page itself holds everything


def bulletin(contents: Contents, *, address: str) -> Document:
    """Return the newest of everything on one sheet, for the wall and the mailboxes."""
    blocks: list[Block] = []
    for vision in contents.visions:
        blocks.append(Quote(vision.text))
    blocks += _priorities(contents.priorities)
    blocks.append(Columns((*_heard(contents), *_let_go(contents)), (*_decided(contents.decisions), *_wins(contents))))
    code = Figure(_drawing(address, wide=2.2), _("QR code that opens the page"))
    blocks.append(Columns((Note(plain(address), _("The whole page, with all that is behind it")),), (code,)))
    return Document(
        _("What you said, what we do"),
        tuple(blocks),
        school=contents.school.name,
        date=date_format(contents.today),
        language=get_language() or "en",
        one_page=True,
    )


def plain(address: str) -> str:
    """Return an address as people type it."""
    return address.partition("://")[2]


def _priorities(priorities: tuple[Priority, ...]) -> list[Block]:
    blocks: list[Block] = []
    for priority in priorities:
        why = [_("Because: %s") % priority.reason] if priority.reason else []
        test = [_("We try: %s") % priority.trial.question] if priority.trial else []
        name = [f"**{priority.name}.**"] if priority.name else []
        blocks.append(Text(" ".join([*name, *why, *test])))
    return [Heading(_("Our one priority")), *blocks] if blocks else []


def _heard(contents: Contents) -> list[Block]:
    findings = (*contents.late, *contents.waiting, *contents.answered[:ANSWERS])
    texts = [Text(_finding(finding)) for finding in findings]
    return [Heading(_("You said, we answer"), 3), *texts] if texts else []


def _finding(finding: FindingShown) -> str:
    if finding.waits:
        due = date_format(finding.due)
        late = _("*Late.* No answer yet. It was due by %s.") if finding.late else _("No answer yet. It is due by %s.")
        return f"**{finding.sentence}** {late % due}"
    answer = _("Not now, because: %s") % finding.answer if finding.not_now else finding.answer
    return f"**{finding.sentence}** {answer}"


def _decided(decisions: tuple[DecisionShown, ...]) -> list[Block]:
    texts = [Text(_decision(decision)) for decision in decisions[:DECISIONS]]
    return [Heading(_("What we decided, and why"), 3), *texts] if texts else []


def _decision(decision: DecisionShown) -> str:
    parts = [f"**{decision.decided}**", _("Because: %s") % decision.because]
    parts += [_("Seen otherwise: %s") % each.body for each in decision.otherwise[:1]]
    if decision.review_on:
        parts.append(_("We look at it again on %s.") % date_format(decision.review_on))
    return " ".join(parts)


def _let_go(contents: Contents) -> list[Block]:
    gone = [entry for entry in contents.let_gos if not entry.back_since][:ENTRIES]
    if not gone:
        return []
    total = _("%s a week given back, everybody’s together.") % contents.given_back
    return [Heading(_("What we let go"), 3), Text("\n".join(f"- {entry.what}" for entry in gone)), Text(total)]


def _wins(contents: Contents) -> list[Block]:
    if not contents.wins:
        return []
    return [Heading(_("Small wins"), 3), Text("\n".join(f"- {win.text}" for win in contents.wins[:ENTRIES]))]


def poster(school: School, *, address: str) -> Document:
    """Return a poster for the staff room, with the link as a QR code and in letters."""
    kept = _(
        "You need no account and no name. Nobody can see who opened the page. It is meant for everybody who works "
        "here, so please leave this poster where only staff come by."
    )
    return Document(
        _("What you said, what we do"),
        (
            Text(_("What we decide and why, what became of what you said, and what we let go.")),
            Figure(_drawing(address, wide=1.5), _("QR code that opens the page")),
            Heading(plain(address), 3),
            Note(kept, _("Who reads it")),
        ),
        school=school.name,
        language=get_language() or "en",
        one_page=True,
    )


def _drawing(address: str, *, wide: float) -> str:
    """Draw a link as a QR code at the left of a picture that is `wide` times as wide: it fills its column on paper."""
    code = segno.make(address, error="m", micro=False)
    across = code.symbol_size(border=2)[0]
    drawn = code.svg_inline(omitsize=True, border=2, light="#fff", dark="#000", svgclass=None, lineclass=None)
    inside = drawn.partition(">")[2].removesuffix("</svg>")
    size = f'viewBox="0 0 {across * wide:.1f} {across}" width="{across * wide * 4:.0f}" height="{across * 4}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'
