"""Minutes in words."""

from django.utils.translation import gettext as _


def in_words(minutes: int) -> str:
    """Say minutes as people do: 210 is “3 h 30 min”."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
