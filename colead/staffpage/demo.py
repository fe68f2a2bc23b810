"""North's staff page in the demo, made through the verbs that people use. Words: `content/demo/north-staff.yaml`."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from colead.accounts.models import User
from colead.schools.models import Team
from colead.staffpage.actions.days import add_days_off
from colead.staffpage.actions.findings import say_what_came
from colead.staffpage.actions.links import make_link
from colead.staffpage.actions.notices import write_notice
from colead.surveys.actions.findings import write_finding
from colead.surveys.models import Wave

FILE = Path(__file__).resolve().parents[2] / "content" / "demo" / "north-staff.yaml"


class Part(BaseModel):
    """A frozen piece of the demo that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Said(Part):
    kind: str
    days_ago: int
    text: str
    more: str = ""


class Closed(Part):
    begins_in: int
    days: int
    what: str


class Found(Part):
    about: str
    days_ago: int
    sentence: str
    answered_ago: int | None = None
    answers: str = ""  # the question of the decision that answers it; "" for “not now”
    text: str = ""


class Words(Part):
    notices: tuple[Said, ...]
    days_off: tuple[Closed, ...]
    findings: tuple[Found, ...]


def load_staff_page(team: Team, *, now: datetime) -> None:
    """Put a school's page on the net, with what its team says there; answers only where a survey was sealed."""
    words = Words.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    lead = team.members.active().filter(is_lead=True).select_related("user")[0].user
    for said in words.notices:
        then = now - timedelta(said.days_ago)
        facts: dict[str, Any] = {"kind": said.kind, "text": said.text, "more": said.more, "on": team.today(then)}
        write_notice(team, **facts, by=lead, now=then)
    for closed in words.days_off:
        first = team.today(now) + timedelta(closed.begins_in)
        add_days_off(team.school, first=first, last=first + timedelta(closed.days - 1), what=closed.what)
    wave = team.school.waves.sealed().first()
    for found in words.findings if wave else ():
        _find(team, wave, found, by=lead, now=now)  # type: ignore[arg-type]  # there is one, or none is found
    make_link(team.school, by=lead, now=now - timedelta(40))


def _find(team: Team, wave: Wave, found: Found, *, by: User, now: datetime) -> None:
    then = now - timedelta(found.days_ago)
    due = team.today(then) + timedelta(weeks=2)
    finding = write_finding(team, wave, about=found.about, sentence=found.sentence, answer_by=due, by=by, now=then)
    if found.answered_ago is not None:
        decision = team.decisions.get(question=found.answers) if found.answers else None
        answered = now - timedelta(found.answered_ago)
        say_what_came(finding, text=found.text, decision=decision, by=by, now=answered)
