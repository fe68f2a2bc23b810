"""`colead`: reports without a server, and every command of the site.

`colead report answers.csv --instrument conditions.v1 -o report.pdf` works on a table; all else is Django's.
"""

import os
import sys

from django.core.management import execute_from_command_line

from colead.analysis.__main__ import main as analyze


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code."""
    if arguments[:1] == ["report"]:
        return analyze(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colead.settings")
    execute_from_command_line(["colead", *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
