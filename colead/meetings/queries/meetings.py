"""A meeting as its pages show it: agenda, clock, roles; and a team's meetings as a list."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from colead.content.model import Playbook, Protocol
from colead.decisions.models import Decision
from colead.meetings.models import Clock, Item, Meeting, Norm
from colead.meetings.queries.norms import current_norms
from colead.meetings.queries.points import address_of
from colead.plans.models import Step
from colead.schools.models import Member, Team


@dataclass(frozen=True)
class Reading:
    """What the clock shows at one moment: which item, how many seconds it still has (less than none: over)."""

    item: Item | None
    number: int
    of: int
    following: str
    running: bool
    left: int
    beat: int

    @property
    def over(self) -> bool:
        return self.left < 0

    @property
    def shown(self) -> str:
        """The time as minutes and seconds, such as 4:05."""
        return f"{abs(self.left) // 60}:{abs(self.left) % 60:02d}"


@dataclass(frozen=True)
class ItemShown:
    """An item with where it leads, when it would begin, and what came of it."""

    item: Item
    number: int
    url: str
    begins: datetime | None
    outcome: str
    tip: str
    decisions: tuple[Decision, ...]
    steps: tuple[Step, ...]

    @property
    def took(self) -> int:
        """Minutes it took, rounded; 0 where no time was kept."""
        return round(self.item.spent / 60)

    @property
    def leads_to_decision(self) -> bool:
        """Say whether the talk goes on at a decision that is open already."""
        return self.item.ref.startswith("decision:")


@dataclass(frozen=True)
class MeetingPage:
    """All that a meeting's page and paper show."""

    meeting: Meeting
    norms: tuple[Norm, ...]
    items: tuple[ItemShown, ...]
    protocol: Protocol | None
    week: str
    present: tuple[Member, ...]
    begins: datetime | None

    @property
    def planned(self) -> int:
        """Minutes that the agenda asks for."""
        return sum(shown.item.minutes for shown in self.items)

    @property
    def too_long(self) -> int:
        """Minutes by which the agenda is longer than the time there is."""
        return max(0, self.planned - self.meeting.minutes)

    @property
    def to_spare(self) -> int:
        return max(0, self.meeting.minutes - self.planned)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return tuple(decision for shown in self.items for decision in shown.decisions)

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for shown in self.items for step in shown.steps)

    @property
    def parked(self) -> tuple[ItemShown, ...]:
        return tuple(shown for shown in self.items if shown.item.state == Item.State.PARKED)


def clock_of(team: Team, meeting_id: int) -> QuerySet[Clock]:
    """Return the clock of a team's meeting, with the meeting and the item at hand."""
    return Clock.objects.filter(meeting_id=meeting_id, meeting__team=team).select_related("meeting", "item")


def reading(clock: Clock, *, now: datetime) -> Reading:
    """Read the clock at `now`."""
    item = clock.item
    open_ = list(clock.meeting.items.exclude(state=Item.State.PARKED).values_list("pk", "title"))
    numbers = [number for number, _title in open_]
    at = numbers.index(item.pk) if item and item.pk in numbers else -1
    following = open_[at + 1][1] if item and at + 1 < len(open_) else ""
    return Reading(item, at + 1, len(open_), following, bool(clock.since), left(clock, now=now), clock.beat)


def left(clock: Clock, *, now: datetime) -> int:
    """Return the seconds that the item at hand still has; below zero once its time is over."""
    if not clock.item:
        return 0
    ran = int((now - clock.since).total_seconds()) if clock.since else 0
    return clock.item.box - clock.item.spent - max(ran, 0)


def meeting_page(meeting: Meeting, playbook: Playbook) -> MeetingPage:
    """Gather a meeting, in a fixed number of queries."""
    team = meeting.team
    protocol = playbook.protocol(meeting.protocol) if meeting.protocol else None
    rhythm = getattr(team, "rhythm", None)
    begins = beginning(meeting)
    return MeetingPage(
        meeting=meeting,
        norms=current_norms(team),
        items=_items(meeting, protocol, begins),
        protocol=protocol,
        week=rhythm.week(meeting.held_on) if rhythm else "",
        present=tuple(meeting.present.select_related("user")),
        begins=begins,
    )


def beginning(meeting: Meeting) -> datetime | None:
    """Return when a meeting begins, in the school's own time; None where no time is set."""
    zone = ZoneInfo(meeting.team.school.time_zone)
    return datetime.combine(meeting.held_on, meeting.starts_at, zone) if meeting.starts_at else None


def _items(meeting: Meeting, protocol: Protocol | None, begins: datetime | None) -> tuple[ItemShown, ...]:
    steps = {step.key: step for step in protocol.steps} if protocol else {}
    found = meeting.items.prefetch_related(
        "decisions", Prefetch("steps", Step.objects.prefetch_related("owners__user"))
    )
    shown, at = [], begins
    for number, item in enumerate(found, 1):
        step = steps.get(item.step)
        shown.append(
            ItemShown(
                item=item,
                number=number,
                url=address_of(meeting.team, item.ref),
                begins=at,
                outcome=step.outcome if step else "",
                tip=step.tip if step else "",
                decisions=tuple(item.decisions.all()),
                steps=tuple(item.steps.all()),
            )
        )
        at = at + timedelta(minutes=item.minutes) if at else None
    return tuple(shown)


@dataclass(frozen=True)
class Listed:
    """A team's meetings: those ahead, those over, and what waits parked."""

    ahead: tuple[Meeting, ...]
    over: tuple[Meeting, ...]
    parked: tuple[Item, ...]


def meetings_of(team: Team) -> Listed:
    """Return a team's meetings in three queries."""
    people = ("facilitator__user", "note_taker__user", "time_keeper__user")
    found = team.meetings.select_related(*people)
    parked = Item.objects.parked().filter(meeting__team=team).select_related("meeting")
    return Listed(
        ahead=tuple(found.ahead()),
        over=tuple(found.over()),
        parked=tuple(parked.order_by("meeting__held_on", "meeting_id", "position", "id")),
    )
