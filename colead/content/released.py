"""Released is released: a guide, rubric or instrument in use never changes; a new version is a new file.

`content/released.txt` holds a line `sha256  path` for each, in the form that `sha256sum -c` reads; # begins a comment.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from colead.content.files import ELSEWHERE, read
from colead.content.mistakes import ContentError, Mistake

LIST = "released.txt"
VERSIONED = ("guides/", "rubrics/", "instruments/")


def changed(root: Path) -> Iterator[Mistake]:
    """Tell which released files are no longer what was released."""
    for file, digest in _listed(root).items():
        path = root / file
        if not path.is_file():
            yield Mistake(file, "", "was released and is gone; put it back")
        elif _digest(path) != digest:
            yield Mistake(file, "", "was released and has changed; put it back and write a new version in a new file")


def release(root: Path, file: str) -> None:
    """Add a guide, rubric or instrument (`en/guides/vision.yaml`) to the list, or refuse with ContentError.

    A second release of the same file changes nothing.
    """
    name = file.partition("/")[2]
    if not name.startswith(VERSIONED):
        raise ContentError(Mistake(file, "", "only guides, rubrics and instruments are released"))
    if not name.startswith(ELSEWHERE):
        read(root, file)
    digest, known = _digest(root / file), _listed(root).get(file)
    if known not in (None, digest):
        raise ContentError(Mistake(file, "", "was released before and has changed; write a new version in a new file"))
    if known is None:
        with (root / LIST).open("a", encoding="utf-8") as lines:
            lines.write(f"{digest}  {file}\n")


def _listed(root: Path) -> dict[str, str]:
    lines = (root / LIST).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines if line.strip() and not line.startswith("#"))
    return {file.strip(): digest for digest, file in pairs}


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
