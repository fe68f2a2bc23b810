"""List what runs in silence, open the lists, fill, merge, decide, stop, close."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.actions.exchange import let_go
from colead.decisions.actions.records import record_decision
from colead.decisions.models import LetGo
from colead.practices.models import Initiative, Inventory, SilentList
from colead.practices.sorting import plain_name
from colead.schools.actions import Refusal
from colead.schools.models import Member, Team
from colead.texts.actions import save_new, save_text

MOST = 400  # rows: more than any school runs, few enough for a page
FACTS = (
    *("kind", "source", "audience", "purpose", "outcome", "staff"),
    *("hours", "money", "fte", "evidence", "vision", "overlap"),
)
Verdict = Initiative.Verdict


class OneIsOpen(Refusal):
    """Refuse a second inventory beside one that is not closed."""

    reason = _("You have one under way. Close it before you begin another.")


class ListsAreOpen(Refusal):
    """Refuse to write in silence once all lists are opened."""

    reason = _("The lists are open already. Add what is missing as a row.")


class NothingListed(Refusal):
    """Refuse to open lists that are all empty."""

    reason = _("Nobody has listed anything yet.")


class NotOpen(Refusal):
    """Refuse to change rows before the lists are opened or after the inventory is closed."""

    reason = _("These rows cannot be changed now: the lists are still silent, or the inventory is closed.")


class TooManyRows(Refusal):
    """Refuse a list that no team could go through."""

    reason = _("That is more than four hundred rows. Put together what belongs together first.")


class OnTheListAlready(Refusal):
    """Refuse a second row of the same name."""

    reason = _("This is on the list already.")


class MergedWithItself(Refusal):
    """Refuse to merge a row into itself, or into one that is merged away."""

    reason = _("Choose another row that stands on its own.")


class NoReason(Refusal):
    """Refuse a verdict without a reason."""

    reason = _("Say why, in a sentence that somebody who disagrees can follow.")


class NothingEnds(Refusal):
    """Refuse to count time where nothing ends or shrinks."""

    reason = _("Only what you stop, reduce, replace or merge gives time back. Decide on this row first.")


class CountedAlready(Refusal):
    """Refuse to put the same thing on the stop list twice."""

    reason = _("This stands on your stop list already. Change it there.")


class NothingDecided(Refusal):
    """Refuse to close an inventory in which nothing is decided."""

    reason = _("Decide on at least one row before you close the list.")


def start_inventory(team: Team, *, by: User, now: datetime) -> Inventory:
    """Begin to list what runs. What was kept the last time comes along. Refuses with OneIsOpen."""
    last = team.inventories.first()
    try:
        with transaction.atomic():
            number = last.number + 1 if last else 1
            made = Inventory.objects.create(team=team, number=number, started_on=team.today(now))
    except IntegrityError:
        raise OneIsOpen from None
    for row in last.rows.standing().exclude(verdict__in=(Verdict.STOP, Verdict.REPLACE)) if last else ():
        facts = {name: getattr(row, name) for name in ("name", *FACTS)}
        save_new(Initiative(inventory=made, **facts), by=by, now=now)
    return made


def write_list(inventory: Inventory, *, body: str, by: User) -> SilentList:
    """Keep what one person lists, one thing to a line. Refuses with ListsAreOpen."""
    with transaction.atomic():
        if not locked(inventory).is_silent:
            raise ListsAreOpen
        mine, _made = SilentList.objects.update_or_create(inventory=inventory, author=by, defaults={"body": body})
    return mine


def reveal_lists(inventory: Inventory, *, by: User, now: datetime) -> Inventory:
    """Open all lists at once: one row for each name, however it was written, and who wrote what is deleted.

    Refuses with ListsAreOpen, NothingListed and TooManyRows.
    """
    with transaction.atomic():
        current = locked(inventory)
        if not current.is_silent:
            raise ListsAreOpen
        names = _names_in(list(current.lists.order_by("pk").values_list("body", flat=True)))
        known = {plain_name(row.name): row for row in current.rows.all()}
        if not names and not known:
            raise NothingListed
        _check_room(len(known) + len(names.keys() - known.keys()))
        for plain, (name, times) in names.items():
            if plain in known:
                Initiative.objects.filter(pk=known[plain].pk).update(named_by=times)
            else:
                save_new(Initiative(inventory=current, name=name, named_by=times), by=by, now=now)
        current.lists.all().delete()
        current.revealed_on = current.team.today(now)
        current.save(update_fields=["revealed_on"])
    return current


def _names_in(bodies: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return each name as it is compared -> how it was first written, and on how many lists it stands."""
    first: dict[str, str] = {}
    times: Counter[str] = Counter()
    longest = Initiative._meta.get_field("name").max_length
    for body in bodies:
        lines = [" ".join(line.strip(" -*•\t").split())[:longest] for line in body.splitlines()]
        for line in lines:
            first.setdefault(plain_name(line), line)
        times.update({plain_name(line) for line in lines})
    first.pop("", None)
    order = sorted(first, key=lambda plain: -times[plain])
    return {plain: (first[plain], times[plain]) for plain in order}


def add_row(inventory: Inventory, *, name: str, by: User, now: datetime, **facts: Any) -> Initiative:
    """Add a row. Refuses with NotOpen, OnTheListAlready and TooManyRows."""
    with transaction.atomic():
        current = _open(inventory)
        names = [plain_name(row.name) for row in current.rows.standing()]
        if plain_name(name) in names:
            raise OnTheListAlready
        _check_room(len(names) + 1)
        return save_new(Initiative(inventory=current, name=name, **facts), by=by, now=now)


def add_rows(inventory: Inventory, pasted: Iterable[Mapping[str, Any]], *, by: User, now: datetime) -> tuple[int, int]:
    """Take in many rows at once; of a row that stands there already only empty cells are filled.

    Return how many are new and how many were filled. Refuses with NotOpen and TooManyRows; then nothing is kept.
    """
    new = filled = 0
    with transaction.atomic():
        current = _open(inventory)
        known = {plain_name(row.name): row for row in current.rows.standing()}
        for facts in pasted:
            plain = plain_name(facts["name"])
            if plain in known:
                known[plain] = _fill_gaps(known[plain], facts, by=by, now=now)
                filled += 1
            else:
                known[plain] = save_new(Initiative(inventory=current, **facts), by=by, now=now)
                new += 1
        _check_room(len(known))
    return new, filled


def fill_row(row: Initiative, *, by: User, based_on: int, now: datetime, **facts: Any) -> Initiative:
    """Write what is known of a row. Refuses with NotOpen and StaleSave."""
    with transaction.atomic():
        _open(row.inventory)
        return save_text(row, based_on=based_on, by=by, now=now, **facts)


def merge_rows(row: Initiative, *, into: Initiative, by: User, now: datetime) -> Initiative:
    """Put a row into another one, which takes over what it does not know yet. Refuses with NotOpen, MergedWithItself.

    Return the row that stands.
    """
    with transaction.atomic():
        _open(row.inventory)
        if row.pk == into.pk or into.merged_into_id or into.inventory_id != row.inventory_id:
            raise MergedWithItself
        save_text(row, based_on=row.version, by=by, now=now, merged_into=into)
        row.merged.update(merged_into=into)
        Initiative.objects.filter(pk=into.pk).update(named_by=max(into.named_by, row.named_by))
        return _fill_gaps(into, {name: getattr(row, name) for name in FACTS}, by=by, now=now)


def part_row(row: Initiative, *, by: User, now: datetime) -> Initiative:
    """Take a row back out of the one it was merged into. Refuses with NotOpen."""
    with transaction.atomic():
        _open(row.inventory)
        return save_text(row, based_on=row.version, by=by, now=now, merged_into=None)


def decide_row(
    row: Initiative,
    *,
    verdict: str,
    reason: str,
    by: User,
    based_on: int,
    now: datetime,
    owner: Member | None = None,
    review_on: date | None = None,
    tell: str = "",
) -> Initiative:
    """Say what becomes of a row, and why. Refuses with NotOpen, NoReason and StaleSave."""
    if not reason.strip():
        raise NoReason
    facts = {"verdict": verdict, "reason": reason, "owner": owner, "review_on": review_on, "tell": tell}
    with transaction.atomic():
        _open(row.inventory)
        return save_text(row, based_on=based_on, by=by, now=now, **facts)


def put_on_stop_list(
    row: Initiative,
    *,
    minutes_each: int,
    people: int,
    to_whom: str,
    in_place: str,
    since: date,
    by: User,
    now: datetime,
    look_on: date | None = None,
) -> LetGo:
    """Count the time that a row gives back, once. It may be done after the inventory is closed: things end later.

    Refuses with NothingEnds, CountedAlready, and as `let_go` does.
    """
    with transaction.atomic():
        locked(row.inventory)
        current = Initiative.objects.select_related("inventory__team__school", "inventory__decision").get(pk=row.pk)
        if not current.frees:
            raise NothingEnds
        if current.let_go_id:
            raise CountedAlready
        entry = let_go(
            current.inventory.team,
            what=_ended(current),
            minutes_each=minutes_each,
            people=people,
            to_whom=to_whom,
            in_place=in_place,
            since=since,
            look_on=look_on,
            note=current.reason,
            decision=current.inventory.decision,
            by=by,
            now=now,
        )
        save_text(current, based_on=current.version, by=by, now=now, let_go=entry)
    return entry


def _ended(row: Initiative) -> str:
    words = {
        Verdict.REDUCE.value: gettext("Less of: %s"),
        Verdict.REPLACE.value: gettext("%s, replaced"),
        Verdict.MERGE.value: gettext("%s, merged"),
    }
    return words.get(row.verdict, "%s") % row.name


def close_inventory(
    inventory: Inventory, *, way: str, present: list[Member], by: User, now: datetime, because: str = ""
) -> Inventory:
    """Close the list with one decision that says what became of every row. Refuses with NotOpen, NothingDecided.

    A decision without anybody present is refused with NobodyPresent.
    """
    with transaction.atomic():
        current = _open(inventory)
        decided = list(current.rows.standing().exclude(verdict=""))
        if not decided:
            raise NothingDecided
        today = current.team.today(now)
        current.decision = record_decision(
            current.team,
            question=gettext("Of all that we run: what stays, what changes, what ends?"),
            decided=_summary(decided),
            because=because,
            way=way,
            present=present,
            decided_on=today,
            by=by,
            now=now,
        )
        current.closed_on = today
        current.save(update_fields=["decision", "closed_on"])
    return current


def _summary(rows: list[Initiative]) -> str:
    """Say what was decided in one line for each verdict, what ends first."""
    lines = []
    for verdict in reversed(Verdict):
        names = [row.name for row in rows if row.verdict == verdict]
        if names:
            lines.append(f"{str(verdict.label).capitalize()}: {', '.join(names)}")
    return "\n".join(lines)


def locked(inventory: Inventory) -> Inventory:
    """Return the inventory as it stands now, kept still until the transaction ends."""
    return Inventory.objects.select_for_update(of=("self",)).select_related("team__school").get(pk=inventory.pk)


def _open(inventory: Inventory) -> Inventory:
    current = locked(inventory)
    if not current.is_open:
        raise NotOpen
    return current


def _check_room(rows: int) -> None:
    if rows > MOST:
        raise TooManyRows


def _fill_gaps(row: Initiative, facts: Mapping[str, Any], *, by: User, now: datetime) -> Initiative:
    gaps = {name: value for name, value in facts.items() if name in FACTS and getattr(row, name) in ("", None)}
    gaps = {name: value for name, value in gaps.items() if value not in ("", None)}
    return save_text(row, based_on=row.version, by=by, now=now, **gaps) if gaps else row
