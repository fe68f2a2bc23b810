"""What people are told before they answer: this wave's own facts, in one value."""

from dataclasses import dataclass
from datetime import date

from colead.accounts.models import User
from colead.analysis.release import RULES
from colead.answers import box


@dataclass(frozen=True)
class Notice:
    """Everything the page of promises fills in."""

    opens: date
    closes: date
    roster: int
    minimum: int
    whole_school: int
    detail: int
    comments: int
    reader: User | None
    groups: tuple[str, ...]
    group_question: str


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
