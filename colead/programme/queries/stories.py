"""Stories to read by condition, and the records of a team from which one is built."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.content.loader import load
from colead.programme.models import Enrolment, Recognition, Story
from colead.schools.models import Office, School, Team

EACH = 12  # records of a kind to choose from: more than a story holds


@dataclass(frozen=True)
class Record:
    """A line that a story may take over: where it comes from and what it says."""

    origin: str
    kind: str
    words: str
    when: str = ""


def records_of(team: Team) -> tuple[Record, ...]:
    """Return the team's own records, kind by kind, the newest first; nothing that was written privately."""
    return tuple(
        record
        for found in (_evidence(team), _tests(team), _decided(team), _done(team), _let_go(team))
        for record in found
    )


def _evidence(team: Team) -> Iterator[Record]:
    for piece in team.evidence.order_by("-pk")[:EACH]:
        yield Record(f"evidence:{piece.pk}", _("What we knew"), piece.body)


def _tests(team: Team) -> Iterator[Record]:
    for trial in team.trials.select_related("impact").order_by("-pk")[:EACH]:
        when = date_format(trial.begins_on) if trial.begins_on else ""
        yield Record(f"trial:{trial.pk}", _("What we tried"), trial.question, when)
        celebration = getattr(getattr(trial, "impact", None), "celebration", "")
        if celebration:
            yield Record(f"impact:{trial.pk}", _("What came of it"), celebration, when)


def _decided(team: Team) -> Iterator[Record]:
    for decision in team.decisions.decided()[:EACH]:
        words = " ".join(filter(None, (decision.decided, decision.because and _("Because: %s") % decision.because)))
        day = date_format(decision.decided_on) if decision.decided_on else ""
        yield Record(f"decision:{decision.pk}", _("What we decided"), words, day)


def _done(team: Team) -> Iterator[Record]:
    for step in team.steps.filter(status="done").order_by("-done_on", "-pk")[:EACH]:
        day = date_format(step.done_on) if step.done_on else ""
        yield Record(f"step:{step.pk}", _("What we did"), step.what, day)


def _let_go(team: Team) -> Iterator[Record]:
    for entry in team.let_gos.gone()[:EACH]:
        yield Record(f"let-go:{entry.pk}", _("What we let go"), entry.what, date_format(entry.since))


def chosen_of(records: Iterable[Record], origins: Iterable[str]) -> list[tuple[str, str]]:
    """Return the records with these origins as pairs of origin and words, in their order."""
    wanted = set(origins)
    return [(record.origin, record.words) for record in records if record.origin in wanted]


# --- The library ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shelf:
    """The stories about one condition."""

    slug: str
    name: str
    stories: tuple[Story, ...]


def _schools_beside(school: School) -> QuerySet[School]:
    """Return the schools that are now in a program in which this school is too."""
    mine = Enrolment.objects.here().filter(school=school).values("cohort__programme")
    return School.objects.filter(enrolments__in=Enrolment.objects.here().filter(cohort__programme__in=mine))


def stories_beside(team: Team) -> QuerySet[Story]:
    """Return the stories that a team may read: of all schools of its program, published and with every yes."""
    schools = _schools_beside(team.school)
    return Story.objects.readable().filter(team__school__in=schools).select_related("team__school")


def stories_in_sight(office: Office) -> QuerySet[Story]:
    """Return the stories that an office may read."""
    here = Enrolment.objects.here().filter(cohort__programme__office=office)
    return Story.objects.readable().filter(team__school__enrolments__in=here).select_related("team__school").distinct()


def shelves(stories: Iterable[Story]) -> tuple[Shelf, ...]:
    """Sort stories by condition, in the conditions' order; empty shelves are left out."""
    found = list(stories)
    by_condition = (
        Shelf(one.slug, one.name, tuple(story for story in found if story.condition == one.slug))
        for one in load(get_language() or "en").conditions
    )
    return tuple(shelf for shelf in by_condition if shelf.stories)


def recognitions_beside(team: Team) -> QuerySet[Recognition]:
    """Return the awards of all schools of a team's program, and its own."""
    schools = _schools_beside(team.school)
    return _with_story(Recognition.objects.filter(Q(team__school__in=schools) | Q(team=team)))


def recognitions_in_sight(office: Office) -> QuerySet[Recognition]:
    """Return the awards of all schools that an office sees."""
    here = Enrolment.objects.here().filter(cohort__programme__office=office)
    return _with_story(Recognition.objects.filter(team__school__enrolments__in=here).distinct())


def _with_story(entries: QuerySet[Recognition]) -> QuerySet[Recognition]:
    return entries.select_related("team__school", "story").order_by("-given_on", "-pk")


def condition_name(slug: str) -> str:
    return next((one.name for one in load(get_language() or "en").conditions if one.slug == slug), "")
