"""Behind the staff page's link nobody is known, not even somebody who is signed in elsewhere in the same browser."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from colead.staffpage.doors import nothing_here, with_headers

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX = "/p/"
OURS = "colead.staffpage.urls_public"


def nobody_known(get_response: Answer) -> Answer:
    """Answer what staff open here and now. Stands before the session, so that nothing after it is ever asked:

    no cookie is read or set, and a reply touches the clock of nobody's session.
    """

    def enter(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        with translation.override(translation.get_language_from_request(request)):
            response = _answered(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return enter


def _answered(request: HttpRequest) -> HttpResponse:
    try:
        match = resolve(request.path_info, OURS)  # the whole site's list would take longer to walk
    except Resolver404:
        return _with_slash(request) or with_headers(nothing_here())
    return match.func(request, *match.args, **match.kwargs)


def _with_slash(request: HttpRequest) -> HttpResponse | None:
    if request.path_info.endswith("/") or request.method not in ("GET", "HEAD"):
        return None
    return with_headers(HttpResponseRedirect(request.path_info + "/"))
