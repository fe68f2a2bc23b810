"""Slips with one code each, and the poster without any. Slips are written once, into the answer, and kept nowhere."""

from collections.abc import Sequence
from html import escape

import segno
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colead.answers import box
from colead.documents import Block, Columns, Document, Figure, Heading, Note, PageBreak, Text
from colead.surveys.addresses import survey_address, typed_address, with_code
from colead.surveys.models import Wave

A_PAGE = 10  # slips on one sheet, Letter or A4
FONT = "Atkinson Hyperlegible, system-ui, sans-serif"
WIDE, HIGH, QR = 300, 128, 112  # of a slip, in its own units


def slips(wave: Wave, codes: Sequence[str]) -> Document:
    """Return a sheet to cut up: each slip with a QR code, its code to type, the address and the last day."""
    with translation.override(wave.language):
        return _slips(wave, codes)


def _slips(wave: Wave, codes: Sequence[str]) -> Document:
    blocks: list[Block] = []
    for start in range(0, len(codes), A_PAGE):
        blocks += [PageBreak()] if start else []
        page = [_slip(wave, code) for code in codes[start : start + A_PAGE]]
        blocks.append(Columns(tuple(page[::2]), tuple(page[1::2])))
    subtitle = _("Cut apart, fold, mix in a bowl. Everybody draws one; nobody notes who took which.")
    return _document(wave, blocks, subtitle)


def _slip(wave: Wave, code: str) -> Figure:
    shown = box.show_code(code)
    until = _("Until %(day)s. Works once.") % {"day": date_format(wave.closes, "MONTH_DAY_FORMAT")}
    lines = [
        (22, 12, "", _short(wave.title)),
        (50, 15, "bold", shown),
        (74, _fitting(typed_address(wave)), "", typed_address(wave)),
        (92, 11, "", until),
        (110, 11, "", _("It is not tied to your name.")),
    ]
    words = "".join(
        f'<text x="{QR + 12}" y="{y}" font-size="{size}"{_weight(weight)}>{escape(text)}</text>'
        for y, size, weight, text in lines
    )
    frame = f'<rect x="0.5" y="0.5" width="{WIDE - 1}" height="{HIGH - 1}" fill="#fff" stroke="#8a8a8a"'
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}" '
        f'font-family="{FONT}" fill="#000">{frame} stroke-dasharray="4 3"/>'
        f"{_qr(with_code(wave, code), 6, 8)}{words}</svg>"
    )
    alt = _("Slip with the code %(code)s. %(until)s") % {"code": shown, "until": until}
    return Figure(drawing, alt)


def _short(title: str) -> str:
    return title if len(title) <= 30 else title[:29].rstrip() + "…"


def _fitting(words: str) -> float:
    """Return the size in which an address of any length stays inside its slip."""
    return min(11, round((WIDE - QR - 20) / (0.58 * len(words)), 1))


def _weight(weight: str) -> str:
    return f' font-weight="{weight}"' if weight else ""


def _qr(link: str, x: float, y: float, size: float = QR) -> str:
    """Draw a link as a QR code, `size` units wide with its quiet border, at a place of a drawing."""
    code = segno.make(link, error="m", micro=False)
    across = code.symbol_size(border=2)[0]
    drawn = code.svg_inline(omitsize=True, border=2, light="#fff", dark="#000", svgclass=None, lineclass=None)
    inside = drawn.partition(">")[2].removesuffix("</svg>")
    return f'<g transform="translate({x} {y}) scale({size / across:.4f})">{inside}</g>'


def poster(wave: Wave) -> Document:
    """Return a poster for the staff room: where the survey is, what to type, what is kept. It holds no code."""
    with translation.override(wave.language):
        return _poster(wave)


def _poster(wave: Wave) -> Document:
    day = date_format(wave.closes, "MONTH_DAY_FORMAT")
    kept = _(
        "No name, time or device is kept with an answer. Nobody can see who has answered. When the survey is over, the "
        "answers are shuffled and the codes are destroyed. Everybody at the school sees the result at the same minute."
    )
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 260" width="600" height="260">'
        f"{_qr(survey_address(wave), 0, 0, 260)}</svg>"
    )
    blocks: list[Block] = [
        Text(_("Open until %(day)s. About ten minutes, on your own phone.") % {"day": day}),
        Figure(drawing, _("QR code that opens the survey")),
        Heading(typed_address(wave)),
        Text(_("Then type the code from your slip or letter. No code? Ask the team: there are a few spare ones.")),
        Note(kept, _("What is kept")),
    ]
    return _document(wave, blocks, "", one_page=True)


def _document(wave: Wave, blocks: list[Block], subtitle: str, *, one_page: bool = False) -> Document:
    return Document(
        wave.title,
        tuple(blocks),
        school=wave.school.name,
        subtitle=subtitle,
        language=wave.language,
        one_page=one_page,
    )
