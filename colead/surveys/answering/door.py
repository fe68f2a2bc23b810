"""The way round everything that knows people: paths under /s/ meet no session, no sign-in, no cookie, no log."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colead.surveys.answering.pages import language_of

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX = "/s/"
OURS = "colead.surveys.answering.urls"
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
BUSY = _("This page is busy. Nothing you wrote is lost. Please try again in a minute.")
NOT_HERE = _("There is nothing at this address. Please look at it again.")

log = logging.getLogger(__name__)


def round_about(get_response: Answer) -> Answer:
    """Answer a survey's own pages here and now. Stands before the session, so that nothing after it is ever asked."""

    def enter(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        response = _answered(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers["Content-Length"] = str(len(response.content))
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django would log the address of a refusal
        return response

    return enter


def _answered(request: HttpRequest) -> HttpResponse:
    try:
        match = resolve(request.path_info.removeprefix("/s"), OURS)  # the whole site's list would take longer to walk
    except Resolver404:
        return _with_slash(request) or _plain(request, NOT_HERE, 404)
    try:
        return match.func(request, *match.args, **match.kwargs)
    except Exception as trouble:
        return _busy(request, trouble)


def _busy(request: HttpRequest, trouble: Exception) -> HttpResponse:
    """Ask for another try: a database that is full, locked or away took nothing in, and the phone still has it all."""
    log.error("A page of a survey failed: %s", type(trouble).__name__)  # its text may hold what somebody wrote
    answer = _plain(request, BUSY, 503)
    answer.headers["Retry-After"] = "20"
    return answer


def _plain(request: HttpRequest, said: str | Promise, status: int) -> HttpResponse:
    with translation.override(language_of(request.headers.get("Accept-Language", ""))):
        return HttpResponse(str(said), status=status, content_type="text/plain; charset=utf-8")


def _with_slash(request: HttpRequest) -> HttpResponse | None:
    if request.path_info.endswith("/") or request.method not in ("GET", "HEAD"):
        return None
    return HttpResponseRedirect(request.path_info + "/")  # what stands behind a # comes along by itself
