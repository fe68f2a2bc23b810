"""Read the small Markdown that people write, for paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `url` makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Runs that stand together; a new line inside a run is a line break."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Listing:
    """A list, numbered from `start` when it is ordered."""

    ordered: bool
    start: int
    items: tuple[tuple["Node", ...], ...]


Node: TypeAlias = Paragraph | Listing

_parser = MarkdownIt("zero").enable(["autolink", "emphasis", "escape", "link", "list", "newline"])


def prose(text: str, *, breaks: bool = True) -> tuple[Node, ...]:
    """Parse Markdown into paragraphs and lists, keeping line breaks unless told otherwise.

    Whatever would get lost on the way (lists nested too deep, a lone dash) makes the whole text print as it was typed.
    """
    if not any(map(str.isalnum, text)):
        return _as_typed(text)
    tree = SyntaxTreeNode(_parser.parse(text))
    nodes = tuple(_node(child, breaks) for child in tree.children)
    return nodes if sum(map(_letters, nodes)) >= sum(map(str.isalpha, text)) else _as_typed(text)


def _letters(node: Node) -> int:
    """Count the letters that made it, those in the addresses of links too."""
    if isinstance(node, Paragraph):
        return sum(map(str.isalpha, "".join(run.text + run.url for run in node.runs)))
    return sum(_letters(part) for item in node.items for part in item)


def _as_typed(text: str) -> tuple[Node, ...]:
    return tuple(Paragraph((Run(part),)) for part in text.split("\n\n") if part.strip())


def _node(tree: SyntaxTreeNode, breaks: bool) -> Node:
    if tree.type == "paragraph":
        return Paragraph(tuple(_joined(_runs(tree.children[0], Run(""), breaks))))
    items = tuple(tuple(_node(child, breaks) for child in item.children) for item in tree.children)
    return Listing(tree.type == "ordered_list", int(tree.attrs.get("start", 1)), items)


def _runs(tree: SyntaxTreeNode, style: Run, breaks: bool) -> list[Run]:
    """Flatten inline Markdown; `style` is what the text around it has already switched on."""
    found: list[Run] = []
    for child in tree.children:
        match child.type:
            case "strong":
                found += _runs(child, Run("", True, style.italic, style.url), breaks)
            case "em":
                found += _runs(child, Run("", style.bold, True, style.url), breaks)
            case "link":
                found += _link(child, style, breaks)
            case "softbreak":
                found.append(_styled("\n" if breaks else " ", style))
            case "hardbreak":
                found.append(_styled("\n", style))
            case _:
                found.append(_styled(child.content, style))
    return found


def _styled(text: str, style: Run) -> Run:
    return Run(text, style.bold, style.italic, style.url)


def _link(tree: SyntaxTreeNode, style: Run, breaks: bool) -> list[Run]:
    """Set a link, and its address after it, since paper cannot be clicked."""
    url = str(tree.attrs["href"])
    shown = _runs(tree, Run("", style.bold, style.italic, url), breaks)
    address = url.removeprefix("mailto:").removeprefix("https://")
    if not url or address.rstrip("/") in "".join(run.text for run in shown):
        return shown
    return [*shown, _styled(f" ({address})", style)]


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Join neighbours of one style, so that no word is cut where Markdown cut it."""
    for style, alike in groupby(filter(lambda run: run.text, runs), key=lambda run: _styled("", run)):
        yield _styled("".join(run.text for run in alike), style)
