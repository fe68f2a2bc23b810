"""Turn finished facts into bytes: PDF, DOCX, XLSX, CSV. Pure: no Django, no clock, no files written."""

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
from colead.documents.ready import CONDITIONS, CannotPrint
from colead.documents.sheets import Cell, Sheet, csv, unguard, xlsx
from colead.documents.typeset import pdf
from colead.documents.word import docx

__all__ = [
    "CONDITIONS",
    "Block",
    "CannotPrint",
    "Cell",
    "Check",
    "Checklist",
    "Choice",
    "Columns",
    "Document",
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
    "pdf",
    "unguard",
    "xlsx",
]
