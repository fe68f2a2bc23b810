"""North's two looks at work structures in the demo, made through the verbs. Words: `content/demo/structures.yaml`."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from colead.accounts.models import User
from colead.practices.actions import structures as actions
from colead.schools.models import Team

FILE = Path(__file__).resolve().parents[2] / "content" / "demo" / "structures.yaml"


def load_structures(team: Team, *, now: datetime) -> None:
    """Let the demo's team look twice; the second look is still open."""
    by = team.members.active().select_related("user")[0].user
    for told in yaml.safe_load(FILE.read_text(encoding="utf-8"))["looks"]:
        _look(team, told, by=by, then=now - timedelta(days=told["ago"]))


def _look(team: Team, told: dict[str, Any], *, by: User, then: datetime) -> None:
    look = actions.begin_look(team, now=then)
    for facts in told["structures"]:
        known = {name: value for name, value in facts.items() if name != "take_on"}
        said = actions.describe(look, **known, by=by, based_on=0, now=then)
        if facts.get("take_on") == "barrier":
            actions.make_barrier(said, by=by, now=then)
    if told.get("first"):
        actions.close_look(look, first=told["first"], now=then)
