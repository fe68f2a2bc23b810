"""The demo's norms and meetings, made through the verbs people use. Words stand in `content/demo/meetings.yaml`."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from colead.content.loader import load
from colead.meetings.actions import norms, outcomes, planning, running
from colead.meetings.agenda import Point
from colead.meetings.models import Item, Meeting
from colead.meetings.queries.next_up import next_meeting
from colead.schools.models import Member, Team

FILE = Path(__file__).resolve().parents[2] / "content" / "demo" / "meetings.yaml"


class Part(BaseModel):
    """A frozen piece of the demo that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rhythm(Part):
    weekday: int
    starts_at: time
    minutes: int
    every: str
    place: str
    a_week_ago: int


class Agreed(Part):
    days_ago: int
    present: tuple[str, ...]
    norms: tuple[str, ...]
    why: str = ""


class Look(Part):
    days_ago: int
    note: str
    marks: dict[str, tuple[str, ...]]


class Decided(Part):
    question: str
    decided: str
    because: str
    way: str
    owner: str
    review_in: int
    concerns: str


class Begun(Part):
    what: str
    owners: tuple[str, ...]
    due_in: int


class Talk(Part):
    title: str
    minutes: int
    spent: int
    how: str = ""
    note: str = ""
    decided: Decided | None = None
    steps: tuple[Begun, ...] = ()
    parked: bool = False


class Held(Part):
    title: str
    days_ago: int
    minutes: int
    present: tuple[str, ...]
    items: tuple[Talk, ...]


class World(Part):
    rhythm: Rhythm
    agreements: tuple[Agreed, ...]
    look: Look
    held: Held


def load_meetings(team: Team, *, now: datetime) -> None:
    """Fill the demo team's norms and meetings."""
    world = World.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    members = {str(member).split()[0].lower(): member for member in team.members.active().select_related("user")}
    maker = _Maker(team, members, now)
    maker.agree(world)
    maker.hold(world.held)
    maker.plan()


class _Maker:
    """Who is who and what day it is, while the demo is made."""

    def __init__(self, team: Team, members: Mapping[str, Member], now: datetime) -> None:
        self.team, self.members, self.now = team, members, now
        self.by = members["ada"].user

    def _then(self, days_ago: int) -> datetime:
        return self.now - timedelta(days=days_ago)

    def _day(self, days_from_now: int) -> date:
        return self.team.today(self.now) + timedelta(days=days_from_now)

    def _people(self, keys: tuple[str, ...]) -> list[Member]:
        return [self.members[key] for key in keys]

    def agree(self, world: World) -> None:
        """Agree on norms, again, and look at them."""
        for number, agreed in enumerate(world.agreements):
            facts: dict[str, Any] = {"present": self._people(agreed.present), "agreed_on": self._day(-agreed.days_ago)}
            holds = norms.agree_norms(self.team, agreed.norms, based_on=number, why=agreed.why, **facts)
        then = self._then(world.look.days_ago)
        check = norms.begin_look(holds, by=self.by, now=then)
        sentences = [norm.pk for norm in holds.norms.all()]
        for key, marks in world.look.marks.items():
            norms.give_view(check, dict(zip(sentences, marks, strict=True)), by=self.members[key].user)
        check = norms.reveal_look(check, by=self.by, now=then)
        norms.say_what_changes(check, note=world.look.note, by=self.by, based_on=check.version, now=then)
        rhythm = world.rhythm.model_dump(exclude={"a_week_ago"})
        planning.set_rhythm(self.team, **rhythm, a_week=self._day(-world.rhythm.a_week_ago))

    def hold(self, held: Held) -> None:
        """Hold a meeting, item by item, as the clock went."""
        then = self._then(held.days_ago)
        points = [Point(talk.title, talk.minutes, how=talk.how) for talk in held.items]
        day = self.team.today(then)
        facts: dict[str, Any] = {"title": held.title, "minutes": held.minutes, "held_on": day, "place": "Library"}
        meeting = planning.make_meeting(self.team, points, by=self.by, now=then, **facts)
        meeting = running.start_meeting(meeting, present=self._people(held.present), by=self.by, now=then)
        for item, talk in zip(meeting.items.all(), held.items, strict=True):
            then += timedelta(minutes=talk.spent)
            self._talk(meeting, item, talk, then)
        running.end_meeting(meeting, by=self.by, now=then)

    def _talk(self, meeting: Meeting, item: Item, talk: Talk, then: datetime) -> None:
        if talk.note:
            item = outcomes.note_item(item, note=talk.note, by=self.by, based_on=item.version, now=then)
        if talk.decided:
            self._decide(item, talk.decided, then)
        for begun in talk.steps:
            facts: dict[str, Any] = {"owners": self._people(begun.owners), "due_on": self._day(begun.due_in)}
            outcomes.add_step_to_item(item, what=begun.what, by=self.by, now=then, **facts)
        if talk.parked:
            running.park_item(item, by=self.by, now=then)
        else:
            meeting.clock.refresh_from_db()
            running.press(meeting, "next", beat=meeting.clock.beat, now=then)

    def _decide(self, item: Item, facts: Decided, then: datetime) -> None:
        known: dict[str, Any] = facts.model_dump(exclude={"owner", "review_in"})
        known |= {"owner": self.members[facts.owner], "review_on": self._day(facts.review_in)}
        known |= {"present": list(item.meeting.present.all()), "decided_on": self.team.today(then)}
        outcomes.decide_item(item, by=self.by, now=then, **known)

    def plan(self) -> None:
        """Plan the next meeting as one tap does."""
        plan = next_meeting(self.team, today=self.team.today(self.now))
        points = plan.agenda(45, viewer=self.by, playbook=load())
        facts = {"title": "Team meeting", "minutes": 45, **plan.facts}
        planning.make_meeting(self.team, points, by=self.by, now=self.now, **facts)
