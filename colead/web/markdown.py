"""Markdown from the content folder and from people, as safe HTML."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "code", "table", "thead", "tbody"}
TAGS |= {"tr", "th", "td", "hr"}
_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=512)
def html(text: str) -> SafeString:
    """Turn Markdown into HTML of our own short list of tags: no images, no raw HTML, links to the web or mail only."""
    clean = nh3.clean(
        _parser.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener nofollow",
    )
    return mark_safe(clean)  # noqa: S308  # nh3 has just cleaned it
