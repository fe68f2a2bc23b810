"""A survey as LimeSurvey exports its structure (.lss): groups, arrays, single questions and open lines.

Old files hold the words beside the questions; those of LimeSurvey 4 and later hold them in tables of their own.
"""

from collections import defaultdict
from xml.parsers import expat

from colead.surveys.reading.items import MOST_ITEMS, Found, FoundPart, FoundSurvey, NotAList, clean

MOST_BYTES = 2 * 1024 * 1024
DEEPEST, MOST_ELEMENTS = 50, 200_000
Rows = list[dict[str, str]]

FIVE = ("1", "2", "3", "4", "5")
TEN = (*FIVE, "6", "7", "8", "9", "10")
YES_UNSURE_NO = ("No", "Uncertain", "Yes")
MORE_SAME_LESS = ("Decrease", "Same", "Increase")
FIXED = {"A": FIVE, "B": TEN, "C": YES_UNSURE_NO, "E": MORE_SAME_LESS, "5": FIVE, "Y": ("No", "Yes")}
ARRAYS, SINGLE, OPEN = set("FABCE"), set("L!5Y"), set("STU")


def is_lss(data: bytes) -> bool:
    """Say whether the bytes begin like an XML file with a LimeSurvey structure in it."""
    return data.lstrip()[:5] == b"<?xml" and b"LimeSurveyDocType" in data[:2000]


def read_lss(data: bytes) -> FoundSurvey:
    """Return what the survey asks. Refuses with NotAList what is too large, too deep, or no such file."""
    if len(data) > MOST_BYTES:
        raise NotAList("The file is larger than 2 MB.")
    tables = _Tables(data).tables
    if not tables.get("questions"):
        raise NotAList("There are no questions in this file. Export the survey’s structure as .lss.")
    return _Survey(tables).found()


class _Tables:
    """Read document > table > rows > row > field, and nothing else."""

    def __init__(self, data: bytes) -> None:
        self.tables: dict[str, Rows] = defaultdict(list)
        self._path: list[str] = []
        self._seen = 0
        self._text: list[str] = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError) as broken:
            raise broken if isinstance(broken, NotAList) else NotAList("The file is broken.") from broken

    def _doctype(self, *_: object) -> None:
        raise NotAList("The file brings document types along. LimeSurvey writes none.")

    def _start(self, tag: str, _: dict[str, str]) -> None:
        self._path.append(tag)
        self._seen += 1
        if len(self._path) > DEEPEST or self._seen > MOST_ELEMENTS:
            raise NotAList("The file is deeper or longer than any survey.")
        if self._path[2:] == ["rows", "row"]:
            self.tables[self._path[1]].append({})
        self._text.clear()

    def _end(self, tag: str) -> None:
        if len(self._path) == 5 and self._path[2:4] == ["rows", "row"]:
            self.tables[self._path[1]][-1][tag] = "".join(self._text)
        self._path.pop()
        self._text.clear()


class _Survey:
    """Put LimeSurvey's tables together again."""

    def __init__(self, tables: dict[str, Rows]) -> None:
        self.language = next((row.get("language", "") for row in tables.get("surveys", []) if row.get("language")), "")
        settings = self._spoken(tables.get("surveys_languagesettings", []), "surveyls_language")
        self.title = clean(next((row.get("surveyls_title", "") for row in settings), ""))
        self.groups = self._words(tables, "groups", "group_l10ns", "gid", "group_name")
        self.texts = self._words(tables, "questions", "question_l10ns", "qid", "question")
        self.texts |= self._words(tables, "subquestions", "question_l10ns", "qid", "question")
        self.questions = self._once(tables["questions"], "qid")
        self.children: dict[str, Rows] = defaultdict(list)
        for row in self._once(tables.get("subquestions", []), "qid"):
            self.children[row.get("parent_qid", "")].append(row)
        self.labels = self._labels(tables)

    def _spoken(self, rows: Rows, column: str) -> Rows:
        """Return the rows in the survey's own language; all where none says."""
        return [row for row in rows if row.get(column) == self.language] or rows

    def _once(self, rows: Rows, key: str) -> Rows:
        found: dict[str, dict[str, str]] = {}
        for row in self._spoken(rows, "language"):
            found.setdefault(row.get(key, ""), row)
        return sorted(found.values(), key=lambda row: (_number(row, "gid"), _number(row, "question_order")))

    def _words(self, tables: dict[str, Rows], own: str, apart: str, key: str, column: str) -> dict[str, str]:
        rows = [row for row in tables.get(apart, []) or [] if column in row]
        rows = rows or [row for row in tables.get(own, []) if column in row]
        return {row.get(key, ""): clean(row[column]) for row in reversed(self._spoken(rows, "language"))}

    def _labels(self, tables: dict[str, Rows]) -> dict[str, tuple[str, ...]]:
        apart = {row.get("aid", ""): row.get("answer", "") for row in tables.get("answer_l10ns", [])}
        spoken = self._spoken(tables.get("answer_l10ns", []), "language")
        apart |= {row.get("aid", ""): row.get("answer", "") for row in spoken}
        labels: dict[str, list[str]] = defaultdict(list)
        rows = self._spoken(tables.get("answers", []), "language")
        for row in sorted(rows, key=lambda row: _number(row, "sortorder")):
            labels[row.get("qid", "")].append(clean(row.get("answer") or apart.get(row.get("aid", ""), "")))
        return {qid: tuple(words) for qid, words in labels.items()}

    def found(self) -> FoundSurvey:
        """Return parts, open lines, and what has no place in a survey of ours."""
        parts: list[FoundPart] = []
        lines, passed_over = [], []
        for row in self.questions:
            kind, text = row.get("type", ""), self.texts.get(row.get("qid", ""), "")
            if kind in OPEN:
                lines.append(text)
            elif kind in ARRAYS | SINGLE and (part := self._part(row, kind, text)):
                parts.append(part)
            else:
                passed_over.append(text or row.get("title", ""))
        if not parts:
            raise NotAList("There is no question in it that is answered by choosing one of several answers.")
        if sum(len(part.items) for part in parts) > MOST_ITEMS:
            raise NotAList(f"A survey holds at most {MOST_ITEMS} questions.")
        return FoundSurvey(self.title, tuple(parts), tuple(filter(None, lines)), tuple(filter(None, passed_over)))

    def _part(self, row: dict[str, str], kind: str, text: str) -> FoundPart | None:
        labels = FIXED.get(kind) or self.labels.get(row.get("qid", ""), ())
        rows = self.children.get(row.get("qid", ""), []) if kind in ARRAYS else [row]
        items = []
        for one in rows:
            words = self.texts.get(one.get("qid", ""), "")
            if words:
                items.append(Found(text, words, one.get("title", "") if kind in SINGLE else ""))
        name = text if kind in ARRAYS else self.groups.get(row.get("gid", ""), text)
        ok = 2 <= len(labels) <= 11 and all(labels) and items
        return FoundPart(name[:200] or "Questions", tuple(items), labels) if ok else None


def _number(row: dict[str, str], column: str) -> int:
    value = row.get(column, "")
    return int(value[:9]) if value.isdecimal() else 0
