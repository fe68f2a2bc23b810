"""A join code as people meet it: on a wall, on a screen, in a message."""

from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe

from colead.schools.actions.invitations import Made
from colead.schools.emails import address_of
from colead.schools.models import Invitation
from colead.schools.secrets import readable


@dataclass(frozen=True)
class Poster:
    """What is shown once, right after a code was made."""

    invitation: Invitation
    code: str
    link: str
    qr: SafeString


def poster(made: Made) -> Poster:
    """Return the code in two halves, its link, and the link as a QR code (SVG)."""
    link = address_of(made.secret)
    # On white in both schemes: cameras want dark on light.
    drawn = segno.make(link, error="m", micro=False).svg_inline(omitsize=True, border=4, light="#fff", dark="#111")
    return Poster(made.invitation, readable(made.secret), link, mark_safe(drawn))  # noqa: S308  # segno drew it
