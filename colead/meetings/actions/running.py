"""Run a meeting: begin, press the clock, park, end. The time is the server's, handed in as `now`."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.meetings.actions.planning import locked
from colead.meetings.models import Clock, Item, Meeting
from colead.schools.actions import Refusal
from colead.schools.models import Member
from colead.texts.actions import save_text

MORE = 2  # minutes that one press adds
LONGEST = timedelta(hours=12)  # a clock that nobody stopped counts no longer than this


class NotRunning(Refusal):
    """Refuse to press the clock of a meeting that has not begun or is over."""

    reason = _("This meeting is not under way.")


class BegunAlready(Refusal):
    """Refuse to begin twice."""

    reason = _("This meeting has begun already.")


class NothingToTalkAbout(Refusal):
    """Refuse to begin without an agenda."""

    reason = _("Put at least one item on the agenda first.")


class NobodyHere(Refusal):
    """Refuse to begin while nobody is there."""

    reason = _("Say who is here.")


class PressedAlready(Refusal):
    """Refuse a press that answers to a clock which somebody else has pressed since."""

    reason = _("Somebody else pressed a moment before you. Look, and press again if you still want to.")


def start_meeting(meeting: Meeting, *, present: Sequence[Member], by: User, now: datetime) -> Meeting:
    """Begin: the first item's time starts to run. Refuses with BegunAlready, NobodyHere and NothingToTalkAbout."""
    if not present:
        raise NobodyHere
    with transaction.atomic():
        current = locked(meeting)
        if not current.is_planned:
            raise BegunAlready
        first = current.items.first()
        if not first:
            raise NothingToTalkAbout
        current.present.set(present)
        Clock.objects.filter(meeting=current).update(item=first, since=now, beat=F("beat") + 1)
        return _move(current, Meeting.State.RUNNING, by=by, now=now, began_at=now)


def press(meeting: Meeting, what: str, *, beat: int, now: datetime) -> Clock:
    """Press the clock: `go`, `pause`, `next`, `back` or `more` (two minutes).

    `beat` is the clock's as the one who pressed saw it. Refuses with NotRunning and PressedAlready; a press that
    changes nothing (to pause what stands still) is no mistake. Any other word is refused with KeyError.
    """
    verb = PRESSES[what]
    with transaction.atomic():
        clock = _clock(meeting)
        if clock.beat != beat:
            raise PressedAlready
        verb(clock, now)
        clock.beat += 1
        clock.save()
    return clock


def park_item(item: Item, *, by: User, now: datetime) -> Item:
    """Keep an item for the next agenda. Where it is the one at hand, go on to the next."""
    with transaction.atomic():
        meeting = locked(item.meeting)
        parked = save_text(item, based_on=item.version, by=by, now=now, state=Item.State.PARKED)
        clock = Clock.objects.select_for_update().get(meeting=meeting)
        if meeting.is_running and clock.item_id == item.pk:
            _bank(clock, now)
            _to(clock, _following(clock.meeting, item), now)
            clock.beat += 1
            clock.save()
    return parked


def take_up_item(item: Item, *, by: User, now: datetime) -> Item:
    """Take an item back out of what is parked."""
    return save_text(item, based_on=item.version, by=by, now=now, state=Item.State.OPEN)


def end_meeting(meeting: Meeting, *, by: User, now: datetime) -> Meeting:
    """End: what was reached is done, what was not reached is parked, unless it belongs to a protocol.

    Refuses with NotRunning.
    """
    with transaction.atomic():
        current = locked(meeting)
        clock = _clock(current)
        _bank(clock, now)
        reached = clock.item
        clock.item, clock.beat = None, clock.beat + 1
        clock.save()
        for item in current.items.filter(state=Item.State.OPEN):
            save_text(item, based_on=item.version, by=by, now=now, state=_left_as(item, reached, current))
        return _move(current, Meeting.State.ENDED, by=by, now=now, ended_at=now)


def _left_as(item: Item, reached: Item | None, meeting: Meeting) -> str:
    """Say what becomes of an item that is still open when the meeting ends."""
    touched = item.spent or item.note.strip() or item == reached
    is_frame = meeting.protocol or (not item.ref and not item.came_from_id and item == meeting.items.last())
    return Item.State.DONE if touched or is_frame else Item.State.PARKED


def _clock(meeting: Meeting) -> Clock:
    clock: Clock = Clock.objects.select_for_update(of=("self",)).select_related("meeting", "item").get(meeting=meeting)
    if not clock.meeting.is_running:
        raise NotRunning
    return clock


def _go(clock: Clock, now: datetime) -> None:
    clock.since = clock.since or now


def _pause(clock: Clock, now: datetime) -> None:
    _bank(clock, now)


def _next(clock: Clock, now: datetime) -> None:
    """Go to the next open item; after the last one the clock stands still."""
    item = clock.item
    _bank(clock, now)
    if item:
        Item.objects.filter(pk=item.pk, state=Item.State.OPEN).update(state=Item.State.DONE)
        _to(clock, _following(clock.meeting, item), now)


def _back(clock: Clock, now: datetime) -> None:
    """Go back to the item before; without one, stay."""
    items = list(clock.meeting.items.exclude(state=Item.State.PARKED))
    at = items.index(clock.item) if clock.item in items else len(items)
    if at:
        _bank(clock, now)
        Item.objects.filter(pk=items[at - 1].pk).update(state=Item.State.OPEN)
        _to(clock, items[at - 1], now)


def _more(clock: Clock, now: datetime) -> None:
    if clock.item_id:
        Item.objects.filter(pk=clock.item_id).update(added=F("added") + MORE)


PRESSES: dict[str, Callable[[Clock, datetime], None]] = {
    "go": _go,
    "pause": _pause,
    "next": _next,
    "back": _back,
    "more": _more,
}


def _bank(clock: Clock, now: datetime) -> None:
    """Add what has run since the last press to the item's time, and stand still."""
    if clock.since and clock.item_id:
        ran = int(max(timedelta(), min(now - clock.since, LONGEST)).total_seconds())
        Item.objects.filter(pk=clock.item_id).update(spent=F("spent") + ran)
    clock.since = None


def _to(clock: Clock, item: Item | None, now: datetime) -> None:
    clock.item, clock.since = item, now if item else None


def _following(meeting: Meeting, item: Item) -> Item | None:
    items = list(meeting.items.all())
    after = items[items.index(item) + 1 :]
    return next((one for one in after if one.state == Item.State.OPEN), None)


def _move(meeting: Meeting, state: str, *, by: User, now: datetime, **facts: datetime) -> Meeting:
    return save_text(meeting, based_on=meeting.version, by=by, now=now, state=state, **facts)
