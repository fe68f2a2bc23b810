"""The format of a team's file, version 1. A field that is added later makes version 2; this table stays as it is.

    {
      "format": "colead-team", "version": 1,
      "school":  {"name", "place", "time_zone", "created_on"},
      "team":    {"name", "seen_notes_on"},
      "people":  [{"name", "language"}, ...],
      "members": [{"person", "is_lead", "joined_on", "left_on"}, ...],
      "records": {"evidence": [{..., "history": [...]}, ...], ...}
    }

Things are named by their place in their list, counted from 1: a step with `"trial": 2` belongs to the second trial.
Dates are 2026-11-30, times are in UTC with microseconds, decimal numbers are texts. A text's `history` is every save of
it, the oldest first, with `at`, `by` (a person) and `type` (+ new, ~ changed).

What stays behind, because it is private or belongs to one place: mail addresses, who voted for what, votes that are
running, calendar addresses, reminders, and everybody's unrevealed answers.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from colead.decisions.models import (
    Ballot,
    Count,
    Decision,
    Dissent,
    HandOver,
    Input,
    LetGo,
    Option,
    Review,
    Round,
)
from colead.plans.models import (
    Adoption,
    Barrier,
    Evidence,
    Idea,
    Impact,
    Indicator,
    Point,
    PurposeMap,
    Shift,
    Step,
    SwotItem,
    Theme,
    Theory,
    TheoryLine,
    Trial,
    Why,
)

VERSION = 1


EVERYTHING = Q()


@dataclass(frozen=True)
class Kind:
    """One list of the file: which model, how its team or school is found, which fields and links go along.

    `kept_links` are links whose members at each save belong to the history. `only` leaves rows out. `drafts_stay`
    leaves the history out: the row comes back as it stands, its words before that stay with whoever wrote them.
    """

    name: str
    model: type[models.Model]
    owner: str
    fields: tuple[str, ...]
    links: tuple[str, ...] = ()
    kept_links: tuple[str, ...] = ()
    only: Q = EVERYTHING
    drafts_stay: bool = False

    @property
    def has_history(self) -> bool:
        return hasattr(self.model, "history") and not self.drafts_stay


def list_of(
    name: str,
    model: type[models.Model],
    owner: str,
    fields: str,
    links: str = "",
    kept_links: str = "",
    only: Q = EVERYTHING,
    drafts_stay: bool = False,
) -> Kind:
    """Return one list of the file, its fields and links written in one line."""
    return Kind(
        name, model, owner, tuple(fields.split()), tuple(links.split()), tuple(kept_links.split()), only, drafts_stay
    )


CLOSED = ~Q(state="running")

FORMAT: tuple[Kind, ...] = (
    list_of("evidence", Evidence, "team", "version kind body source seen_on link origin said_by added_by"),
    list_of(
        "barriers", Barrier, "team",
        "version condition statement reach symptom pattern chosen_on put_away_on", "evidence",
    ),
    list_of("whys", Why, "barrier__team", "version barrier number because fact evidence is_cause put_away_on"),
    list_of("ideas", Idea, "team", "version barrier text tried_before chosen_on reason put_away_on"),
    list_of("board", SwotItem, "team", "version box text barrier idea put_away_on", "evidence"),
    list_of(
        "decisions", Decision, "team",
        "version state about follows question background shaped_by opened_on way way_chosen_on decider input_until "
        "talk decided chosen because concerns owner decided_on starts_on review_on message", "present",
    ),
    list_of("options", Option, "decision__team", "version decision name speaks_for speaks_against standing"),
    list_of("inputs", Input, "decision__team", "version decision who said came_on fate went"),
    list_of("rounds", Round, "decision__team", "version decision number step proposal clarified reactions"),
    list_of(
        "dissents", Dissent, "decision__team",
        "version decision round kind body harm who outcome what_happened",
    ),
    list_of(
        "ballots", Ballot, "decision__team",
        "decision state need opened_on ended_on members abstained", only=CLOSED,
    ),
    list_of("counts", Count, "ballot__decision__team", "ballot option votes", only=~Q(ballot__state="running")),
    list_of("reviews", Review, "decision__team", "version decision held_on seen verdict"),
    list_of(
        "stop_list", LetGo, "team",
        "version what since minutes_each people to_whom in_place look_on back_since note decision",
    ),
    list_of(
        "hand_overs", HandOver, "team",
        "version task from_member from_role to_member to_role minutes taken_off minutes_off handed_on", "agreed_by",
    ),
    list_of(
        "theories", Theory, "team",
        "version condition goal problem learned equity leaders serves barrier approach started_on put_away_on",
    ),
    list_of(
        "theory_lines", TheoryLine, "theory__team",
        "version theory leg text toward because put_away_on", "evidence",
    ),
    list_of("adoptions", Adoption, "theory__team", "theory number decision words adopted_on by"),
    list_of(
        "maps", PurposeMap, "team",
        "version theory from_idea idea origin origin_note vision decides does affected asked who_else first_steps form "
        "scale length support minimum ideal limits freedoms agreed_with signs commitments alone clashes unclear doubt "
        "started_on put_away_on",
    ),
    list_of("shifts", Shift, "map__team", "version map group today then put_away_on"),
    list_of(
        "trials", Trial, "team",
        "version theory map after form question prediction who begins_on ends_on stop_rule risk learning state place "
        "review_on place_note closed_on",
    ),
    list_of(
        "steps", Step, "team",
        "version trial what starts_on due_on signs status blocker resources note done_on", "owners evidence", "owners",
    ),
    list_of(
        "indicators", Indicator, "team",
        "version trial theory line name kind unit baseline target better chart rules changed_on put_away_on",
    ),
    list_of("points", Point, "indicator__team", "version indicator on value n note"),
    list_of(
        "impacts", Impact, "trial__team",
        "version trial success gathered as_planned changed finding for_whom confidence surprises celebration carry_on "
        "verdict onward decision",
    ),
    list_of("themes", Theme, "trial__team", "version trial text response answer answered_on"),
)  # fmt: skip

STAYS_BEHIND = {
    "plans.Feed": "a calendar address belongs to one place",
    "plans.Reminder": "whether somebody wants mail is theirs",
    "decisions.Vote": "a vote that is running is secret",
    "plans.Barrier.voters": "who voted is private",
    "plans.Idea.voters": "who voted is private",
    "plans.SwotItem.voters": "who voted is private",
}
"""What has no place in the file, and why. A test holds this list and the table against the models."""
