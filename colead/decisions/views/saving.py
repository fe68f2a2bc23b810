"""What every page with a form does: check, do one verb, and say aloud where that was refused or came too late."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from colead.schools.actions import Refusal
from colead.texts.actions import StaleSave
from colead.texts.forms import BasedOnVersion
from colead.texts.views import merge
from colead.web.page import page


def sent(request: HttpRequest) -> Any:
    """Return what a form was sent with, None where it is shown for the first time."""
    return request.POST if request.method == "POST" else None


def facts_of(form: type[Form], text: Any) -> dict[str, Any]:
    """Return what stands in a text now, for the fields of a form about it."""
    return {name: getattr(text, name) for name in form.base_fields if hasattr(text, name)}


def authored(request: HttpRequest, form: BasedOnVersion) -> dict[str, Any]:
    """Return what saving a text takes: its words, who wrote them, on which version, when."""
    return {**form.words(), "by": request.user, "based_on": form.based_on(), "now": timezone.now()}


def answer(
    request: HttpRequest,
    form: Form,
    save: Callable[[], object],
    *,
    onward: Callable[[Any], str],
    context: dict[str, Any],
    template: str = "decisions/form.html",
) -> HttpResponse:
    """Show the form, or save and go `onward` from what was saved.

    Two versions of one text are put together by a person; a refusal is said above the form, with all that was typed.
    """
    if form.is_valid():
        try:
            saved = save()
        except StaleSave as stale:
            assert isinstance(form, BasedOnVersion)
            return merge(request, stale, labels=form.labels())
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return redirect(onward(saved))
    return page(request, template, {**context, "form": form}, status=422 if form.is_bound else 200)


def act(request: HttpRequest, verb: Callable[[], object], *onward: Any) -> HttpResponse:
    """Do one verb that needs no form, and go `onward`; where it is refused, say so there."""
    try:
        verb()
    except Refusal as refusal:
        messages.warning(request, str(refusal.reason))
    return redirect(*onward)
