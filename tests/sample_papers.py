"""Sample papers, to look at and to hold to one page.

`python -m tests.sample_papers FOLDER` writes them as PDF and DOCX.
"""

import sys
from pathlib import Path

from colead.documents import (
    Block,
    Check,
    Checklist,
    Choice,
    Columns,
    Document,
    Field,
    Flow,
    Heading,
    Note,
    Quote,
    Table,
    Text,
    docx,
    pdf,
)

NORTH = {"school": "North Elementary School", "date": "14 October 2027"}


def guide_part(*, filled: bool) -> Document:
    answer = "Teach each other. Third grade shares readers across rooms; **nobody else knew**.\n\n- start with time"
    beliefs = Field(
        "What can the adults here do together?", answer if filled else "", 4, "Think of last month.", "V-W2"
    )
    blocks: tuple[Block, ...] = (
        Text(
            "People walk past a vision that nobody helped to write. The usual word for what follows is **confusion**."
        ),
        Note("What will colleagues want to know before they trust it?", title="Ask your staff"),
        Heading("Big questions"),
        Field("Why would you give up deciding at the top?", lines=4, code="V-W1"),
        beliefs,
        *([Quote("I heard about the new schedule from a parent.", by="a teacher, autumn survey")] if filled else []),
        Choice("How we decided", ("by consent", "by vote", "one person, with input"), ("by vote",) if filled else ()),
        Heading("Important tasks"),
        Checklist(
            (Check(filled, "Form a team that looks like your school.", "Ms Ortiz"), Check(False, "Agree on a day."))
        ),
        Flow((("If", "we share one hour a week" if filled else ""), ("then", ""), ("and as a result", ""))),
    )
    return Document(
        "Vision and strategy: why this, why here", blocks, condition="vision", subtitle="Part 1 of 3", **NORTH
    )


def rubric(*, filled: bool) -> Document:
    aims = ("Staff know which decisions they shape.", "The one who knows most leads.", "Added work is traded.")
    said = "Twelve of forty could say it in May." if filled else ""
    rows = tuple(("", f"**S-{number}** {aim}", said) for number, aim in enumerate(aims, start=1))
    table = Table(("Where we fall short", "What it looks like", "What proves it"), rows, room=4)
    return Document("Shared influence: where do we stand?", (table,), condition="influence", landscape=True, **NORTH)


def purpose_map(*, filled: bool) -> Document:
    def field(label: str, value: str, lines: int = 1) -> Field:
        return Field(label, value if filled else "", lines)

    works = field("What it looks like when it works", "Eight weeks of ten are held. Each ends with a lesson.", 3)
    steps = field("First steps", "1. Move PE to period 4\n2. Agree on the first agenda\n3. Tell families", 3)
    who = tuple(field(label, "Four teachers, one aide") for label in ("Who decides", "Who does it", "Who feels it"))
    kind = Choice("Kind of test", ("study", "explore", "pilot"), ("pilot",) if filled else ())
    needs = (("Time", "1 hour", "2 hours"), ("People", "one cover", "two")) if filled else (("Time",), ("People",))
    blocks = (
        field("The idea we want to test, and where it comes from", "One planning hour for grade 3, on Tuesdays.", 2),
        Columns(
            (works, *who), (steps, kind, field("How long", "Ten weeks"), field("Stop if", "Cover fails three weeks"))
        ),
        Table(("What it takes", "To begin", "Ideal"), needs, widths=(1, 2, 2), room=1),
        Columns((field("Limits", "Buses and lunch stay", 2),), (field("Freedoms", "Any room, any agenda", 2),)),
        field("Signs of success", "Hours held, lessons shared, what teachers say in week five", 2),
    )
    return Document("Purpose map", blocks, condition="structures", subtitle="One shared hour", one_page=True, **NORTH)


def decision_record() -> Document:
    blocks = (
        Field("The question we are deciding", lines=2),
        Choice(
            "How we decide, agreed before we talk", ("consent", "advice", "consensus", "vote", "one person, with input")
        ),
        Field("Options we looked at"),
        Table(("What people told us", "Who", "Where it went"), (), widths=(4, 2, 3), blank_rows=4),
        Field("What we decided, and why"),
        Field("Who disagrees, and what became of it", lines=2),
        Columns((Field("Owner", lines=1),), (Field("We look again on", lines=1),)),
        Field("What we tell everyone", lines=2),
    )
    return Document("Decision record", blocks, subtitle="One question, one page", one_page=True, **NORTH)


def samples() -> dict[str, Document]:
    """Return every sample by its file name."""
    both = {"guide-part": guide_part, "rubric": rubric, "purpose-map": purpose_map}
    found = {
        f"{name}-{'filled' if on else 'blank'}": make(filled=on) for name, make in both.items() for on in (False, True)
    }
    return {**found, "decision-record-blank": decision_record()}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in samples().items():
        (folder / f"{name}.pdf").write_bytes(pdf(document))
        (folder / f"{name}.docx").write_bytes(docx(document))
        print(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
