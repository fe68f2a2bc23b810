"""What happens around every page for a person who is signed in: their language, and a session that lasts while used."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]
TOUCH_EVERY = 3600


def language(get_response: Answer) -> Answer:
    """Speak the language a person chose; those who chose none keep what their browser asks for."""

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "")
        if chosen:
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return answer


def staying(get_response: Answer) -> Answer:
    """Save a session anew once an hour while it is used, so that only an idle one runs out."""

    def answer(request: HttpRequest) -> HttpResponse:
        hour = int(time.time() // TOUCH_EVERY)
        if request.user.is_authenticated and request.session.get("hour") != hour:
            request.session["hour"] = hour
        return get_response(request)

    return answer
