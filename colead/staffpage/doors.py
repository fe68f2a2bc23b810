"""The door of the page that all staff read: whoever has the link enters; nobody else learns that there is one."""

from functools import wraps
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
            return _with_headers(nothing_here())
        with timezone.override(page.school.time_zone):
            return _with_headers(view(request, page, token=token, **facts))

    return mark(csrf_exempt(enter), "staff_page")


def letter_view(view: View) -> View:
    """Let in whoever comes from a letter of ours: the signed key in its address is what they show."""

    @wraps(view)
    def enter(request: HttpRequest, key: str, **facts: Any) -> HttpResponse:
        return _with_headers(view(request, key, **facts))

    return mark(csrf_exempt(enter), "letter")


def nothing_here() -> HttpResponse:
    """Return the one answer for every link that opens nothing."""
    with translation.override("en"):
        return HttpResponse(render_to_string("staffpage/nothing.html"), status=404)


def _with_headers(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
