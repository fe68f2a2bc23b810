"""What was tried before: past ideas, tests, decisions and the stop list, found by the words they share."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.plans.models import Idea
from colead.plans.queries.trials import outcome
from colead.schools.models import Team

_STEM = 6  # letters of a word that count: “planning” finds “planned”
_SHORT = 4  # words shorter than this say too little
_COMMON = """that this with have from what when they their them there these those will would could should about more
than then been were each every because which your ours does done into also only some most other after before where while
para como este esta pero porque cuando donde sobre entre desde hasta tiene nuestro nuestra"""  # English and Spanish
_EVERYWHERE = frozenset(_COMMON.split())


@dataclass(frozen=True)
class Tried:
    """Something that was tried, thought of or decided before, and what came of it."""

    kind: str | Promise
    what: str
    learned: str
    when: date | None
    url: str


def search_tried(team: Team, text: str, *, leave_out: Idea | None = None, most: int = 8) -> tuple[Tried, ...]:
    """Return what shares words with `text`, the closest first: one word for a short text, two for a longer one."""
    asked = stems(text)
    needed = 1 if len(asked) <= 3 else 2
    scored = [
        (len(asked & stems(f"{tried.what} {tried.learned}")), number, tried)
        for number, tried in enumerate(everything_tried(team, leave_out))
    ]
    found = sorted((each for each in scored if each[0] >= needed), key=lambda each: (-each[0], each[1]))
    return tuple(tried for _score, _number, tried in found[:most])


def stems(text: str) -> set[str]:
    """Return the beginnings of the words in `text` that say something, without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", plain)
    return {word[:_STEM] for word in words if len(word) >= _SHORT and word not in _EVERYWHERE}


def everything_tried(team: Team, leave_out: Idea | None = None) -> Iterator[Tried]:
    """List all of it, the newest of each kind first, in four queries."""
    return chain(_ideas(team, leave_out), _trials(team), _decisions(team), _let_go(team))


def tried_here(team: Team) -> Iterator[Tried]:
    """List closed tests and ideas with a note on an earlier try, each with what was learned."""
    return (each for each in chain(_trials(team), _ideas(team, None)) if each.learned)


def _ideas(team: Team, leave_out: Idea | None) -> Iterator[Tried]:
    ideas = team.ideas.exclude(pk=leave_out.pk) if leave_out else team.ideas.all()
    for idea in ideas.order_by("-id"):
        yield Tried(_("idea"), idea.text, idea.tried_before, idea.chosen_on, reverse("idea", args=[team.pk, idea.pk]))


def _trials(team: Team) -> Iterator[Tried]:
    for trial in team.trials.select_related("impact"):
        came = outcome(trial) if trial.closed_on else ""
        url = reverse("trial", args=[team.pk, trial.pk])
        yield Tried(
            pgettext_lazy("a small test", "test"), trial.question, came, trial.closed_on or trial.begins_on, url
        )


def _decisions(team: Team) -> Iterator[Tried]:
    for decision in team.decisions.all():
        url = reverse("decision", args=[team.pk, decision.pk])
        yield Tried(_("decision"), decision.question, decision.decided, decision.decided_on, url)


def _let_go(team: Team) -> Iterator[Tried]:
    for let_go in team.let_gos.all():
        yield Tried(_("let go"), let_go.what, let_go.note, let_go.since, reverse("stop_list", args=[team.pk]))
