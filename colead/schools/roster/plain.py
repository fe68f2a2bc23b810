"""A staff list as schools keep it: one line a person, columns named in one of many ways."""

from collections.abc import Iterable
from itertools import chain, islice

from colead.schools.roster import words
from colead.schools.roster.judge import Gathering, email_of, grades_in, job_in, name_of
from colead.schools.roster.lines import FileRefused, Line, LineRefused, Reading, Reason
from colead.schools.roster.tables import Row, clean

HEADINGS = {
    "name": "name|full name|staff name|employee|employee name|teacher name|display name|nombre|nombre completo|nombres",
    "first": "first name|first|given name|givenname|forename|firstname|legal first name|primer nombre|nombre de pila",
    "last": "last name|last|surname|family name|familyname|lastname|legal last name|apellido|apellidos",
    "email": "e mail|email|e mail address|email address|mail|work email|work e mail|school email|staff email|"
    "email work|correo|correo electronico|email id",
    "role": "role|job|job title|title|position|assignment|staff type|employee type|function|roles|puesto|cargo|rol|"
    "funcion|job role|staff role",
    "grades": "grade|grades|grade level|grade levels|grade s|grades taught|grado|grados|grade taught|grade level s",
    "subjects": "subject|subjects|subject s|department|dept|content area|subject area|subjects taught|materia|materias|"
    "asignatura|asignaturas|teaches|courses|departamento",
    "both": "grades subjects|grade subject|grades and subjects|grade and subject|grade or subject|grados materias",
}
_KEYS = {spelling: key for key, spellings in HEADINGS.items() for spelling in spellings.split("|")}
_OF_PUPILS = {
    *("student id", "student number", "student name", "studentid", "student", "pupil", "date of birth", "dob"),
    *("birth date", "birthdate", "guardian", "guardian name", "guardian email", "parent name", "parent email"),
    *("iep", "lunch status", "entry date", "homeroom teacher", "fecha de nacimiento", "estudiante"),
}
SEARCHED = 12  # rows above which a title, a date or a logo may stand


def headings_in(cells: list[str]) -> dict[str, int]:
    """Return which of our columns stands where in a row of headings."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        key = _KEYS.get(words.plain(cell[:100]))
        if key:
            found.setdefault(key, place)
    if "name" in found and "last" in found:  # “Nombre, Apellido”: the name is the first name
        found.setdefault("first", found.pop("name"))
    return found


def score(cells: list[str]) -> int:
    """Count the headings we know in a row."""
    return len(headings_in(cells))


def read_rows(rows: Iterable[Row]) -> Reading:
    """Read the lines below the headings. Refuses a file without the needed headings, or one made of pupils."""
    gathering = Gathering()
    stream = iter(rows)
    above = list(islice(stream, SEARCHED))
    if not above:
        raise FileRefused(Reason.EMPTY)
    place = max(range(len(above)), key=lambda at: score(above[at][1]))
    headings = _Headings(above[place][1])
    for number, cells in chain(above[place + 1 :], stream):
        gathering.add(number, headings.row(cells))
    return gathering.reading()


class _Headings:
    """The row of headings, and how to read a row below it."""

    def __init__(self, cells: list[str]) -> None:
        self.cells = [" ".join(cell.split())[:60] for cell in cells]
        self.at = headings_in(cells)
        pupils = [cell for cell in self.cells if words.plain(cell) in _OF_PUPILS]
        if pupils:
            raise FileRefused(Reason.PUPIL_HEADINGS, found=", ".join(pupils))
        if not {"email", "role"} <= self.at.keys() or not self.at.keys() & {"name", "last"}:
            raise FileRefused(Reason.HEADINGS, found=", ".join(filter(None, self.cells))[:300])

    def row(self, cells: list[str]) -> "_Row":
        return _Row(self, cells)


class _Row:
    """One row below the headings; `line` judges it."""

    def __init__(self, headings: _Headings, cells: list[str]) -> None:
        self.headings, self.cells = headings, cells

    @property
    def is_family(self) -> bool:
        return words.is_family(self._raw("role")[:200])

    def line(self, number: int) -> Line:
        """Return the row as a line, or refuse it."""
        if any(cell.strip() for cell in self.cells[len(self.headings.cells) :]):
            raise LineRefused(Reason.TOO_MANY_CELLS, found=len(self.cells), headings=len(self.headings.cells))
        name = name_of(self._name())
        email = email_of(self._cell("email"))
        job, title = job_in(self._cell("role"))
        grades, subjects = self._grades_and_subjects()
        return Line(number, email, name, job, grades, subjects, title)

    def _grades_and_subjects(self) -> tuple[str | None, str | None]:
        if "both" not in self.headings.at:
            return self._grades(), self._cell("subjects")[:300] if "subjects" in self.headings.at else None
        text = self._cell("both")
        try:
            return words.grades_of(text), ""
        except ValueError:
            return "", text[:300]

    def _grades(self) -> str | None:
        return grades_in(self._cell("grades")) if "grades" in self.headings.at else None

    def _name(self) -> str:
        return self._cell("name") if "name" in self.headings.at else f"{self._cell('first')} {self._cell('last')}"

    def _cell(self, key: str) -> str:
        place = self.headings.at.get(key)
        return clean(self._raw(key), self.headings.cells[place]) if place is not None else ""

    def _raw(self, key: str) -> str:
        place = self.headings.at.get(key, len(self.cells))
        return self.cells[place] if place < len(self.cells) else ""
