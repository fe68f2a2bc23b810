"""Make a team out of a file, all of it or nothing."""

from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from colead.accounts.models import User
from colead.plans.portable.format import FORMAT, VERSION, Kind
from colead.plans.portable.parse import CannotImport
from colead.schools.models import Member, School, Team

NOBODY = "imported.invalid"  # a name that can never be a real address (RFC 2606)


@dataclass
class Imported:
    """A school made out of a file, and what was made for each number in it."""

    school: School
    made: dict[type[models.Model], list[Any]] = field(default_factory=dict)

    @property
    def team(self) -> Team:
        """The team of a file that holds one."""
        (team,) = self.made[Team]
        return team

    def owners(self, kind: Kind) -> dict[str, models.Model]:
        """Return what every row of a kind belongs to, which the file therefore does not repeat."""
        if kind.owner == "team":
            return {"team": self.team}
        return {"school": self.school} if kind.owner == "school" else {}

    def find(self, model: type[models.Model], number: Any, where: str) -> Any:
        """Return what has a number in the file; None stays None. Refuses a number that nothing has."""
        if number is None:
            return None
        things = self.made.get(model, [])
        if type(number) is not int or not 1 <= number <= len(things):
            raise CannotImport(where, _("there is nothing with the number %s") % str(number)[:40])
        return things[number - 1]


@transaction.atomic
def import_team(
    whole: Mapping[str, Any],
    *,
    now: datetime,
    users: Mapping[str, User] | None = None,
    kinds: tuple[Kind, ...] = FORMAT,
) -> Imported:
    """Make a new school and team with everything in a parsed file. Refuses with CannotImport; then nothing was written.

    `users` says by name who of the people in the file is here already. The others keep their names on what they
    wrote, and cannot sign in until somebody gives them an address.
    """
    if whole.get("format") != "colead-team" or whole.get("version") != VERSION:
        raise CannotImport("version", _("This file is not one of version %s that we write.") % VERSION)
    try:
        with transaction.atomic():
            imported = _team(whole, now=now)
            _people(list_in(whole, "people"), imported, users or {}, now=now)
            _members(list_in(whole, "members"), imported)
            make_kinds(kinds, part_in(whole, "records"), imported)
    except IntegrityError as wrong:
        raise CannotImport("records", _("The file contradicts itself (%s).") % rule_of(wrong)) from wrong
    return imported


def rule_of(wrong: IntegrityError) -> str:
    return str(wrong).splitlines()[0].removeprefix("CHECK constraint failed: ")[:160]


def part_in(whole: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = whole.get(name)
    if not isinstance(part, dict):
        raise CannotImport(name, _("this part is missing"))
    return part


def list_in(whole: Mapping[str, Any], name: str, where: str = "") -> list[dict[str, Any]]:
    found = whole.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise CannotImport(where or name, _("a list is expected here"))
    return found


def _team(whole: Mapping[str, Any], *, now: datetime) -> Imported:
    fields = ("name", "place", "time_zone", "created_on")
    school = School(**values(School, fields, part_in(whole, "school"), "school"))
    school.save()
    team = Team(school=school, **values(Team, ("name", "seen_notes_on"), part_in(whole, "team"), "team"))
    team.save()
    return Imported(school, {Team: [team]})


def _people(people: list[dict[str, Any]], imported: Imported, users: Mapping[str, User], *, now: datetime) -> None:
    found: list[User] = []
    for number, facts in enumerate(people, start=1):
        given = values(User, ("name", "language"), facts, f"people[{number}]")
        found.append(users.get(given["name"]) or nobody(imported.school, number, given, now))
    imported.made[User] = found


def nobody(school: School, number: int, facts: dict[str, Any], now: datetime) -> User:
    """Make somebody who keeps their name on what they wrote and cannot sign in."""
    address = f"person-{number}.school-{school.pk}@{NOBODY}"
    unused = {"is_active": False, "password": make_password(None), "date_joined": now}
    return User.objects.create(email=address, **unused, **facts)


def _members(members: list[dict[str, Any]], imported: Imported) -> None:
    made = []
    for number, facts in enumerate(members, start=1):
        where = f"members[{number}]"
        known = values(Member, ("is_lead", "joined_on", "left_on"), facts, where, extra=("person",))
        user = imported.find(User, facts.get("person"), f"{where}.person")
        if not user:
            raise CannotImport(f"{where}.person", _("a member is somebody"))
        made.append(Member.objects.create(team=imported.team, user=user, **known))
    imported.made[Member] = made


def make_kinds(kinds: Iterable[Kind], records: Mapping[str, Any], imported: Imported) -> None:
    """Make every record of these kinds: the rows, then what points further down, then links and history."""
    kinds = tuple(kinds)
    unknown = set(records) - {kind.name for kind in kinds}
    if unknown:
        raise CannotImport(f"records.{sorted(unknown)[0][:60]}", _("we do not know this part"))
    lists = {kind: list_in(records, kind.name, f"records.{kind.name}") for kind in kinds}
    later = [todo for kind in kinds for todo in _rows(kind, lists[kind], imported)]
    for row, name, model, number, where in later:
        type(row)._default_manager.filter(pk=row.pk).update(**{name: imported.find(model, number, where)})
    for kind in kinds:
        _link(kind, lists[kind], imported)
        if kind.has_history:
            _history(kind, lists[kind], imported)


def _rows(kind: Kind, records: list[dict[str, Any]], imported: Imported) -> list[tuple[Any, ...]]:
    """Make the rows of one kind; return the keys that could not be set yet."""
    later: list[tuple[Any, ...]] = []
    rows: list[Any] = []
    extra = (*kind.links, *(("history",) if kind.has_history else ()))
    for number, record in enumerate(records, start=1):
        where = f"records.{kind.name}[{number}]"
        facts = values(kind.model, kind.fields, record, where, extra=extra)
        row = kind.model(**imported.owners(kind))
        for name, value in facts.items():
            other = kind.model._meta.get_field(name).related_model
            if other and other not in imported.made and value is not None:
                later.append((row, name, other, value, f"{where}.{name}"))
                continue
            setattr(row, name, imported.find(other, value, f"{where}.{name}") if other else value)
        rows.append(row)
    kind.model._default_manager.bulk_create(rows, batch_size=200)
    imported.made[kind.model] = rows
    return later


def _link(kind: Kind, records: list[dict[str, Any]], imported: Imported) -> None:
    for name in kind.links:
        many: Any = kind.model._meta.get_field(name)
        through, here, there = many.remote_field.through, many.m2m_field_name(), many.m2m_reverse_field_name()
        found = [
            through(**{here: row, there: other})
            for number, (row, record) in enumerate(zip(imported.made[kind.model], records, strict=True), start=1)
            for other in _others(many, record.get(name), imported, f"records.{kind.name}[{number}].{name}")
        ]
        through._default_manager.bulk_create(found, batch_size=400)


def _others(many: Any, numbers: Any, imported: Imported, where: str) -> list[Any]:
    if not isinstance(numbers, list) or len(set(map(str, numbers))) < len(numbers) or None in numbers:
        raise CannotImport(where, _("a list of different numbers is expected here"))
    return [imported.find(many.related_model, number, where) for number in numbers]


def _history(kind: Kind, records: list[dict[str, Any]], imported: Imported) -> None:
    """Write the saves of every text as they were."""
    history = kind.model.history.model  # type: ignore[attr-defined]  # made by simple_history
    saves: list[Any] = []
    kept: list[tuple[Any, str, list[Any]]] = []
    for number, (row, record) in enumerate(zip(imported.made[kind.model], records, strict=True), start=1):
        told = list_in(record, "history", f"records.{kind.name}[{number}].history")
        for at, save in enumerate(told, start=1):
            where = f"records.{kind.name}[{number}].history[{at}]"
            saves.append(_save(kind, history, row, save, imported, where))
            for name in kind.kept_links:
                many: Any = kind.model._meta.get_field(name)
                kept.append((saves[-1], name, _others(many, save.get(name), imported, f"{where}.{name}")))
    history.objects.bulk_create(saves, batch_size=100)
    for save, name, others in kept:
        _keep(kind, save, name, others)


def _save(kind: Kind, history: Any, row: Any, save: dict[str, Any], imported: Imported, where: str) -> Any:
    extra = ("at", "by", "type", *kind.kept_links)
    facts = values(kind.model, kind.fields, save, where, extra=extra)
    made = history(id=row.pk, history_date=_moment(save.get("at"), f"{where}.at"), history_type=save.get("type"))
    if made.history_type not in ("+", "~"):
        raise CannotImport(f"{where}.type", _("+ or ~ is expected here"))
    made.history_user = imported.find(User, save.get("by"), f"{where}.by")
    for name, owner in imported.owners(kind).items():
        setattr(made, f"{name}_id", owner.pk)
    for name, value in facts.items():
        other = kind.model._meta.get_field(name).related_model
        thing = imported.find(other, value, f"{where}.{name}") if other else value
        setattr(made, f"{name}_id" if other else name, thing.pk if other and thing else thing)
    return made


def _keep(kind: Kind, save: Any, name: str, others: list[Any]) -> None:
    """Write what was linked at a save."""
    many: Any = kind.model._meta.get_field(name)
    model = getattr(kind.model.history.model, name).model  # type: ignore[attr-defined]  # made by simple_history
    here, there = many.m2m_field_name(), many.m2m_reverse_field_name()
    no_row = {"id": 0}  # simple_history copies the number of the row that linked the two; that row was elsewhere
    rows = [model(history=save, **no_row, **{f"{here}_id": save.id, f"{there}_id": other.pk}) for other in others]
    model.objects.bulk_create(rows)


def _moment(text: Any, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise CannotImport(where, _("a time is expected here")) from None
    if moment.tzinfo is None:
        raise CannotImport(where, _("this time has no time zone"))
    return moment.astimezone(UTC)


def values(
    model: type[models.Model], names: Iterable[str], facts: Mapping[str, Any], where: str, extra: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the fields of one record, judged one by one; what points elsewhere stays a number for now."""
    names = tuple(names)
    wrong = set(facts) ^ {*names, *extra}
    if wrong:
        name = sorted(wrong)[0]
        why = _("we do not know this key") if name in facts else _("this key is missing")
        raise CannotImport(f"{where}.{name[:60]}", why)
    return {name: _value(model._meta.get_field(name), facts[name], f"{where}.{name}") for name in names}


def _value(column: Any, value: Any, where: str) -> Any:
    if column.is_relation:
        if value is None and not column.null:
            raise CannotImport(where, _("a number is expected here"))
        return value
    if not isinstance(value, _SHAPES.get(column.get_internal_type(), str)) and not (value is None and column.null):
        raise CannotImport(where, _("a different kind of value is expected here"))
    if value is None or value in ({}, []):
        return value  # forms would call it blank
    try:
        if column.get_internal_type() == "BinaryField":
            return b64decode(value, validate=True)
        return column.clean(value, None)
    except ValidationError as refused:
        raise CannotImport(where, " ".join(refused.messages)) from refused
    except ValueError:
        raise CannotImport(where, _("a different kind of value is expected here")) from None


_SHAPES: dict[str, Any] = {
    "BooleanField": bool,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "JSONField": dict | list,
}
