"""Read finished papers back: what a PDF says, and how it is tagged, without any program beside pikepdf."""

import io
import re
from collections.abc import Iterator

import pikepdf


def opened(paper: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(paper))


def words_in(paper: bytes, *, margins: bool = True) -> str:
    """Return all the text of a PDF, with what stands in the margins or without, every white space taken out.

    Lines end without a space in a PDF, so compare with `squeezed` text.
    """
    with opened(paper) as pdf:
        return squeezed("".join(words_on(page, margins=margins) for page in pdf.pages))


def words_on(page: pikepdf.Page, *, margins: bool = True) -> str:
    """Return the text of one page, in the order in which it is drawn."""
    alphabets = {name: _alphabet(font) for name, font in page.Resources.get("/Font", {}).items()}
    letters: dict[bytes, str] = {}
    found: list[str] = []
    silent: list[bool] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BMC" | "BDC":
                silent.append(_is_silent(operands, margins, found))
            case "EMC":
                silent.pop()
            case "Tf":
                letters = alphabets[str(operands[0])]
            case "Tj" | "TJ" if not any(silent):
                found.append(_decoded(operands[0], letters))
    return "".join(found)


def _is_silent(operands: list[pikepdf.Object], margins: bool, found: list[str]) -> bool:
    """Tell whether what follows is passed over: a margin, or glyphs whose text is given beside them."""
    facts = operands[1] if len(operands) > 1 else {}
    if "/ActualText" in facts:
        found.append(str(facts["/ActualText"]))
        return True
    return str(operands[0]) == "/Artifact" and not margins


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\xad]", "", text)


def _decoded(shown: pikepdf.Object, letters: dict[bytes, str]) -> str:
    pieces = [shown] if isinstance(shown, pikepdf.String) else [one for one in shown if isinstance(one, pikepdf.String)]
    codes = b"".join(bytes(piece) for piece in pieces)
    return "".join(letters[codes[at : at + 2]] for at in range(0, len(codes), 2))


def _alphabet(font: pikepdf.Object) -> dict[bytes, str]:
    """Read which text each code of a font stands for (the ToUnicode map of PDF 32000-1, 9.10.3)."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"^<([0-9a-fA-F]{4})> ?<([0-9a-fA-F]+)>$", table, re.MULTILINE)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def tags_in(paper: bytes) -> list[str]:
    """List the structure tags of a PDF in reading order."""
    with opened(paper) as pdf:
        return [str(tag.S)[1:] for tag in tagged(pdf)]


def tagged(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """List the structure elements of an open PDF in reading order."""
    return list(_walk(pdf.Root.StructTreeRoot))


def _walk(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _walk(child)
