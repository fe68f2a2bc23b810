"""Make a school out of its file, all of it or nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from colead.accounts.actions import ensure_user
from colead.accounts.models import User
from colead.accounts.names import plain_line
from colead.analysis.release import NotThisRelease, read_release
from colead.answers.box import Finished, take_in
from colead.plans.portable import CannotImport, Imported, make_kinds
from colead.plans.portable.read import list_in, nobody, part_in, rule_of, values
from colead.programme.leaving.format import KINDS, NAMED, NUMBERED, VERSION
from colead.programme.leaving.write import FACTS
from colead.schools.models import Member, Office, School, Seat, Team
from colead.surveys.models import Wave


def read_school(whole: Mapping[str, Any], *, now: datetime) -> School:
    """Make a new school with everything in a parsed file. Refuses with CannotImport; then nothing was written.

    Whoever has an address in the file can sign in with it. The others keep their names on what they wrote.
    """
    if whole.get("format") != "colead-school" or whole.get("version") != VERSION:
        raise CannotImport("version", _("This is not a school’s file of version %s.") % VERSION)
    try:
        with transaction.atomic():
            imported = _school(whole, now=now)
            make_kinds(KINDS, part_in(whole, "records"), imported)
            _find_names(imported)
            _link_office(imported)
            take_in(_sealed(whole, imported.school))
    except IntegrityError as wrong:
        raise CannotImport("records", _("The file contradicts itself (%s).") % rule_of(wrong)) from wrong
    return imported.school


def _school(whole: Mapping[str, Any], *, now: datetime) -> Imported:
    school = School.objects.create(**values(School, FACTS, part_in(whole, "school"), "school"))
    imported = Imported(school)
    imported.made[User] = [
        _person(school, number, facts, now) for number, facts in enumerate(list_in(whole, "people"), start=1)
    ]
    imported.made[Team] = [
        Team.objects.create(school=school, **values(Team, ("name", "seen_notes_on"), facts, f"teams[{number}]"))
        for number, facts in enumerate(list_in(whole, "teams"), start=1)
    ]
    _members(list_in(whole, "members"), imported)
    _seats(list_in(whole, "seats"), imported)
    return imported


def _person(school: School, number: int, facts: dict[str, Any], now: datetime) -> User:
    where = f"people[{number}]"
    known = values(User, ("name", "language"), facts, where, extra=("email",))
    if facts["email"] == "":
        return nobody(school, number, known, now)
    address = values(User, ("email",), {"email": facts["email"]}, where)["email"]
    user = ensure_user(email=address, now=now)
    if not user.name:
        user.name, user.language = plain_line(known["name"]), known["language"]
        user.save(update_fields=["name", "language"])
    return user


def _members(members: list[dict[str, Any]], imported: Imported) -> None:
    imported.made[Member] = []
    for number, facts in enumerate(members, start=1):
        where = f"members[{number}]"
        known = values(Member, ("is_lead", "joined_on", "left_on"), facts, where, extra=("person", "team"))
        known["user"] = _known(imported, User, facts, "person", where)
        known["team"] = _known(imported, Team, facts, "team", where)
        imported.made[Member].append(Member.objects.create(**known))


def _seats(seats: list[dict[str, Any]], imported: Imported) -> None:
    for number, facts in enumerate(seats, start=1):
        where = f"seats[{number}]"
        known = values(Seat, ("role", "since", "until"), facts, where, extra=("person",))
        user = _known(imported, User, facts, "person", where)
        Seat.objects.create(school=imported.school, user=user, **known)


def _known(imported: Imported, model: Any, facts: Mapping[str, Any], name: str, where: str) -> Any:
    found = imported.find(model, facts.get(name), f"{where}.{name}")
    if found is None:
        raise CannotImport(f"{where}.{name}", _("a number is expected here"))
    return found


def _find_names(imported: Imported) -> None:
    """Put this house's numbers in where a record names another in words, in its history too."""
    kinds = {kind.name: kind.model for kind in KINDS}
    for kind, field, models in NAMED:
        for row in imported.made[kinds[kind]]:
            for one in (row, *(row.history.all() if hasattr(row, "history") else ())):
                word, sign, number = getattr(one, field).partition(":")
                if sign and word in models:
                    _put(one, field, f"{word}:{_number(imported, models[word], number, kind, field)}")
    for kind, field, place, models in NUMBERED:
        for row in imported.made[kinds[kind]]:
            if getattr(row, place) and getattr(row, field) in models:
                model = models[getattr(row, field)]
                _put(row, place, _number(imported, model, str(getattr(row, place)), kind, place))


def _link_office(imported: Imported) -> None:
    """Let the office that comes along follow the school, as it did; nobody works there until somebody is let in."""
    for office in imported.made[Office]:
        School.objects.filter(pk=imported.school.pk).update(office=office)


def _put(row: Any, field: str, value: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{field: value})


def _number(imported: Imported, model: Any, number: str, kind: str, field: str) -> int:
    where = f"records.{kind}.{field}"
    if not number.isdecimal():
        raise CannotImport(where, _("a number is expected here"))
    pk: int = imported.find(model, int(number[:9]), where).pk
    return pk


def _sealed(whole: Mapping[str, Any], school: School) -> list[Finished]:
    waves = {wave.ref: wave for wave in Wave.objects.filter(school=school)}
    found = [_finished(facts, school, f"sealed[{n}]") for n, facts in enumerate(list_in(whole, "sealed"), start=1)]
    if {one.release.wave for one in found} != set(waves) or len(found) != len(waves):
        raise CannotImport("sealed", _("There must be one result for every survey."))
    return found


def _finished(facts: Mapping[str, Any], school: School, where: str) -> Finished:
    try:
        return Finished(
            school=str(school.pk),
            opens=date.fromisoformat(facts["opens"]),
            closes=date.fromisoformat(facts["closes"]),
            sealed_on=date.fromisoformat(facts["sealed_on"]),
            scrubbed_on=date.fromisoformat(facts["scrubbed_on"] or facts["sealed_on"]),
            roster=int(facts["roster"]),
            codes=int(facts["codes"]),
            release=read_release(facts["release"], facts["sha256"]),
            instrument_json=facts["instrument"],
            sums=None,
            receipts=tuple(bytes.fromhex(receipt) for receipt in facts["receipts"]),
            comments=facts["comments"],
            breakdown=facts["breakdown"],
        )
    except NotThisRelease as refusal:
        raise CannotImport(f"{where}.release", str(refusal)) from refusal
    except (KeyError, TypeError, ValueError) as wrong:
        raise CannotImport(where, _("a survey’s result is expected here")) from wrong
