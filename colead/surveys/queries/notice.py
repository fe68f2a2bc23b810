"""What people are told before they answer: this wave's own facts, in one value."""

from dataclasses import dataclass
from datetime import date

from colead.accounts.models import User
from colead.analysis.instrument import Instrument
from colead.analysis.release import RULES
from colead.answers import box
from colead.surveys.groups import breakdown
from colead.surveys.models import Wave


@dataclass(frozen=True)
class Notice:
    """Everything the page of promises fills in; without a wave it speaks of surveys in general."""

    opens: date | None
    closes: date | None
    roster: int
    minimum: int
    whole_school: int
    detail: int
    comments: int
    reader: User | None
    groups: tuple[str, ...]
    group_question: str

    @property
    def kept(self) -> tuple[box.Promise, ...]:
        """What the sealed box promises."""
        return tuple(promise for promise in box.PROMISES if promise.kept)

    @property
    def not_kept(self) -> tuple[box.Promise, ...]:
        """What nobody can promise."""
        return tuple(promise for promise in box.PROMISES if not promise.kept)

    @property
    def in_general(self) -> bool:
        return self.opens is None


def general_notice() -> Notice:
    """Return what holds for every survey; a school may ask for more people behind a figure."""
    return Notice(
        opens=None,
        closes=None,
        roster=0,
        minimum=RULES.minimum,
        whole_school=RULES.school,
        detail=RULES.detail,
        comments=RULES.comments,
        reader=None,
        groups=(),
        group_question="",
    )


def notice_of(ref: str) -> Notice:
    """Return the facts of a wave that is in the box."""
    facts = box.facts(ref)
    return Notice(
        opens=facts.opens,
        closes=facts.closes,
        roster=facts.roster,
        minimum=facts.minimum,
        whole_school=RULES.school,
        detail=RULES.detail,
        comments=RULES.comments,
        reader=User.objects.filter(pk=int(facts.reader)).first() if facts.reader else None,
        groups=tuple(facts.breakdown.categories) if facts.breakdown else (),
        group_question=facts.breakdown.question if facts.breakdown else "",
    )


def planned_notice(wave: Wave) -> Notice:
    """Return the same facts for a wave that has not opened yet, as they would be today."""
    groups = breakdown(wave.school, wave.group_by)
    asks_words = bool(wave.reader and Instrument.model_validate_json(wave.asked).open_lines)
    return Notice(
        opens=wave.opens,
        closes=wave.closes,
        roster=wave.school.roster.here().count(),
        minimum=wave.minimum,
        whole_school=RULES.school,
        detail=RULES.detail,
        comments=RULES.comments,
        reader=wave.reader if asks_words else None,
        groups=tuple(groups.categories) if groups else (),
        group_question=groups.question if groups else "",
    )
