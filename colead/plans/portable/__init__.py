"""A team's whole work as one file, and back: what plans, decisions and the team itself hold.

The format is told in `format.py`. What a room above holds (answers, self-assessments, walks) it adds itself:
`export_team` gives it the numbers by which the file names things, `import_team` what was made for each number.
"""

from colead.plans.portable.format import FORMAT, VERSION, Kind
from colead.plans.portable.parse import CannotImport, parse
from colead.plans.portable.read import Imported, import_team, make_kinds
from colead.plans.portable.write import Numbers, export_team, to_bytes, write_kinds

__all__ = [
    "FORMAT",
    "VERSION",
    "CannotImport",
    "Imported",
    "Kind",
    "Numbers",
    "export_team",
    "import_team",
    "make_kinds",
    "parse",
    "to_bytes",
    "write_kinds",
]
