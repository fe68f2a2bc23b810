"""A team's whole work as one file, and back: what plans, decisions and the team itself hold.

The format is told in `format.py`. What a room above holds (walks, answers, self-assessments) it tells as kinds of its
own and hands in: the file that people get is composed in `playbook.portable`.
"""

from colead.plans.portable.format import FORMAT, VERSION, Kind, list_of
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
    "list_of",
    "make_kinds",
    "parse",
    "to_bytes",
    "write_kinds",
]
