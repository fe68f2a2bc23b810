"""The thread: the seven stops from what staff say to what the school does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAMES: dict[str, Promise] = {
    "voice": _("voice"),
    "barrier": _("barrier"),
    "theory": _("theory"),
    "map": pgettext_lazy("purpose map", "map"),
    "test": pgettext_lazy("a small test", "test"),
    "result": _("result"),
    "decision": _("decision"),
}
State = Literal["done", "here", "later"]


@dataclass(frozen=True)
class Stop:
    """One stop on the thread; `url` is empty where there is nothing to open yet."""

    slug: str
    name: Promise
    state: State
    url: str


def stops(here: str, addresses: Mapping[str, str] | None = None) -> tuple[Stop, ...]:
    """Return the seven stops as seen from `here`, with the addresses of those that can be opened.

    A stop that is not one of the seven is refused with ValueError.
    """
    slugs = list(NAMES)
    now = slugs.index(here)
    known = addresses or {}
    return tuple(Stop(slug, NAMES[slug], _state(at, now), known.get(slug, "")) for at, slug in enumerate(slugs))


def _state(at: int, now: int) -> State:
    if at < now:
        return "done"
    return "here" if at == now else "later"
