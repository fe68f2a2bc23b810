"""The timeline in people's own calendars, and in a weekly mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colead.accounts.models import User
from colead.documents import ical
from colead.plans.actions import feeds as actions
from colead.plans.actions import reminders
from colead.plans.forms.steps import SwitchForm
from colead.plans.queries.feeds import calendar_name, events_of, feed_behind, feeds_of
from colead.plans.queries.reminders import wants_reminders
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Member, Team
from colead.web.calendars import ICS
from colead.web.doors import anyone
from colead.web.page import page


@team_view
def feeds(request: TeamRequest, team: Team) -> HttpResponse:
    """Show which calendar addresses stand, and whether a weekly mail is wanted."""
    context = {"team": team, "feeds": feeds_of(team, request.member), "mails": wants_reminders(request.user)}
    return page(request, "plans/feeds.html", context)


def _whose(request: TeamRequest, whose: str) -> Member | None:
    if whose not in ("team", "mine"):
        raise Http404
    return request.member if whose == "mine" else None


@require_POST
@team_view
def make(request: TeamRequest, team: Team, whose: str) -> HttpResponse:
    """Make a new address and show it, this once: only its hash is kept."""
    made = actions.make_feed(team, member=_whose(request, whose), by=request.user, now=timezone.now())
    return page(request, "plans/feed.html", {"team": team, "token": made.token, "whose": whose})


@require_POST
@team_view
def revoke(request: TeamRequest, team: Team, whose: str) -> HttpResponse:
    """Stop an address."""
    if actions.revoke_feeds(team, member=_whose(request, whose), now=timezone.now()):
        messages.info(request, _("The address has stopped working. Calendars that use it will stay as they are now."))
    return redirect("feeds", team.pk)


@anyone
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program; a wrong and a stopped address are not found alike."""
    found = feed_behind(token)
    if not found:
        raise Http404
    whose: User = found.member.user if found.member else found.made_by
    language = whose.language or "en"
    with translation.override(language):
        content = ical(calendar_name(found), events_of(found), language=language)
    headers = {
        "Cache-Control": "private, max-age=900",
        "Content-Disposition": 'inline; filename="timeline.ics"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(content, content_type=ICS, headers=headers)


@require_POST
@team_view
def mails(request: TeamRequest, team: Team) -> HttpResponse:
    """Turn my weekly mail on or off."""
    form = SwitchForm(request.POST)
    form.is_valid()
    reminders.turn(request.user, on=form.cleaned_data["on"], now=timezone.now())
    return redirect("feeds", team.pk)


@anyone
@csrf_exempt  # mail programs press this button themselves (RFC 8058); the link itself is the key
@require_http_methods(["GET", "HEAD", "POST"])
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, stop the mails on POST, or send them again: programs that look into letters open links too."""
    try:
        user = reminders.who_wrote(token)
    except reminders.NoSuchLink:
        raise Http404 from None
    if request.method == "POST":
        reminders.turn(user, on="again" in request.POST, now=timezone.now())
    return page(request, "plans/stop_reminders.html", {"stopped": not wants_reminders(user)})
