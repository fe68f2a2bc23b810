"""The base of all content values: frozen, strict, and clear when it refuses."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Link = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
Minutes = Annotated[int, Field(ge=1, le=60)]
Version = Annotated[int, Field(ge=1)]
Item = TypeVar("Item")


class Value(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class UnknownCode(LookupError):
    """No such code or slug in the playbook."""


def find(items: Iterable[Item], key: str, wanted: str) -> Item:
    """Return the first item whose attribute `key` is `wanted`, or refuse with UnknownCode."""
    for item in items:
        if getattr(item, key) == wanted:
            return item
    raise UnknownCode(wanted)


def refuse_twice(values: Iterable[object], what: str) -> None:
    """Refuse values of which one comes twice; `what` names them for the editor."""
    twice = [str(value) for value, count in Counter(values).items() if count > 1]
    if twice:
        raise ValueError(f"the {what} {', '.join(twice)} comes more than once")
