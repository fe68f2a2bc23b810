"""The playbook as anybody may read it: no account, no form to fill in first."""

from django.http import Http404, HttpRequest, HttpResponse

from colead.content.model import UnknownCode
from colead.playbook.asked import playbook
from colead.web.doors import anyone
from colead.web.page import page


@anyone
def contents(request: HttpRequest) -> HttpResponse:
    """Say what collective leadership is and list the seven conditions."""
    book = playbook()
    return page(request, "playbook/contents.html", {"book": book, "pages": book.pages})


@anyone
def condition(request: HttpRequest, condition: str) -> HttpResponse:
    """Show a condition: what it is, how it looks, why it matters, what is felt without it."""
    try:
        book = playbook()
        context: dict[str, object] = {"page": book.page(condition), "guide": book.guide(condition)}
    except UnknownCode:
        raise Http404 from None
    context["hints"] = [hint for hint in book.matrix.dependencies if condition in (hint.to, hint.from_)]
    return page(request, "playbook/condition.html", {**context, "team": team_in_view(request)})


def team_in_view(request: HttpRequest) -> object | None:
    """Return the one team of whoever reads, so that a page to read can lead back to their work."""
    if not request.user.is_authenticated:
        return None
    members = list(request.user.memberships.filter(left_on=None, waiting=False).select_related("team__school")[:2])
    return members[0].team if len(members) == 1 else None


@anyone
def glossary(request: HttpRequest) -> HttpResponse:
    """Explain our words."""
    return page(request, "playbook/glossary.html", {"terms": playbook().glossary, "team": team_in_view(request)})
