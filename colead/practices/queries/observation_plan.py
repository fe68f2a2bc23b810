"""A round of open doors laid over its timetable: what each person is called there, and when its days are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from colead.accounts.models import User
from colead.practices.exports.calendars import days_of
from colead.practices.models import DoorsRound, NameInTimetable, OpenDoor, VisitWish
from colead.practices.packing import unpacked
from colead.practices.queries.board import board_of
from colead.schools.models import Member, School, Seat
from colead.timetable import (
    Door,
    Opening,
    Person,
    Role,
    Schedule,
    Slot,
    Visit,
    Wish,
    free_slots,
    watched,
    with_openings,
)

LAST_MINUTE = 24 * 60 - 1
WHAT = 300  # letters that a visit keeps of what there is to see
Day = tuple[int, int]  # how often the cycle has gone round, and the day of the cycle


@dataclass(frozen=True)
class Plan:
    """Doors and wishes of people who still work at the school, as the timetable knows them."""

    schedule: Schedule
    names: dict[int, str]
    doors: tuple[Door, ...]
    wishes: tuple[Wish, ...]
    dates: dict[Day, date]
    days_off: frozenset[date]

    @property
    def cycles(self) -> int:
        return max((cycle for cycle, _day in self.dates), default=0) + 1

    def closed(self, today: date) -> frozenset[Day]:
        """The days on which nobody can be watched: over, without school, or not in the weeks of the round."""
        every = {(cycle, day) for cycle in range(self.cycles) for day in range(len(self.schedule.days))}
        return frozenset(every - {key for key, day in self.dates.items() if day > today and day not in self.days_off})

    @cached_property
    def people(self) -> dict[str, int]:
        """Whose name is whose."""
        return {name: number for number, name in self.names.items()}

    @cached_property
    def roles(self) -> dict[str, Role]:
        return {person.name: person.role for person in self.schedule.people}


@dataclass(frozen=True)
class Desk:
    """What one person has before them: what they can be watched in, what there is to watch, when they are free."""

    schedule: Schedule
    person: Person
    mine: tuple[str, ...]
    everything: tuple[str, ...]
    free: tuple[Slot, ...]


def staff_of(school: School) -> QuerySet[User]:
    """Return the people who work at the school: all with a seat or on a team, a coach from elsewhere apart."""
    seats = school.seats.held().exclude(role=Seat.Role.COACH).values("user")
    members = Member.objects.active().filter(team__school=school).values("user")
    return User.objects.filter(Q(pk__in=seats) | Q(pk__in=members)).order_by("name", "pk")


def schedule_of(round_: DoorsRound) -> Schedule | None:
    """Return the timetable on which people watch each other; None when it was erased."""
    if round_.scenario:
        return board_of(round_.scenario).then
    return unpacked(round_.timetable.schedule) if round_.timetable else None


def plan_of(round_: DoorsRound, schedule: Schedule) -> Plan:
    """Lay doors and wishes over the timetable, in a fixed number of queries."""
    here = {user.pk: user for user in staff_of(round_.team.school)}
    links = {link.user_id: link for link in round_.team.school.timetable_names.all()}
    doors = [door for door in round_.doors.all() if door.host_id in here]
    wishes = [wish for wish in round_.wishes.prefetch_related("hosts") if wish.visitor_id in here]
    who = {number: here[number] for number in (*(one.host_id for one in doors), *(one.visitor_id for one in wishes))}
    people = _people(schedule, who, links)
    names = {number: person.name for number, person in people.items()}
    openings = {number: Opening(person) for number, person in people.items()}
    openings |= {door.host_id: _opening(schedule, people[door.host_id], door) for door in doors}
    return Plan(
        schedule=with_openings(schedule, openings.values()),
        names=names,
        doors=tuple(_door(names[door.host_id], door) for door in doors),
        wishes=tuple(_wish(names, wish) for wish in wishes),
        dates=dates_of(schedule, round_.begins_on, round_.ends_on),
        days_off=frozenset(date.fromisoformat(day) for day in round_.days_off),
    )


def _people(schedule: Schedule, who: dict[int, User], links: dict[int, NameInTimetable]) -> dict[int, Person]:
    """Find each person in the timetable; who is not in it gets a name that nobody there has."""
    taken, found = {person.name for person in schedule.people}, dict[int, Person]()
    for number, user in who.items():
        link = links.get(number)
        found[number] = listed(schedule, link) or Person(_free_name(str(user), taken), _role(link))
        taken.add(found[number].name)
    return found


def listed(schedule: Schedule, link: NameInTimetable | None) -> Person | None:
    """Return who somebody is in the timetable; None when they have no name there."""
    return next((person for person in schedule.people if link and person.name == link.name), None)


def _role(link: NameInTimetable | None) -> Role:
    return Role(link.role) if link and link.role else Role.TEACHER


def _free_name(name: str, taken: set[str]) -> str:
    return name if name not in taken else _free_name(f"{name} *", taken)


def _opening(schedule: Schedule, person: Person, door: OpenDoor) -> Opening:
    """Return the times somebody opens, but for those at which they turn out to teach."""
    booked = {slot for lesson in schedule.lessons if person.name in lesson.people for slot in lesson.slots}
    slots = tuple(slot for slot in slots_of(door.slots) if slot not in booked)
    return Opening(person, door.shows or _("Open time"), slots)


def desk_of(schedule: Schedule, link: NameInTimetable | None, user: User) -> Desk | None:
    """Lay out what one person can open and wish for; None until they have said who they are in this timetable."""
    person = listed(schedule, link)
    if not link or (link.name and not person):
        return None
    person = person or Person(_free_name(str(user), {one.name for one in schedule.people}), _role(link))
    whole = with_openings(schedule, [Opening(person)])
    mine = {lesson.subject for lesson in watched(whole, person.name)}
    everything = {lesson.subject for one in schedule.people for lesson in watched(schedule, one.name)}
    return Desk(whole, person, tuple(sorted(mine)), tuple(sorted(everything)), free_slots(whole, person.name))


def slots_of(stored: Iterable[list[int]]) -> Iterator[Slot]:
    """Return periods as they were stored."""
    return (Slot(*pair) for pair in stored)


def _door(name: str, door: OpenDoor) -> Door:
    return Door(name, door.most_a_week, door.at_once, tuple(door.subjects))


def _wish(names: dict[int, str], wish: VisitWish) -> Wish:
    """Whoever is wished for and has no door stays in: a wish for one colleague never becomes a wish for any."""
    hosts = tuple(names.get(host.pk, "") for host in wish.hosts.all())
    name, not_at = names[wish.visitor_id], frozenset(slots_of(wish.not_at))
    return Wish(name, wish.visits, hosts, tuple(wish.subjects), not_at, wish.different)


def dates_of(schedule: Schedule, first: date, last: date) -> dict[Day, date]:
    """Say on which date each day of each round of the cycle falls; a new round begins where days start over."""
    found: dict[Day, date] = {}
    cycle, before = 0, -1
    for day, place in days_of(schedule, first, last):
        cycle += place <= before
        found[cycle, place] = day
        before = place
    return found


def facts_of(plan: Plan, visit: Visit) -> dict[str, Any]:
    """Return a visit of the match as it is kept: who, when by the calendar, what there is to see."""
    period, lesson = plan.schedule.period(visit.slot), plan.schedule.by_key[visit.lesson]
    return {
        "visitor_id": plan.people[visit.visitor],
        "visitor_role": plan.roles[visit.visitor],
        "host_id": plan.people[visit.host],
        "host_role": plan.roles[visit.host],
        "on_day": plan.dates[visit.cycle, visit.slot.day],
        "starts_at": _clock(period.start),
        "ends_at": _clock(period.end),
        "what": " · ".join(filter(None, (lesson.subject, ", ".join(lesson.groups), lesson.room)))[:WHAT],
    }


def _clock(minute: int) -> time:
    return time(*divmod(min(minute, LAST_MINUTE), 60))
