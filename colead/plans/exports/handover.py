"""The handover pack: what somebody needs who comes to the team, or takes it over."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from colead.decisions.models import Decision
from colead.documents import Block, Document, Field, Heading, Note, Table, Text
from colead.plans.exports.frame import day, sheet, step_table
from colead.plans.models import Adoption, TheoryLine, Trial
from colead.plans.queries.impact import read_out
from colead.plans.queries.trials import outcome
from colead.schools.models import Team


def handover_pack(team: Team, *, now: datetime) -> Document:
    """Return open decisions with their reasons, who sees to what, the tests and the story so far, as one paper."""
    decisions = list(team.decisions.select_related("owner__user", "decider__user"))
    trials = list(team.trials.select_related("impact"))
    blocks: list[Block] = [
        Note(_("For whoever comes to this team, or carries its work on. Ask those named here; they know more.")),
        *_people(team),
        *_aim(team),
        *_open_decisions([one for one in decisions if one.is_open]),
        *_decided([one for one in decisions if not one.is_open]),
        *_trials(trials),
        Heading(_("Steps that are open")),
        _steps(team),
        *_let_go(team),
        Heading(_("The story so far")),
        _story(team, decisions, trials),
    ]
    return sheet(team, _("Handover pack"), blocks, now=now, filled=True)


def _people(team: Team) -> list[Block]:
    rows = tuple(
        (str(member), _("lead") if member.is_lead else "", day(member.joined_on))
        for member in team.members.active().select_related("user")
    )
    return [Heading(_("Who is on the team")), Table((_("Name"), _("Role"), _("Since")), rows, widths=(3, 1, 1))]


def _aim(team: Team) -> list[Block]:
    theory = team.theories.filter(put_away_on=None).first()
    if not theory:
        return []
    lines = list(TheoryLine.objects.filter(theory=theory, put_away_on=None))
    told: list[Block] = [Text(read_out(lines))] if lines else []
    goal, problem = Field(_("Goal"), value=theory.goal), Field(_("Problem of practice"), value=theory.problem)
    return [Heading(_("What the team is after")), goal, problem, *told]


def _open_decisions(decisions: list[Decision]) -> list[Block]:
    blocks: list[Block] = [Heading(_("Open decisions"))]
    if not decisions:
        return [*blocks, Text(_("Nothing is waiting to be decided."))]
    for one in decisions:
        facts = [
            one.get_way_display() if one.way else _("way of deciding not chosen yet"),
            _("decides: %s") % one.decider if one.decider else "",
            _("open since %s") % day(one.opened_on),
            _("input until %s") % day(one.input_until) if one.input_until else "",
        ]
        hint = " · ".join(fact for fact in facts if fact)
        blocks.append(Field(one.question, value=one.background, lines=0, hint=hint))
        blocks += [Field(_("Open concerns"), value=one.concerns)] if one.concerns else []
    return blocks


def _decided(decisions: list[Decision]) -> list[Block]:
    if not decisions:
        return []
    return [Heading(_("Decisions and their reasons")), *(block for one in decisions for block in _decision(one))]


def _decision(one: Decision) -> list[Block]:
    because = "\n\n" + _("Because: %s") % one.because if one.because else ""
    facts = [
        day(one.decided_on),
        one.get_way_display(),
        _("answers for it: %s") % one.owner if one.owner else _("nobody answers for it yet"),
        _("look again: %s") % day(one.review_on) if one.review_on else "",
    ]
    hint = " · ".join(fact for fact in facts if fact)
    told: list[Block] = [Field(one.question, value=one.decided + because, lines=0, hint=hint)]
    return told + ([Field(_("Open concerns"), value=one.concerns, lines=0)] if one.concerns else [])


def _trials(trials: list[Trial]) -> list[Block]:
    if not trials:
        return []
    headers = (_("Question"), _("Where it stands"), _("What you expect, or what came of it"))
    rows = tuple((one.question, _stands(one), outcome(one) if one.closed_on else one.prediction) for one in trials)
    return [Heading(_("Small tests")), Table(headers, rows, widths=(3, 1.8, 3))]


def _stands(trial: Trial) -> str:
    if trial.closed_on:
        return _("closed %s") % day(trial.closed_on)
    if trial.place == Trial.Place.WATCHING:
        return _("watching; look again %s") % day(trial.review_on)
    return f"{trial.get_place_display()}, {trial.get_state_display()}"


def _steps(team: Team) -> Block:
    steps = list(team.steps.open().prefetch_related("owners__user"))
    return step_table(steps, blank_rows=0) if steps else Text(_("No step is open."))


def _let_go(team: Team) -> list[Block]:
    rows = tuple((one.what, day(one.since), one.to_whom) for one in team.let_gos.all())
    if not rows:
        return []
    headers = (_("What you let go"), _("Since"), _("Who has the time back"))
    return [Heading(_("What you let go")), Table(headers, rows, widths=(3, 1, 2))]


def _story(team: Team, decisions: Iterable[Decision], trials: Iterable[Trial]) -> Block:
    """Return what happened, day by day: adopted, decided, begun, closed."""
    told: list[tuple[date, str]] = [
        (one.decided_on, _("decided: %s") % one.decided) for one in decisions if one.decided_on and one.decided
    ]
    told += [(one.begins_on, _("test began: %s") % one.question) for one in trials if one.begins_on and _began(one)]
    told += [(one.closed_on, _("test closed: %s") % one.question) for one in trials if one.closed_on]
    told += [
        (one.adopted_on, _("theory of action adopted, version %s") % one.number)
        for one in Adoption.objects.filter(theory__team=team)
    ]
    if not told:
        return Text(_("Nothing has happened yet."))
    rows = tuple((day(on), what) for on, what in sorted(told, key=lambda pair: pair[0]))
    return Table((_("Day"), _("What happened")), rows, widths=(1, 6))


def _began(trial: Trial) -> bool:
    return trial.state == Trial.State.RUNNING or hasattr(trial, "impact")
