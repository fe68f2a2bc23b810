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
from colead.schools.models import School
from colead.staffpage.actions import voices
from colead.staffpage.doors import nothing_here, staff_page_view
from colead.staffpage.forms.voices import ReplyForm
from colead.staffpage.models import StaffPage
from colead.staffpage.queries.findings import on_page
from colead.staffpage.queries.telling import held_back
from colead.staffpage.queries.voices import replies_to

NO_STORE = {"Cache-Control": "no-store"}


def _shown(school: School, decision_id: int) -> Decision | None:
    """Return a decision that staff read, or None."""
    decided = Decision.objects.filter(team__school=school).decided().select_related("team__school", "owner")
    found = decided.filter(pk=decision_id).first()
    return found if found and on_page(found, held_back(school)) else None


@staff_page_view
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def staff_reply(request: HttpRequest, page: StaffPage, token: str, decision_id: int) -> HttpResponse:
    """Show one decision with what came back so far, and take a reply."""
    decision, now = _shown(page.school, decision_id), timezone.now()
    if decision is None:
        return nothing_here()
    sent = request.method == "POST"
    form = ReplyForm(request.POST if sent else None, initial={"key": secrets.token_hex(16)})
    if sent and form.is_valid():
        try:
            voices.reply(decision, **form.cleaned_data, now=now)
            return HttpResponseRedirect(reverse("staff_replied", args=[token, decision.pk]), headers=NO_STORE)
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
        except DatabaseError:  # nothing of it may reach a report of errors
            form.add_error(None, _("We could not take it in just now. Your words are still here: send them again."))
            return _page("staffpage/voices_reply.html", decision, token, now, form=form, status=503)
    return _page("staffpage/voices_reply.html", decision, token, now, form=form, status=422 if sent else 200)


@staff_page_view
@require_safe
def staff_replied(request: HttpRequest, page: StaffPage, token: str, decision_id: int) -> HttpResponse:
    """Say thank you, and what happens with the reply now. The same page for everybody."""
    decision = _shown(page.school, decision_id)
    if decision is None:
        return nothing_here()
    return _page("staffpage/voices_replied.html", decision, token, timezone.now())


def _page(
    template: str, decision: Decision, token: str, now: datetime, *, form: ReplyForm | None = None, status: int = 200
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
