"""What a team has taken on so far, and why."""

from dataclasses import dataclass

from colead.content.model import Playbook
from colead.playbook.models import Choice
from colead.schools.models import Team


@dataclass(frozen=True)
class ToldChoice:
    """One choice of a condition with all that was kept of it."""

    choice: Choice
    condition_name: str
    felt: tuple[str, ...]  # the words of the felt results the team had in mind


def told_choices(team: Team, playbook: Playbook) -> tuple[ToldChoice, ...]:
    """Return a team's choices, newest first, in two queries."""
    words = {result.slug: result.word for result in playbook.matrix.felt}
    choices = team.choices.select_related("decision").prefetch_related("decision__present__user")
    return tuple(
        ToldChoice(
            choice,
            playbook.condition(choice.condition).name,
            tuple(words[slug] for slug in choice.felt if slug in words),
        )
        for choice in choices
    )
