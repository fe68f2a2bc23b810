"""The page on which a person puts two versions together. Other rooms' views answer with it; it has no address."""

from datetime import date
from typing import Any

from django.db.models import CharField, Field, Model, TextField
from django.http import HttpRequest, HttpResponse

from colead.texts.actions import Clash, StaleSave
from colead.web.page import page


def merge(request: HttpRequest, stale: StaleSave, *, labels: dict[str, str], prefix: str = "") -> HttpResponse:
    """Show base, theirs and mine for each field in dispute; all else that was typed travels along unseen.

    The page posts to the same address, based on the newest version, so that the next save is an ordinary one.
    `prefix` is what the form puts before field names.
    """
    context = {
        "fields": [_field(stale, clash, labels, prefix) for clash in stale.clashes],
        "carried": _carried(request, stale, prefix),
        "version_name": prefix + "version",
        "version": stale.text.version,
        "last": stale.text.history.select_related("history_user").first(),
    }
    response = page(request, "texts/merge.html", context, status=409)
    response.headers["HX-Retarget"] = "body"  # not only the part of the page that saved itself
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _carried(request: HttpRequest, stale: StaleSave, prefix: str) -> list[tuple[str, Any]]:
    """Return what was sent and is not in dispute, merged where one side alone had changed it."""
    disputed = {prefix + clash.field for clash in stale.clashes}
    left_out = {"csrfmiddlewaretoken", "compare", prefix + "version"} | disputed
    settled = {prefix + field: sent(value) for field, value in stale.merged.items()}
    posted = [
        (name, settled.get(name, value))
        for name, values in request.POST.lists()
        if name not in left_out
        for value in values
    ]
    unposted = set(settled) - set(request.POST) - left_out  # a box that is not ticked is not sent
    return posted + [(name, settled[name]) for name in sorted(unposted)]


def sent(value: Any) -> Any:
    """Return a value as a form sends it."""
    if value is None or value is False:
        return ""
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


def _field(stale: StaleSave, clash: Clash, labels: dict[str, str], prefix: str) -> dict[str, Any]:
    """Say how a field in dispute is shown: words are put together, of anything else one is picked."""
    field = stale.text._meta.get_field(clash.field)
    written = isinstance(field, CharField | TextField) and not field.choices
    return {
        "name": prefix + clash.field,
        "label": labels.get(clash.field, clash.field),
        "base": _shown(field, clash.base),
        "theirs": _shown(field, clash.theirs),
        "mine": _shown(field, clash.mine),
        "written": written,
        "sent_theirs": sent(clash.theirs),
        "sent_mine": sent(clash.mine),
    }


def _shown(field: Any, value: Any) -> Any:
    return dict(field.flatchoices).get(value, value) if isinstance(field, Field) else value
