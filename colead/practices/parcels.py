"""A timetable that was read, on its way to the person who looks at it and back."""

from base64 import b64decode, b64encode
from zlib import compress, decompress

from colead.practices.bringing import Brought, too_large
from colead.schools.models import Team
from colead.timetable import Reading
from colead.web.parcels import Parcels

LARGEST = 4_500_000  # letters; a form with more is not taken in
_PARCELS: Parcels[tuple[str, Reading, str]] = Parcels(tuple[str, Reading, str], purpose="colead.practices.timetable")


def seal(brought: Brought, team: Team) -> str:
    """Pack and sign what was read, for this team only. Refuses with CannotBring what is too large to carry."""
    parcel = _PARCELS.seal((brought.source, brought.reading, _packed(brought.fet)), team)
    if len(parcel) > LARGEST:
        raise too_large()
    return parcel


def unseal(parcel: str, team: Team) -> Brought:
    """Return what was sealed. Refuses with BrokenSeal."""
    source, reading, fet = _PARCELS.unseal(parcel, team)
    return Brought(source, reading, decompress(b64decode(fet)) if fet else b"")


def _packed(fet: bytes) -> str:
    return b64encode(compress(fet, 9)).decode() if fet else ""
