"""Turn a ready document into plain data for the templates: what to draw, decided; how it looks, left to them."""

import math
import re
from dataclasses import asdict
from itertools import chain
from typing import Any

from colead.documents.blocks import (
    Block,
    Checklist,
    Choice,
    Columns,
    Document,
    Field,
    Figure,
    Flow,
    Note,
    Quote,
    Table,
    Text,
)
from colead.documents.prose import Node, Paragraph, prose
from colead.documents.words import words

_NUMBER = re.compile(r"[-+−]?[\d.,\u202f ]*\d ?%?")


def data(document: Document) -> dict[str, Any]:
    """Turn a ready document into plain data for the template."""
    language, _, region = document.language.partition("-")
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "school": document.school,
        "date": document.date,
        "language": language,
        "region": region,
        "paper": document.paper,
        "landscape": document.landscape,
        "condition": document.condition,
        "words": asdict(words(document.language)),
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__.lower(), **_facts(block)}


def _facts(block: Block) -> dict[str, Any]:  # noqa: C901  # one arm a kind of block, nothing nested
    """Lay out what the template draws of a block: plain texts as they are, written ones as prose."""
    match block:
        case Text():
            return {"body": _prose(block.text, breaks=False)}
        case Quote():
            return {"body": _prose(block.text), "by": block.by}
        case Field():
            return {**asdict(block), "body": _prose(block.value)}
        case Choice():
            return {**asdict(block), "whole": _is_short(block.label, *block.options, *block.chosen)}
        case Table():
            return _table(block)
        case Checklist():
            return {"items": [{**asdict(item), "body": _prose(item.text)} for item in block.items]}
        case Columns():
            return {"left": [_block(one) for one in block.left], "right": [_block(one) for one in block.right]}
        case Note():
            return {"title": block.title, "body": _prose(block.text), "whole": _is_short(block.title, block.text)}
        case Figure():
            return {"svg": block.svg, "alt": block.alt, "table": block.table and _table(block.table)}
        case Flow():
            return _flow(block)
        case _:  # a heading, the end of a page
            return asdict(block)


def _is_short(*texts: str) -> bool:
    """Tell whether texts fit on a page in any case, so that they may be kept together on one."""
    return sum(len(text) + 40 for text in texts) < 1600


def _prose(text: str, *, breaks: bool = True) -> list[dict[str, Any]]:
    return [_node(node) for node in prose(text, breaks=breaks)]


def _node(node: Node) -> dict[str, Any]:
    if isinstance(node, Paragraph):
        return {"kind": "paragraph", "runs": [asdict(run) for run in node.runs]}
    items = [[_node(part) for part in item] for item in node.items]
    return {"kind": "listing", "ordered": node.ordered, "start": node.start, "items": items}


def _table(table: Table) -> dict[str, Any]:
    cells = [[_prose(cell) for cell in row] for row in table.rows]
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.headers)
    return {
        "headers": table.headers,
        "cells": cells,
        "widths": table.widths or [_width(*column) for column in zip(table.headers, columns, strict=True)],
        "numeric": [bool(column) and all(map(_NUMBER.fullmatch, column)) for column in columns],
        "caption": table.caption,
        "blank_rows": table.blank_rows,
        "room": table.room,
        "whole": len(table.rows) + table.blank_rows <= 6 and table.room <= 2 and _is_short(*chain(*table.rows)),
    }


def _width(header: str, cells: tuple[str, ...]) -> float:
    """Weigh a column by its longest text, gently, so that no column starves."""
    longest = max(map(len, (header, *cells)))
    return math.pow(min(max(longest, 8), 80), 0.45)


def _flow(flow: Flow) -> dict[str, Any]:
    """Decide whether the steps fit beside each other, whole: few, and none much longer than a paragraph."""
    texts = [text for step in flow.steps for text in step]
    beside = len(flow.steps) <= 4 and flow.lines <= 12 and max(map(len, texts), default=0) <= 320
    steps = [{"label": label, "body": _prose(text)} for label, text in flow.steps]
    return {"steps": steps, "beside": beside, "lines": flow.lines}
