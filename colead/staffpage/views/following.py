"""Follow by mail without an account. A GET shows a button and changes nothing: mail scanners open links too."""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colead.schools.tries import HOUR, count, from_where, used_up
from colead.staffpage.actions import following as actions
from colead.staffpage.doors import letter_view, nothing_here, staff_page_view
from colead.staffpage.emails import send_question
from colead.staffpage.forms.following import FollowForm
from colead.staffpage.models import StaffPage
from colead.staffpage.queries.following import finding_of
from colead.surveys.models import Finding

MOST_TO_AN_ADDRESS, MOST_FROM_ONE_PLACE = 3, 300  # an hour; a whole staff room sits behind one address
ASKED_WAYS = ["GET", "HEAD", "POST"]
log = logging.getLogger(__name__)


@staff_page_view
@require_http_methods(ASKED_WAYS)
def follow(request: HttpRequest, page: StaffPage, token: str, finding_id: int = 0) -> HttpResponse:
    """Take an address and ask it by mail; the answer here is the same whether we know it or not."""
    finding = finding_of(page.school, finding_id) if finding_id else None
    if finding_id and not finding:
        return nothing_here()
    form = FollowForm(request.POST if request.method == "POST" else None)
    facts = {"school": page.school, "token": token, "finding": finding, "form": form}
    if not form.is_valid():
        return _page("staffpage/follow.html", facts)
    if not _may_ask(request):
        form.add_error(None, _("Too many people have asked from here in this hour. Please try again later."))
        return _page("staffpage/follow.html", facts, status=429)
    sent = _ask(page, finding, form.cleaned_data["email"])
    return _page("staffpage/asked.html", {**facts, "sent": sent})


def _may_ask(request: HttpRequest) -> bool:
    """Count a try from a place; say whether it may have one more."""
    now, place = timezone.now(), from_where(request)
    if used_up("follow", place, most=MOST_FROM_ONE_PLACE, per=HOUR, now=now):
        return False
    count("follow", place, per=HOUR, now=now)
    return True


def _ask(page: StaffPage, finding: Finding | None, email: str) -> bool:
    """Write to the address, three times an hour at most; say whether the mail server took it."""
    now, who = timezone.now(), f"{page.pk}:{email.lower()}"
    if used_up("follow-mail", who, most=MOST_TO_AN_ADDRESS, per=HOUR, now=now):
        return True
    count("follow-mail", who, per=HOUR, now=now)
    made = actions.ask_to_follow(page.school, email=email, finding=finding, language=get_language() or "en", now=now)
    try:
        send_question(made)
    except OSError as trouble:
        log.error("A letter could not be sent: %s", type(trouble).__name__)
        return False
    return True


@letter_view
@require_http_methods(ASKED_WAYS)
def follow_yes(request: HttpRequest, key: str) -> HttpResponse:
    """Ask on GET, follow on POST."""
    now = timezone.now()
    try:
        found = actions.waiting_for_yes(key, now=now)
        if request.method == "POST":
            found = actions.confirm(key, now=now)
    except actions.NoSuchLink:
        return nothing_here()
    return _page("staffpage/follow_yes.html", {"school": found.school, "follow": found})


@letter_view
@require_http_methods(ASKED_WAYS)
def follow_stop(request: HttpRequest, key: str) -> HttpResponse:
    """Ask on GET, forget the address on POST; mail programs press this button themselves (RFC 8058)."""
    try:
        found = actions.behind_stop(key)
        if request.method == "POST":
            actions.stop(key)
            found = None
    except actions.NoSuchLink:
        return nothing_here()
    return _page("staffpage/follow_stop.html", {"follow": found, "school": found.school if found else ""})


def _page(template: str, facts: dict[str, object], *, status: int = 200) -> HttpResponse:
    """Render without the request: nothing on these pages knows who reads them."""
    return HttpResponse(render_to_string(template, facts), status=status)
