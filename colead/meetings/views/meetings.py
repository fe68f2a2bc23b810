"""A team's meetings: the list, the one-tap maker, the page of one, its papers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, facts_of, sent
from colead.documents import ical
from colead.meetings.actions import planning
from colead.meetings.agenda import LENGTHS
from colead.meetings.exports.calendar import meeting_event
from colead.meetings.exports.papers import meeting_paper
from colead.meetings.forms import meetings as forms
from colead.meetings.models import Meeting
from colead.meetings.queries.meetings import meeting_page, meetings_of, reading
from colead.meetings.queries.next_up import next_meeting
from colead.meetings.queries.norms import current_norms
from colead.playbook.asked import playbook
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.web.calendars import calendar_file
from colead.web.files import paper
from colead.web.page import page


@team_page
def meetings(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the meetings ahead and those over, and the one press that makes the next."""
    today = team.today(timezone.now())
    rhythm = getattr(team, "rhythm", None)
    context = {
        "team": team,
        "meetings": meetings_of(team),
        "norms": current_norms(team),
        "rhythm": rhythm,
        "lengths": sorted({*LENGTHS, rhythm.minutes} if rhythm else LENGTHS),
        "next": next_meeting(team, today=today),
        "today": today,
    }
    return page(request, "meetings/meetings.html", context)


@require_POST
@team_view
def new(request: TeamRequest, team: Team) -> HttpResponse:
    """Make the next meeting, with its agenda and roles, in one press."""
    form, now = forms.LengthForm(request.POST), timezone.now()
    if not form.is_valid():
        return redirect("meetings", team.pk)
    plan = next_meeting(team, today=team.today(now))
    points = plan.agenda(form.cleaned_data["minutes"], viewer=request.user, playbook=playbook())
    facts = {"minutes": form.cleaned_data["minutes"], "title": _("Team meeting"), **plan.facts}
    made = planning.make_meeting(team, points, by=request.user, now=now, **facts)
    return redirect("meeting", team.pk, made.pk)


@team_view
def rhythm(request: TeamRequest, team: Team) -> HttpResponse:
    """Say when the team usually meets."""
    known = getattr(team, "rhythm", None)
    initial = facts_of(forms.RhythmForm, known) if known else {"minutes": 45, "every": "week"}
    form = forms.RhythmForm(sent(request), initial=initial)
    back = reverse("meetings", args=[team.pk])
    context = {"team": team, "title": _("When you usually meet"), "back_url": back, "back_text": _("Meetings")}

    def save() -> object:
        return planning.set_rhythm(team, **form.cleaned_data)

    return answer(request, form, save, onward=lambda _saved: back, context=context)


def meeting_of(team: Team, meeting_id: int) -> Meeting:
    """Return a meeting of the team, or not found."""
    people = ("facilitator__user", "note_taker__user", "time_keeper__user", "clock__item", "team__school")
    return get_object_or_404(team.meetings.select_related(*people), pk=meeting_id)


def page_of(meeting: Meeting) -> str:
    return reverse("meeting", args=[meeting.team_id, meeting.pk])


@team_page
def meeting(request: TeamRequest, team: Team, meeting_id: int) -> HttpResponse:
    """Show a meeting as it stands: planned, under way, or over."""
    found, now = meeting_of(team, meeting_id), timezone.now()
    shown = meeting_page(found, playbook())
    context = {"team": team, "meeting": found, "page": shown, "now": now, "today": team.today(now)}
    if found.is_planned:
        here = list(team.members.active())
        context |= {"start": forms.StartForm(team=team, initial={"present": here}), "item_form": forms.ItemForm()}
    if found.is_running:
        context["clock"] = reading(found.clock, now=now)
    return page(request, f"meetings/{found.state}.html", context)


def about(meeting: Meeting, title: str, **more: object) -> dict[str, object]:
    """Return what a form about a meeting shows around it."""
    return {"team": meeting.team, "title": title, "back_url": page_of(meeting), "back_text": meeting.title, **more}


@team_view
def edit(request: TeamRequest, team: Team, meeting_id: int) -> HttpResponse:
    """Change day, time, length, place or title."""
    found = meeting_of(team, meeting_id)
    form = forms.MeetingForm(sent(request), initial=facts_of(forms.MeetingForm, found))

    def save() -> Meeting:
        now = timezone.now()
        return planning.change_meeting(found, **form.words(), by=request.user, based_on=form.based_on(), now=now)

    return answer(request, form, save, onward=page_of, context=about(found, _("Day, time and length")))


@team_view
def roles(request: TeamRequest, team: Team, meeting_id: int) -> HttpResponse:
    """Swap roles."""
    found = meeting_of(team, meeting_id)
    form = forms.RolesForm(sent(request), team=team, initial=facts_of(forms.RolesForm, found))

    def save() -> Meeting:
        now = timezone.now()
        return planning.swap_roles(found, **form.words(), by=request.user, based_on=form.based_on(), now=now)

    lead = _("The roles go around, so that nobody facilitates every time. Swap them when it does not fit today.")
    return answer(request, form, save, onward=page_of, context=about(found, _("Who does what"), lead=lead))


@require_POST
@team_view
def drop(request: TeamRequest, team: Team, meeting_id: int) -> HttpResponse:
    """Take back a meeting that has not begun."""
    found = meeting_of(team, meeting_id)
    return act(request, lambda: planning.drop_meeting(found), reverse("meetings", args=[team.pk]))


@team_page
def on_paper(request: TeamRequest, team: Team, meeting_id: int, form: str) -> HttpResponse:
    """Answer with the agenda, or with what came of the meeting."""
    found = meeting_of(team, meeting_id)
    name = "minutes" if found.is_over else "agenda"
    return paper(meeting_paper(meeting_page(found, playbook()), now=timezone.now()), form, name)


@team_page
def calendar(request: TeamRequest, team: Team, meeting_id: int) -> HttpResponse:
    """Answer with an entry for a calendar."""
    found = meeting_of(team, meeting_id)
    url = request.build_absolute_uri(page_of(found))
    entry = meeting_event(meeting_page(found, playbook()), url=url)
    return calendar_file(ical(str(team), [entry]), "meeting.ics")
