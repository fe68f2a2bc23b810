"""For editors: `python -m colead.content check`, and `... release content/en/guides/vision.yaml`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from colead.content.check import check, files
from colead.content.files import ROOT
from colead.content.loader import missing
from colead.content.mistakes import ContentError
from colead.content.released import release


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Do what the command line asks; return 1 when there was something to complain about."""
    parser = argparse.ArgumentParser(prog="python -m colead.content", description="Look after the content folder.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="tell every mistake, one a line")
    commands.add_parser("release", help="fix a guide or rubric for good").add_argument("path", type=Path)
    commands.add_parser("missing", help="list what a language has not translated yet").add_argument("language")
    asked = parser.parse_args(arguments)
    if asked.command == "check":
        return _check(root)
    return _release(asked.path, root) if asked.command == "release" else _missing(asked.language, root)


def _check(root: Path) -> int:
    mistakes = check(root)
    for mistake in mistakes:
        print(mistake)
    if not mistakes:
        print(f"{len(files(root))} content files, all fine")
    return 1 if mistakes else 0


def _missing(language: str, root: Path) -> int:
    for name in missing(language, root):
        print(name)
    return 0


def _release(path: Path, root: Path) -> int:
    try:
        file = path.resolve().relative_to(root.resolve()).as_posix()
        release(root, file)
    except ContentError as error:
        print(error)
        return 1
    except ValueError:
        print(f"{path}: not inside {root}")
        return 1
    print(f"{file} is released and stays as it is")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
