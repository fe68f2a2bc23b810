"""Time zones to choose from: those of the United States by the names people use, then all others."""

from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[str | Promise, list[tuple[str, str | Promise]]]]

USUAL = "America/New_York"
_STATES: list[tuple[str, str | Promise]] = [
    ("America/New_York", _("Eastern (New York)")),
    ("America/Chicago", _("Central (Chicago)")),
    ("America/Denver", _("Mountain (Denver)")),
    ("America/Phoenix", _("Arizona (Phoenix)")),
    ("America/Los_Angeles", _("Pacific (Los Angeles)")),
    ("America/Anchorage", _("Alaska (Anchorage)")),
    ("Pacific/Honolulu", _("Hawaii (Honolulu)")),
    ("America/Puerto_Rico", _("Atlantic (Puerto Rico)")),
    ("Pacific/Guam", _("Chamorro (Guam)")),
    ("Pacific/Pago_Pago", _("Samoa (Pago Pago)")),
]


def choices() -> Choices:
    """Return the zones for a select: the United States first, then the rest of the world from A to Z."""
    ours = {name for name, _label in _STATES}
    others = sorted(name for name in available_timezones() - ours if "/" in name and not name.startswith("Etc/"))
    rest: list[tuple[str, str | Promise]] = [(name, name.replace("_", " ")) for name in others]
    return [(_("United States"), _STATES), (_("Everywhere else"), rest)]
