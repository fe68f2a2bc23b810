"""Who may enter: the marks that stand above every view's name.

A view without a mark fails a test, so that nobody forgets to think about it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

View = Callable[..., HttpResponse]


def mark(view: View, door: str) -> View:
    """Write on `view` which door it has; `door_of` reads it."""
    view.door = door  # type: ignore[attr-defined]  # functions carry attributes; mypy has no type for that
    return view


def door_of(view: Any) -> str | None:
    """Return the door written on a view, or None."""
    return getattr(view, "door", None)


def anyone(view: View) -> View:
    """Let everybody in, signed in or not."""
    return mark(view, "anyone")


def signed_in(view: View) -> View:
    """Let in whoever has signed in; others are asked to, and come back here."""

    @wraps(view)
    def enter(*args: Any, **kwargs: Any) -> HttpResponse:
        return view(*args, **kwargs)

    return mark(login_required(enter), "signed_in")
