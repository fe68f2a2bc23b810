"""A dry run travels to the person who looks at it and back, sealed and packed; nothing of it is stored between."""

from base64 import b64decode, b64encode
from zlib import compress, decompress

from django.core import signing
from pydantic import TypeAdapter, ValidationError

from colead.practices.bringing import Brought, too_large
from colead.schools.models import Team
from colead.timetable import Reading

LASTS = 3600  # seconds
LARGEST = 4_500_000  # letters; a form with more is not taken in
_READING = TypeAdapter(Reading)


class BrokenSeal(Exception):
    """Refuse a parcel that was changed, is over an hour old, or belongs to another team."""


def seal(brought: Brought, team: Team) -> str:
    """Pack and sign what was read, for this team only. Refuses with CannotBring what is too large to carry."""
    given = [brought.source, _READING.dump_python(brought.reading, mode="json"), _packed(brought.fet)]
    parcel = signing.dumps(given, salt=_salt(team), compress=True)
    if len(parcel) > LARGEST:
        raise too_large()
    return parcel


def unseal(parcel: str, team: Team) -> Brought:
    """Return what was sealed. Refuses with BrokenSeal."""
    try:
        source, reading, fet = signing.loads(parcel, salt=_salt(team), max_age=LASTS)
        return Brought(source, _READING.validate_python(reading), decompress(b64decode(fet)) if fet else b"")
    except (signing.BadSignature, ValidationError, ValueError) as wrong:
        raise BrokenSeal from wrong


def _packed(fet: bytes) -> str:
    return b64encode(compress(fet, 9)).decode() if fet else ""


def _salt(team: Team) -> str:
    return f"colead.practices.timetable:{team.pk}"
