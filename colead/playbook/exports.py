"""Guides, rubrics and condition pages as paper: blank to write on, or filled with what the team has agreed."""

from dataclasses import replace
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colead.content.model import Guide, Part, Playbook, Question, Rubric
from colead.decisions.models import Decision
from colead.documents import Block, Choice, Document, Field, Heading, Note, PageBreak, Table, Text
from colead.playbook.models import Assessment, CriterionLine, Discussion, Task
from colead.playbook.queries.questions import current_walk
from colead.schools.models import Team

KINDS = ("guide", "rubric", "condition")


def blank_paper(playbook: Playbook, kind: str, slug: str) -> Document:
    """Return a sheet without a school on it. Refuses an unknown slug with UnknownCode."""
    condition = playbook.condition(slug)
    titles = {"guide": _("Guide: %s"), "rubric": _("Self-assessment: %s"), "condition": "%s"}
    blocks = {
        "guide": lambda: _guide_blocks(playbook.guide(slug), {}, {}),
        "rubric": lambda: _rubric_blocks(playbook.rubric(slug), {}),
        "condition": lambda: _condition_blocks(playbook, slug),
    }
    return Document(
        titles[kind] % condition.name,
        tuple(blocks[kind]()),
        condition=slug,
        language=playbook.language,
        one_page=kind != "guide",
    )


def filled_paper(playbook: Playbook, kind: str, slug: str, *, team: Team, now: datetime) -> Document:
    """Return the same sheet with the team's words: notes, decisions, agreed lines; never a private answer."""
    sheet = blank_paper(playbook, kind, slug)
    blocks = sheet.blocks
    if kind == "guide":
        blocks = tuple(_guide_blocks(playbook.guide(slug), *_guide_records(team, slug)))
    if kind == "rubric":
        blocks = tuple(_filled_rubric(team, playbook, slug))
    date = date_format(team.today(now))
    return replace(sheet, blocks=blocks, school=str(team.school), date=date, subtitle=str(team))


def _guide_records(team: Team, slug: str) -> tuple[dict[str, Discussion], dict[str, Task]]:
    walk = current_walk(team, slug)
    if not walk:
        return {}, {}
    discussions = walk.discussions.select_related("decision").prefetch_related("decision__present__user")
    return {d.code: d for d in discussions}, {t.code: t for t in walk.tasks.select_related("owner__user")}


def _guide_blocks(guide: Guide, discussions: dict[str, Discussion], tasks: dict[str, Task]) -> list[Block]:
    blocks: list[Block] = []
    for part in guide.parts:
        blocks += [PageBreak()] if part is not guide.parts[0] else []
        blocks += [Heading(part.title), Text(part.intro), Note(part.goal, title=_("Where this part ends"))]
        blocks += [Note(part.staff_prompt, title=_("Ask your colleagues"))] if part.staff_prompt else []
        blocks += [block for question in part.questions for block in _question_blocks(question, discussions)]
        blocks += [Heading(_("Important tasks"), level=3), _task_table(part, tasks)]
        blocks += [Note(part.tip, title=_("Before you move on"))] if part.tip else []
    return [*blocks, *_resource_blocks(guide), Text(guide.closing)]


def _question_blocks(question: Question, discussions: dict[str, Discussion]) -> list[Block]:
    discussion = discussions.get(question.code)
    note = discussion.note if discussion else ""
    own_lines = 0 if question.prompts and not note else 4
    blocks: list[Block] = [
        Field(question.text, value=note, lines=own_lines, hint=question.help or "", code=question.code, with_next=True)
    ]
    if not note:
        blocks += [Field(prompt.text, lines=2, code=prompt.code) for prompt in question.prompts]
    return blocks + _decision_blocks(discussion.decision if discussion else None)


def _decision_blocks(decision: Decision | None) -> list[Block]:
    if not decision:
        return [Field(_("Decision point: what you decide, how, who is present"), lines=2)]
    facts = _("%(way)s, %(date)s. Present: %(names)s.") % {
        "way": decision.get_way_display().capitalize(),
        "date": date_format(decision.decided_on) if decision.decided_on else "",
        "names": ", ".join(str(member) for member in decision.present.all()),
    }
    blocks: list[Block] = [Field(_("Decided"), value=decision.decided, hint=facts)]
    return blocks + ([Field(_("Open concerns"), value=decision.concerns)] if decision.concerns else [])


def _task_table(part: Part, tasks: dict[str, Task]) -> Table:
    headers = (_("Code"), _("Task"), _("Who"), _("By when"), _("Where it stands"))
    rows = tuple(_task_row(content.code, content.text, tasks.get(content.code)) for content in part.tasks)
    return Table(headers, rows, widths=(1, 4, 1.5, 1.3, 1.6), room=1)


def _task_row(code: str, text: str, task: Task | None) -> tuple[str, ...]:
    if not task:
        return (code, text, "", "", "")
    due = date_format(task.due_on, "SHORT_DATE_FORMAT") if task.due_on else ""
    return (code, text, str(task.owner or ""), due, task.get_state_display())


def _resource_blocks(guide: Guide) -> list[Block]:
    rows = tuple((resource.title, resource.by, resource.note) for resource in guide.resources)
    table = Table((_("What"), _("By"), _("Why read it")), rows, widths=(3, 2, 4))
    return [Heading(_("Worth reading"), level=3), table]


def _rubric_blocks(rubric: Rubric, lines: dict[str, CriterionLine]) -> list[Block]:
    headers = (_("Where you can grow"), _("What you aim for"), _("Evidence that it is so"))
    rows = tuple(
        _rubric_row(criterion.code, criterion.text, lines.get(criterion.code)) for criterion in rubric.criteria
    )
    how = _(
        "Write on your own first. Then talk, and agree on one line for each row. Circle what it is: G mostly growth, "
        "M mixed, E mostly evidence. No points, no levels."
    )
    table = Table(headers, rows, widths=(3, 3, 3), room=4 if len(rows) < 7 else 3)
    return [Text(how), table]


def _rubric_row(code: str, text: str, line: CriterionLine | None) -> tuple[str, str, str]:
    middle = f"**{code}**  {text}"
    if not line:
        return ("", f"{middle}\n\n{_('G · M · E')}", "")
    evidence = "\n".join(f"- {piece.body}" for piece in line.evidence.all())
    agreed = f"{line.line}\n\n*{line.get_tag_display()}*"
    shows = line.tag == CriterionLine.Tag.EVIDENCE
    return ("" if shows else agreed, middle, f"{agreed}\n\n{evidence}" if shows else evidence)


def _filled_rubric(team: Team, playbook: Playbook, slug: str) -> list[Block]:
    round_: Assessment | None = team.assessments.filter(condition=slug).exclude(revealed_at=None).last()
    if not round_:
        return _rubric_blocks(playbook.rubric(slug), {})
    lines = {line.code: line for line in round_.lines.prefetch_related("evidence")}
    heading = _("Round %(number)s, begun %(date)s") % {
        "number": round_.number,
        "date": date_format(round_.started_on),
    }
    return [Text(heading), *_rubric_blocks(playbook.rubric(slug, round_.rubric_version), lines)]


def _condition_blocks(playbook: Playbook, slug: str) -> list[Block]:
    page = playbook.page(slug)
    sections = [block for part in page.sections for block in (Heading(part.title), Text(part.body))]
    ways = Choice(_("How does this feel here, today?"), (_("mostly growth"), _("mixed"), _("mostly evidence")))
    return [Note(page.nutshell), *sections, ways, Field(_("One thing you saw this week"), lines=3)]
