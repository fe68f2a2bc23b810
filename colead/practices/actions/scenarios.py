"""Think about a timetable: ask, weigh the rules, pin, move, undo, copy, comment, decide."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colead.accounts.models import User
from colead.decisions.actions import exchange, records
from colead.decisions.models import Decision, LetGo
from colead.practices.models import Comment, Scenario, Timetable
from colead.practices.queries.board import Place, drafted
from colead.schools.actions import Refusal
from colead.texts.actions import save_new, save_text
from colead.timetable import Slot

MOST_STEPS = 200


class NoSuchMove(Refusal):
    """Refuse to move a lesson that the timetable does not have, or to a time that its days do not have."""

    reason = gettext_lazy("That lesson cannot be moved there.")


class MayNotMove(Refusal):
    """Refuse to move what is fixed or pinned."""

    reason = gettext_lazy("This lesson stays where it is: it is fixed in the timetable, or somebody pinned it.")


class NothingToUndo(Refusal):
    """Refuse to undo where nothing was done."""

    reason = gettext_lazy("There is nothing to undo.")


class TooManySteps(Refusal):
    """Refuse to pile up steps without end."""

    reason = gettext_lazy("These are very many moves. Copy the scenario, or undo some.")


class AlreadyDecided(Refusal):
    """Refuse to change or decide once more what the team has decided."""

    reason = gettext_lazy("The team has decided on this scenario, so it stays as it is. Copy it to think on.")


class NotDecidedYet(Refusal):
    """Refuse to count minutes before they are decided on."""

    reason = gettext_lazy("Decide on the scenario first.")


class AlreadyCounted(Refusal):
    """Refuse to put the same minutes on the stop list twice."""

    reason = gettext_lazy("These minutes stand on the stop list already.")


def begin_scenario(timetable: Timetable, *, title: str = "", by: User, now: datetime) -> Scenario:
    """Begin a scenario on a timetable; nothing is moved yet."""
    number = timetable.scenarios.count() + 1
    title = title or (_("First idea") if number == 1 else _("Idea %s") % number)
    return save_new(Scenario(timetable=timetable, title=title, made_by=by), by=by, now=now)


def copy_scenario(scenario: Scenario, *, opened_on: date | None = None, by: User, now: datetime) -> Scenario:
    """Copy what a scenario asks, pins and moves; comments and the decision stay with the first one.

    Only the team finds the copy, or with `opened_on` colleagues too: so it is with the copy that a colleague makes.
    """
    facts = {name: getattr(scenario, name) for name in ("timetable", "note", "asked", "strengths", "pinned", "steps")}
    title = _("%s, copy") % scenario.title[:100]
    made = Scenario(title=title, copied_from=scenario, made_by=by, opened_on=opened_on, **facts)
    return save_new(made, by=by, now=now)


def word_scenario(scenario: Scenario, *, title: str, note: str, based_on: int, by: User, now: datetime) -> Scenario:
    """Change what a scenario is called and what it is after."""
    return save_text(scenario, based_on=based_on, by=by, now=now, title=title, note=note)


@transaction.atomic
def open_scenario(scenario: Scenario, *, on: bool, by: User, now: datetime) -> Scenario:
    """Let colleagues read a scenario, comment on it and copy it, or take that back."""
    current = _locked(scenario)
    opened_on = (current.opened_on or scenario.timetable.team.today(now)) if on else None
    return save_text(current, based_on=current.version, by=by, now=now, opened_on=opened_on)


def drop_scenario(scenario: Scenario) -> None:
    """Erase a scenario. Refuses with AlreadyDecided: what was decided on stays."""
    if scenario.decision_id:
        raise AlreadyDecided
    scenario.delete()


def ask_for(scenario: Scenario, asked: dict[str, dict[str, Any]], *, by: User, now: datetime) -> Scenario:
    """Say what each team asks for: `minutes`, `least_block`, `most_blocks` and `days` by its name."""
    known = {team.name for team in drafted(scenario).teams}
    wanted = {name: wish for name, wish in asked.items() if name in known}
    return _change(scenario, lambda current: {"asked": wanted}, by=by, now=now)


def weigh_rules(scenario: Scenario, strengths: dict[str, str], *, by: User, now: datetime) -> Scenario:
    """Say how much rules count: must, keep, prefer, by their keys."""
    known = {rule.key for rule in drafted(scenario).rules}

    def facts(current: Scenario) -> dict[str, Any]:
        heard = {key: value for key, value in strengths.items() if key in known}
        return {"strengths": {**current.strengths, **heard}}

    return _change(scenario, facts, by=by, now=now)


def pin(scenario: Scenario, key: str, *, on: bool, by: User, now: datetime) -> Scenario:
    """Keep a lesson where it is in this scenario, or let it go again. Refuses with NoSuchMove."""
    if key not in drafted(scenario).by_key:
        raise NoSuchMove

    def facts(current: Scenario) -> dict[str, Any]:
        others = [one for one in current.pinned if one != key]
        return {"pinned": [*others, key] if on else others}

    return _change(scenario, facts, by=by, now=now)


def move(scenario: Scenario, places: dict[str, Place], *, by: User, now: datetime) -> Scenario:
    """Move lessons in one step that can be undone. Refuses with NoSuchMove, MayNotMove and TooManySteps."""

    def facts(current: Scenario) -> dict[str, Any]:
        _judge(current, places)
        step = {key: [place.start.day, place.start.period, place.room] for key, place in places.items()}
        return {"steps": [*current.steps, step]}

    return _change(scenario, facts, by=by, now=now)


def _judge(scenario: Scenario, places: dict[str, Place]) -> None:
    if len(scenario.steps) >= MOST_STEPS:
        raise TooManySteps
    today = drafted(scenario)
    slots, rooms = set(today.slots), {room.name for room in today.rooms} | {""}
    for key, place in places.items():
        lesson = today.by_key.get(key)
        if not lesson or place.room not in rooms:
            raise NoSuchMove
        first = place.start
        if not slots.issuperset(Slot(first.day, first.period + n) for n in range(lesson.length)):
            raise NoSuchMove
        if (lesson.fixed_time and lesson.start != first) or key in scenario.pinned:
            raise MayNotMove


def undo(scenario: Scenario, *, by: User, now: datetime) -> Scenario:
    """Take the last step back. Refuses with NothingToUndo."""

    def facts(current: Scenario) -> dict[str, Any]:
        if not current.steps:
            raise NothingToUndo
        return {"steps": current.steps[:-1]}

    return _change(scenario, facts, by=by, now=now)


def take_places(scenario: Scenario, places: dict[str, Place], *, by: User, now: datetime) -> Scenario:
    """Take over a proposal as one step: all that it does not move goes back to where it is today."""

    def facts(current: Scenario) -> dict[str, Any]:
        if len(current.steps) >= MOST_STEPS:
            raise TooManySteps
        today = drafted(current)
        moved = {key for step in current.steps for key in step}
        back = {key: _today(today.by_key[key]) for key in moved if today.by_key[key].start}
        taken = {key: [place.start.day, place.start.period, place.room] for key, place in places.items()}
        return {"steps": [*current.steps, {**back, **taken}]}

    return _change(scenario, facts, by=by, now=now)


def _today(lesson: Any) -> list[Any]:
    return [lesson.start.day, lesson.start.period, lesson.room]


def say(scenario: Scenario, *, stance: str, body: str, based_on: int, by: User, now: datetime) -> Comment:
    """Say whether one could live with a scenario; who said something before says it anew.

    Colleagues read it where the scenario is open to them now: what was said to the team stays there.
    """
    said = scenario.comments.filter(said_by=by).first()
    facts = {"stance": stance, "body": body, "to_staff": scenario.opened_on is not None}
    if said:
        return save_text(said, based_on=based_on, by=by, now=now, **facts)
    return save_new(Comment(scenario=scenario, said_by=by, **facts), by=by, now=now)


@transaction.atomic
def decide(scenario: Scenario, *, by: User, now: datetime, **facts: Any) -> Decision:
    """Make a scenario the team's decision; `facts` are those of `record_decision`. Refuses with AlreadyDecided."""
    current = _locked(scenario)
    if current.decision_id:
        raise AlreadyDecided
    decision = records.record_decision(scenario.timetable.team, by=by, now=now, **facts)
    save_text(current, based_on=current.version, by=by, now=now, decision=decision)
    return decision


@transaction.atomic
def count_minutes(scenario: Scenario, *, since: date, by: User, now: datetime, **facts: Any) -> LetGo:
    """Put the minutes that a decided scenario finds on the stop list, once.

    Refuses with NotDecidedYet, AlreadyCounted and as `let_go` does.
    """
    current = _locked(scenario)
    if not current.decision:
        raise NotDecidedYet
    if current.let_go_id:
        raise AlreadyCounted
    team = scenario.timetable.team
    entry = exchange.let_go(team, since=since, decision=current.decision, by=by, now=now, **facts)
    save_text(current, based_on=current.version, by=by, now=now, let_go=entry)
    return entry


def _locked(scenario: Scenario) -> Scenario:
    return Scenario._default_manager.select_for_update().get(pk=scenario.pk)


@transaction.atomic
def _change(scenario: Scenario, facts: Callable[[Scenario], dict[str, Any]], *, by: User, now: datetime) -> Scenario:
    """Change what is laid out, from how it stands now: two people who move lessons at once both have moved."""
    current = _locked(scenario)
    if current.decision_id:
        raise AlreadyDecided
    return save_text(current, based_on=current.version, by=by, now=now, **facts(current))
