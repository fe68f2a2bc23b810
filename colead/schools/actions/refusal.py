"""What every refusal of this room has in common."""

from django.utils.functional import Promise


class Refusal(Exception):
    """The house does not do this; `reason` says why, in words for the person who asked."""

    reason: str | Promise = ""
