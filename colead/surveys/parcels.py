"""A dry run travels to the person who looks at it and back, sealed and packed; nothing of it is stored between."""

from dataclasses import dataclass

from django.core import signing
from pydantic import TypeAdapter, ValidationError

from colead.schools.models import School
from colead.schools.parcels import BrokenSeal
from colead.surveys.reading.brought import Brought

LASTS = 3600  # seconds


@dataclass(frozen=True)
class Parcel:
    """What was read from a file, and what was said about it."""

    brought: Brought
    title: str
    instrument: str
    asked: int
    reader_id: int | None


_PARCEL = TypeAdapter(Parcel)


def seal(parcel: Parcel, school: School) -> str:
    """Pack and sign, for this school only."""
    return signing.dumps(_PARCEL.dump_python(parcel, mode="json"), salt=_salt(school), compress=True)


def unseal(text: str, school: School) -> Parcel:
    """Return what was sealed. Refuses with BrokenSeal."""
    try:
        return _PARCEL.validate_python(signing.loads(text, salt=_salt(school), max_age=LASTS))
    except (signing.BadSignature, ValidationError, ValueError) as wrong:
        raise BrokenSeal from wrong


def _salt(school: School) -> str:
    return f"colead.surveys.brought:{school.pk}"
