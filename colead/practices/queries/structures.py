"""The eight ways of working together as their page shows them: where each stands, what it takes, what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from colead.decisions.wording import in_words
from colead.practices.models import Structure, StructureLook
from colead.practices.packing import unpacked
from colead.schools.models import Team
from colead.timetable import team_times

Kind, State, Use = Structure.Kind, Structure.State, Structure.Use

SERVES: dict[str, Promise] = {
    Kind.CO_TEACHING: gettext_lazy("Two adults plan and teach one lesson, and each learns from how the other does it."),
    Kind.PLANNING: gettext_lazy("People who teach the same children or subject plan lessons and checks side by side."),
    Kind.STUDENT_WORK: gettext_lazy("A table full of children’s work, and one question: what do we teach next?"),
    Kind.OBSERVATION: gettext_lazy("Doors open both ways. Whoever teaches says what to look for and owns the notes."),
    Kind.FEEDBACK: gettext_lazy("Colleagues tell each other what helps, about goals they share. Nobody is rated."),
    Kind.ON_THE_JOB: gettext_lazy("You learn during paid hours with your own classes. Your principal learns along."),
    Kind.COMMUNITIES: gettext_lazy("A group stays with one need that your own evidence shows, and tries things."),
    Kind.HYBRID_ROLES: gettext_lazy("Somebody teaches part of the week and leads the rest, with time for both."),
}


@dataclass(frozen=True)
class StructureShown:
    """One of the eight: how it stands now, how it stood the last time, what could be looked at first."""

    kind: str
    name: str
    serves: Promise
    now: Structure | None  # None: nothing is said in this look
    before: Structure | None
    hint: str

    @property
    def to_hand_on(self) -> bool:
        """Say whether it can still be taken on as a barrier or an idea."""
        return bool(self.now and self.now.is_wanting and not self.now.barrier_id and not self.now.idea_id)

    @property
    def time(self) -> str:
        return time_of(self.now)

    @property
    def stood(self) -> str:
        """Say how it stood the last time; empty where nothing was said then."""
        if not self.before:
            return ""
        return " · ".join(filter(None, [self.before.get_state_display(), time_of(self.before)]))


@dataclass(frozen=True)
class StructuresPage:
    """All that the page of one look shows."""

    look: StructureLook
    rows: tuple[StructureShown, ...]
    sentences: tuple[str, ...]

    @property
    def open_rows(self) -> tuple[StructureShown, ...]:
        """Those of which nothing is said yet, in the order of the eight."""
        return tuple(row for row in self.rows if not row.now)

    @property
    def begin_here(self) -> StructureShown | None:
        """Return the one that costs least to put right: time that is there comes before time to be found."""
        wanting = [row for row in self.rows if row.now and row.now.is_wanting]
        return min(wanting, key=lambda row: _effort(row.now), default=None)


@dataclass(frozen=True)
class CommonTime:
    """What the newest timetable in the time finder gives each team of it."""

    timetable_id: int
    timetable: str
    teams: tuple[tuple[str, str], ...]


def structures_page(look: StructureLook) -> StructuresPage:
    """Return one look, beside the one before it."""
    earlier = look.team.structure_looks.filter(number__lt=look.number).first()
    now, before = _said(look), _said(earlier)
    rows = tuple(
        StructureShown(kind, str(name), SERVES[kind], now.get(kind), before.get(kind), _hint(now.get(kind)))
        for kind, name in Kind.choices
    )
    return StructuresPage(look, rows, tuple(_sentences(now.values(), before.values(), earlier)))


def _said(look: StructureLook | None) -> dict[str, Structure]:
    return {one.kind: one for one in look.structures.exclude(state="")} if look else {}


def time_of(structure: Structure | None) -> str:
    """Say what time it has: “45 min every two weeks”; empty for none."""
    if not structure or not structure.minutes_a_week or not structure.minutes:
        return ""
    return f"{in_words(structure.minutes)} {structure.get_every_display()}"


def _hint(structure: Structure | None) -> str:
    if not structure or not structure.is_wanting:
        return ""
    if structure.state == State.ABSENT:
        return _("Who would gain most from it, and what could make room for it?")
    if not structure.minutes_a_week:
        return _("It lives on goodwill. Find it a time, or ask what it may replace.")
    if structure.use in (Use.PARTLY, Use.NO):
        return _("The time is there already. Agree on what it is for, and where the other things go.")
    return _("It has begun. What does it need to be there next year as well?")


def _effort(structure: Structure | None) -> int:
    """Rank what is wanting: put time to its purpose, settle what began, find time, begin anew."""
    if not structure or structure.state == State.ABSENT:
        return 3
    if not structure.minutes_a_week:
        return 2
    return 0 if structure.use in (Use.PARTLY, Use.NO) else 1


def _sentences(now: Iterable[Structure], before: Iterable[Structure], earlier: StructureLook | None) -> Iterable[str]:
    rows = list(now)
    under_way = [one for one in rows if one.is_under_way]
    there = sum(one.state == State.PRESENT for one in rows)
    starting, absent = len(under_way) - there, len(rows) - len(under_way)
    no_time = sum(one.lacks_time for one in rows)
    other = sum(one.use in (Use.PARTLY, Use.NO) for one in under_way)
    no_purpose = sum(not one.purpose for one in under_way)
    minutes = sum(one.minutes_a_week for one in under_way)
    yield ", ".join(_stand(there, starting, absent)) + "."
    if no_time:
        yield ngettext("%s has no time of its own.", "%s have no time of their own.", no_time) % no_time
    if other:
        yield ngettext("%s has other things in its time.", "%s have other things in their time.", other) % other
    if no_purpose:
        yield ngettext("%s has no purpose in writing.", "%s have no purpose in writing.", no_purpose) % no_purpose
    if minutes:
        yield _("Together they take %s a week, as far as you wrote it down.") % in_words(minutes)
    if earlier and earlier.closed_on:
        was = sum(one.state == State.PRESENT for one in before)
        said = ngettext("On %(day)s, %(was)s was there.", "On %(day)s, %(was)s were there.", was)
        yield said % {"day": date_format(earlier.closed_on), "was": was}


def _stand(there: int, starting: int, absent: int) -> Iterable[str]:
    yield ngettext("%s of eight is there", "%s of eight are there", there) % there
    if starting:
        yield ngettext("%s is starting", "%s are starting", starting) % starting
    if absent:
        yield ngettext("%s is missing", "%s are missing", absent) % absent


def common_time(team: Team) -> CommonTime | None:
    """Return what the team's newest timetable gives each team of it in common, a week; None without a timetable."""
    timetable = team.timetables.first()
    if not timetable:
        return None
    times = team_times(unpacked(timetable.schedule))
    return CommonTime(timetable.pk, timetable.name, tuple((one.team, in_words(one.minutes)) for one in times))
