"""A theory of action as people read it: three legs, arrows, gaps, one sentence, a tree of drivers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from colead.plans.actions.theory import WORDS, next_leg, words_of
from colead.plans.charts.drivers import Captions, Node, driver_diagram
from colead.plans.forms.fields import condition_name
from colead.plans.models import Adoption, Evidence, PurposeMap, Theory, TheoryLine
from colead.plans.queries.people import names_at
from colead.plans.reading import sentence
from colead.schools.models import Team
from colead.texts.fields import label_of

LEG_NAMES = dict(TheoryLine.Leg.choices)
LEG_ASKS = {
    "if": gettext_lazy("What will you do? Write the last part first: most people find it easier backward."),
    "then": gettext_lazy("What will change soon, for the adults who do it?"),
    "result": gettext_lazy("What will be different in the end, above all for students?"),
}
QUESTIONS = (
    gettext_lazy("If all of this came true: would the problem you named be smaller?"),
    gettext_lazy("Could a colleague who was not in the room say it in their own words?"),
    gettext_lazy("Does it say what changes for students, and for the adults who teach them?"),
    gettext_lazy("Between each if and its then: is there a step you skip?"),
    gettext_lazy("With the people, hours and money you have: could you begin next month?"),
    gettext_lazy("Who gains last by this? Who might pay for it?"),
    gettext_lazy("Would you be glad to work here if it came true?"),
)


@dataclass(frozen=True)
class LineCard:
    """A statement and its arrow. `toward` is empty where it leads nowhere yet; a result need not lead anywhere."""

    line: TheoryLine
    toward: str
    evidence: tuple[Evidence, ...]
    bare: bool  # an arrow without assumption and evidence
    loose: bool  # leads nowhere, though it should


@dataclass(frozen=True)
class Leg:
    """One of the three parts."""

    slug: str
    name: str | Promise
    asks: str | Promise
    lines: tuple[LineCard, ...]
    targets: tuple[TheoryLine, ...]  # what a new line here may lead to


@dataclass(frozen=True)
class TheoryPage:
    """A theory, ready to be shown."""

    theory: Theory
    condition: str
    legs: tuple[Leg, ...]
    sentence: str
    gaps: tuple[str, ...]
    adoptions: tuple[Adoption, ...]
    adopted: bool  # the words stand as they were adopted last
    away: tuple[TheoryLine, ...]
    map: PurposeMap | None
    others: tuple[Theory, ...]

    @property
    def whole(self) -> bool:
        return all(leg.lines for leg in self.legs)


def current_theory(team: Team, condition: str = "") -> Theory | None:
    """Return the theory at work for a condition; without one named, the newest at work, else the newest of all."""
    theories = team.theories.select_related("barrier", "approach")
    if condition:
        return theories.filter(condition=condition, put_away_on=None).first()
    return theories.filter(put_away_on=None).first() or theories.first()


def lines_in(team: Team) -> QuerySet[TheoryLine]:
    """Return every line of every theory of the team."""
    return TheoryLine._default_manager.filter(theory__team=team).select_related("theory__team__school", "toward")


def theory_page(theory: Theory) -> TheoryPage:
    """Gather everything about a theory."""
    lines = list(theory.lines.prefetch_related("evidence"))
    legs = tuple(_leg(slug, [line for line in lines if not line.put_away_on]) for slug in LEG_NAMES)
    adoptions = tuple(theory.adoptions.select_related("decision", "by"))
    return TheoryPage(
        theory=theory,
        condition=condition_name(theory.condition),
        legs=legs,
        sentence=read_out(theory, legs),
        gaps=tuple(_gaps(theory, legs)),
        adoptions=adoptions,
        adopted=bool(adoptions and adoptions[-1].words == words_of(theory)),
        away=tuple(line for line in lines if line.put_away_on),
        map=theory.maps.filter(put_away_on=None).first(),
        others=tuple(theory.team.theories.exclude(pk=theory.pk)),
    )


@dataclass(frozen=True)
class KeptLine:
    """A line as it stood when its theory was adopted."""

    leg: str
    text: str
    toward: str
    because: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class VersionPage:
    """A version as it was adopted, ready to be shown."""

    adoption: Adoption
    sentence: str
    facts: tuple[tuple[str, str], ...]
    legs: tuple[tuple[str | Promise, tuple[KeptLine, ...]], ...]


def version_page(adoption: Adoption) -> VersionPage:
    """Lay out the words that were kept when a theory was adopted."""
    lines = _kept_lines(adoption.words["lines"])
    said = {leg: tuple(line for line in lines if line.leg == leg) for leg in LEG_NAMES}
    texts = {leg: [line.text for line in found] for leg, found in said.items()}
    facts = ((str(label_of(Theory, name)), adoption.words[name]) for name in (*WORDS, "barrier", "approach"))
    return VersionPage(
        adoption=adoption,
        sentence=sentence(texts["if"], texts["then"], texts["result"], names_at(adoption.theory.team)),
        facts=tuple((label, words) for label, words in facts if words),
        legs=tuple((LEG_NAMES[leg], found) for leg, found in said.items()),
    )


def _kept_lines(kept: list[dict[str, Any]]) -> tuple[KeptLine, ...]:
    texts = {number: line["text"] for number, line in enumerate(kept, 1)}
    return tuple(
        KeptLine(line["leg"], line["text"], texts.get(line["toward"], ""), line["because"], tuple(line["evidence"]))
        for line in kept
    )


def _leg(slug: str, lines: list[TheoryLine]) -> Leg:
    by_id = {line.pk: line for line in lines}
    targets = tuple(line for line in lines if line.leg == next_leg(slug))
    cards = tuple(_line_card(line, by_id) for line in lines if line.leg == slug)
    return Leg(slug, LEG_NAMES[slug], LEG_ASKS[slug], cards, targets)


def _line_card(line: TheoryLine, by_id: dict[int, TheoryLine]) -> LineCard:
    toward = by_id[line.toward_id].text if line.toward_id in by_id else ""
    evidence = tuple(line.evidence.all())
    leads = line.leg != "result"
    return LineCard(line, toward, evidence, leads and not (line.because or evidence), leads and not toward)


def read_out(theory: Theory, legs: Iterable[Leg]) -> str:
    """Say the theory in one sentence."""
    said = {leg.slug: [card.line.text for card in leg.lines] for leg in legs}
    return sentence(said["if"], said["then"], said["result"], names_at(theory.team))


def _gaps(theory: Theory, legs: tuple[Leg, ...]) -> Iterable[str]:
    """Name gently what is still open."""
    cards = [card for leg in legs for card in leg.lines]
    for leg in legs:
        if not leg.lines:
            yield _("“%(part)s” is still empty.") % {"part": leg.name}
    if loose := sum(card.loose for card in cards):
        yield ngettext("%(n)s line leads nowhere yet.", "%(n)s lines lead nowhere yet.", loose) % {"n": loose}
    if bare := sum(card.bare for card in cards):
        yield ngettext(
            "%(n)s arrow has neither an assumption nor evidence yet.",
            "%(n)s arrows have neither an assumption nor evidence yet.",
            bare,
        ) % {"n": bare}
    if not theory.leaders:
        yield _("Nobody has written yet what leaders themselves will do.")
    if not theory.equity:
        yield _("Who gains and who might lose out is not written yet.")


# --- The same as a driver diagram -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class DriverRow:
    """One path through the theory, read from the aim backward. Empty cells repeat what stands above, or are open."""

    result: str
    then: str
    if_: str
    because: str
    measures: str


@dataclass(frozen=True)
class Drivers:
    """A driver diagram: the boxes of the picture, what it shows in words, and the table with the same content."""

    roots: tuple[Node, ...]
    captions: Captions
    rows: tuple[DriverRow, ...]

    def svg(self, *, ink: str = "currentColor") -> str:
        """Draw it."""
        return driver_diagram(self.roots, self.captions, ink=ink)

    def picture(self) -> SafeString:
        """Draw it for a page."""
        return mark_safe(self.svg())  # noqa: S308  # every word in it was escaped where it was drawn


def drivers(theory: Theory) -> Drivers:
    """Lay a theory out as drivers: aim, results, what must change, what you do."""
    lines = list(theory.lines.filter(put_away_on=None).prefetch_related("evidence", "indicators"))
    results = tuple(_node(line, lines, 1) for line in lines if line.leg == "result")
    loose = tuple(_node(line, lines, 2 if line.leg == "then" else 3, loose=True) for line in _loose(lines))
    heads = (_("Goal"), _("As a result"), _("Then"), _("If we"))
    captions = Captions(heads, _("Driver diagram: %s") % theory.goal, _alt(lines))
    return Drivers((Node(theory.goal, results), *loose), captions, tuple(_rows(lines)))


def _sources(line: TheoryLine, lines: list[TheoryLine]) -> list[TheoryLine]:
    return [each for each in lines if each.toward_id == line.pk]


def _loose(lines: list[TheoryLine]) -> list[TheoryLine]:
    known = {line.pk for line in lines}
    return [line for line in lines if line.leg != "result" and line.toward_id not in known]


def _node(line: TheoryLine, lines: list[TheoryLine], column: int, *, loose: bool = False) -> Node:
    return Node(line.text, tuple(_node(each, lines, column + 1) for each in _sources(line, lines)), column, loose)


def _alt(lines: list[TheoryLine]) -> str:
    counts = {leg: sum(line.leg == leg for line in lines) for leg in ("if", "then", "result")}
    return _(
        "Boxes joined by arrows, to be read from right to left: %(if)s things we do, %(then)s things that change then, "
        "%(result)s results, and the goal. The table below says the same."
    ) % {leg: str(count) for leg, count in counts.items()}


def _rows(lines: list[TheoryLine]) -> Iterable[DriverRow]:
    for result in (line for line in lines if line.leg == "result"):
        yield from _rows_of(result.text, _sources(result, lines), lines, _measures(result))
    loose = _loose(lines)
    yield from _rows_of("", [line for line in loose if line.leg == "then"], lines, "")
    for line in (line for line in loose if line.leg == "if"):
        yield DriverRow("", "", line.text, _why(line), _measures(line))


def _rows_of(result: str, thens: list[TheoryLine], lines: list[TheoryLine], measures: str) -> Iterable[DriverRow]:
    if result and (not thens or measures):
        yield DriverRow(result, "", "", "", measures)
    for then in thens:
        ifs = _sources(then, lines)
        if not ifs or _why(then) or _measures(then):
            yield DriverRow(result, then.text, "", _why(then), _measures(then))
        for each in ifs:
            yield DriverRow(result, then.text, each.text, _why(each), _measures(each))


def _why(line: TheoryLine) -> str:
    return "\n".join([line.because] * bool(line.because) + [piece.body for piece in line.evidence.all()])


def _measures(line: TheoryLine) -> str:
    return "\n".join(each.name for each in line.indicators.all() if not each.put_away_on)
