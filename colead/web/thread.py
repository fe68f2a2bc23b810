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


@dataclass(frozen=True)
class Stop:
    """One stop on the thread; `url` is empty where there is nothing to open yet."""

    slug: str
    name: Promise
    state: Literal["done", "here", "later"]
    url: str


def stops(here: str, addresses: Mapping[str, str] | None = None) -> tuple[Stop, ...]:
    """Return the seven stops as seen from `here`, with the addresses of those that can be opened.

    A stop that is not one of the seven is refused with ValueError.
    """
    slugs = list(NAMES)
    now = slugs.index(here)
    states: list[Literal["done", "here", "later"]] = ["done"] * now + ["here"] + ["later"] * (len(slugs) - now - 1)
    known = addresses or {}
    return tuple(
        Stop(slug, NAMES[slug], state, known.get(slug, "")) for slug, state in zip(slugs, states, strict=True)
    )
