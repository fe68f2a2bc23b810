"""The format of a school's file, version 1. A field that is added later makes version 2; this table stays as it is.

    {
      "format": "colead-school", "version": 1,
      "school":  {"name", "place", "time_zone", "nces_id", "created_on"},
      "people":  [{"name", "language", "email"}, ...],
      "seats":   [{"person", "role", "since", "until"}, ...],
      "teams":   [{"name", "seen_notes_on"}, ...],
      "members": [{"team", "person", "is_lead", "joined_on", "left_on"}, ...],
      "records": {"roster": [...], "waves": [...], "evidence": [{..., "history": [...]}, ...], ...},
      "sealed":  [{"wave", "release", "receipts", "comments", ...}, ...]
    }

Things are named by their place in their list, counted from 1, as in a team's file (`plans.portable.format`), which this
one holds whole for every team. An address is given for whoever has a seat or is on a team now; everybody else keeps
only a name. Of a survey its frozen result goes along, never an answer.
"""

from dataclasses import replace

from django.db.models import Q

from colead.plans.portable import Kind, list_of
from colead.playbook.portable import WHOLE
from colead.schools.models import RosterEntry
from colead.surveys.models import Ask, Finding, OwnInstrument, Wave

VERSION = 1
SEALED = Q(state="sealed")

SURVEYS = (
    list_of("roster", RosterEntry, "school", "email name job grades subjects left_on"),
    list_of("own_instruments", OwnInstrument, "school", "title json sha256 added_by added_on"),
    list_of(
        "waves", Wave, "school",
        "tag ref title instrument asked own_questions codes_of_lines state origin opens closes minimum group_by reader "
        "planned_by planned_on printed sealed_on comments_on withheld", only=SEALED,
    ),
    list_of("agreements", Ask, "wave__school", "wave what asked_by asked_on confirmed_by confirmed_on",
            only=Q(wave__state="sealed")),
    list_of("findings", Finding, "team__school",
            "version team wave about sentence state answer_by found_by found_on answer_text answered_on",
            only=Q(wave__state="sealed")),
)  # fmt: skip


def of_school(kind: Kind) -> Kind:
    """Return a list of a team's file as a list of its school's file, where every row names its team."""
    fields = ("team", *kind.fields) if kind.owner == "team" else kind.fields
    return replace(kind, owner=f"{kind.owner}__school", fields=fields)


KINDS: tuple[Kind, ...] = (*SURVEYS, *(of_school(kind) for kind in WHOLE))

# Where a record names another in words, such as “finding:12”: model, field, what stands before the number, which list.
NAMED = (("evidence", "origin", "finding:", Finding), ("waves", "instrument", "own:", OwnInstrument))

STAYS_BEHIND = {
    "schools.Invitation": "a way in belongs to one place",
    "surveys.Letter": "who was sent a code is nobody's business afterwards",
}
"""What has no place in the file, and why. A test holds this list and the table against the models."""
