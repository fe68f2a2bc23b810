"""Write all that a school has made as one file: the same work gives the same bytes."""

from collections.abc import Iterable, Iterator
from typing import Any

from colead.accounts.models import User
from colead.answers.box import Finished, finished_waves
from colead.plans.portable import Numbers, to_bytes
from colead.plans.portable.write import Plain, people_named, plain, write_kinds
from colead.programme.leaving.format import KINDS, NAMED, NUMBERED, VERSION
from colead.schools.models import Member, School, Seat, Team
from colead.surveys.models import Wave

PLAIN = ("opens", "closes", "sealed_on", "scrubbed_on", "roster", "codes")
FACTS = ("name", "place", "time_zone", "nces_id", "created_on")


def write_school(school: School) -> bytes:
    """Return the school's file. What is private stays behind: the format says what that is."""
    return to_bytes(export_school(school))


def export_school(school: School) -> Plain:
    """Return a school's work as plain values."""
    teams = list(school.teams.order_by("pk"))
    members = list(Member.objects.filter(team__school=school, waiting=False).order_by("pk"))
    seats = list(school.seats.order_by("pk"))
    held: list[Member | Seat] = [*members, *seats]
    people = people_named(school, {one.user_id for one in held}, KINDS)
    numbers = Numbers()
    for things in (people, teams, members, seats):
        numbers.give(things)
    records = write_kinds(KINDS, school, numbers)
    _number_names(records, numbers)
    return {
        "format": "colead-school",
        "version": VERSION,
        "school": {name: plain(getattr(school, name)) for name in FACTS},
        "people": _people(people, {one.user_id for one in held if _is_here(one)}),
        "seats": [_fields(seat, ("since", "until"), numbers) | {"role": seat.role} for seat in seats],
        "teams": [{"name": team.name, "seen_notes_on": plain(team.seen_notes_on)} for team in teams],
        "members": [_member(member, numbers) for member in members],
        "records": records,
        "sealed": [_sealed(one) for one in finished_waves(_refs(school))],
    }


def _is_here(one: Member | Seat) -> bool:
    return (one.left_on if isinstance(one, Member) else one.until) is None


def _people(people: Iterable[User], here: set[int]) -> list[Plain]:
    return [
        {"name": str(person), "language": person.language, "email": person.email if person.pk in here else ""}
        for person in people
    ]


def _fields(one: Any, names: tuple[str, ...], numbers: Numbers) -> Plain:
    return {"person": numbers.of(User, one.user_id)} | {name: plain(getattr(one, name)) for name in names}


def _member(member: Member, numbers: Numbers) -> Plain:
    return {"team": numbers.of(Team, member.team_id)} | _fields(member, ("is_lead", "joined_on", "left_on"), numbers)


def _number_names(records: Plain, numbers: Numbers) -> None:
    """Put the file's numbers in where a record names another in words; a name of something left behind goes empty."""
    for kind, field, models in NAMED:
        for row in _rows_of(records[kind]):
            word, sign, number = row[field].partition(":")
            if sign and word in models:
                known = numbers.of(models[word], int(number))
                row[field] = f"{word}:{known}" if known else ""
    for kind, field, place, models in NUMBERED:
        for row in records[kind]:
            if row[place] and row[field] in models:
                row[place] = numbers.of(models[row[field]], row[place]) or 0


def _rows_of(records: list[Plain]) -> Iterator[Plain]:
    for record in records:
        yield record
        yield from record.get("history", ())


def _refs(school: School) -> list[str]:
    return list(Wave.objects.sealed().filter(school=school).order_by("pk").values_list("ref", flat=True))


def _sealed(one: Finished) -> Plain:
    """Return what the box lets go of a sealed wave: its frozen result, and never the sums behind it."""
    facts = {name: plain(getattr(one, name)) for name in PLAIN}
    receipts = [receipt.hex() for receipt in one.receipts]
    return facts | {
        "release": one.release.to_json(),
        "sha256": one.release.sha256,
        "instrument": one.instrument_json,
        "receipts": receipts,
        "comments": one.comments,
        "breakdown": one.breakdown,
    }
