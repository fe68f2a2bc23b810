"""A reply to a decision, behind the link that all staff have. Nothing here knows who replies."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from colead.answers import box
from colead.decisions.models import Decision
from colead.schools.actions import Refusal
from colead.staffpage.actions import voices
from colead.staffpage.doors import nothing_here, staff_page_view
from colead.staffpage.forms.voices import ReplyForm
from colead.staffpage.models import StaffPage
from colead.staffpage.queries.voices import decision_on_page, replies_to

NO_STORE = {"Cache-Control": "no-store"}


@staff_page_view
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def staff_reply(request: HttpRequest, page: StaffPage, token: str, decision_id: int) -> HttpResponse:
    """Show one decision with what came back so far, and take a reply."""
    decision, now = decision_on_page(page.school, decision_id), timezone.now()
    if decision is None:
        return nothing_here()
    sent = request.method == "POST"
    form = ReplyForm(request.POST if sent else None, initial={"key": secrets.token_hex(16)})
    if not sent:
        return _page(decision, token, now, form)
    status = _take(decision, form, now)
    if status == 302:
        return HttpResponseRedirect(reverse("staff_replied", args=[token, decision.pk]), headers=NO_STORE)
    return _page(decision, token, now, form, status=status)


@sensitive_variables()
def _take(decision: Decision, form: ReplyForm, now: datetime) -> int:
    """Put what was sent into the box; return 302, or another status with what is wrong written into the form."""
    if not form.is_valid():
        return 422
    try:
        voices.reply(decision, **form.cleaned_data, now=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal.reason))
        return 422
    except DatabaseError:  # nothing of it may reach a report of errors
        form.add_error(None, _("We could not take it in just now. Your words are still here: send them again."))
        return 503
    return 302


@staff_page_view
@require_safe
def staff_replied(request: HttpRequest, page: StaffPage, token: str, decision_id: int) -> HttpResponse:
    """Say thank you, and what happens with the reply now. The same page for everybody."""
    decision = decision_on_page(page.school, decision_id)
    if decision is None:
        return nothing_here()
    return _page(decision, token, timezone.now(), template="staffpage/voices_replied.html")


def _page(
    decision: Decision,
    token: str,
    now: datetime,
    form: ReplyForm | None = None,
    *,
    status: int = 200,
    template: str = "staffpage/voices_reply.html",
) -> HttpResponse:
    replies = replies_to(decision, today=decision.team.today(now))
    facts = {
        "school": decision.team.school,
        "decision": decision,
        "token": token,
        "replies": replies,
        "minimum": box.facts(replies.open.ref).minimum if replies.open else 0,
        "last_day": box.facts(replies.open.ref).closes if replies.open else None,
        "takes": bool(replies.open) and voices.takes_replies(decision, now=now),
        "form": form,
        "demo": settings.DEMO,
    }
    return HttpResponse(render_to_string(template, facts), status=status, headers=NO_STORE)
