"""The only door to the solver (OR-Tools CP-SAT): Booleans are whole numbers here, and `~n` says that n does not hold.

Without the extra `timefinder` everything can be imported, and `Model` refuses with `SolverMissing`.
"""

from __future__ import annotations  # the solver's types are not there when it is not installed

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import repeat
from math import ceil
from typing import TYPE_CHECKING, Any

from colead.timetable.shifts.values import SolverMissing
from colead.timetable.words import mark, say

Literal = int
Terms = Sequence[tuple[int, Literal]]
Values = list[int]  # of all variables, by their numbers
Stop = Callable[[], bool]
OnBetter = Callable[[Values, int], None]

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


def _installed() -> bool:
    try:
        return find_spec("ortools") is not None
    except ValueError:  # it was put out of reach on purpose
        return False


AVAILABLE = _installed()


@cache
def _ortools() -> Any:
    """Import the solver when it is first needed: it takes 67 MB and seconds, and web pages never call it."""
    from ortools.sat.python import cp_model

    return cp_model


@cache
def _better() -> Any:
    """Return the class that hands on each better solution, with the bound of that moment."""

    class Better(_ortools().CpSolverSolutionCallback):  # type: ignore[misc]  # a class known only when it is needed
        def __init__(self, tell: OnBetter) -> None:
            super().__init__()
            self._tell = tell

        def on_solution_callback(self) -> None:
            self._tell(list(self.response_proto.solution), _up(self.best_objective_bound))

    return Better


_LOOK = 0.05  # seconds between two looks at whether to stop


def _up(bound: float) -> int:
    """Round a bound up, since every cost is whole; just above a whole number is noise."""
    return ceil(bound - 1e-6)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how hard to try.

    `work` is time that does not depend on the machine (0: no limit). `linear` says how much of a linear relaxation to
    keep: none is best for a timetable as such, all (2) for fewest moves. `first` stops at the first solution; `bound`
    looks for what no solution can go below, not for better ones.
    """

    seconds: float
    workers: int = 1
    seed: int = 0
    work: float = 0.0
    linear: int = 0
    first: bool = False
    bound: bool = False
    should_stop: Stop = field(default=lambda: False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best values found (None: none), what no solution can go below, and whether the search ended by proof."""

    values: Values | None
    bound: int
    ended: bool

    @property
    def impossible(self) -> bool:
        return self.ended and self.values is None


class Model:
    """Variables and what must hold between them."""

    def __init__(self) -> None:
        if not AVAILABLE:
            raise SolverMissing(say(mark("The time finder is not installed here: install the extra “timefinder”.")))
        self._model: cp_model.CpModel = _ortools().CpModel()
        self._variables: list[cp_model.IntVar] = []
        self._goal: Terms = ()
        self._when: tuple[Literal, ...] = ()
        self._yes: Literal | None = None

    @property
    def size(self) -> int:
        return len(self._variables)

    def boolean(self) -> Literal:
        self._variables.append(self._model.new_bool_var(""))
        return len(self._variables) - 1

    def number(self, most: int) -> Literal:
        """Add a whole number from 0 to `most`; it has no opposite."""
        self._variables.append(self._model.new_int_var(0, most, ""))
        return len(self._variables) - 1

    @property
    def yes(self) -> Literal:
        """Find the Boolean that always holds."""
        if self._yes is None:
            self._yes = self.boolean()
            self._model.add_bool_or([self._variables[self._yes]])
        return self._yes

    def _of(self, literals: Iterable[Literal]) -> list[cp_model.LiteralT]:
        return [self._variables[n] if n >= 0 else self._variables[~n].negated() for n in literals]

    @contextmanager
    def under(self, *literals: Literal) -> Iterator[None]:
        """Let what is said inside hold only where these hold; without any, always."""
        before, self._when = self._when, literals
        try:
            yield
        finally:
            self._when = before

    def at_most_one(self, literals: Iterable[Literal]) -> None:
        if self._when:
            self.between(0, [(1, literal) for literal in literals], 1)
        else:
            self._model.add_at_most_one(self._of(literals))

    def exactly_one(self, literals: Iterable[Literal]) -> None:
        if self._when:
            self.between(1, [(1, literal) for literal in literals], 1)
        else:
            self._model.add_exactly_one(self._of(literals))

    def one_of(self, literals: Iterable[Literal]) -> None:
        """At least one of them holds."""
        self._model.add_bool_or(self._of((*literals, *(~literal for literal in self._when))))

    def implies(self, one: Literal, other: Literal) -> None:
        self.one_of((~one, other))

    def between(self, low: int, terms: Terms, high: int) -> None:
        """Hold a sum of numbers times variables between two bounds."""
        self._model.add_linear_constraint(self._sum(terms), low, high).only_enforce_if(*self._of(self._when))

    def at_most(self, literals: Sequence[Literal], most: int) -> None:
        if len(literals) > most:
            self.between(0, list(zip(repeat(1), literals)), most)

    def _sum(self, terms: Terms) -> cp_model.LinearExprT:
        factors, literals = [factor for factor, _ in terms], [literal for _, literal in terms]
        total: cp_model.LinearExprT = _ortools().LinearExpr.weighted_sum(self._of(literals), factors)
        return total

    def minimise(self, terms: Terms) -> None:
        self._goal = tuple(terms)
        self._model.minimize(self._sum(terms))

    def cost(self, values: Values) -> int:
        """Work out what is to be made small."""
        return sum(factor * (values[n] if n >= 0 else 1 - values[~n]) for factor, n in self._goal)

    def solve(
        self,
        effort: Effort,
        hint: Values | None = None,
        free: Sequence[bool] | None = None,
        on_better: OnBetter | None = None,
    ) -> Outcome:
        """Search from `hint` on; with `free` only these variables may differ from it.

        `on_better` gets the values and the bound of each better solution, in another thread.
        """
        model = self._model.clone()
        if hint is not None:
            _start_from(model, hint, free)
        solver = _solver(effort)
        with _watched(solver, effort):
            status = solver.solve(model, _better()(on_better) if on_better else None)
        known = _ortools()
        found = status in (known.OPTIMAL, known.FEASIBLE)
        values = list(solver.response_proto.solution) if found else None
        bound = _up(solver.best_objective_bound) if self._goal and found else 0
        return Outcome(values, bound, status in (known.OPTIMAL, known.INFEASIBLE))


def _start_from(model: cp_model.CpModel, hint: Values, free: Sequence[bool] | None) -> None:
    proto = model.proto
    proto.solution_hint.vars.extend(range(len(hint)))
    proto.solution_hint.values.extend(hint)
    for number, moves in enumerate(free or ()):
        if not moves:
            domain = proto.variables[number].domain
            domain.clear()
            domain.extend([hint[number], hint[number]])


def _solver(effort: Effort) -> cp_model.CpSolver:
    solver: cp_model.CpSolver = _ortools().CpSolver()
    given = solver.parameters
    given.max_time_in_seconds = max(0.01, effort.seconds)
    given.num_workers = effort.workers
    given.random_seed = effort.seed
    given.linearization_level = effort.linear
    given.symmetry_level = 0
    given.stop_after_first_solution = effort.first
    given.optimize_with_lb_tree_search = effort.bound
    if effort.work:
        given.max_deterministic_time = effort.work
    return solver


@contextmanager
def _watched(solver: cp_model.CpSolver, effort: Effort) -> Iterator[None]:
    """Stop the solver soon after `should_stop` says so."""
    done = threading.Event()

    def look() -> None:
        while not done.wait(_LOOK):
            if effort.should_stop():
                solver.stop_search()

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
