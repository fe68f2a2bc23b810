"""The thread through any object: back to what staff said, forward to what came of it.

A team's whole thread is small, so it is read whole, in a fixed number of queries, and walked in memory.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from colead.plans.models import Adoption, Barrier, Evidence, Impact, Step, SwotItem, TheoryLine, Why
from colead.plans.models.evidence import FINDING
from colead.schools.models import Team
from colead.web.thread import NAMES, Stop

Key = tuple[str, int]  # kind and number


@dataclass(frozen=True)
class Kind:
    """A kind of object on the thread: what it is called, and at which of the seven stops it stands."""

    name: Promise
    stop: str
    address: str  # the name of the page that shows it


KINDS: dict[str, Kind] = {
    "evidence": Kind(_("evidence"), "voice", "evidence_piece"),
    "note": Kind(_("note on the board"), "barrier", "swot_note"),
    "barrier": Kind(_("barrier"), "barrier", "barrier"),
    "idea": Kind(_("idea"), "barrier", "idea"),
    "theory": Kind(_("theory of action"), "theory", "theory_page"),
    "map": Kind(_("purpose map"), "map", "map_page"),
    "trial": Kind(pgettext_lazy("a small test", "test"), "test", "trial"),
    "step": Kind(_("step"), "test", "step"),
    "impact": Kind(_("impact assessment"), "result", "impact"),
    "decision": Kind(_("decision"), "decision", "decision"),
}

BEFORE: dict[str, Promise] = {
    "voice": _("No evidence is linked yet. Add what made you see it."),
    "barrier": _("No barrier is named behind this yet. What stands in the way?"),
    "theory": _("No theory of action leads here yet. Why should this help?"),
    "map": _("There is no purpose map behind this yet. Who is in it, and what does it take?"),
    "test": _("No small test leads here yet."),
    "result": _("Nothing is written down yet about what came of it."),
}
AFTER: dict[str, Promise] = {
    "barrier": _("Nothing has come of this yet. It can become a barrier that you take on."),
    "theory": _("No theory of action builds on this yet. What would help, and why?"),
    "map": _("No purpose map yet. What would you test first, and with whom?"),
    "test": _("No small test yet. What could you try within a few weeks?"),
    "result": _("Nobody has written down yet what came of it."),
    "decision": _("You have not decided yet what follows from it."),
}
WHERE = {
    "voice": "evidence",
    "barrier": "barriers",
    "theory": "theory",
    "map": "map",
    "test": "trials",
    "result": "trials",
    "decision": "decisions",
}


@dataclass(frozen=True)
class Node:
    """One object on the thread."""

    kind: str
    pk: int
    text: str
    url: str  # its own page
    thread_url: str
    origin: str = ""  # for evidence: the code of the question it was taken from

    @property
    def name(self) -> Promise:
        return KINDS[self.kind].name

    @property
    def stop(self) -> str:
        return KINDS[self.kind].stop


@dataclass(frozen=True)
class Level:
    """One of the seven stops as seen from an object: what is there, or what is missing and where to add it."""

    slug: str
    name: Promise
    nodes: tuple[Node, ...]
    here: bool
    missing: Promise | None
    url: str


@dataclass(frozen=True)
class Thread:
    """An object with everything it came from and everything that came of it."""

    here: Node
    levels: tuple[Level, ...]
    next: Node | None  # the test that took this one's place

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The same as a path of seven stops; an empty dot is a link that is missing."""
        return tuple(
            Stop(
                level.slug,
                level.name,
                "here" if level.here else "done" if level.nodes else "later",
                f"#stop-{level.slug}",
            )
            for level in self.levels
        )


@dataclass(frozen=True)
class Links:
    """What an object came from and led to, one step each way."""

    because: tuple[Node, ...]
    led: tuple[Node, ...]
    url: str


class NotOnTheThread(LookupError):
    """Refuse a kind or a number that this team does not have."""


def thread(team: Team, kind: str, pk: int) -> Thread:
    """Walk the thread both ways from an object. Refuses NotOnTheThread."""
    return _Graph(team).thread((kind, pk))


def thread_links(team: Team, kind: str, pk: int) -> Links:
    """Return an object's neighbours, for the two small links on its own page. Refuses NotOnTheThread."""
    graph = _Graph(team)
    key = (kind, pk)
    graph.node(key)
    because, led = (_nearest(graph, near[key]) for near in (graph.causes, graph.effects))
    return Links(because, led, reverse("thread", args=[team.pk, kind, pk]))


class _Graph:
    """All objects of a team and what led to what."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.causes: dict[Key, set[Key]] = defaultdict(set)
        self.effects: dict[Key, set[Key]] = defaultdict(set)
        for cause, effect in self._edges():
            if cause in self.texts and effect in self.texts:
                self.causes[effect].add(cause)
                self.effects[cause].add(effect)

    @cached_property
    def records(self) -> dict[str, list[Any]]:
        team = self.team
        return {
            "evidence": list(team.evidence.only("id", "body", "origin", "team")),
            "note": list(team.swot.only("id", "text", "barrier", "idea", "team")),
            "barrier": list(team.barriers.only("id", "statement", "team")),
            "idea": list(team.ideas.only("id", "text", "barrier", "team")),
            "theory": list(team.theories.only("id", "goal", "barrier", "approach", "team")),
            "map": list(team.maps.only("id", "idea", "theory", "from_idea", "team")),
            "trial": list(team.trials.only("id", "question", "theory", "map", "after", "team")),
            "step": list(team.steps.only("id", "what", "trial", "team")),
            "impact": list(Impact.objects.filter(trial__team=team).select_related("trial")),
            "decision": list(team.decisions.only("id", "question", "decided", "team")),
        }

    @cached_property
    def texts(self) -> dict[Key, str]:
        return {(kind, one.pk): _words(one) for kind, found in self.records.items() for one in found}

    @cached_property
    def steps(self) -> dict[int | None, list[int]]:
        found: dict[int | None, list[int]] = defaultdict(list)
        for step in self.records["step"]:
            found[step.trial_id].append(step.pk)
        return found

    @cached_property
    def origins(self) -> dict[int, str]:
        return {one.pk: one.origin for one in self.records["evidence"] if not one.origin.startswith(FINDING)}

    def node(self, key: Key) -> Node:
        if key not in self.texts:
            raise NotOnTheThread(key)
        kind, pk = key
        thread_url = reverse("thread", args=[self.team.pk, kind, pk])
        origin = self.origins.get(pk, "") if kind == "evidence" else ""
        return Node(kind, pk, self.texts[key], self._page(key), thread_url, origin)

    def _page(self, key: Key) -> str:
        kind, pk = key
        if kind == "impact":
            pk = next(impact.trial_id for impact in self.records["impact"] if impact.pk == pk)
        return reverse(KINDS[kind].address, args=[self.team.pk, pk])

    def _edges(self) -> Iterator[tuple[Key, Key]]:
        yield from self._from_evidence()
        yield from self._along_keys()
        for pk, decision in Adoption.objects.filter(theory__team=self.team).values_list("theory_id", "decision_id"):
            yield ("theory", pk), ("decision", decision)
        for impact in self.records["impact"]:
            yield ("trial", impact.trial_id), ("impact", impact.pk)
            yield from ((("step", pk), ("impact", impact.pk)) for pk in self.steps[impact.trial_id])
            yield ("impact", impact.pk), ("decision", impact.decision_id or 0)

    def _from_evidence(self) -> Iterator[tuple[Key, Key]]:
        """Yield what rests on evidence: barriers, their whys, notes, the arrows of a theory, steps."""
        of_team = {"evidence__team": self.team}
        linked: dict[str, Iterable[tuple[int, int]]] = {
            "barrier": Barrier.evidence.through.objects.filter(**of_team).values_list("evidence_id", "barrier_id"),
            "note": SwotItem.evidence.through.objects.filter(**of_team).values_list("evidence_id", "swotitem_id"),
            "theory": TheoryLine.evidence.through.objects.filter(**of_team).values_list(
                "evidence_id", "theoryline__theory_id"
            ),
            "step": Step.evidence.through.objects.filter(**of_team).values_list("evidence_id", "step_id"),
        }
        for kind, pairs in linked.items():
            yield from ((("evidence", evidence), (kind, pk)) for evidence, pk in pairs)
        for evidence, barrier in Why.objects.filter(**of_team).values_list("evidence_id", "barrier_id"):
            yield ("evidence", evidence), ("barrier", barrier)

    def _along_keys(self) -> Iterator[tuple[Key, Key]]:
        """Yield what a foreign key says, each time from the cause to the effect."""
        leads: tuple[tuple[str, str, str], ...] = (  # kind, its key, the kind that key points to
            ("idea", "barrier_id", "barrier"),
            ("theory", "barrier_id", "barrier"),
            ("theory", "approach_id", "idea"),
            ("map", "theory_id", "theory"),
            ("map", "from_idea_id", "idea"),
            ("trial", "theory_id", "theory"),
            ("trial", "map_id", "map"),
            ("step", "trial_id", "trial"),
        )
        for kind, key, other in leads:
            yield from (((other, getattr(one, key) or 0), (kind, one.pk)) for one in self.records[kind])
        for note in self.records["note"]:
            yield ("note", note.pk), ("barrier", note.barrier_id or 0)
            yield ("note", note.pk), ("idea", note.idea_id or 0)

    def thread(self, key: Key) -> Thread:
        here = self.node(key)
        found = {key, *_reach(key, self.causes), *_reach(key, self.effects)}
        nodes = [self.node(other) for other in sorted(found, key=_in_order)]
        slugs = list(NAMES)
        at = slugs.index(here.stop)
        levels = tuple(self._level(slug, number - at, nodes) for number, slug in enumerate(slugs))
        return Thread(here, levels, self._next(found))

    def _level(self, slug: str, distance: int, nodes: list[Node]) -> Level:
        there = tuple(node for node in nodes if node.stop == slug)
        hints = BEFORE if distance < 0 else AFTER
        missing = hints.get(slug) if distance and not there else None
        return Level(slug, NAMES[slug], there, not distance, missing, reverse(WHERE[slug], args=[self.team.pk]))

    def _next(self, found: set[Key]) -> Node | None:
        """Return the test that was planned after one on this thread, and is not on it."""
        trials = {pk for kind, pk in found if kind == "trial"}
        later = [one.pk for one in self.records["trial"] if one.after_id in trials and one.pk not in trials]
        return self.node(("trial", max(later))) if later else None


def _nearest(graph: _Graph, near: Iterable[Key]) -> tuple[Node, ...]:
    """Keep two, and no steps: on an object's own page the rest is one press away."""
    found = (key for key in sorted(near, key=_in_order) if key[0] != "step")
    return tuple(graph.node(key) for key in islice(found, 2))


def _in_order(key: Key) -> tuple[int, int]:
    return list(KINDS).index(key[0]), key[1]


def _words(one: Any) -> str:
    text = _about(one) if isinstance(one, Impact) else str(one)
    return Truncator(text).chars(160) if not isinstance(one, Evidence) else text


def _about(impact: Impact) -> str:
    """Say in a line what came of a test."""
    found = str(impact.get_finding_display()).capitalize() if impact.finding else gettext("not said yet")
    return ": ".join(part for part in (found, impact.for_whom or impact.celebration) if part)


def _reach(key: Key, edges: dict[Key, set[Key]]) -> set[Key]:
    """Return all that can be reached along `edges`; a circle ends where it began."""
    found: set[Key] = set()
    waiting = [key]
    while waiting:
        for other in edges.get(waiting.pop(), ()):
            if other not in found and other != key:
                found.add(other)
                waiting.append(other)
    return found
