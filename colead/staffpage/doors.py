"""The door of the page that all staff read: whoever has the link enters; nobody else learns that there is one."""

from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from colead.staffpage.queries.links import page_behind
from colead.web.doors import View, mark

HEADERS = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


def staff_page_view(view: View) -> View:
    """Let in whoever brings the link; hand over the `page` (with its `page.school`) and the `token`.

    A wrong, an old and a switched-off link are answered alike, to the byte. There is no session here, so a form has
    nothing to ride on: the link itself is the key.
    """

    @wraps(view)
    def enter(request: HttpRequest, token: str, **facts: Any) -> HttpResponse:
        page = page_behind(token)
        if page is None:
            return with_headers(nothing_here())
        with timezone.override(page.school.time_zone):
            return with_headers(view(request, page, token=token, **facts))

    return mark(csrf_exempt(enter), "staff_page")


def letter_view(view: View) -> View:
    """Let in whoever comes from a letter of ours: the signed key in its address is what they show."""

    @wraps(view)
    def enter(request: HttpRequest, key: str, **facts: Any) -> HttpResponse:
        return with_headers(view(request, key, **facts))

    return mark(csrf_exempt(enter), "letter")


def nothing_here() -> HttpResponse:
    """Return the one answer for every link that opens nothing."""
    return HttpResponse(_nothing(), status=404)


@cache
def _nothing() -> bytes:
    with translation.override("en"):
        return render_to_string("staffpage/nothing.html").encode()


def with_headers(response: HttpResponse) -> HttpResponse:
    """Keep an answer from caches, search engines and other sites' logs; and its address, the link, out of our own."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would log the address of a refusal
    return response
