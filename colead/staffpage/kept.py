"""Keep what the page was rendered to while nothing has changed, so that a whole staff can open it at once.

The door looks into the database each time, so a link that is taken back opens nothing from that moment on; and what
is kept goes by the newest save of anything on the page, so that a change shows at once too.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from colead.staffpage.models import StaffPage
from colead.staffpage.queries.stamp import stamp

KEPT_SECONDS = 60.0  # for what no stamp tells: somebody changed their name, say
MOST_KEPT = 200
Key = tuple[object, ...]
_kept: dict[Key, tuple[float, "Made"]] = {}
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Made:
    """What was rendered: its bytes, and what kind they are."""

    content: bytes
    kind: str = "text/html; charset=utf-8"
    name: str = ""  # of a file


def answer(request: HttpRequest, page: StaffPage, what: str, *, today: date, make: Callable[[], Made]) -> HttpResponse:
    """Answer with what `make` renders for everybody alike, made once and kept while it holds."""
    key = (what, page.pk, page.token_hash, stamp(), today, get_language())
    etag = f'"{hashlib.sha256(repr(key).encode()).hexdigest()[:32]}"'
    if known := get_conditional_response(request, etag=etag):
        return known
    made = _made(key, make)
    response = HttpResponse(made.content, content_type=made.kind, headers={"ETag": etag})
    if made.name:
        response.headers["Content-Disposition"] = f'inline; filename="{made.name}"'
    return response


def _made(key: Key, make: Callable[[], Made]) -> Made:
    if found := _still_good(key):
        return found
    with _one_at_a_time:  # a whole staff waits for one rendering, not for a hundred
        if found := _still_good(key):
            return found
        made = make()
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (monotonic() + KEPT_SECONDS, made)
        return made


def _still_good(key: Key) -> Made | None:
    until, found = _kept.get(key, (0.0, None))
    return found if monotonic() < until else None


def forget() -> None:
    """Forget everything that is kept."""
    _kept.clear()
