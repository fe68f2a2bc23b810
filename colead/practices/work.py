"""The worker's job: run one search, write down each better result, stop when told to. No clock is read here.

The web process never calls this; `manage.py find_time` does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _

from colead.practices.finding import Found, Offer, Tag, Why, offer_from_scratch, offer_of, tag_of
from colead.practices.models import Scenario, Search
from colead.practices.queries.board import drafted, moved
from colead.timetable import Lesson, Schedule
from colead.timetable.shifts import (
    Ask,
    CannotShift,
    Objective,
    Pin,
    Price,
    Proposal,
    place,
    price_curve,
    propose,
    why_not,
)

# How much of its time a search gives to each thing it finds; what these need less goes to the prices.
SHARES = {Objective.MOVES: 0.4, Objective.PEOPLE: 0.15, Objective.FAIR: 0.15}
PRICES = 0.3
PLACING = 0.5  # of a search from scratch; the rest goes to the teams' time
WHY = 12.0  # seconds for one team that is left out, on top
MOST_WHYS = 4


@dataclass(frozen=True)
class Reins:
    """What the search asks and tells: should it stop, what was found so far."""

    should_stop: Callable[[], bool]
    tell: Callable[[Found], None]


def run(search: Search, reins: Reins, *, workers: int = 2) -> Found:
    """Run a search to its end and return all it found; a refusal of the solver is part of what is found."""
    job = _Job(search, reins, workers)
    try:
        job.run()
    except CannotShift as refusal:
        job.found = replace(job.found, said=refusal.why.read(_))
    return job.found


def pins_of(scenario: Scenario, schedule: Schedule) -> tuple[Pin, ...]:
    """Return the lessons that stay: where they are today, or where somebody moved them before pinning."""
    there = moved(schedule, scenario.steps).by_key
    return tuple(
        Pin(key, there[key].start if there[key].start != schedule.by_key[key].start else None)
        for key in scenario.pinned
        if key in there
    )


def pinned(schedule: Schedule, pins: tuple[Pin, ...]) -> Schedule:
    """Fix what is pinned, where it is pinned."""
    starts = {one.lesson: one.start for one in pins}

    def fixed(lesson: Lesson) -> Lesson:
        return replace(lesson, start=starts[lesson.key] or lesson.start, fixed_time=True)

    lessons = tuple(fixed(one) if one.key in starts else one for one in schedule.lessons)
    return replace(schedule, lessons=lessons)


class _Job:
    def __init__(self, search: Search, reins: Reins, workers: int) -> None:
        self.reins, self.workers = reins, workers
        self.seconds = float(search.seconds)
        self.until = monotonic() + self.seconds
        self.schedule = drafted(search.scenario)
        self.pins = pins_of(search.scenario, self.schedule)
        self.from_scratch = search.aim == Search.Aim.SCRATCH
        self.asks = tuple(Ask(team.name, team.minutes) for team in self.schedule.teams if team.minutes)
        self.found = Found()

    def run(self) -> None:
        if self.from_scratch:
            return self._place()
        for objective, share in SHARES.items():
            if self._goes_on():
                self._say(doing=objective.value)
                self._look(objective, share * self.seconds)
        if self._goes_on() and len(self.asks) > 1:
            self._say(doing="prices")
            self._price(max(PRICES * self.seconds, self.until - monotonic()))
        if self._goes_on():
            self._say(doing="why")
            self._explain()
        return self._say(doing="")

    def _place(self) -> None:
        """Give every lesson a time: those that have none, or all of them; then look for the teams' time from there."""
        self._say(doing="scratch")
        anew = all(lesson.start is not None for lesson in self.schedule.lessons)
        held = pinned(self.schedule, self.pins)
        facts: dict[str, Any] = {"should_stop": self.reins.should_stop, "workers": self.workers}
        found = place(held, anew=anew, seconds=PLACING * self.seconds, **facts).schedule
        self._say(offers=(offer_from_scratch(self.schedule, found, self.asks),))
        if self.reins.should_stop():
            return
        facts |= {"pins": self.pins, "seconds": max(PRICES * self.seconds, self.until - monotonic())}
        best = propose(found, self.asks, **facts).schedule
        self._say(doing="", offers=(offer_from_scratch(self.schedule, best, self.asks),))

    def _goes_on(self) -> bool:
        """Say whether there is more to find: nobody has stopped it, and something has to move."""
        first = self.found.offer(Objective.MOVES.value)
        nothing_to_do = first and not first.moves and first.served == len(first.teams)
        return not nothing_to_do and not self.reins.should_stop()

    def _look(self, objective: Objective, seconds: float) -> None:
        best = propose(
            self.schedule,
            self.asks,
            pins=self.pins,
            objective=objective,
            seconds=seconds,
            should_stop=self.reins.should_stop,
            workers=self.workers,
            on_better=self._offer,
        )
        self._offer(best)

    def _price(self, seconds: float) -> None:
        facts: dict[str, Any] = {"pins": self.pins, "seconds": seconds, "workers": self.workers}
        self._curve(price_curve(self.schedule, self.asks, should_stop=self.reins.should_stop, **facts))

    def _curve(self, prices: tuple[Price, ...]) -> None:
        best = self.found.offer(Objective.MOVES.value)
        self._say(tags=tuple(_known(tag_of(price), best) for price in prices))

    def _explain(self) -> None:
        """Find out why teams are left out: each alone; where each alone could have its time, all together."""
        short = [one.team for one in self.found.offers[0].teams if not one.in_full][:MOST_WHYS]
        for team in short:
            self._ask_why(team, [ask for ask in self.asks if ask.team == team])
        if short and all(why.verdict.possible for why in self.found.whys):
            self._ask_why("", list(self.asks))

    def _ask_why(self, team: str, asks: list[Ask]) -> None:
        if self.reins.should_stop():
            return
        facts: dict[str, Any] = {"pins": self.pins, "prices": True, "seconds": WHY, "workers": self.workers}
        verdict = why_not(self.schedule, asks, should_stop=self.reins.should_stop, **facts)
        minutes = asks[0].minutes if team else 0
        self._say(whys=(*self.found.whys, Why(team, minutes, verdict)))

    def _offer(self, proposal: Proposal) -> None:
        self._say(offers=_with(self.found.offers, offer_of(proposal)))

    def _say(self, **news: object) -> None:
        self.found = replace(self.found, **news)  # type: ignore[arg-type]  # fields of Found, as named above
        self.reins.tell(self.found)


def _known(tag: Tag, best: Offer | None) -> Tag:
    """Add to a price what the search for the fewest moves has found for all teams."""
    if not best or not best.served == tag.teams == tag.of:
        return tag
    tag = replace(tag, at_least=max(tag.at_least, best.bound))
    return tag if tag.moves is not None and tag.moves <= best.moved else replace(tag, moves=best.moved, offer=best)


def _with(offers: tuple[Offer, ...], new: Offer) -> tuple[Offer, ...]:
    """Put a better offer in the place of the one before it."""
    others = tuple(one for one in offers if one.objective != new.objective)
    order = list(Objective)
    return tuple(sorted((*others, new), key=lambda one: order.index(one.objective)))
