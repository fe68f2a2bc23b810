"""The words that others of a programme may read by design, line by line: what was sent, published, released, asked.

The canary test leaves exactly these out, so that an unsent line or an unreleased note still sings.
"""

from collections.abc import Iterator

from django.db import models

from colead.practices.models import DoorsRound, Scenario, SignUp, Studio
from colead.programme.models import (
    Ask,
    AskStep,
    FollowUp,
    Guest,
    OfferOrAsk,
    Priority,
    Recognition,
    Reflection,
    Share,
    Stay,
    Story,
    Visit,
    VisitNote,
)
from colead.schools.models import School
from colead.staffpage.models import ReplyTheme

OFFICE = "Dana"
STAFF = "Sam"
BESIDE = ("Cleo", "Eli", "Ada", OFFICE)  # people on teams of the cohort, and the office
HOST = ("Cleo", "Eli")  # on the team that North visited
SAME_PAGE = (OFFICE, "Sam")  # what an office sees of a school, all staff of that school read too


def canary(word: str, row: models.Model, field: str) -> str:
    """Return what the canary test wrote into a field."""
    return f"CANARY-{word}-{type(row).__name__}-{row.pk}-{field}"[:190]


def shown_on_purpose(word: str, school: School, who: str) -> set[str]:
    """Return the canaries of a school that somebody outside its team may read."""
    found = [*_to_office(school)] if who == OFFICE else []
    found += [*_to_all(school)] if who in BESIDE else []
    found += [*_to_hosts(school)] if who in HOST else []
    found += [*_on_the_page(school)] if who in SAME_PAGE else []
    found += [*_to_staff(school)] if who == STAFF else []
    return {canary(word, row, field) for row, fields in found for field in fields}


def _to_all(school: School) -> Iterator[tuple[models.Model, tuple[str, ...]]]:
    of_team = {"team__school": school}
    for share in Share.objects.filter(sent_on__isnull=False, **of_team):
        yield share, tuple(share.chosen)
    for model, fields in ((OfferOrAsk, ("body",)), (FollowUp, ("body", "who", "outcome"))):
        yield from ((row, fields) for row in model._default_manager.filter(**of_team))
    yield from ((row, ("body",)) for row in Reflection.objects.filter(shared_on__isnull=False, **of_team))
    for visit in Visit.objects.filter(host__school=school):
        yield visit, ("why", "look_fors", "logistics", "off_why")
    for note in VisitNote.objects.filter(visit__host__school=school, released_on__isnull=False):
        yield note, ("body", "reply")
    for story in Story.objects.readable().filter(**of_team):
        yield story, ("title", "opening", "closing")
        yield from ((line, ("body", "said_by_name")) for line in story.lines.all())
    yield from ((row, ("award", "given_by")) for row in Recognition.objects.filter(**of_team))


def _to_hosts(school: School) -> Iterator[tuple[models.Model, tuple[str, ...]]]:
    for guest in Guest.objects.filter(team__school=school):
        yield guest, ("take_home", "thanks")


def _to_office(school: School) -> Iterator[tuple[models.Model, tuple[str, ...]]]:
    for ask in Ask.objects.filter(team__school=school):
        yield ask, ("body", "page_title", "helper_name", "plan", "outcome")
    for step in AskStep.objects.filter(ask__team__school=school):
        yield step, ("body",)
    for note in VisitNote.objects.filter(visit__host__school=school, team=None):
        yield note, ("body",)  # what the office wrote itself


def _on_the_page(school: School) -> Iterator[tuple[models.Model, tuple[str, ...]]]:
    yield from ((stay, ("entering", "leaving")) for stay in Stay.objects.filter(enrolment__school=school))
    yield from ((one, ("words",)) for one in Priority.objects.filter(school=school))
    yield from ((ask, ("helper_name",)) for ask in Ask.objects.filter(team__school=school))
    for share in Share.objects.filter(sent_on__isnull=False, team__school=school):
        yield share, tuple(share.chosen)


def _to_staff(school: School) -> Iterator[tuple[models.Model, tuple[str, ...]]]:
    """What all staff read on their page, people with an account read inside too: decisions that came back, themes.

    And what a team has open to its colleagues: a scenario of the timetable, what was said since it is open. And what
    colleagues offer in studios, and what they chose to share of what they take along.
    Open doors are for all who work there: what a round is about, and what each door says.
    """
    for scenario in Scenario._default_manager.filter(timetable__team__school=school, opened_on__isnull=False):
        yield scenario, ("title", "note")
        yield from ((comment, ("body",)) for comment in scenario.comments.filter(to_staff=True))
    yield from ((studio, ("title", "question", "doing", "closing")) for studio in Studio.objects.filter(school=school))
    for taken in SignUp.objects.filter(studio__school=school, take_away_for=SignUp.Reader.SCHOOL):
        yield taken, ("take_away",)
    for round_ in DoorsRound.objects.filter(team__school=school):
        yield round_, ("title", "focus")
        yield from ((door, ("look_for", "shows")) for door in round_.doors.all())
    for theme in ReplyTheme._default_manager.filter(decision__team__school=school):
        yield theme, ("sentence", "answer")
        yield theme.decision, ("question", "decided")
