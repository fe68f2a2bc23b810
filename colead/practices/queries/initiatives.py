"""The inventory as its pages show it: what waits, what was decided, what it adds up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.wording import in_words
from colead.practices.models import Initiative, Inventory
from colead.practices.sorting import Facts, Hint, hints

SAID: dict[Hint, Promise] = {
    Hint.NO_PURPOSE: _("Nobody wrote what it is for."),
    Hint.NO_OUTCOME: _("Nobody wrote how you would see that it works."),
    Hint.NO_LINK: _("You see no link to your vision."),
    Hint.HABIT: _("Nobody asks for it any more."),
    Hint.NO_EVIDENCE: _("It takes many hours, and nothing shows yet that it works."),
    Hint.SAME: _("Another row wants the same for the same people."),
}


@dataclass(frozen=True)
class RowShown:
    """A row with the questions it raises, and what was merged into it."""

    row: Initiative
    hints: tuple[Promise, ...]
    merged: tuple[Initiative, ...]

    @property
    def to_count(self) -> bool:
        """Say whether it gives time back that stands on no stop list yet."""
        return self.row.frees and not self.row.let_go_id


@dataclass(frozen=True)
class Group:
    """Rows with one verdict, and what they add up to."""

    verdict: str
    name: str
    rows: tuple[RowShown, ...]
    hours: Decimal
    money: Decimal
    fte: Decimal


@dataclass(frozen=True)
class InventoryPage:
    """All that the pages of an inventory show. While it is silent there are no rows, only how many have written."""

    inventory: Inventory
    groups: tuple[Group, ...]
    mine: str
    written: int
    team_size: int
    freed: str  # what the stop list got from it, in words; empty for nothing yet

    @property
    def undecided(self) -> tuple[RowShown, ...]:
        return next((group.rows for group in self.groups if not group.verdict), ())

    @property
    def rows(self) -> tuple[RowShown, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def to_count(self) -> tuple[RowShown, ...]:
        return tuple(row for row in self.rows if row.to_count)

    @property
    def total(self) -> Group:
        return _group("", "", self.rows)


def inventory_page(inventory: Inventory, viewer: User) -> InventoryPage:
    """Gather an inventory in a fixed number of queries. Another's silent list is never in it."""
    lists = {author: body for author, body in inventory.lists.values_list("author", "body") if body.strip()}
    return InventoryPage(
        inventory=inventory,
        groups=() if inventory.is_silent else _groups(inventory),
        mine=lists.get(viewer.pk, ""),
        written=len(lists),
        team_size=inventory.team.members.active().count(),
        freed=_freed(inventory),
    )


def _groups(inventory: Inventory) -> tuple[Group, ...]:
    found = list(inventory.rows.select_related("owner__user"))
    standing = [row for row in found if not row.merged_into_id]
    facts = {row.pk: _facts(row) for row in standing}
    shown = {row.pk: _shown(row, facts, found) for row in standing}
    names = {"": "", **dict(Initiative.Verdict.choices)}
    groups = (
        _group(verdict, str(name), [shown[row.pk] for row in standing if row.verdict == verdict])
        for verdict, name in names.items()
    )
    return tuple(group for group in groups if group.rows)


def _shown(row: Initiative, facts: dict[int, Facts], found: list[Initiative]) -> RowShown:
    others = [other for number, other in facts.items() if number != row.pk]
    raised = hints(facts[row.pk], others) if not row.verdict else ()
    merged = tuple(one for one in found if one.merged_into_id == row.pk)
    return RowShown(row, tuple(SAID[hint] for hint in raised), merged)


def _facts(row: Initiative) -> Facts:
    written = (row.kind, row.source, row.audience, row.purpose, row.outcome, row.evidence, row.hours, row.vision)
    return Facts(
        purpose=row.purpose,
        outcome=row.outcome,
        audience=row.audience,
        evidence=row.evidence,
        source=row.source,
        vision=row.vision,
        hours=float(row.hours or 0),
        filled=any(value not in ("", None) for value in written),
    )


def _group(verdict: str, name: str, rows: Iterable[RowShown]) -> Group:
    shown = tuple(rows)

    def total(field: str) -> Decimal:
        return sum((getattr(one.row, field) or Decimal() for one in shown), Decimal())

    return Group(verdict, name, shown, total("hours"), total("money"), total("fte"))


def _freed(inventory: Inventory) -> str:
    entries = [row.let_go for row in inventory.rows.exclude(let_go=None).select_related("let_go") if row.let_go]
    minutes = sum(entry.minutes for entry in entries if not entry.back_since)
    return in_words(minutes) if minutes else ""


def next_undecided(row: Initiative) -> Initiative | None:
    """Return the row that is to be decided after this one, from the top again after the last."""
    waiting = row.inventory.rows.all().undecided().exclude(pk=row.pk)
    return waiting.filter(pk__gt=row.pk).first() or waiting.first()
