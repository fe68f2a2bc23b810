"""What a team sees of the page it tells staff on: what stands there, what is held back, what still lacks something."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from colead.accounts.models import User
from colead.content.model import Playbook
from colead.plans.models import Impact
from colead.schools.models import Team
from colead.schools.queries import may_keep
from colead.staffpage.links import address_of
from colead.staffpage.models import Held, Notice
from colead.staffpage.queries.findings import FindingShown, findings_shown
from colead.staffpage.queries.links import page_of
from colead.staffpage.queries.telling import HeldBack, held_back, missing_in

What = Held.What


@dataclass(frozen=True)
class Switch:
    """One record that can be held back: what it is, whether it is held, and what it lacks."""

    what: str
    number: int
    text: str
    held: bool
    lacks: str = ""  # in words; a record that lacks something is not on the page, held or not


@dataclass(frozen=True)
class Switches:
    """The records of one kind."""

    title: Promise | str
    rows: tuple[Switch, ...]


@dataclass(frozen=True)
class Notices:
    """What the team wrote of one kind."""

    kind: Notice.Kind
    rows: tuple[Notice, ...]

    @property
    def may_add(self) -> bool:
        return self.kind != Notice.Kind.VISION or not self.rows


@dataclass(frozen=True)
class Room:
    """All that the team's own page about the staff page shows. `address` only for those who may hand it out."""

    is_live: bool
    may_keep: bool
    address: str
    findings: tuple[FindingShown, ...]
    notices: tuple[Notices, ...]
    switches: tuple[Switches, ...]
    names_held: bool


def room_of(team: Team, playbook: Playbook, *, viewer: User, today: date) -> Room:
    """Gather the page, in a fixed number of queries."""
    held, page, keeps = held_back(team.school), page_of(team.school), may_keep(team.school, viewer)
    mine = list(team.notices.up())
    findings = findings_shown(team.school, held, today=today)
    return Room(
        is_live=page.is_live,
        may_keep=keeps,
        address=address_of(page) if keeps else "",
        findings=tuple(finding for finding in findings if finding.team.pk == team.pk),
        notices=tuple(Notices(kind, tuple(n for n in mine if n.kind == kind)) for kind in Notice.Kind),
        switches=tuple(each for each in _switches(team, held, playbook, today) if each.rows),
        names_held=team.pk in held.nameless,
    )


def _switches(team: Team, held: HeldBack, playbook: Playbook, today: date) -> Iterable[Switches]:
    decided = team.decisions.decided().order_by("-decided_on", "-id")
    asked = team.decisions.open().filter(input_until__gte=today).order_by("input_until", "id")
    choice = team.choices.first()
    priority = playbook.condition(choice.condition).name if choice else ""
    yield _group(_("Our one priority"), [_switch(team, held, What.PRIORITY, 0, priority)] if choice else [])
    trials = [_switch(team, held, What.TRIAL, trial.pk, trial.question) for trial in team.trials.active()]
    yield _group(_("The test you are busy with"), trials)
    questions = [_switch(team, held, What.QUESTION, each.pk, each.question) for each in asked]
    yield _group(_("Questions on which you ask for views"), questions)
    decisions = [_switch(team, held, What.DECISION, each.pk, str(each), _lacks(missing_in(each))) for each in decided]
    yield _group(_("Decisions"), decisions)
    yield _group(
        _("What you let go"), [_switch(team, held, What.LET_GO, each.pk, each.what) for each in team.let_gos.all()]
    )
    waves = team.school.waves.sealed()
    yield _group(_("Results of surveys"), [_switch(team, held, What.RESULT, w.pk, w.title) for w in waves])


def _group(title: Promise | str, rows: Iterable[Switch]) -> Switches:
    return Switches(title, tuple(rows))


def _switch(team: Team, held: HeldBack, what: str, number: int, text: str, lacks: str = "") -> Switch:
    return Switch(what, number, text, held.holds(team.pk, what, number), lacks)


def _lacks(missing: tuple[Any, ...]) -> str:
    return get_text_list([str(one) for one in missing], _("and")) if missing else ""


_FROM_IMPACT = {Notice.Kind.WIN: "celebration", Notice.Kind.SKILL: "carry_on"}


def draft_of(team: Team, kind: str) -> str:
    """Return what the last impact assessment says already, so that nobody types it twice; "" where it was used."""
    column = _FROM_IMPACT.get(Notice.Kind(kind))
    if not column:
        return ""
    impact = (
        Impact.objects.filter(trial__team=team).exclude(**{column: ""}).order_by("-trial__closed_on", "-pk").first()
    )
    text = str(getattr(impact, column)) if impact else ""
    return "" if team.notices.filter(kind=kind, text=text).exists() else text
