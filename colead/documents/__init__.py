"""Turn finished facts into bytes: PDF, DOCX, XLSX, CSV, ICS. Pure: no Django, no clock, no files written."""

from colead.documents.blocks import (
    Block,
    Check,
    Checklist,
    Choice,
    Columns,
    Document,
    Field,
    Figure,
    Flow,
    Heading,
    Note,
    PageBreak,
    Quote,
    Table,
    Text,
)
from colead.documents.ics import CannotSchedule, Event, ical
from colead.documents.ready import CONDITIONS, CannotPrint
from colead.documents.sheets import Cell, Sheet, csv, unguard, xlsx
from colead.documents.typeset import pdf
from colead.documents.word import docx

__all__ = [
    "CONDITIONS",
    "Block",
    "CannotPrint",
    "CannotSchedule",
    "Cell",
    "Check",
    "Checklist",
    "Choice",
    "Columns",
    "Document",
    "Event",
    "Field",
    "Figure",
    "Flow",
    "Heading",
    "Note",
    "PageBreak",
    "Quote",
    "Sheet",
    "Table",
    "Text",
    "csv",
    "docx",
    "ical",
    "pdf",
    "unguard",
    "xlsx",
]
