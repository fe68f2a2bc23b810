"""Staff lists made up for the tests: plain, as workbooks, zipped."""

import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from colead.schools.roster import FileRefused, Reading, Reason, read_file

HEAD = "Name,E-mail,Role,Grades,Subjects\n"
ROW = "Ada Reed,ada@north.org,Teacher,3-4,Math\n"


def read(text: str, encoding: str = "utf-8") -> Reading:
    return read_file(text.encode(encoding))


def refusal(data: bytes | str) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_file(data.encode() if isinstance(data, str) else data)
    return caught.value


def line_refusals(text: str) -> list[tuple[int, Reason]]:
    return [(refused.number, refused.reason) for refused in read(text).refused]


def book(rows: list[list[object]], **options: object) -> bytes:
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out, {"strings_to_formulas": False, **options})
    sheet = workbook.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    workbook.close()
    return out.getvalue()


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
