"""What came of replies: counts as the box published them, themes and their answers. Never a single reply."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from colead.accounts.models import User
from colead.answers import box
from colead.decisions.models import Decision
from colead.schools.models import School
from colead.staffpage.models import Reaction, ReplyDesk, ReplyRound, ReplyTheme
from colead.staffpage.queries.findings import days_off, on_page
from colead.staffpage.queries.telling import held_back
from colead.staffpage.schooldays import answer_due


@dataclass(frozen=True)
class Reacted:
    """One reaction: its words, how many chose it, and its share of those that are shown, in per cent."""

    name: str
    count: int
    percent: int


@dataclass(frozen=True)
class ThemeShown:
    """One theme. `due` is the last school day in time for an answer."""

    theme: ReplyTheme
    due: date
    late: bool


@dataclass(frozen=True)
class Replies:
    """All replies to one decision that were opened, added up.

    `answered`: how many there were; `shown`: how many of them stand in `reactions`, since batches in which nearly
    everybody said the same are not broken down.
    """

    open: ReplyRound | None
    answered: int
    shown: int
    reactions: tuple[Reacted, ...]
    last_on: date | None
    themes: tuple[ThemeShown, ...]
    to_read: int  # batches whose notes wait for their reader

    @property
    def hidden(self) -> int:
        """How many replies are not broken down."""
        return self.answered - self.shown

    @property
    def is_told(self) -> bool:
        return bool(self.answered or self.themes)

    @property
    def late(self) -> int:
        """How many themes have waited too long."""
        return sum(one.late for one in self.themes)

    @property
    def waiting(self) -> int:
        """How many themes wait for an answer."""
        return sum(one.theme.waits for one in self.themes)


NONE = Replies(None, 0, 0, (), None, (), 0)


def replies_at(school: School, *, today: date) -> dict[int, Replies]:
    """Return the replies to a school's decisions by the decision's number, in a fixed number of queries."""
    return _gathered(school, Q(decision__team__school=school), today)


def replies_to(decision: Decision, *, today: date) -> Replies:
    """Return the replies to one decision."""
    return _gathered(decision.team.school, Q(decision=decision), today).get(decision.pk, NONE)


def _gathered(school: School, which: Q, today: date) -> dict[int, Replies]:
    rounds: dict[int, list[ReplyRound]] = defaultdict(list)
    themes: dict[int, list[ThemeShown]] = defaultdict(list)
    for round_ in ReplyRound.objects.filter(which).select_related("reader"):
        rounds[round_.decision_id].append(round_)
    off = days_off(school)
    for theme in ReplyTheme._default_manager.filter(which):
        due = answer_due(theme.found_on, off)
        themes[theme.decision_id].append(ThemeShown(theme, due, theme.waits and today > due))
    return {key: _added_up(rounds[key], themes[key]) for key in {*rounds, *themes}}


def _added_up(rounds: list[ReplyRound], themes: list[ThemeShown]) -> Replies:
    told = [round_ for round_ in rounds if round_.answered]
    counts = [sum(column) for column in zip(*(round_.counts for round_ in told if round_.counts), strict=True)]
    shown = sum(counts)
    return Replies(
        open=next((round_ for round_ in rounds if round_.sealed_on is None), None),
        answered=sum(round_.answered or 0 for round_ in told),
        shown=shown,
        reactions=tuple(
            Reacted(str(reaction.label), count, round(100 * count / shown))
            for reaction, count in zip(Reaction, counts, strict=False)
        ),
        last_on=max((round_.sealed_on for round_ in told if round_.sealed_on), default=None),
        themes=tuple(themes),
        to_read=sum(1 for round_ in rounds if round_.sealed_on and round_.notes and not round_.read_on),
    )


def notes_let_go(decision: Decision) -> tuple[str, ...]:
    """Return the notes to a decision that their reader let go, for people of the school; the newest batch first."""
    read = decision.reply_rounds.exclude(read_on=None).order_by("-id")
    released = [box.released_comments(round_.ref) for round_ in read]
    return tuple(text for lines in released for texts in lines.values() for text in texts)


@dataclass(frozen=True)
class DeskRow:
    """One decision on the page about replies."""

    decision: Decision
    replies: Replies


@dataclass(frozen=True)
class Desk:
    """The page about replies at a school: how they are taken, decisions with replies, what waits for this reader."""

    desk: ReplyDesk | None
    rows: tuple[DeskRow, ...]
    mine: tuple[ReplyRound, ...]

    @property
    def taking(self) -> int:
        """How many decisions take replies now."""
        return sum(1 for row in self.rows if row.replies.open)


def desk_of(school: School) -> ReplyDesk | None:
    """Return how a school takes replies; None where nobody has said so yet."""
    return ReplyDesk.objects.filter(school=school).select_related("reader", "set_by").first()


def decision_on_page(school: School, decision_id: int) -> Decision | None:
    """Return a decision that staff read, or None."""
    decided = Decision.objects.filter(team__school=school).decided().select_related("team__school", "owner")
    found = decided.filter(pk=decision_id).first()
    return found if found and on_page(found, held_back(school)) else None


def rounds_at(school: School) -> QuerySet[ReplyRound]:
    """Return all batches of replies at a school."""
    return ReplyRound.objects.filter(decision__team__school=school).select_related("decision__team__school")


def readable(school: School, viewer: User) -> list[Decision]:
    """Return the decisions somebody of the school may read here: those on the staff page, and their own team's."""
    held = held_back(school)
    mine = set(viewer.memberships.active().values_list("team_id", flat=True))
    decided = Decision.objects.filter(team__school=school).decided().select_related("team__school")
    return [one for one in decided.order_by("-decided_on", "-pk") if one.team_id in mine or on_page(one, held)]


def desk_page(school: School, viewer: User, *, today: date) -> Desk:
    """Gather the page about replies: decisions with something to tell first, then those that take replies."""
    found = replies_at(school, today=today)
    rows = [DeskRow(one, found[one.pk]) for one in readable(school, viewer) if one.pk in found]
    mine = ReplyRound.objects.filter(decision__team__school=school, reader=viewer).to_read()
    return Desk(
        desk=desk_of(school),
        rows=tuple(sorted(rows, key=lambda row: not row.replies.is_told)),
        mine=tuple(mine.select_related("decision")),
    )
