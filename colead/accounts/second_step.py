"""Whoever follows many schools proves who they are with a second step, and once more after an hour of rest."""

import time
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

REST = 3600  # seconds without a page
TOUCH_EVERY = 300
SEEN = "office_seen"


def step_first(request: HttpRequest) -> HttpResponse | None:
    """Return where a signed-in person must go before they may enter; None where they may.

    Those without a second step go and set one up. Those who rested for an hour are asked for it again; a form that
    they had open may still be sent, so that nothing typed is lost.
    """
    if not settings.SECOND_STEP_FOR_OFFICES or not request.user.is_authenticated:
        return None
    if not is_mfa_enabled(request.user):
        messages.info(request, _("An office sees many schools. Set up a second step first: it takes a minute."))
        return redirect("mfa_index")
    if request.method == "GET" and _rested(request):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
    _touch(request)
    return None


def _rested(request: HttpRequest) -> bool:
    return time.time() - max(_proved(request), request.session.get(SEEN, 0)) > REST


def _proved(request: HttpRequest) -> float:
    """Return when they last showed a second step in this session."""
    records = get_authentication_records(request, request.user)
    return max((record["at"] for record in records if record["method"] == "mfa"), default=0)


def _touch(request: HttpRequest) -> None:
    if time.time() - request.session.get(SEEN, 0) > TOUCH_EVERY:
        request.session[SEEN] = int(time.time())
