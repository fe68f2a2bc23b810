"""Behind the staff page's link nobody is known, not even somebody who is signed in elsewhere in the same browser."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX = "/p/"


def nobody_known(get_response: Answer) -> Answer:
    """Lay the cookie of a session aside. Stands before the session: a reply must not touch the clock of anybody's."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIX):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return get_response(request)

    return answer
