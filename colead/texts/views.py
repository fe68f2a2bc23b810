"""The page on which a person puts two versions together. Other rooms' views answer with it; it has no address."""

from django.http import HttpRequest, HttpResponse

from colead.texts.actions import StaleSave
from colead.web.page import page


def merge(request: HttpRequest, stale: StaleSave, *, labels: dict[str, str], prefix: str = "") -> HttpResponse:
    """Show base, theirs and mine for each field in dispute; all else that was typed travels along unseen.

    The page posts to the same address, based on the newest version, so that the next save is an ordinary one.
    `prefix` is what the form puts before field names.
    """
    disputed = {prefix + clash.field for clash in stale.clashes}
    settled = {prefix + field: value for field, value in stale.merged.items()}
    carried = [
        (name, settled.get(name, value))
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "compare", prefix + "version"} | disputed
        for value in values
    ]
    fields = [
        {"name": prefix + clash.field, "label": labels.get(clash.field, clash.field), "clash": clash}
        for clash in stale.clashes
    ]
    last = stale.text.history.select_related("history_user").first()
    context = {
        "fields": fields,
        "carried": carried,
        "version_name": prefix + "version",
        "version": stale.text.version,
        "last": last,
    }
    response = page(request, "texts/merge.html", context, status=409)
    response.headers["HX-Retarget"] = "body"  # not only the part of the page that saved itself
    response.headers["HX-Reswap"] = "outerHTML"
    return response
