"""Read XML that strangers made as a small tree that remembers where its bytes are.

No document type (so no entities), caps on size, depth, number and time. The parser is fed piece by piece: it stops at
the first cap, not at the end of the file.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from colead.timetable.reading import CannotRead
from colead.timetable.words import mark, say

MOST_BYTES = 8_000_000
MOST_DEPTH = 50
MOST_ELEMENTS = 500_000
MOST_SECONDS = 5.0
_PIECE = 65_536


@dataclass(slots=True)
class Node:
    """An element: its text, what is in it, its line, and where its bytes begin and end in the file."""

    tag: str
    line: int
    begin: int
    text: str = ""
    end: int = 0
    children: list["Node"] = field(default_factory=list)

    def each(self, tag: str) -> Iterator["Node"]:
        return (child for child in self.children if child.tag == tag)

    def first(self, *tags: str) -> "Node":
        """Find the first child of one of these names; an empty one when there is none."""
        return next((child for child in self.children if child.tag in tags), Node(tags[0], self.line, self.begin))

    def said(self, *tags: str) -> str:
        return self.first(*tags).text.strip()

    def all(self, tag: str) -> tuple[str, ...]:
        return tuple(child.text.strip() for child in self.each(tag))


class _Stopped(Exception):
    """Stop the parser; `args[0]` is the reason."""


def tree_of(file: str, data: bytes, *, clock: Callable[[], float] = time.monotonic) -> Node:
    """Read a file as a tree; refuses with `CannotRead`, with the line where it went wrong."""
    if len(data) > MOST_BYTES:
        raise CannotRead(file, 0, say(mark("The file is larger than %(most)d MB."), most=MOST_BYTES // 1_000_000))
    grower = _Grower(clock)
    try:
        grower.feed(data)
    except _Stopped as stopped:
        raise CannotRead(file, grower.parser.CurrentLineNumber, stopped.args[0]) from None
    except (expat.ExpatError, ValueError, LookupError) as broken:
        line = grower.parser.ErrorLineNumber
        raise CannotRead(file, line, say(mark("The file is broken here: it is no XML in UTF-8."))) from broken
    return grower.root


class _Grower:
    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock, self.until = clock, clock() + MOST_SECONDS
        self.count = 0
        self.root = Node("", 1, 0)
        self.open = [self.root]
        self.parser = expat.ParserCreate("utf-8")  # byte places count only in the encoding of the file
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def feed(self, data: bytes) -> None:
        for begin in range(0, len(data), _PIECE):
            if self.clock() > self.until:
                raise _Stopped(say(mark("The file takes too long to read.")))
            self.parser.Parse(data[begin : begin + _PIECE], False)
        self.parser.Parse(b"", True)

    def _doctype(self, *_: object) -> None:
        raise _Stopped(say(mark("The file declares a document type, which may hide harm. Export it again without.")))

    def _start(self, tag: str, _: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise _Stopped(say(mark("The file has more than %(most)d elements."), most=MOST_ELEMENTS))
        if len(self.open) > MOST_DEPTH:
            raise _Stopped(say(mark("The file is nested more than %(most)d deep."), most=MOST_DEPTH))
        node = Node(tag, self.parser.CurrentLineNumber, self.parser.CurrentByteIndex)
        self.open[-1].children.append(node)
        self.open.append(node)

    def _end(self, _: str) -> None:
        self.open.pop().end = self.parser.CurrentByteIndex

    def _text(self, text: str) -> None:
        self.open[-1].text += text


def refusal(file: str, node: Node, template: str, **facts: str | int) -> CannotRead:
    """Refuse a file at a node."""
    return CannotRead(file, node.line, say(template, **facts))
