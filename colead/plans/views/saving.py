"""What every writing page of this room does: judge, save, and answer well when that does not go through."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.plans.queries.people import signs_of_a_person
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest
from colead.schools.models import Team
from colead.texts.actions import StaleSave
from colead.texts.forms import BasedOnVersion
from colead.texts.models import TeamText
from colead.texts.views import merge

AnyForm = TypeVar("AnyForm", bound=Form)
Saved = TypeVar("Saved")


def saved(
    request: TeamRequest,
    team: Team,
    form: AnyForm,
    save: Callable[[AnyForm], Any],
    onward: Callable[[Any], tuple[Any, ...]],
) -> HttpResponse | None:
    """Save a form that is fine and go where `onward` says; None where the form needs another look.

    A refusal becomes an error of the form; a stale save answers with the page that puts two versions together.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        done = save(form)
    except StaleSave as stale:
        return merge(request, stale, labels=form.labels() if isinstance(form, BasedOnVersion) else {})
    except Refusal as refusal:
        form.add_error(None, str(refusal.reason))
        return None
    look_twice(request, team, form)
    return redirect(*onward(done))


def rewriting(request: TeamRequest, verb: Callable[..., Saved], text: TeamText) -> Callable[[BasedOnVersion], Saved]:
    """Return how a form about a text is saved: by `verb`, based on the version that whoever writes has seen."""
    return lambda form: verb(text, by=request.user, based_on=form.based_on(), now=timezone.now(), **form.words())


def look_twice(request: TeamRequest, team: Team, form: Form) -> None:
    """Ask, and never refuse, when what was written looks like the record of one person."""
    written = [value for value in form.cleaned_data.values() if isinstance(value, str)]
    if signs := signs_of_a_person(team, *written):
        asked = _("Saved. Please look once more: this may point to one person (%s). Write about the school instead.")
        messages.warning(request, asked % ", ".join(signs))


def refused(request: TeamRequest, refusal: Refusal) -> None:
    """Say a refusal aloud on the next page."""
    messages.warning(request, str(refusal.reason))
