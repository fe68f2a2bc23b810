"""Staff from OneRoster CSV files, versions 1.1 and 1.2 (1EdTech): users.csv, with orgs.csv and roles.csv beside it.

In 1.1 a user carries one role and a list of organisations; in 1.2 both stand in roles.csv, one row a role.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from colead.schools.roster import words
from colead.schools.roster.judge import Gathering, email_of, job_in, name_of
from colead.schools.roster.lines import FileRefused, Line, LineRefused, Org, Reading, Reason
from colead.schools.roster.tables import Row, clean

PUPIL = "student"
Record = dict[str, str]


@dataclass(frozen=True)
class _Role:
    role: str
    org: str


def is_oneroster(cells: list[str]) -> bool:
    """Say whether a row of headings is from a OneRoster file."""
    return "sourcedid" in _keys(cells)


def read_files(users: Iterable[Row], orgs: Iterable[Row] = (), roles: Iterable[Row] = ()) -> Reading:
    """Read the staff. Refuses a users.csv without the needed columns, or without roles anywhere."""
    schools = tuple(_schools(orgs))
    by_user = _roles(roles)
    gathering = Gathering()
    for number, record in _records(users, "users.csv", needed=("sourcedid", "givenname", "familyname", "email")):
        if "role" not in record and not by_user:
            raise FileRefused(Reason.NO_ROLES)
        gathering.add(number, _User(record, by_user.get(record["sourcedid"], ())))
    reading = gathering.reading()
    return Reading(reading.lines, reading.refused, reading.pupils, schools or _orgs_of(reading.lines))


def _orgs_of(lines: tuple[Line, ...]) -> tuple[Org, ...]:
    """Return the organisations that staff name, where no orgs.csv says what they are called."""
    return tuple(Org(org) for org in dict.fromkeys(org for line in lines for org in line.orgs))


def _schools(orgs: Iterable[Row]) -> Iterator[Org]:
    for _, record in _records(orgs, "orgs.csv", needed=("sourcedid", "name", "type")):
        if record["type"].strip().lower() == "school" and record.get("status", "").lower() != "tobedeleted":
            yield Org(record["sourcedid"][:200], _short(record["name"]), _short(record.get("identifier", "")))


def _short(text: str) -> str:
    return " ".join(text.split())[:200]


def _roles(roles: Iterable[Row]) -> dict[str, tuple[_Role, ...]]:
    found: dict[str, list[_Role]] = {}
    for _, record in _records(roles, "roles.csv", needed=("usersourcedid", "role", "orgsourcedid")):
        if record.get("status", "").lower() != "tobedeleted":
            found.setdefault(record["usersourcedid"], []).append(_Role(record["role"], record["orgsourcedid"]))
    return {user: tuple(roles_held) for user, roles_held in found.items()}


def _records(rows: Iterable[Row], file: str, needed: tuple[str, ...]) -> Iterator[tuple[int, Record]]:
    """Yield each row by its headings, in lower case. Refuses a file that lacks a needed one."""
    keys: list[str] | None = None
    for number, cells in rows:
        if keys is None:
            keys = _keys(cells)
            missing = [key for key in needed if key not in keys]
            if missing:
                raise FileRefused(Reason.COLUMNS, file=file, missing=", ".join(missing))
        else:
            padded = cells + [""] * (len(keys) - len(cells))
            yield number, dict(zip(keys, padded, strict=False)) | {"": "" if len(cells) <= len(keys) else "ragged"}


def _keys(cells: list[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]


class _User:
    """One row of users.csv, with the user's rows of roles.csv."""

    def __init__(self, record: Record, roles: tuple[_Role, ...]) -> None:
        self.record = record
        self.roles = roles or tuple(_Role(record.get("role", ""), org) for org in self._orgs())

    def _orgs(self) -> list[str]:
        named = self.record.get("orgsourcedids") or self.record.get("primaryorgsourcedid") or ""
        return [org.strip()[:200] for org in named.split(",") if org.strip()] or [""]

    @property
    def is_family(self) -> bool:
        """Say whether this is a pupil, whatever else they are, or somebody with no other role than a family's."""
        pupil = any(role.role.strip().lower() == PUPIL for role in self.roles)
        return pupil or all(words.is_family(role.role[:200]) for role in self.roles)

    def line(self, number: int) -> Line:
        """Return the row as a line, or refuse it."""
        if self.record[""]:
            raise LineRefused(Reason.TOO_MANY_CELLS, found=len(self.record), headings=len(self.record) - 1)
        if self._cell("status").lower() == "tobedeleted" or self._cell("enableduser").lower() == "false":
            raise LineRefused(Reason.LEAVING)
        name = name_of(f"{self._first()} {self._cell('preferredfamilyname') or self._cell('familyname')}")
        email = email_of(self._cell("email"))
        job, title = job_in(clean(self._staff_roles()[0].role, "role"))
        return Line(number, email, name, job, self._grades(), None, title, self._org_ids())

    def _org_ids(self) -> tuple[str, ...]:
        orgs = tuple(dict.fromkeys(role.org for role in self._staff_roles() if role.org))
        if not orgs:
            raise LineRefused(Reason.NO_ORG)
        return orgs

    def _staff_roles(self) -> list[_Role]:
        return [role for role in self.roles if not words.is_family(role.role[:200])]

    def _first(self) -> str:
        return self._cell("preferredgivenname") or self._cell("givenname")

    def _grades(self) -> str | None:
        """Return the grades, without those OneRoster has and schools do not: a code we do not know is left out."""
        if not self._cell("grades"):
            return None
        return ",".join(grade for grade in words.GRADES if grade in self._known_grades())

    def _known_grades(self) -> set[str]:
        found = set()
        for code in self._cell("grades").split(","):
            try:
                found.update(words.grades_of(code).split(","))
            except ValueError:
                continue
        return found

    def _cell(self, key: str) -> str:
        return clean(self.record.get(key, ""), key)
