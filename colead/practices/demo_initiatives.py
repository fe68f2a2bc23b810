"""North's inventory in the demo, made through the verbs people use. Words stand in `content/demo/initiatives.yaml`."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from colead.practices.actions import initiatives as actions
from colead.practices.models import Initiative
from colead.schools.models import Member, Team

FILE = Path(__file__).resolve().parents[2] / "content" / "demo" / "initiatives.yaml"


class Part(BaseModel):
    """A frozen piece of the demo that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Stopped(Part):
    minutes_each: int
    people: int
    to_whom: str
    in_place: str
    check_in: int


class Row(Part):
    name: str
    facts: dict[str, Any]
    verdict: str = ""
    reason: str = ""
    owner: str = ""
    review_in: int = 60
    tell: str = ""
    stopped: Stopped | None = None


class World(Part):
    lists_ago: int
    decided_ago: int
    lists: dict[str, tuple[str, ...]]
    rows: tuple[Row, ...]


def load_inventory(team: Team, *, now: datetime) -> None:
    """List, open, fill and decide on what the demo's team runs; some rows stay open."""
    world = World.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    people = {str(member).split()[0].lower(): member for member in team.members.active().select_related("user")}
    by, then = people["ada"].user, now - timedelta(days=world.lists_ago)
    inventory = actions.start_inventory(team, by=by, now=then)
    for key, names in world.lists.items():
        actions.write_list(inventory, body="\n".join(names), by=people[key].user)
    inventory = actions.reveal_lists(inventory, by=by, now=then)
    later = now - timedelta(days=world.decided_ago)
    for row in world.rows:
        found = inventory.rows.get(name__iexact=row.name)
        found = actions.fill_row(found, **row.facts, by=by, based_on=found.version, now=then)
        if row.verdict:
            _decide(found, row, people, team.today(now), later)


def _decide(found: Initiative, row: Row, people: dict[str, Member], today: date, then: datetime) -> None:
    by = people["ada"].user
    facts: dict[str, Any] = {"verdict": row.verdict, "reason": row.reason, "tell": row.tell}
    facts |= {"owner": people[row.owner], "review_on": today + timedelta(days=row.review_in)}
    decided = actions.decide_row(found, **facts, by=by, based_on=found.version, now=then)
    if row.stopped:
        known = row.stopped.model_dump(exclude={"check_in"})
        look_on = today + timedelta(days=row.stopped.check_in)
        since = decided.inventory.team.today(then)
        actions.put_on_stop_list(decided, **known, since=since, look_on=look_on, by=by, now=then)
