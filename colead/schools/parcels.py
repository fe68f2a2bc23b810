"""What was read from a staff list, on its way to the person who looks at it and back."""

from colead.schools.roster import Reading
from colead.web.parcels import Parcels

READINGS: Parcels[Reading] = Parcels(Reading, purpose="colead.schools.roster")
