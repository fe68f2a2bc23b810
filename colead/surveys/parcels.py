"""What was read from a survey of another tool, on its way to the person who looks at it and back."""

from dataclasses import dataclass

from colead.surveys.reading.brought import Brought
from colead.web.parcels import Parcels


@dataclass(frozen=True)
class Parcel:
    """What was read from a file, and what was said about it."""

    brought: Brought
    title: str
    instrument: str
    asked: int
    reader_id: int | None


PARCELS: Parcels[Parcel] = Parcels(Parcel, purpose="colead.surveys.brought")
