"""Every address of the product as it stands for a school that has one of everything."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from colead.schools.models import School

CODES = {"criterion": "E-1", "task": "E-WT1"}
FORMS = {"roster_export": "csv"}


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address pattern with the path it stands at."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, where)
        else:
            yield where, entry


def numbers_of(school: School) -> dict[str, object]:
    """Return what the addresses of a school may name: its team, the newest of each record, a guide, a form of paper."""
    team = school.teams.get()
    return {
        "team_id": team.pk,
        "school_id": school.pk,
        "office_id": school.office_id,
        "condition": "structures",
        "part": "why",
        "kind": "guide",
        "name": "structures",
        "decision_id": team.decisions.last().pk,
        "entry_id": school.roster.first().pk,
        "member_id": team.members.last().pk,
        "seat_id": school.seats.last().pk,
        "invitation_id": 1,
        "secret": "BCDF2345",
        "pk": 1,
    }


def address(pattern: URLPattern, numbers: dict[str, object]) -> str:
    """Return the pattern's address with these numbers in it."""
    name = pattern.name or ""
    facts = {"code": CODES.get(name, "E-W1"), "form": FORMS.get(name, "pdf"), **numbers}
    return reverse(name, kwargs={key: facts.get(key, 1) for key in pattern.pattern.regex.groupindex})
