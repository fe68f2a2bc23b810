"""What an impact assessment shows: what was meant, what was measured, what people said, what was decided."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from colead.plans.models import Impact, PurposeMap, Theme, Theory, TheoryLine, Trial
from colead.plans.queries.measures import Measure, measure

WORRIES = ("unclear", "doubt", "alone", "clashes")


@dataclass(frozen=True)
class Meant:
    """One thing the team said before it began, and what it was called."""

    label: str
    text: str


@dataclass(frozen=True)
class ImpactPage:
    """All that belongs to the impact assessment of one test."""

    trial: Trial
    impact: Impact | None
    theory: Theory | None
    read_out: str
    meant: tuple[Meant, ...]
    questions: tuple[Meant, ...]
    measures: tuple[Measure, ...]
    themes: tuple[Theme, ...]

    @property
    def waiting(self) -> int:
        """How many themes have no answer yet."""
        return sum(1 for theme in self.themes if not theme.response)


def impact_page(trial: Trial) -> ImpactPage:
    """Gather an impact assessment in a fixed number of queries."""
    indicators = trial.indicators.filter(put_away_on=None).prefetch_related("points")
    theory = trial.theory or (trial.map and trial.map.theory) or None
    lines = list(theory.lines.filter(put_away_on=None)) if theory else []
    return ImpactPage(
        trial=trial,
        impact=getattr(trial, "impact", None),
        theory=theory,
        read_out=read_out(lines),
        meant=tuple(_meant(trial, theory)),
        questions=tuple(_questions(trial)),
        measures=tuple(measure(indicator) for indicator in indicators),
        themes=tuple(trial.themes.all()),
    )


def read_out(lines: list[TheoryLine]) -> str:
    """Say a theory in one sentence: if, then, as a result."""
    parts = []
    for leg in TheoryLine.Leg:
        words = [line.text.strip().rstrip(".,;") for line in lines if line.leg == leg]
        if words:
            parts.append(f"{leg.label} " + "; ".join(words))
    return ", ".join(parts) + "." if parts else ""


def _meant(trial: Trial, theory: Theory | None) -> list[Meant]:
    found = [_of(theory, "goal"), _of(theory, "problem")] if theory else []
    if trial.map:
        found += [_of(trial.map, name) for name in ("vision", "signs")]
    return [one for one in found if one.text]


def _questions(trial: Trial) -> list[Meant]:
    """Return the burning questions: what the test asks and expects, and what people worried about before it."""
    found = [_of(trial, "question"), _of(trial, "prediction")]
    if trial.map:
        found += [_of(trial.map, name) for name in WORRIES]
    return [one for one in found if one.text]


def _of(thing: Theory | Trial | PurposeMap, name: str) -> Meant:
    column: Any = thing._meta.get_field(name)
    return Meant(str(capfirst(column.verbose_name)), str(getattr(thing, name)))
