"""The worker's job: run one search, write down each better result, stop when told to. No clock is read here.

The web process never calls this; `manage.py find_time` does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from colead.practices.finding import Found, Offer, offer_of
from colead.practices.models import Scenario, Search
from colead.practices.queries.board import drafted, moved
from colead.timetable import Schedule
from colead.timetable.shifts import Ask, CannotShift, Objective, Pin, Proposal, propose

# How much of its time a search gives to each thing it finds; what is left over goes to what comes after.
SHARES = {Objective.MOVES: 0.5, Objective.PEOPLE: 0.2, Objective.FAIR: 0.2}


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


class _Job:
    def __init__(self, search: Search, reins: Reins, workers: int) -> None:
        self.reins, self.workers = reins, workers
        self.seconds = float(search.seconds)
        self.schedule = drafted(search.scenario)
        self.pins = pins_of(search.scenario, self.schedule)
        self.asks = tuple(Ask(team.name, team.minutes) for team in self.schedule.teams if team.minutes)
        self.found = Found()

    def run(self) -> None:
        for objective, share in SHARES.items():
            if not self.reins.should_stop():
                self._say(doing=objective.value)
                self._look(objective, share * self.seconds)
        self._say(doing="")

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

    def _offer(self, proposal: Proposal) -> None:
        self._say(offers=_with(self.found.offers, offer_of(proposal)))

    def _say(self, **news: object) -> None:
        self.found = replace(self.found, **news)  # type: ignore[arg-type]  # fields of Found, as named above
        self.reins.tell(self.found)


def _with(offers: tuple[Offer, ...], new: Offer) -> tuple[Offer, ...]:
    """Put a better offer in the place of the one before it."""
    others = tuple(one for one in offers if one.objective != new.objective)
    order = list(Objective)
    return tuple(sorted((*others, new), key=lambda one: order.index(one.objective)))
