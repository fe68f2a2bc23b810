"""What a team tries now, what it watches, what came of it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from colead.plans.models import PurposeMap, Trial
from colead.schools.models import Team


@dataclass(frozen=True)
class Watched:
    """A test that waits; `due` once the day to look at it again has come."""

    trial: Trial
    due: bool


@dataclass(frozen=True)
class TrialsPage:
    """The one priority, what is watched, what is closed."""

    active: Trial | None
    watching: tuple[Watched, ...]
    closed: tuple[Trial, ...]


def trials_page(team: Team, *, today: date) -> TrialsPage:
    """Gather a team's tests in a fixed number of queries."""
    trials = team.trials.select_related("impact")
    return TrialsPage(
        active=trials.active().first(),
        watching=tuple(
            Watched(trial, bool(trial.review_on and trial.review_on <= today)) for trial in trials.watching()
        ),
        closed=tuple(trials.closed()),
    )


def outcome(trial: Trial) -> str:
    """Say in a line what came of a closed test."""
    impact = getattr(trial, "impact", None)
    if not impact or not impact.finding:
        return _("It was closed without an impact assessment.")
    return _("%(finding)s. You decided: %(verdict)s.") % {
        "finding": impact.get_finding_display().capitalize(),
        "verdict": impact.get_verdict_display() or "–",
    }


def facts_from_trial(before: Trial) -> dict[str, object]:
    """Return what the next test can take over from the one before."""
    names = ("form", "question", "prediction", "who", "stop_rule", "risk", "learning")
    return {name: getattr(before, name) for name in names}


def facts_from_map(source: PurposeMap) -> dict[str, object]:
    """Return what a purpose map says already about a test, so that nobody types it twice."""
    people = [source.does, source.affected]
    return {
        "question": _("What changes when you do this: %s") % source.idea,
        "prediction": source.signs or source.vision,
        "form": source.form,
        "who": "\n".join(part for part in people if part),
        "learning": source.unclear,
    }
