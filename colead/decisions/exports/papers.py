"""A decision on one page; the stop list and hand-overs: blank to write on, or filled. Never a running vote."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.decisions.models import Decision, Dissent, HandOver, Way
from colead.decisions.queries.exchange import StopList
from colead.decisions.queries.record import Record, Result, RoundShown
from colead.documents import Block, Choice, Columns, Document, Field, Note, Table
from colead.schools.models import Team


def decision_paper(team: Team, record: Record | None, *, now: datetime) -> Document:
    """Return a decision's record on one page; without a record, the same page to write on."""
    blocks = _record_blocks(record) if record else _blank_blocks()
    return _sheet(team, _("Decision record"), blocks, now=now, one_page=True)


def stop_list_paper(team: Team, found: StopList | None, *, now: datetime) -> Document:
    """Return the stop list, or a sheet to begin one on."""
    headers = (_("What we let go"), _("Since"), _("Who gets the time back"), _("Each week"), _("What takes its place"))
    rows = tuple(
        (entry.what, _day(entry.since), entry.to_whom, entry.given_back, entry.in_place)
        for entry in (found.entries if found else ())
    )
    more = 0 if rows else 8
    table = Table(headers, rows, widths=(3, 1.3, 2, 2.4, 3), caption=_("Stop list"), blank_rows=more, room=2)
    note = Note(_("Look again in two months: what creeps back takes its time with it."), title=_("Keep it free"))
    given = _("%s a week given back") % found.sum_in_words if found else _("Given back a week, all together:")
    total = Field(given, lines=0 if found else 1)
    return _sheet(team, _("Stop list: what we let go"), [table, total, note], now=now, landscape=True)


def hand_overs_paper(team: Team, found: tuple[HandOver, ...] | None, *, now: datetime) -> Document:
    """Return the hand-overs, or a sheet on which to agree on some."""
    headers = (_("Task"), _("From"), _("To"), _("Taken off in exchange"), _("Agreed by"), _("Since"))
    rows = tuple(_hand_over_row(made) for made in found or ())
    more = 0 if rows else 8
    table = Table(headers, rows, widths=(3, 1.7, 1.7, 3, 1.8, 1.3), caption=_("Hand-overs"), blank_rows=more, room=2)
    note = Note(_("No hand-over without something in exchange. Whoever takes it on has to agree."))
    return _sheet(team, _("Hand-overs"), [note, table], now=now, landscape=True)


def _sheet(
    team: Team,
    title: str,
    blocks: list[Block],
    *,
    now: datetime,
    one_page: bool = False,
    landscape: bool = False,
) -> Document:
    return Document(
        title,
        tuple(blocks),
        school=str(team.school),
        date=date_format(team.today(now)),
        subtitle=str(team),
        language=(get_language() or "en").split("-")[0],
        one_page=one_page,
        landscape=landscape,
    )


def _blank_blocks() -> list[Block]:
    ways = tuple(str(capfirst(name)) for name in Way.labels)
    return [
        Field(_("Question"), lines=2),
        Choice(_("How you decide: chosen before the talk"), ways),
        Field(_("Who shaped it, who was asked"), lines=1),
        _options_table((), 3),
        _against_table((), 2),
        Field(_("Decided"), lines=2),
        Field(_("Because"), lines=2),
        Columns(
            (Field(_("Who answers for it"), lines=1), Field(_("Who was present"), lines=1)),
            (Field(_("Decided on"), lines=1), Field(_("Look at it again on"), lines=1)),
        ),
        Field(_("What you tell staff"), lines=3),
    ]


def _record_blocks(record: Record) -> list[Block]:
    decision = record.decision
    blocks: list[Block] = [
        Field(_("Question"), value=decision.question, hint=_state(decision)),
        *_written((_("Why it comes up"), decision.background), (_("Who shaped it"), decision.shaped_by)),
        *_decided(record),
        *_table_of_options(record),
        *_table_of_input(record),
        *(_proposal(shown) for shown in record.rounds if decision.is_open),
        *_written((_("What was said"), decision.talk)),
        *(Field(_("Vote"), value=_counted(result)) for result in record.results),
        *_table_of_dissent(record),
        *_written((_("Open concerns"), decision.concerns)),
        *(_written((_("What you tell staff"), decision.message)) if not decision.is_open else ()),
        *(Field(_("Looked at again, %s") % _day(review.held_on), value=review.seen) for review in record.reviews),
    ]
    return blocks if not decision.is_open else [*blocks, *_blank_blocks()[-4:-1]]


def _decided(record: Record) -> list[Block]:
    decision = record.decision
    if decision.is_open:
        return []
    owner = Field(_("Who answers for it"), value=str(decision.owner or ""), lines=1)
    again = Field(_("Look at it again on"), value=_day(decision.review_on), lines=1)
    when = Field(_("Decided on"), value=_day(decision.decided_on), lines=1)
    there = Field(_("Who was present"), value=", ".join(str(member) for member in record.present), lines=1)
    because = Field(_("Because"), value=decision.because, lines=2)
    return [Field(_("Decided"), value=decision.decided), because, Columns((owner, there), (when, again))]


def _written(*pairs: tuple[str, str]) -> list[Block]:
    """Return the fields in which something is written."""
    return [Field(label, value=value) for label, value in pairs if value]


def _proposal(shown: RoundShown) -> Field:
    return Field(_("Proposal, wording %s") % shown.round.number, value=shown.round.proposal)


def _state(decision: Decision) -> str:
    way = decision.get_way_display()
    if decision.way_chosen_on:
        way = _("%(way)s, chosen before the talk on %(date)s") % {"way": way, "date": _day(decision.way_chosen_on)}
    decider = _("decides: %s") % decision.decider if decision.decider else ""
    return " · ".join(part for part in (str(capfirst(decision.get_state_display())), way, decider) if part)


def _table_of_options(record: Record) -> list[Block]:
    rows = tuple((option.name, option.speaks_for, option.speaks_against) for option in record.options)
    return [_options_table(rows, 0)] if rows else []


def _options_table(rows: tuple[tuple[str, ...], ...], more: int) -> Table:
    headers = (_("Option"), _("What speaks for it"), _("What speaks against it"))
    return Table(headers, rows, widths=(2, 3, 3), caption=_("Options"), blank_rows=more, room=1)


def _table_of_input(record: Record) -> list[Block]:
    rows = tuple(
        (each.who, each.said, ": ".join(part for part in (each.get_fate_display(), each.went) if part))
        for each in record.inputs
    )
    headers = (_("From whom"), _("What they said"), _("Where it went"))
    return [Table(headers, rows, widths=(1.5, 3, 3), caption=_("Input"))] if rows else []


def _table_of_dissent(record: Record) -> list[Block]:
    dissents = [*record.dissents, *(dissent for shown in record.rounds for dissent in shown.dissents)]
    rows = tuple(_dissent_row(dissent) for dissent in dissents)
    return [_against_table(rows, 0)] if rows else []


def _dissent_row(dissent: Dissent) -> tuple[str, str]:
    harm = _("Harm: %s") % dissent.harm if dissent.harm else ""
    said = "\n".join(
        part for part in (f"{capfirst(dissent.get_kind_display())}: {dissent.body}", harm, dissent.who) if part
    )
    ended = ": ".join(part for part in (dissent.get_outcome_display(), dissent.what_happened) if part)
    return (said, ended)


def _against_table(rows: tuple[tuple[str, ...], ...], more: int) -> Table:
    headers = (_("Objection (what harm, to whom) or concern"), _("What happened to it"))
    return Table(headers, rows, widths=(4, 3), caption=_("Objections and concerns"), blank_rows=more, room=2)


def _counted(result: Result) -> str:
    counts = ", ".join(f"{name} {votes}" for name, votes in result.counts)
    said = _("won: %s") % result.winner if result.winner else _("nothing was decided by it")
    if result.tied:
        said = _("a tie, which decides nothing")
    return _("%(date)s: %(counts)s; %(abstained)s abstained. It took %(need)s: %(said)s.") % {
        "date": _day(result.ended_on),
        "counts": counts,
        "abstained": result.abstained,
        "need": result.need_name,
        "said": said,
    }


def _hand_over_row(made: HandOver) -> tuple[str, ...]:
    agreed = ", ".join(str(member) for member in made.agreed_by.all())
    return (made.task, made.giver, made.taker, made.taken_off, agreed, _day(made.handed_on))


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
