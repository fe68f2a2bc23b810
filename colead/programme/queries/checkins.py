"""A check-in's agenda and pre-read: built from what each school chose to share, and from nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from colead.programme.models import FollowUp, Gathering, OfferOrAsk, Share
from colead.programme.queries.modules import schools_here
from colead.schools.models import Office, Team
from colead.texts.fields import label_of

LINE = re.compile(r"(\d{1,3})\s*(?:min(?:utes?)?\.?)?[\s:|-]+(\S.*)")


@dataclass(frozen=True)
class AgendaLine:
    """One item of an agenda: how long it takes, what it is for, when it begins where the hour is known."""

    minutes: int
    title: str
    at: time | None = None


def default_agenda() -> str:
    """Return the agenda a check-in begins with: sixty minutes, most of them for one school's dilemma."""
    lines = (
        (5, _("One good thing: a round, a sentence from each school")),
        (10, _("A number that moved, and what we make of it")),
        (25, _("One dilemma: a school tells, the others ask and think aloud")),
        (10, _("Offers and asks, and what was promised last time")),
        (10, _("Each school’s next step, and who it asks to look in on it")),
    )
    return "\n".join(f"{minutes} {title}" for minutes, title in lines)


def read_agenda(text: str) -> tuple[tuple[int, str], ...] | None:
    """Read an agenda, a line an item: minutes, then words; None where a line does not say how long it takes."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [LINE.fullmatch(line) for line in lines]
    return tuple((int(match[1]), match[2]) for match in found if match) if all(found) else None


def agenda_of(gathering: Gathering) -> tuple[AgendaLine, ...]:
    """Return a gathering's agenda with the time at which each item begins."""
    lines, spent = [], 0
    for minutes, title in read_agenda(gathering.agenda) or ():
        lines.append(AgendaLine(minutes, title, _later(gathering.starts_at, spent)))
        spent += minutes
    return tuple(lines)


def _later(start: time | None, minutes: int) -> time | None:
    if start is None:
        return None
    return (datetime.combine(date(2000, 1, 1), start) + timedelta(minutes=minutes)).time()


@dataclass(frozen=True)
class Said:
    """A line of a share: under which heading, which words."""

    heading: str
    words: str


@dataclass(frozen=True)
class SchoolShare:
    """What one school chose to bring."""

    school: str
    team_id: int
    lines: tuple[Said, ...]
    dilemma: str = ""


@dataclass(frozen=True)
class PreRead:
    """All that there is to read before a check-in, and what comes back from earlier ones."""

    gathering: Gathering
    agenda: tuple[AgendaLine, ...]
    shares: tuple[SchoolShare, ...]
    offers: tuple[OfferOrAsk, ...]
    asks: tuple[OfferOrAsk, ...]
    come_back: tuple[FollowUp, ...]
    promised: tuple[FollowUp, ...]
    schools: int

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.agenda)

    @property
    def dilemmas(self) -> tuple[SchoolShare, ...]:
        """Schools that bring a dilemma, from A to Z."""
        return tuple(share for share in self.shares if share.dilemma)


def heading(name: str) -> str:
    """Say what a part of a share is called."""
    return str(label_of(Share, name))


def pre_read(gathering: Gathering) -> PreRead:
    """Gather a check-in's pre-read, in a fixed number of queries."""
    schools = schools_here(gathering.cohort)
    shares = gathering.shares.filter(sent_on__isnull=False, team__school__in=schools).select_related("team__school")
    entries = list(gathering.offers_and_asks.open().filter(team__school__in=schools).select_related("team__school"))
    Kind = OfferOrAsk.Kind  # noqa: N806  # a class under a shorter name
    return PreRead(
        gathering=gathering,
        agenda=agenda_of(gathering),
        shares=tuple(_shown(share) for share in shares.order_by("team__school__name", "pk")),
        offers=tuple(entry for entry in entries if entry.kind == Kind.OFFER),
        asks=tuple(entry for entry in entries if entry.kind == Kind.ASK),
        come_back=tuple(_earlier(gathering)),
        promised=tuple(_in_sight(FollowUp.objects.filter(gathering=gathering), gathering)),
        schools=schools.count(),
    )


def _shown(share: Share) -> SchoolShare:
    said = {name: getattr(share, name) for name in Share.PARTS if name in share.chosen and getattr(share, name)}
    lines = tuple(Said(heading(name), words) for name, words in said.items())
    return SchoolShare(str(share.team.school), share.team_id, lines, said.get("dilemma", ""))


def _earlier(gathering: Gathering) -> Iterable[FollowUp]:
    """Return what was promised before and is not done: it comes back."""
    before = FollowUp.objects.open().filter(
        gathering__cohort=gathering.cohort, gathering__held_on__lt=gathering.held_on
    )
    return _in_sight(before, gathering)


def _in_sight(entries: QuerySet[FollowUp], gathering: Gathering) -> list[FollowUp]:
    here = set(schools_here(gathering.cohort).values_list("pk", flat=True))
    found = entries.select_related("team__school", "gathering").order_by("gathering__held_on", "pk")
    return [entry for entry in found if entry.team is None or entry.team.school_id in here]


def follow_ups_of(office: Office) -> QuerySet[FollowUp]:
    """Return what the office itself promised, in all its cohorts."""
    return FollowUp.objects.filter(team=None, gathering__cohort__programme__office=office)


def share_of(gathering: Gathering, team: Team) -> Share | None:
    return gathering.shares.filter(team=team).first()


def last_check_in_before(gathering: Gathering) -> date | None:
    """Return the day of the check-in before this one."""
    earlier = gathering.cohort.gatherings.check_ins().filter(held_on__lt=gathering.held_on).order_by("-held_on")
    return earlier.values_list("held_on", flat=True).first()
