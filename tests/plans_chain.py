"""A team's chain from evidence to purpose map, made through the real verbs, and a browser to walk it in."""

import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from colead.accounts.models import User
from colead.plans.actions import barriers, evidence, purpose, swot, theory
from colead.plans.models import Barrier, Evidence, Idea, PurposeMap, Theory
from tests.cast import NOW, Cast


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(cast: Cast, name: str, *more: object) -> str:
    return reverse(name, args=[cast.north_team.pk, *more])


def text_of(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def evidence_of(cast: Cast, body: str = "“We plan in the parking lot.”", **facts: object) -> Evidence:
    given = {"kind": "perception", "body": body, "by": cast.ada, "now": NOW, **facts}
    return evidence.note_evidence(cast.north_team, **given)


def barrier_of(cast: Cast, statement: str = "Grade teams share no free hour", **facts: object) -> Barrier:
    given = {"reach": "control", "by": cast.ada, "now": NOW, **facts}
    return barriers.name_barrier(cast.north_team, statement=statement, **given)


def approach_of(cast: Cast, barrier: Barrier, text: str = "trade one duty for one shared hour") -> Idea:
    idea = barriers.add_idea(cast.north_team, barrier=barrier, text=text, by=cast.ada, now=NOW)
    return barriers.choose_approach(idea, reason="It costs least.", by=cast.ada, now=NOW)


def theory_of(cast: Cast, **facts: object) -> Theory:
    given = {"goal": "Every team plans together", "problem": "We plan alone", "by": cast.ada, "now": NOW, **facts}
    return theory.start_theory(cast.north_team, **given)


def whole_theory(cast: Cast, **facts: object) -> Theory:
    """Make a theory with one line in each part."""
    made = theory_of(cast, **facts)
    for leg, words in (
        ("if", "We share one hour."),
        ("then", "Then teams plan together."),
        ("result", "students gain"),
    ):
        if not made.lines.filter(leg=leg).exists():
            theory.add_line(made, leg=leg, text=words, by=cast.ada, now=NOW)
    return made


def map_of(cast: Cast, from_theory: Theory | None = None, idea: str = "share one hour") -> PurposeMap:
    return purpose.draw_map(cast.north_team, idea=idea, theory=from_theory, by=cast.ada, now=NOW)


def one_of_each(cast: Cast) -> dict[str, object]:
    """Make one of everything that the addresses of these tools can name; return their numbers."""
    piece = evidence_of(cast)
    barrier = barrier_of(cast, evidence=[piece])
    why = barriers.add_why(barrier, because="the schedule is made last", by=cast.ada, now=NOW)
    idea = approach_of(cast, barrier)
    note = swot.pin_note(cast.north_team, box="strength", text="Two teams do it", by=cast.ada, now=NOW)
    made = whole_theory(cast, barrier=barrier, approach=idea)
    facts = {"decided": "yes", "way": "consent", "decided_on": NOW.date()}
    present = list(cast.north_team.members.filter(user=cast.ada))
    adoption = theory.adopt_theory(made, present=present, by=cast.ada, now=NOW, **facts)
    drawn = map_of(cast, made)
    return {
        "evidence_id": piece.pk,
        "barrier_id": barrier.pk,
        "why_id": why.pk,
        "idea_id": idea.pk,
        "note_id": note.pk,
        "theory_id": made.pk,
        "number": adoption.number,
        "line_id": made.lines.first().pk,
        "leg": "if",
        "map_id": drawn.pk,
        "shift_id": purpose.add_shift(drawn, group="teachers", by=cast.ada, now=NOW).pk,
        "key": "idea",
    }
