"""North's thread in the demo: from the board over a test that is done to one that is being prepared."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import yaml

from colead.accounts.models import User
from colead.decisions.demo import load_decisions
from colead.plans.actions import barriers, impact, indicators, purpose, steps, swot, theory, trials
from colead.plans.models import Barrier, Evidence, Idea, PurposeMap, Theory, Trial
from colead.plans.pasting import Value
from colead.playbook.demo.world import FOLDER
from colead.schools.models import Member, Team

Facts = dict[str, Any]


class Thread:
    """The thread in the making. Words come from the file, days count back from `now`."""

    def __init__(self, team: Team, users: dict[str, User], known: dict[str, Evidence], *, now: datetime) -> None:
        self.team = team
        self.users = users
        self.known = known
        self.now = now
        self.today = team.today(now)
        self.ada = users["ada"]
        self.facts: Facts = yaml.safe_load((FOLDER / "north-thread.yaml").read_text(encoding="utf-8"))

    def make(self) -> None:
        """Walk the thread from the board to the test that is being prepared."""
        self._pin_board()
        closed = self._old_test()
        chosen, approach = self._barrier()
        adopted = self._theory(chosen, approach)
        drawn = self._map(adopted)
        self._next_test(adopted, drawn, closed)
        load_decisions(self.team, {key: self._members([key])[0] for key in self._keys()}, now=self.now)

    def _ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def _in(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _by(self, days_ago: int = 0) -> Facts:
        return {"by": self.ada, "now": self._ago(days_ago)}

    def _keys(self) -> list[str]:
        """Return the keys of those who are on the team."""
        on_team = set(self.team.members.active().values_list("user_id", flat=True))
        return [key for key, user in self.users.items() if user.pk in on_team]

    def _members(self, keys: list[str]) -> list[Member]:
        return [self.team.members.get(user=self.users[key]) for key in keys]

    def _evidence(self, keys: list[str]) -> list[Evidence]:
        return [self.known[key] for key in keys]

    def _votes(self, cast: Callable[[Any, Member], Any], thing: Any, keys: list[str]) -> None:
        for member in self._members(keys):
            cast(thing, member)

    def _pin_board(self) -> None:
        for note in self.facts["board"]:
            pinned = swot.pin_note(
                self.team,
                box=note["box"],
                text=note["text"],
                evidence=self._evidence(note.get("evidence", [])),
                **self._by(30),
            )
            self._votes(barriers.vote, pinned, note.get("votes", []))

    def _barrier(self) -> tuple[Barrier, Idea]:
        facts = self.facts["barrier"]
        when = self._by(facts["days_ago"])
        words = {name: facts[name] for name in ("statement", "reach", "symptom", "pattern")}
        barrier = barriers.name_barrier(
            self.team, condition=self.facts["condition"], evidence=self._evidence(facts["evidence"]), **words, **when
        )
        self._votes(barriers.vote, barrier, facts["votes"])
        barrier = barriers.choose_barrier(barrier, **when)
        for why in facts["whys"]:
            barriers.add_why(barrier, **why, **when)
        barriers.name_cause(barrier, in_reach=True, not_a_person=True, **when)
        return barrier, self._approach(barrier, facts)

    def _approach(self, barrier: Barrier, facts: Facts) -> Idea:
        ideas = []
        for idea in facts["ideas"]:
            votes = idea.pop("votes")
            ideas.append(barriers.add_idea(self.team, barrier=barrier, **idea, **self._by(facts["days_ago"])))
            self._votes(barriers.vote, ideas[-1], votes)
        chosen = facts["approach"]
        return barriers.choose_approach(ideas[chosen["index"]], reason=chosen["reason"], **self._by(chosen["days_ago"]))

    def _theory(self, barrier: Barrier, approach: Idea) -> Theory:
        facts = dict(self.facts["theory"])
        lines, adopted, when = facts.pop("lines"), facts.pop("adopted"), self._by(facts.pop("days_ago"))
        begun = theory.start_theory(
            self.team, condition=self.facts["condition"], barrier=barrier, approach=approach, **facts, **when
        )
        for line in lines:
            evidence = self._evidence(line.pop("evidence", []))
            theory.add_line(begun, evidence=evidence, **line, **when)
        days = adopted.pop("days_ago")
        adopted["present"] = self._members(adopted["present"])
        theory.adopt_theory(begun, decided_on=self._in(-days), **adopted, **self._by(days))
        return Theory.objects.get(pk=begun.pk)

    def _map(self, adopted: Theory) -> PurposeMap:
        facts = dict(self.facts["map"])
        shifts, when = facts.pop("shifts"), self._by(facts.pop("days_ago"))
        idea = adopted.approach.text if adopted.approach else adopted.goal
        drawn = purpose.draw_map(self.team, idea=idea, theory=adopted, **facts, **when)
        for shift in shifts:
            purpose.add_shift(drawn, **shift, **when)
        return drawn

    def _old_test(self) -> Trial:
        facts = dict(self.facts["closed_test"])
        days = facts.pop("days")
        measured, values, themes, words, end = (
            facts.pop(key) for key in ("indicator", "points", "themes", "impact", "decide")
        )
        span: Facts = {"begins_on": self._in(-days["begun"]), "ends_on": self._in(-days["closed"])}
        trial = trials.plan_trial(self.team, place=Trial.Place.ACTIVE, **facts, **span, **self._by(days["planned"]))
        trial = trials.begin(trial, **self._by(days["begun"]))
        self._count(trial, measured, values, begun=days["begun"])
        for theme in themes:
            self._theme(trial, dict(theme), days["closed"])
        impact.write_impact(trial, based_on=0, **words, **self._by(days["closed"]))
        end = {**end, "present": self._members(end["present"]), "decided_on": self._in(-days["closed"])}
        impact.decide(trial, **end, **self._by(days["closed"]))
        trial.refresh_from_db()
        return trial

    def _count(self, trial: Trial, facts: Facts, values: list[int], *, begun: int) -> None:
        """Put in one value every fourth day, so that a dozen fit between begin and end."""
        counted = indicators.add_indicator(trial, **facts, **self._by(begun))
        points = [Value(self._in(4 * number - begun), Decimal(value)) for number, value in enumerate(values)]
        indicators.put_values(counted, points, **self._by(begun))

    def _theme(self, trial: Trial, facts: Facts, days: int) -> None:
        noted = impact.note_theme(trial, text=facts["text"], **self._by(days))
        impact.answer_theme(noted, based_on=noted.version, **facts, **self._by(days))

    def _next_test(self, adopted: Theory, drawn: PurposeMap, closed: Trial) -> None:
        facts = dict(self.facts["next_test"])
        planned, measured = facts.pop("steps"), facts.pop("indicator")
        span: Facts = {"begins_on": self._in(facts.pop("begins_in")), "ends_on": self._in(facts.pop("ends_in"))}
        links: Facts = {"theory": adopted, "map": drawn, "after": closed}
        trial = trials.plan_trial(self.team, place=Trial.Place.ACTIVE, **facts, **span, **links, **self._by(8))
        for step in planned:
            self._step(trial, dict(step))
        indicators.add_indicator(trial, **measured, **self._by(8))
        watched = dict(self.facts["watching"])
        review = self._in(watched.pop("review_in"))
        trials.plan_trial(self.team, place=Trial.Place.WATCHING, review_on=review, **watched, **self._by(8))

    def _step(self, trial: Trial, facts: Facts) -> None:
        owners, due = self._members(facts.pop("owners")), self._in(facts.pop("due_in"))
        status, blocker = facts.pop("status"), facts.pop("blocker", "")
        added = steps.add_step(self.team, trial=trial, owners=owners, due_on=due, **facts, **self._by(8))
        if status != added.status:
            steps.mark_step(added, status=status, blocker=blocker, **self._by(1))
