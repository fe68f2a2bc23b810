"""What a file may say only where other files agree: known conditions, fitting letters, fitting names."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

from colead.content.mistakes import Mistake
from colead.content.model import Basics, Condition, Guide, Matrix, Module, PageFile, Protocol, Rubric, Value


def disagreements(files: Mapping[str, Value]) -> Iterator[Mistake]:
    """Tell where the files of one language disagree; they are handed in by their names."""
    for file, value in files.items():
        if isinstance(value, Protocol | Module) and PurePath(file).stem != value.slug:
            kind = type(value).__name__.lower()
            yield Mistake(file, "", f"the {kind} {value.slug} belongs in a file named {value.slug}")
    conditions = {c.slug: c for basics in files.values() if isinstance(basics, Basics) for c in basics.conditions}
    for file, value in files.items() if conditions else ():
        for place, slug in _conditions_named_in(value):
            if slug not in conditions:
                yield Mistake(file, place, f"there is no condition {slug}")
        if isinstance(value, PageFile | Guide | Rubric) and value.condition in conditions:
            yield from _misnamed(file, value)
            yield from _miscoded(file, value, conditions[value.condition])


def _conditions_named_in(value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, PageFile | Guide | Rubric):
        yield "condition", value.condition
    if isinstance(value, Matrix):
        for felt in value.felt:
            yield from ((f"felt {felt.slug} > points_to", pointer.condition) for pointer in felt.points_to)
        for dependency in value.dependencies:
            yield from (("dependencies", slug) for slug in (dependency.from_, dependency.to))


def _misnamed(file: str, value: PageFile | Guide | Rubric) -> Iterator[Mistake]:
    version = 1 if isinstance(value, PageFile) else value.version
    wanted = value.condition if version == 1 else f"{value.condition}.v{version}"
    if PurePath(file).stem != wanted:
        yield Mistake(
            file, "", f"the condition {value.condition} in version {version} belongs in a file named {wanted}"
        )


def _miscoded(file: str, value: PageFile | Guide | Rubric, condition: Condition) -> Iterator[Mistake]:
    codes: Iterable[str] = () if isinstance(value, PageFile) else value.codes
    for code in codes:
        if not code.startswith(f"{condition.letter}-"):
            yield Mistake(file, code, f"codes of {condition.slug} begin with {condition.letter}-")
