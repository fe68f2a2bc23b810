"""What reading a staff list yields: lines to keep, lines refused and why, and a count of pupils never looked at."""

from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a file or a line was refused; `colead.schools.wording` says each in plain words."""

    # a whole file
    EMPTY = "empty"
    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_STAFF = "too_many_staff"
    NOT_A_TABLE = "not_a_table"
    OLD_OR_LOCKED_EXCEL = "old_or_locked_excel"
    ENCODING = "encoding"
    NUL = "nul"
    QUOTES = "quotes"
    CELL_HUGE = "cell_huge"
    HEADINGS = "headings"
    COLUMNS = "columns"
    PUPIL_HEADINGS = "pupil_headings"
    SHEET_BROKEN = "sheet_broken"
    ZIP_BROKEN = "zip_broken"
    ZIP_LOCKED = "zip_locked"
    ZIP_ENTRIES = "zip_entries"
    ZIP_BOMB = "zip_bomb"
    ZIP_PATH = "zip_path"
    ZIP_LINK = "zip_link"
    ZIP_INSIDE = "zip_inside"
    ZIP_METHOD = "zip_method"
    NO_USERS = "no_users"
    NO_ROLES = "no_roles"
    # one line
    TOO_MANY_CELLS = "too_many_cells"
    CELL_LONG = "cell_long"
    CONTROL = "control"
    NO_NAME = "no_name"
    NAME_FORMULA = "name_formula"
    NO_EMAIL = "no_email"
    BAD_EMAIL = "bad_email"
    DUPLICATE = "duplicate"
    NO_ROLE = "no_role"
    GRADE_UNKNOWN = "grade_unknown"
    GRADE_DATE = "grade_date"
    LEAVING = "leaving"
    NO_ORG = "no_org"


class FileRefused(Exception):
    """Refuse a whole file. `facts` fill the sentence: a line number, a name, a limit."""

    def __init__(self, reason: Reason, **facts: str | int) -> None:
        super().__init__(reason, facts)
        self.reason, self.facts = reason, facts


class LineRefused(Exception):
    """Refuse one line; reading goes on with the next."""

    def __init__(self, reason: Reason, **facts: str | int) -> None:
        super().__init__(reason, facts)
        self.reason, self.facts = reason, facts


@dataclass(frozen=True)
class Line:
    """One member of staff. `grades` and `subjects` are None where the file has no such column: then ours stay."""

    number: int
    email: str
    name: str
    job: str
    grades: str | None = None
    subjects: str | None = None
    title: str = ""  # the role as the file words it, where we could only read it as “other”
    orgs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A line that was not read, and why."""

    number: int
    reason: Reason
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Org:
    """A school in a OneRoster file. `name` is empty where the file has no orgs.csv."""

    id: str
    name: str = ""
    identifier: str = ""


@dataclass(frozen=True)
class Reading:
    """All that was taken from a file. Of pupils and families there is a count and nothing else."""

    lines: tuple[Line, ...] = ()
    refused: tuple[Refused, ...] = ()
    pupils: int = 0
    orgs: tuple[Org, ...] = ()
