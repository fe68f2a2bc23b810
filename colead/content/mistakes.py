"""A mistake in a content file, told in one line that an editor can act on."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing wrong: the file (below `content/`), the place inside it ("" for the whole file) and the reason."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        line = ": ".join(part for part in (self.file, self.place, self.reason) if part)
        return " ".join(line.split())


class ContentError(ValueError):
    """Content that cannot be used; `mistakes` holds all that was found, the text is the first one, on one line."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(str(mistakes[0]))
        self.mistakes = mistakes
