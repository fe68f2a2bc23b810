"""Lists for spreadsheets. What people wrote is text there, never a formula (`colead.documents` sees to it)."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from colead.decisions.models import Decision, Dissent, HandOver
from colead.decisions.queries.exchange import StopList
from colead.documents import Cell, Sheet
from colead.schools.models import Team


def decisions_sheet(team: Team) -> Sheet:
    """Return every decision of the team in a row, the newest first. A running vote is not in it."""
    headers = (
        _("Question"),
        _("State"),
        _("How you decide"),
        _("Decided"),
        _("Because"),
        _("Open concerns"),
        _("Objections and concerns"),
        _("Who answers for it"),
        _("Who was present"),
        _("Open since"),
        _("Decided on"),
        _("It holds from"),
        _("Look at it again on"),
        _("What you tell staff"),
    )
    found = team.decisions.select_related("owner__user").prefetch_related("present__user", "dissents")
    return Sheet(_("Decisions"), headers, tuple(_decision_row(decision) for decision in found))


def _decision_row(decision: Decision) -> tuple[Cell, ...]:
    return (
        decision.question,
        str(capfirst(decision.get_state_display())),
        decision.get_way_display(),
        decision.decided,
        decision.because,
        decision.concerns,
        "\n".join(_said(dissent) for dissent in decision.dissents.all()),
        str(decision.owner or ""),
        ", ".join(str(member) for member in decision.present.all()),
        decision.opened_on,
        decision.decided_on,
        decision.starts_on,
        decision.review_on,
        decision.message,
    )


def _said(dissent: Dissent) -> str:
    parts = (dissent.body, dissent.harm, dissent.get_outcome_display(), dissent.what_happened)
    return f"{capfirst(dissent.get_kind_display())}: " + "; ".join(part for part in parts if part)


def stop_list_sheet(found: StopList) -> Sheet:
    """Return the stop list; what has crept back says since when, and counts no minutes."""
    headers = (
        _("What you let go"),
        _("Since when"),
        _("Who gets the time back"),
        _("Minutes a week each"),
        _("People"),
        _("Minutes a week together"),
        _("What takes its place"),
        _("Check on"),
        _("Back since"),
        _("Decision"),
        _("Note"),
    )
    rows = tuple(
        (
            entry.what,
            entry.since,
            entry.to_whom,
            entry.minutes_each,
            entry.people,
            0 if entry.back_since else entry.minutes,
            entry.in_place,
            entry.look_on,
            entry.back_since,
            str(entry.decision or ""),
            entry.note,
        )
        for entry in found.entries
    )
    return Sheet(_("Stop list"), headers, rows)


def hand_overs_sheet(found: tuple[HandOver, ...]) -> Sheet:
    """Return what changed hands, and what was taken off in exchange."""
    headers = (
        _("Task"),
        _("From"),
        _("To"),
        _("Minutes a week it takes"),
        _("Taken off in exchange"),
        _("Minutes a week that frees"),
        _("Agreed by"),
        _("Since when"),
    )
    rows = tuple(
        (
            made.task,
            made.giver,
            made.taker,
            made.minutes,
            made.taken_off,
            made.minutes_off,
            ", ".join(str(member) for member in made.agreed_by.all()),
            made.handed_on,
        )
        for made in found
    )
    return Sheet(_("Hand-overs"), headers, rows)
