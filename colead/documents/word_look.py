"""How a Word file looks and what it says about itself: page, styles, numbering, properties."""

import datetime
import zipfile
from io import BytesIO
from typing import Any

from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph as WordParagraph

from colead.documents.blocks import Document
from colead.documents.words import words

INK = RGBColor(0x1C, 0x24, 0x22)
SOFT = RGBColor(0x55, 0x60, 0x5C)
SANS, SERIF = "Calibri", "Georgia"
SIZES = {"letter": (216, 279), "a4": (210, 297)}
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# The same document gives the same bytes, so the file is dated once and for all; the footer has the date people read.
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def prepare(file: WordFile, document: Document) -> None:
    """Set page, styles, properties and footer of a new file."""
    _set_page(file.sections[0], document)
    _set_styles(file, document.language)
    _set_properties(file, document)
    _set_footer(file.sections[0], document)


def packed(file: WordFile) -> bytes:
    """Save the file with every date in its container set to one day."""
    saved, steady = BytesIO(), BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(steady, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()


def _set_page(section: Section, document: Document) -> None:
    width, height = SIZES[document.paper]
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = Mm(22)
    section.bottom_margin = Mm(24)


def _set_properties(file: WordFile, document: Document) -> None:
    properties = file.core_properties
    properties.title = document.title[:255]
    properties.author = document.school[:255] or "Colead"
    properties.last_modified_by, properties.comments, properties.revision = "", "", 1
    properties.language = document.language
    properties.created = properties.modified = LONG_AGO


def _set_styles(file: WordFile, language: str) -> None:
    defaults: Any = file.styles.element.find(qn("w:docDefaults"))
    defaults.find(f".//{qn('w:lang')}").set(qn("w:val"), language)
    _set_font(file.styles["Normal"], SANS, 11, after=6)
    for level, size in ((1, 24), (2, 16), (3, 13), (4, 11)):
        _set_font(file.styles[f"Heading {level}"], SERIF, size, before=4 if level == 1 else 16, after=6)
    _set_font(file.styles["Subtitle"], SANS, 12, after=14, color=SOFT)
    _set_font(file.styles["Quote"], SERIF, 12, after=4).paragraph_format.left_indent = Mm(8)
    _add_styles(file)


def _add_styles(file: WordFile) -> None:
    label = _set_font(_new(file, "Label"), SANS, 11, before=14, after=3)
    label.font.bold = label.paragraph_format.keep_with_next = True
    _set_font(_new(file, "Hint"), SANS, 9.5, after=4, color=SOFT)
    _border(_set_font(_new(file, "Answer"), SERIF, 11.5, after=4), left=True)
    _border(_set_font(_new(file, "Writing line"), SANS, 11, before=10, after=0), bottom=True, between=True)
    _border(_set_font(_new(file, "Note"), SANS, 11, after=4), left=True)
    tick = _set_font(_new(file, "Tick"), SANS, 11, after=4).paragraph_format
    tick.left_indent, tick.first_line_indent = Mm(8), Mm(-8)
    tick.tab_stops.add_tab_stop(Mm(8))


def _new(file: WordFile, name: str) -> Any:
    style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = file.styles["Normal"]
    return style


def _set_font(
    style: Any, font: str, size: float, *, before: float = 0, after: float = 0, color: RGBColor = INK
) -> ParagraphStyle:
    """Name the font for every script, or Word keeps the theme's own for headings."""
    style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), color
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style  # type: ignore[no-any-return]  # python-docx types all styles as one base class


def _border(style: ParagraphStyle, **sides: bool) -> None:
    lines = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="6" w:color="8D938F"/>' for side in sides)
    properties: Any = style.element.get_or_add_pPr()
    # Word reads the parts of a style in one order only: a border comes before these.
    properties.insert_element_before(
        parse_xml(f"<w:pBdr {NAMESPACES}>{lines}</w:pBdr>"), "w:tabs", "w:spacing", "w:ind"
    )


def _set_footer(section: Section, document: Document) -> None:
    said = words(document.language)
    line = section.footer.paragraphs[0]
    _set_stops(line, section)
    line.add_run(f"{document.school}\t{document.date}\t{said.page} ")
    _field_code(line, "PAGE")
    line.add_run(f" {said.of} ")
    _field_code(line, "NUMPAGES")


def _set_stops(line: WordParagraph, section: Section) -> None:
    """Put the date in the middle and the page number at the right edge of this page's own width."""
    width = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]  # set above
    for stop in line.style.paragraph_format.tab_stops:  # type: ignore[union-attr]  # a footer has its style
        line.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    line.paragraph_format.tab_stops.add_tab_stop(Emu(width // 2), WD_TAB_ALIGNMENT.CENTER)
    line.paragraph_format.tab_stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT)


def _field_code(line: WordParagraph, code: str) -> None:
    """Add a field that Word counts by itself."""
    field = f'<w:fldSimple {NAMESPACES} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    line._p.append(parse_xml(field))


def rule(table: WordTable) -> None:
    """Rule a table, and let it be as wide as its columns say."""
    table.style = "Table Grid"
    table.autofit = False


def repeat(row: _Row) -> None:
    """Mark a row as the header, repeated on every page and read aloud with each cell."""
    properties: Any = row._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:tblHeader {NAMESPACES}/>"))


def make_room(row: _Row, lines: int) -> None:
    """Keep at least so many lines of space in a row."""
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(8 * lines)


def restarted(part: Any, style: str, start: int) -> int:
    """Begin a numbered list anew at `start`; without it Word counts on through the whole file."""
    numbering = part.numbering_part.element
    own = part.styles[style].element.pPr.numPr.numId.val
    fresh = numbering.add_num(numbering.num_having_numId(own).abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(fresh.numId)


def number(paragraph: WordParagraph, number_id: int) -> None:
    """Let a paragraph count in the list with this id."""
    properties: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number_id
