"""The page as an Atom feed: one entry for each thing that moved."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.staffpage.queries.moves import Move
from colead.staffpage.queries.page import Contents

MOST = 50
NOT_XML = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {0xFFFE: None, 0xFFFF: None}


def feed(contents: Contents, moves: tuple[Move, ...], *, token: str, number: int, now: datetime) -> bytes:
    """Return the feed. Its ids hold no part of the link, so that a reader program keeps them when the link changes."""
    page = settings.SITE_URL + reverse("staff_page", args=[token])
    name = clean(contents.school.name)
    made = Atom1Feed(
        title=_("%(school)s: what you said, what we do") % {"school": name},
        link=page,
        description=_("For everybody who works here, from the leadership team."),
        language=get_language() or "en",
        author_name=name,
        feed_url=settings.SITE_URL + reverse("staff_feed", args=[token]),
        feed_guid=_tag(number, "page"),
    )
    for move in [move for move in moves if move.at <= now][:MOST]:
        made.add_item(
            title=clean(move.title),
            link=f"{page}#{move.anchor}",
            description=linebreaks(clean(move.text), autoescape=True),  # a summary is read as HTML
            unique_id=_tag(number, move.key),
            pubdate=move.at,
            updateddate=move.at,
        )
    return made.writeString("utf-8").encode()


def clean(text: str) -> str:
    """Leave out what XML cannot carry."""
    return text.translate(NOT_XML)


def _tag(number: int, key: str) -> str:
    """Return an id that never changes (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:staff-page/{number}/{key}"
