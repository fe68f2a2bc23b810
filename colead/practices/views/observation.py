"""Open doors: begin a round, say who one is, open a door, wish for visits, match, publish."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, sent
from colead.practices.actions import observation as actions
from colead.practices.doors import works_at
from colead.practices.emails import tell_visits
from colead.practices.forms import observation as forms
from colead.practices.models import DoorsRound, OpenDoor, VisitWish
from colead.practices.observation_doors import colleague_view, is_principal, keeper_view, keeps, round_of, round_view
from colead.practices.queries import observation as queries
from colead.practices.queries.observation_plan import Desk, desk_of, schedule_of, staff_of
from colead.schools.doors import KnownRequest, school_view
from colead.schools.models import School, Team
from colead.web.page import page


def home_of(round_: DoorsRound) -> str:
    return reverse("doors_round", args=[round_.team.school_id, round_.pk])


def _teams(school: School, user: Any) -> list[Team]:
    """Return the teams on whose timetable somebody may open a round."""
    if is_principal(school, user):
        return list(school.teams.all())
    return [member.team for member in user.memberships.active().filter(team__school=school).select_related("team")]


@school_view()
def doors(request: KnownRequest, school: School) -> HttpResponse:
    """List the school's rounds, and what waits for whoever asks."""
    today = school.today(timezone.now())
    is_colleague, teams = works_at(school, request.user), _teams(school, request.user)
    context = {
        "school": school,
        "rounds": queries.rounds_of(school),
        "todos": queries.todos(school, request.user, today) if is_colleague else (),
        "places": queries.places_of(teams),
        "is_keeper": bool(teams),
        "today": today,
    }
    return page(request, "practices/observe.html", context)


@colleague_view
def doors_new(request: KnownRequest, school: School) -> HttpResponse:
    """Open a round on one of the timetables that are one's team's."""
    places = queries.places_of(_teams(school, request.user))
    if not places:
        raise PermissionDenied
    days_off = queries.days_off_of(school, school.today(timezone.now()))
    known = {"title": _("Open doors"), "weeks": 6, "days_off": days_off}
    form = forms.RoundForm(sent(request), places=places, initial=known)

    def save() -> DoorsRound:
        facts = dict(form.cleaned_data)
        timetable, scenario = queries.place_of(facts.pop("place"))
        return actions.open_round(timetable, scenario=scenario, **facts, by=request.user, now=timezone.now())

    lead = _("Some weeks in which colleagues watch each other. You choose when, everybody else chooses whom.")
    context = {"title": _("Open a round"), "lead": lead, "submit": _("Open it")}
    context |= {"back_url": reverse("doors", args=[school.pk]), "back_text": _("Open doors")}
    return answer(request, form, save, onward=home_of, context=context)


@school_view()
def doors_round(request: KnownRequest, school: School, doors_id: int) -> HttpResponse:
    """Show a round: what it is for, whose doors are open, what is mine; to a coach only counts."""
    round_ = round_of(school, doors_id)
    shown = queries.round_page(round_, request.user, school.today(timezone.now()))
    is_colleague = works_at(school, request.user)
    context = {"school": school, "page": shown, "round": round_, "is_colleague": is_colleague}
    return page(request, "practices/observe_round.html", {**context, "keeps": keeps(round_, request.user)})


def _around(round_: DoorsRound, title: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "back_url": home_of(round_), "back_text": str(round_), **more}


@keeper_view
def doors_edit(request: KnownRequest, round_: DoorsRound) -> HttpResponse:
    """Change what a round is called and when it is."""
    initial = {name: getattr(round_, name) for name in forms.RoundForm.base_fields if name != "place"}
    form = forms.RoundForm(sent(request), initial=initial)
    context = _around(round_, _("Change the round"))
    return answer(
        request, form, lambda: actions.change_round(round_, **form.cleaned_data), onward=home_of, context=context
    )


@require_POST
@keeper_view
def doors_drop(request: KnownRequest, round_: DoorsRound) -> HttpResponse:
    """Erase a round that nobody has visits from yet."""
    return act(request, lambda: actions.drop_round(round_), reverse("doors", args=[round_.team.school_id]))


@round_view
def doors_name(request: KnownRequest, round_: DoorsRound) -> HttpResponse:
    """Say which name in the timetable is mine."""
    school, schedule = round_.team.school, schedule_of(round_)
    names = tuple(person.name for person in schedule.people) if schedule else ()
    link = school.timetable_names.filter(user=request.user).first()
    role = "administrator" if is_principal(school, request.user) else ""
    known = link.name if link else queries.suggested_name(school, request.user, names)
    form = forms.NameForm(
        sent(request), names=names, initial={"name": known, "role": (link.role if link else "") or role}
    )

    def save() -> object:
        return actions.name_me(school, **form.cleaned_data, by=request.user)

    lead = _("So that we know when you teach and when you are free. You can change it later.")
    context = _around(round_, _("Who are you in the timetable?"), lead=lead, submit=_("This is me"))
    goal = {"door": "doors_mine", "wish": "doors_wish"}.get(request.GET.get("then", ""), "doors_round")
    onward = reverse(goal, args=[school.pk, round_.pk])
    return answer(request, form, save, onward=lambda _saved: onward, context=context)


def _desk(request: KnownRequest, round_: DoorsRound) -> Desk | None:
    schedule = schedule_of(round_)
    link = round_.team.school.timetable_names.filter(user=request.user).first()
    return desk_of(schedule, link, request.user) if schedule else None


def _who_first(round_: DoorsRound, then: str) -> HttpResponse:
    """Ask who somebody is before anything else; where the timetable is gone, go back."""
    if not schedule_of(round_):
        return redirect(home_of(round_))
    return redirect(reverse("doors_name", args=[round_.team.school_id, round_.pk]) + f"?then={then}")


@round_view
def doors_mine(request: KnownRequest, round_: DoorsRound) -> HttpResponse:
    """Open my door, or change it."""
    desk = _desk(request, round_)
    if not desk:
        return _who_first(round_, "door")
    door = round_.doors.filter(host=request.user).first() or OpenDoor()
    initial = {"look_for": door.look_for, "shows": door.shows, "subjects": door.subjects}
    initial |= {"most_a_week": door.most_a_week, "at_once": door.at_once, "slots": forms.shown(door.slots)}
    form = forms.DoorForm(sent(request), desk=desk, initial=initial)

    def save() -> object:
        return actions.open_door(round_, **form.facts(), by=request.user, now=timezone.now())

    lead = _("Colleagues who are free may come and watch. Any lesson will do, an ordinary one best of all.")
    close = reverse("doors_close", args=[round_.team.school_id, round_.pk]) if door.pk else ""
    context = _around(round_, _("Come and watch"), lead=lead, submit=_("Open my door"), desk=desk, undo_url=close)
    context |= {"undo": _("Close my door again")}
    template = "practices/observe_form.html"
    return answer(request, form, save, onward=lambda _saved: home_of(round_), context=context, template=template)


@require_POST
@round_view
def doors_close(request: KnownRequest, round_: DoorsRound) -> HttpResponse:
    """Close my door again."""
    return act(request, lambda: actions.close_door(round_, by=request.user, now=timezone.now()), home_of(round_))


@round_view
def doors_wish(request: KnownRequest, round_: DoorsRound) -> HttpResponse:
    """Say what I would like to see."""
    desk = _desk(request, round_)
    if not desk:
        return _who_first(round_, "wish")
    wish = round_.wishes.filter(visitor=request.user).first() or VisitWish()
    initial = {"visits": wish.visits, "subjects": wish.subjects, "not_at": forms.shown(wish.not_at)}
    initial["hosts"] = list(wish.hosts.all()) if wish.pk else []
    colleagues = staff_of(round_.team.school).exclude(pk=request.user.pk)
    doors = set(round_.doors.values_list("host", flat=True))
    form = forms.WishForm(sent(request), desk=desk, colleagues=colleagues, doors=doors, initial=initial)

    def save() -> object:
        return actions.wish(round_, **form.facts(), by=request.user, now=timezone.now())

    lead = _("Only you read this. Nothing moves for a visit: it is in a period in which you are free.")
    drop = reverse("doors_unwish", args=[round_.team.school_id, round_.pk]) if wish.pk else ""
    context = _around(round_, _("I would like to see"), lead=lead, submit=_("That is my wish"), undo_url=drop)
    context |= {"undo": _("Take my wish back")}
    template = "practices/observe_form.html"
    return answer(request, form, save, onward=lambda _saved: home_of(round_), context=context, template=template)


@require_POST
@round_view
def doors_unwish(request: KnownRequest, round_: DoorsRound) -> HttpResponse:
    """Take my wish back."""
    return act(request, lambda: actions.drop_wish(round_, by=request.user, now=timezone.now()), home_of(round_))


@require_POST
@keeper_view
def doors_match(request: KnownRequest, round_: DoorsRound) -> HttpResponse:
    """Match doors and wishes."""
    return act(request, lambda: actions.match_round(round_, now=timezone.now()), home_of(round_) + "#match")


@require_POST
@keeper_view
def doors_publish(request: KnownRequest, round_: DoorsRound) -> HttpResponse:
    """Tell everybody their visits."""

    def tell() -> None:
        now = timezone.now()
        told = actions.publish_round(round_, now=now)
        tell_visits(told, today=told.team.today(now))
        said = ngettext(
            "%s visit is agreed. The two see it now.", "%s visits are agreed. Each two see theirs now.", told.found
        )
        messages.success(request, said % told.found)

    return act(request, tell, home_of(round_))
