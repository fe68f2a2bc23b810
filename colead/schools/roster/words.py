"""How schools write grades and jobs, and how we do."""

import re
import unicodedata

LONGEST = 200  # characters of a role or a list of grades that we read
GRADES = ("PK", "K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_SPELLED = {word: str(number) for number, word in enumerate(_ORDINALS, start=1)} | {
    **dict.fromkeys(("prekindergarten", "prekinder", "prek", "preschool", "pk", "pr", "tk", "prejardin"), "PK"),
    **dict.fromkeys(("kindergarten", "kinder", "kg", "kdg", "k", "jardin"), "K"),
}
_NO_GRADE = {"", "all", "none", "na", "any", "various", "schoolwide", "todos", "ug", "ps", "it", "other", "ninguno"}
_FILLERS = re.compile(r"\b(grades?|grados?|levels?|gr|school wide|whole school|and|y|e)\b")
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_EXCEL_DAY = re.compile(r"^\d{5}$")  # 45,000 and more: how Excel counts the days since 1900


class UnknownGrade(ValueError):
    """Refuse a grade nobody knows; `args[0]` is the word."""


class GradeIsDate(ValueError):
    """Refuse a grade that a spreadsheet has turned into a date: 3-4 becomes 4 March."""


def plain(text: str) -> str:
    """Return the text in lower case, without accents, with single spaces for all that is not a letter or digit."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare.lower()).split())


def grades_of(text: str) -> str:
    """Read “K-2, 4th” as "K,1,2,4": in order, each once, empty for “all” and “none”.

    Refuses with UnknownGrade or GradeIsDate.
    """
    if len(text) > LONGEST:
        raise UnknownGrade(text)
    if _MONTH.search(text) or _EXCEL_DAY.match(text.strip()):
        raise GradeIsDate(text)
    found = {grade for piece in _pieces(text) for grade in _span(piece)}
    return ",".join(grade for grade in GRADES if grade in found)


def _pieces(text: str) -> list[str]:
    """Cut a list of grades at commas, slashes and spaces, with ranges kept whole as "k-2"."""
    low = text.lower().replace("–", "-").replace("—", "-")
    low = re.sub(r"\bpre[\s-]*(k)", r"pre\1", low)
    low = re.sub(r"\btransitional kindergarten\b", "tk", low)
    low = re.sub(r"\bn/a\b", "na", low)
    low = re.sub(r"\b(\d{1,2})(st|nd|rd|th|º|°|o|a)\b", r"\1", low)
    low = _FILLERS.sub(" ", re.sub(r"\s+(to|through|thru|a)\s+", "-", low))
    low = re.sub(r"\s*-\s*", "-", low)
    return [piece for piece in re.split(r"[\s,;/&+.|()\[\]\"]+", low) if piece.strip("-")]


def _span(piece: str) -> tuple[str, ...]:
    if plain(piece) in _NO_GRADE:
        return ()
    first, _, last = piece.partition("-")
    begin = GRADES.index(_grade(first, piece))
    end = GRADES.index(_grade(last, piece)) if last else begin
    if end < begin:
        raise UnknownGrade(piece)
    return GRADES[begin : end + 1]


def _grade(word: str, piece: str) -> str:
    bare = plain(word).replace(" ", "")
    grade = _SPELLED.get(bare, bare.lstrip("0"))
    if grade not in GRADES:
        raise UnknownGrade(piece)
    return grade


_FAMILY = {
    *("student", "students", "pupil", "pupils", "learner", "learners", "child", "guardian", "guardians"),
    *("parent", "parents", "mother", "father", "family", "families", "relative", "relatives", "caregiver"),
    *("estudiante", "estudiantes", "alumno", "alumna", "alumnos", "padre", "madre", "padres", "familia"),
    *("studentprimary", "sibling", "grandparent", "alumni", "alum"),
}
_BESIDE_FAMILY = {
    *("grade", "k", "current", "active", "former", "new", "high", "middle", "elementary", "school", "legal"),
    *("or", "and", "of", "a", "the", "volunteer", "primary", "secondary", "enrolled", "st", "nd", "rd", "th"),
}


def is_family(role: str) -> bool:
    """Say whether a role is a pupil's or a family's: “student”, “Parent/Guardian”, but not “student teacher”."""
    words = {word for word in plain(role).split() if not word[0].isdigit()} - _BESIDE_FAMILY
    return bool(words) and words <= _FAMILY


# The first rule that finds one of its words decides: a “library aide” is an aide, a “principal’s secretary” is office
# staff. The words are looked for in `plain` text, at word boundaries.
_RULES = (
    (
        "support",
        "secretary|secretaria|secretario|clerk|receptionist|custodian|custodial|janitor|conserje|bus|driver|chofer|"
        "cafeteria|kitchen|cocina|food|cook|nutrition|maintenance|grounds|security|safety|resource officer|registrar|"
        "bookkeeper|attendance|office|officestaff|technician|transportation|administrative assistant",
    ),
    (
        "administrator",
        "principal|asst principal|ap|dean|administrator|administrador|administradora|siteadministrator|"
        "districtadministrator|systemadministrator|superintendent|head of school|headteacher|head teacher|"
        "director|directora|subdirector|subdirectora|admin",
    ),
    (
        "para",
        "para|paras|paraprofessional|paraprofesional|paraeducator|aide|aides|assistant|assistants|ta|ia|proctor|"
        "teacherassistant|auxiliar|asistente|ayudante",
    ),
    (
        "special",
        "special education|special ed|sped|spec ed|exceptional children|ec teacher|ese|resource teacher|resource room|"
        "inclusion|educacion especial|self contained|specialservices",
    ),
    (
        "counselor",
        "counselor|counsellor|counseling|consejero|consejera|nurse|enfermera|enfermero|social worker|social work|"
        "trabajador social|trabajadora social|psychologist|psicologo|psicologa|therapist|therapy|pathologist|slp|"
        "speech|health|occupationaltherapist|physicaltherapist|speechtherapist|visiontherapist|mental health",
    ),
    (
        "specials",
        "art|arts|arte|music|musica|band|chorus|choir|orchestra|strings|pe|physical education|educacion fisica|gym|"
        "library|librarian|biblioteca|bibliotecario|bibliotecaria|media|dance|drama|theater|theatre|spanish|french|"
        "german|latin|mandarin|chinese|language teacher|world languages?|foreign languages?|specials|electives|encore",
    ),
    ("other", "coach|facilitator|coordinator|liaison|other|otro|otra|volunteer|intern|advisor"),
    (
        "teacher",
        "teacher|teachers|teaching|faculty|instructor|educator|interventionist|maestro|maestra|profesor|profesora|"
        "docente|professor|lecturer|grade|substitute|homeroom|teach|tchr",
    ),
)
_JOBS = tuple((job, re.compile(rf"\b(?:{words})\b")) for job, words in _RULES)
_CORE_ARTS = re.compile(r"\b(?:english )?language arts\b")


def job_of(role: str) -> str | None:
    """Return our name for a role as a school words it, or None when we know no better than “other staff”."""
    text = _CORE_ARTS.sub("teacher", plain(role[:LONGEST]))
    return next((job for job, words in _JOBS if words.search(text)), None)
