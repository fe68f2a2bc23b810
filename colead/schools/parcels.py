"""A dry run travels to the person who looks at it and back, sealed and packed; nothing of it is stored between."""

from django.core import signing
from pydantic import TypeAdapter, ValidationError

from colead.schools.models import School
from colead.schools.roster import Reading

LASTS = 3600  # seconds
_READING = TypeAdapter(Reading)


class BrokenSeal(Exception):
    """Refuse a parcel that was changed, is over an hour old, or belongs to another school."""


def seal(reading: Reading, school: School) -> str:
    """Pack and sign what was read from a file, for this school only."""
    return signing.dumps(_READING.dump_python(reading, mode="json"), salt=_salt(school), compress=True)


def unseal(parcel: str, school: School) -> Reading:
    """Return what was sealed. Refuses with BrokenSeal."""
    try:
        return _READING.validate_python(signing.loads(parcel, salt=_salt(school), max_age=LASTS))
    except (signing.BadSignature, ValidationError, ValueError) as wrong:
        raise BrokenSeal from wrong


def _salt(school: School) -> str:
    return f"colead.schools.roster:{school.pk}"
