"""A report as one page for a browser: no script, nothing from elsewhere, prints well."""

from html import escape

from colead.documents import Block, Document, Figure, Heading, Note, Table, Text

LOOK = """
body{font:17px/1.55 system-ui,sans-serif;max-width:42rem;margin:1.5rem auto;padding:0 1rem}
body{color:#1d2b33;background:#fff}p{margin:.5rem 0}
h1,h2,h3{font-family:Charter,Georgia,serif;line-height:1.2;margin:2rem 0 .6rem}h1{margin-top:0}
figure{margin:1rem 0}svg{width:100%;max-width:32rem;height:auto}
aside{border-inline-start:4px solid #0b5c63;padding:.2rem 1rem}
table{border-collapse:collapse;width:100%;font-size:15px}caption{text-align:start;font-weight:bold}
th,td{text-align:start;padding:.3rem .5rem;border-bottom:1px solid #c3cbd0}.wide{overflow-x:auto}
@media print{figure,aside,tr{break-inside:avoid}}
"""


def page(document: Document) -> bytes:
    """Return a report as HTML bytes."""
    about = " · ".join(part for part in (document.school, document.date) if part)
    body = "".join(_block(block) for block in document.blocks)
    title = escape(document.title)
    return (
        f'<!doctype html><html lang="{escape(document.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{LOOK}</style></head>'
        f"<body><h1>{title}</h1><p>{escape(about)}</p>{body}</body></html>"
    ).encode()


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_text(block.text)}</h{block.level}>"
        case Text():
            return _paragraphs(block.text)
        case Note():
            title = f"<strong>{_text(block.title)}</strong>" if block.title else ""
            return f"<aside>{title}{_paragraphs(block.text)}</aside>"
        case Table():
            return _table(block)
        case Figure():
            table = (
                f"<details><summary>{_text(block.table.caption)}</summary>{_table(block.table)}</details>"
                if block.table
                else ""
            )
            return f"<figure>{block.svg}{table}</figure>"
    raise TypeError(f"a report holds no {type(block).__name__}")


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_text(part)}</p>" for part in text.split("\n\n"))


def _text(text: str) -> str:
    """Take the guard off letters that mean something to Markdown, and escape what means something to HTML."""
    kept, letters = [], iter(text)
    for letter in letters:
        kept.append(next(letters, "") if letter == "\\" else letter)
    return escape("".join(kept))


def _table(table: Table) -> str:
    caption = f"<caption>{_text(table.caption)}</caption>" if table.caption else ""
    head = "".join(f'<th scope="col">{_text(header)}</th>' for header in table.headers)
    rows = "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
