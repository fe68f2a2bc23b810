"""Write a team's work as plain values, and those as bytes: the same work gives the same bytes."""

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models

from colead.accounts.models import User
from colead.plans.portable.format import FORMAT, VERSION, Kind
from colead.schools.models import Member, Team

Plain = dict[str, Any]


class Numbers:
    """By which number the file names each thing; nothing has a number that is not in the file."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[models.Model], int], int] = {}
        self._last: dict[type[models.Model], int] = defaultdict(int)

    def give(self, things: Iterable[models.Model]) -> None:
        """Number things in the order they come."""
        for thing in things:
            model = type(thing)
            self._last[model] += 1
            self._known[model, thing.pk] = self._last[model]

    def of(self, model: type[models.Model], pk: int | None) -> int | None:
        """Return the number of a thing, or None."""
        return None if pk is None else self._known.get((model, pk))


def export_team(team: Team, kinds: tuple[Kind, ...] = FORMAT) -> tuple[Plain, Numbers]:
    """Return a team's work of these kinds as plain values, with the numbers they are named by."""
    numbers = Numbers()
    members = list(team.members.filter(waiting=False).select_related("user").order_by("pk"))
    people = people_named(team, {member.user_id for member in members}, kinds)
    numbers.give(people)
    numbers.give(members)
    school = team.school
    records = write_kinds(kinds, team, numbers)
    _leave_findings(records.get("evidence", []))
    whole = {
        "format": "colead-team",
        "version": VERSION,
        "school": {name: plain(getattr(school, name)) for name in ("name", "place", "time_zone", "created_on")},
        "team": {"name": team.name, "seen_notes_on": plain(team.seen_notes_on)},
        "people": [{"name": str(person), "language": person.language} for person in people],
        "members": [_member(member, numbers) for member in members],
        "records": records,
    }
    return whole, numbers


def _leave_findings(records: list[Plain]) -> None:
    """Take out which finding a piece of evidence was: surveys stay, and elsewhere the number is another's."""
    for record in records:
        for row in (record, *record.get("history", ())):
            if row["origin"].startswith("finding:"):
                row["origin"] = ""


def to_bytes(whole: Plain) -> bytes:
    """Return plain values as JSON bytes."""
    return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def people_named(owner: models.Model, named: set[int], kinds: Iterable[Kind]) -> list[User]:
    """List everybody whose name stands in the file, in the order they came to this house; `named` do in any case."""
    for kind in kinds:
        rows = _rows(kind, owner)
        for name in _keys_to(kind.model, User, kind.fields):
            named |= set(rows.values_list(f"{name}_id", flat=True))
        if kind.has_history:
            saves = kind.model.history.filter(id__in=rows.values("pk"))  # type: ignore[attr-defined]  # a TeamText
            named |= set(saves.values_list("history_user_id", flat=True))
            for name in _keys_to(kind.model, User, kind.fields):
                named |= set(saves.values_list(f"{name}_id", flat=True))
    return list(User.objects.filter(pk__in=named).order_by("pk"))


def _keys_to(model: type[models.Model], other: type[models.Model], names: Iterable[str]) -> list[str]:
    return [name for name in names if model._meta.get_field(name).related_model is other]


def _member(member: Member, numbers: Numbers) -> Plain:
    return {
        "person": numbers.of(User, member.user_id),
        "is_lead": member.is_lead,
        "joined_on": plain(member.joined_on),
        "left_on": plain(member.left_on),
    }


def write_kinds(kinds: Iterable[Kind], owner: models.Model, numbers: Numbers) -> Plain:
    """Return each kind's rows as plain values, numbered first, so that one may name another further down."""
    found = {kind: list(_rows(kind, owner)) for kind in kinds}
    for rows in found.values():
        numbers.give(rows)
    return {kind.name: _records(kind, rows, numbers) for kind, rows in found.items()}


def _rows(kind: Kind, owner: models.Model) -> models.QuerySet[Any]:
    return kind.model._default_manager.filter(kind.only, **{kind.owner: owner}).order_by("pk").distinct()


def _records(kind: Kind, rows: list[Any], numbers: Numbers) -> list[Plain]:
    links = {name: _links(kind.model, name, [row.pk for row in rows], numbers) for name in kind.links}
    saves = _saves(kind, rows, numbers) if kind.has_history else {}
    records = []
    for row in rows:
        record = _fields(kind, row, numbers) | {name: links[name].get(row.pk, []) for name in kind.links}
        records.append(record | ({"history": saves.get(row.pk, [])} if kind.has_history else {}))
    return records


def _fields(kind: Kind, row: Any, numbers: Numbers) -> Plain:
    found: Plain = {}
    for name in kind.fields:
        field = kind.model._meta.get_field(name)
        value = getattr(row, field.attname)  # type: ignore[union-attr]  # the table names plain columns only
        found[name] = numbers.of(field.related_model, value) if field.is_relation else plain(value)  # type: ignore[arg-type]
    return found


def _links(model: type[models.Model], name: str, pks: list[int], numbers: Numbers) -> dict[int, list[int]]:
    """Return by row what it is linked to, as sorted numbers."""
    field: Any = model._meta.get_field(name)
    through, here, there = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    pairs = through._default_manager.filter(**{f"{here}__in": pks}).values_list(f"{here}_id", f"{there}_id")
    return _sorted_numbers(pairs, field.related_model, numbers)


def _sorted_numbers(pairs: Any, other: type[models.Model], numbers: Numbers) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row, linked in pairs:
        number = numbers.of(other, linked)
        if number is not None:
            found[row].append(number)
    return {row: sorted(linked) for row, linked in found.items()}


def _saves(kind: Kind, rows: list[Any], numbers: Numbers) -> dict[int, list[Plain]]:
    history = kind.model.history.filter(id__in=[row.pk for row in rows]).order_by("history_id")  # type: ignore[attr-defined]
    saves = list(history)
    kept = {name: _kept(kind, name, saves, numbers) for name in kind.kept_links}
    found: dict[int, list[Plain]] = defaultdict(list)
    for save in saves:
        at = {"at": plain(save.history_date), "by": numbers.of(User, save.history_user_id), "type": save.history_type}
        links = {name: kept[name].get(save.history_id, []) for name in kind.kept_links}
        found[save.id].append(at | _fields(kind, save, numbers) | links)
    return found


def _kept(kind: Kind, name: str, saves: list[Any], numbers: Numbers) -> dict[int, list[int]]:
    """Return by save what was linked then."""
    field: Any = kind.model._meta.get_field(name)
    there = field.m2m_reverse_field_name()
    model = getattr(kind.model.history.model, name).model  # type: ignore[attr-defined]  # made by simple_history
    pairs = model.objects.filter(history__in=[save.history_id for save in saves])
    return _sorted_numbers(pairs.values_list("history_id", f"{there}_id"), field.related_model, numbers)


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return b64encode(value).decode()
        case Decimal():
            return format(value.normalize(), "f")
        case _:
            return value
