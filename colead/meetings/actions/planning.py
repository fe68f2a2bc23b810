"""Make a meeting in one go, and change it while it is planned: agenda, roles, day."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.meetings.agenda import Point
from colead.meetings.models import Clock, Item, Meeting, Rhythm
from colead.meetings.turns import ROLES, fair_roles
from colead.schools.actions import Refusal
from colead.schools.models import Member, Team
from colead.texts.actions import save_new, save_text

REMEMBERED = 40  # meetings whose roles count toward whose turn it is


class HasBegun(Refusal):
    """Refuse to plan what is under way or over."""

    reason = _("This meeting has begun. Its agenda can only grow now.")


class NotOnTheTeam(Refusal):
    """Refuse a role for somebody who is not on the team."""

    reason = _("Only people who are on the team now take a role.")


def make_meeting(
    team: Team,
    points: Sequence[Point],
    *,
    title: str,
    minutes: int,
    held_on: date,
    by: User,
    now: datetime,
    starts_at: time | None = None,
    place: str = "",
    protocol: str = "",
) -> Meeting:
    """Make a meeting with its agenda, and with the roles of those whose turn it is."""
    facts = {"title": title, "minutes": minutes, "held_on": held_on, "starts_at": starts_at, "place": place}
    with transaction.atomic():
        meeting = save_new(Meeting(team=team, protocol=protocol, **facts, **_roles(team)), by=by, now=now)
        Clock.objects.create(meeting=meeting)
        for at, point in enumerate(points, 1):
            save_new(_item(meeting, point, at), by=by, now=now)
    return meeting


def _item(meeting: Meeting, point: Point, at: int) -> Item:
    facts = {name: getattr(point, name) for name in ("title", "minutes", "ref", "how", "mode", "step")}
    return Item(meeting=meeting, position=at, came_from_id=point.came_from, **facts)


def _roles(team: Team) -> dict[str, Member]:
    """Return who takes which role, by whose turn it is."""
    here = {member.pk: member for member in team.members.active()}
    held = reversed(team.meetings.order_by("-held_on", "-id").values(*ROLES)[:REMEMBERED])
    past = [{role: number for role, number in turn.items() if number} for turn in held]
    return {role: here[number] for role, number in fair_roles(list(here), past).items()}


def set_rhythm(team: Team, **facts: Any) -> Rhythm:
    """Say when the team usually meets."""
    rhythm, _made = Rhythm.objects.update_or_create(team=team, defaults=facts)
    return rhythm


def change_meeting(meeting: Meeting, *, by: User, based_on: int, now: datetime, **facts: Any) -> Meeting:
    """Change day, time, length, place or title. Refuses with StaleSave."""
    return save_text(meeting, based_on=based_on, by=by, now=now, **facts)


def swap_roles(
    meeting: Meeting,
    *,
    facilitator: Member | None,
    note_taker: Member | None,
    time_keeper: Member | None,
    by: User,
    based_on: int,
    now: datetime,
) -> Meeting:
    """Say who takes which role this time. Refuses with NotOnTheTeam and StaleSave."""
    roles = {"facilitator": facilitator, "note_taker": note_taker, "time_keeper": time_keeper}
    for member in filter(None, roles.values()):
        if member.team_id != meeting.team_id or member.left_on or member.waiting:
            raise NotOnTheTeam
    return save_text(meeting, based_on=based_on, by=by, now=now, **roles)


def drop_meeting(meeting: Meeting) -> None:
    """Take back a meeting that has not begun. What was parked for it waits again. Refuses with HasBegun."""
    with transaction.atomic():
        if not locked(meeting).is_planned:
            raise HasBegun
        meeting.delete()


def add_item(meeting: Meeting, *, by: User, now: datetime, **facts: Any) -> Item:
    """Put an item on the agenda: before the closing while it is planned, at the end once it runs."""
    with transaction.atomic():
        current = locked(meeting)
        items = list(current.items.all())
        last = items[-1].position if items else 0
        item = save_new(Item(meeting=meeting, position=last + 1, **facts), by=by, now=now)
        if current.is_planned and len(items) > 1:
            _renumber([*items[:-1], item, items[-1]])
    return item


def change_item(item: Item, *, by: User, based_on: int, now: datetime, **facts: Any) -> Item:
    """Change an item's words or minutes. Refuses with StaleSave."""
    return save_text(item, based_on=based_on, by=by, now=now, **facts)


def move_item(item: Item, *, up: bool) -> None:
    """Change places with the item before or after; at either end nothing moves."""
    with transaction.atomic():
        locked(item.meeting)
        items = list(item.meeting.items.all())
        at = items.index(item)
        other = at + (-1 if up else 1)
        if 0 <= other < len(items):
            items[at], items[other] = items[other], items[at]
            _renumber(items)


def drop_item(item: Item) -> None:
    """Take an item off the agenda. Refuses with HasBegun once the meeting runs."""
    with transaction.atomic():
        if not locked(item.meeting).is_planned:
            raise HasBegun
        item.delete()


def locked(meeting: Meeting) -> Meeting:
    """Return the meeting as it stands now, kept still until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("team__school").get(pk=meeting.pk)


def _renumber(items: Sequence[Item]) -> None:
    """Say where each item stands. A place is not words: it leaves no trace in an item's history."""
    for at, item in enumerate(items, 1):
        Item.objects.filter(pk=item.pk).update(position=at)
