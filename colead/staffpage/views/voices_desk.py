"""Replies as people of the school see them: how they are taken, what came, the reader's notes, the team's answers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.accounts.models import User
from colead.answers import box
from colead.decisions.models import Decision
from colead.decisions.views.saving import answer, authored, facts_of, sent
from colead.schools.doors import KnownRequest, TeamRequest, school_view, team_view
from colead.schools.models import School, Seat, Team
from colead.staffpage.actions import voices
from colead.staffpage.forms.voices import DeskForm, NotesForm, ThemeAnswerForm
from colead.staffpage.models import ReplyDesk, ReplyTheme
from colead.staffpage.models.voices import LEAST
from colead.staffpage.queries.voices import desk_of, desk_page, notes_let_go, readable, replies_to, rounds_at
from colead.web.page import page


@school_view()
def reply_desk(request: KnownRequest, school: School) -> HttpResponse:
    """Show how replies are taken at the school, and what came of them."""
    today = school.today(timezone.now())
    context = {"school": school, "shown": desk_page(school, request.user, today=today), "least": LEAST}
    return page(request, "staffpage/voices_desk.html", context)


@school_view("lead", Seat.Role.PRINCIPAL)
def reply_desk_set(request: KnownRequest, school: School) -> HttpResponse:
    """Say who reads the notes first, and how many replies it takes."""
    desk = desk_of(school)
    initial = facts_of(DeskForm, desk) if desk else {"minimum": LEAST, "is_open": True}
    form = DeskForm(sent(request), school=school, initial=initial)

    def save() -> ReplyDesk:
        return voices.set_desk(school, **form.cleaned_data, by=request.user, now=timezone.now())

    back = {"back_url": reverse("reply_desk", args=[school.pk]), "back_text": _("Replies to decisions")}
    lead = _("What people were told stays true: replies that wait now keep their reader and their number.")
    context = {"school": school, "title": _("How staff can reply"), "lead": lead, **back}
    return answer(
        request,
        form,
        save,
        onward=lambda _saved: back["back_url"],
        context=context,
        template="staffpage/voices_form.html",
    )


def _decision_at(school: School, viewer: User, decision_id: int) -> Decision:
    found = next((one for one in readable(school, viewer) if one.pk == decision_id), None)
    if found is None:
        raise Http404
    return found


@school_view()
def reply_list(request: KnownRequest, school: School, decision_id: int) -> HttpResponse:
    """Show people of the school what came back on one decision, with the notes that were let go."""
    decision = _decision_at(school, request.user, decision_id)
    context = {
        "school": school,
        "decision": decision,
        "replies": replies_to(decision, today=school.today(timezone.now())),
        "notes": notes_let_go(decision),
        "may_answer": decision.team.members.active().filter(user=request.user).exists(),
    }
    return page(request, "staffpage/voices_replies.html", context)


@school_view()
def reply_notes(request: KnownRequest, school: School, reply_round_id: int) -> HttpResponse:
    """Let the named reader read the notes, take names out, and say what they say."""
    round_ = get_object_or_404(rounds_at(school), pk=reply_round_id)
    if round_.reader_id != request.user.pk:
        raise PermissionDenied
    held = voices.notes_of(round_, by=request.user) if round_.sealed_on else ()
    form = NotesForm(sent(request), held=held)

    def save() -> object:
        facts: dict[str, Any] = {"by": request.user, "now": timezone.now()}
        return voices.keep_themes(round_, sentences=form.sentences(), texts=form.let_go(), **facts)

    context = {"school": school, "round": round_, "decision": round_.decision, "held": held}
    onward = reverse("reply_list", args=[school.pk, round_.decision_id])
    if not held:
        return page(request, "staffpage/voices_notes.html", context)
    try:
        return answer(
            request, form, save, onward=lambda _saved: onward, context=context, template="staffpage/voices_notes.html"
        )
    except box.AlreadyReleased:  # sent twice
        return redirect(onward)


@team_view
def theme_answer(request: TeamRequest, team: Team, reply_theme_id: int) -> HttpResponse:
    """Answer what several notes say, for everybody to read."""
    themes = ReplyTheme._default_manager.filter(decision__team=team).select_related("decision__team__school")
    theme = get_object_or_404(themes, pk=reply_theme_id)
    form = ThemeAnswerForm(sent(request), initial=facts_of(ThemeAnswerForm, theme))

    def save() -> ReplyTheme:
        return voices.answer_theme(theme, **authored(request, form))

    back = reverse("reply_list", args=[team.school_id, theme.decision_id])
    context = {
        "team": team,
        "title": _("Answer what the notes say"),
        "quote": theme.sentence,
        "back_url": back,
        "back_text": theme.decision.question,
    }
    return answer(
        request, form, save, onward=lambda _saved: back, context=context, template="staffpage/voices_form.html"
    )
