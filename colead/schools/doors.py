"""Who may enter a school's, a team's or an office's pages.

A stranger gets 404: nobody learns that a team exists. Someone of the same school who lacks the right gets 403.
Each door hands the view its object in place of the number from the address.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from colead.accounts.models import User
from colead.accounts.second_step import step_first
from colead.schools.models import Member, Office, School, Seat, Team
from colead.web.doors import View, mark


class KnownRequest(HttpRequest):
    """What a view behind any door of this room receives: a request from somebody who is signed in."""

    user: User
    htmx: HtmxDetails


class TeamRequest(KnownRequest):
    """What a view behind a team's door receives: their membership too (None for a coach)."""

    member: Member | None


PERMITTED_TO_READ = ("GET", "HEAD", "OPTIONS")


def member_of(team: Team, user: Any) -> Member | None:
    """Return the user's active membership of the team, or None."""
    return team.members.active().filter(user=user).first()


def seat_at(school: School, user: Any) -> Seat | None:
    """Return the seat the user holds at the school, or None."""
    return school.seats.held().filter(user=user).first()


def belongs_to(school: School, user: Any) -> bool:
    """Say whether the user has a seat at the school or is active on one of its teams."""
    if seat_at(school, user):
        return True
    return Member.objects.active().filter(team__school=school, user=user).exists()


def _refuse(school: School, user: Any) -> None:
    if belongs_to(school, user):
        raise PermissionDenied
    raise Http404


def _at_home(school: School, view: View, *args: Any, **facts: Any) -> HttpResponse:
    """Answer with dates and times as they are at the school."""
    with timezone.override(school.time_zone):
        return view(*args, **facts)


def _team(team_id: int) -> Team:
    return get_object_or_404(Team.objects.select_related("school"), pk=team_id)


LetsIn = Callable[[HttpRequest, Team, dict[str, Any]], bool]


def team_door(name: str, others: LetsIn) -> Callable[[View], View]:
    """Make a door that lets in active members of a team, and whom `others` says: from the facts of the address.

    It hands over `team`, and the `request.member` who asks; None for everybody else.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, team_id: int, **facts: Any) -> HttpResponse:
            team = _team(team_id)
            request.member = member_of(team, request.user)  # type: ignore[attr-defined]  # read by views and base.html
            if not request.member and not others(request, team, facts):  # type: ignore[attr-defined]
                _refuse(team.school, request.user)
            return _at_home(team.school, view, request, team, **facts)

        return mark(login_required(enter), name)

    return decorate


def team_view(view: View) -> View:
    """Let in active members of the team; hand over `team`, and the `request.member` who asks."""
    return team_door("team", lambda request, team, facts: False)(view)


def lead_view(view: View) -> View:
    """Let in leads of the team only: for the list of people, never for anybody's words."""

    @wraps(view)
    def enter(request: HttpRequest, team: Team, **facts: Any) -> HttpResponse:
        if not request.member.is_lead:  # type: ignore[attr-defined]
            raise PermissionDenied
        return view(request, team, **facts)

    return mark(team_view(enter), "lead")


def team_page(view: View) -> View:
    """Let in members as `team_view` does, and the school's coach to read. `request.member` is None for a coach."""
    return team_door("team_page", coach_reads)(view)


def coach_reads(request: HttpRequest, team: Team, facts: dict[str, Any]) -> bool:
    """Say whether the school's coach asks, and only to read."""
    seat = seat_at(team.school, request.user)
    return bool(seat and seat.role == Seat.Role.COACH and request.method in PERMITTED_TO_READ)


def school_view(*roles: str) -> Callable[[View], View]:
    """Let in whoever belongs to the school; with `roles`, only seats of these roles, or leads when "lead" is named."""

    def decorate(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, school_id: int, **facts: Any) -> HttpResponse:
            school = get_object_or_404(School, pk=school_id)
            if not belongs_to(school, request.user):
                raise Http404
            if roles and not _has_role(school, request.user, roles):
                raise PermissionDenied
            return _at_home(school, view, request, school, **facts)

        return mark(login_required(enter), "school:" + ",".join(roles) if roles else "school")

    return decorate


def _has_role(school: School, user: Any, roles: tuple[str, ...]) -> bool:
    seat = seat_at(school, user)
    if seat and seat.role in roles:
        return True
    leads = Member.objects.active().filter(team__school=school, user=user, is_lead=True)
    return "lead" in roles and leads.exists()


def office_view(view: View) -> View:
    """Let in people who work in the office, with their second step; hand over `office`."""

    @wraps(view)
    def enter(request: HttpRequest, office_id: int, **facts: Any) -> HttpResponse:
        office = get_object_or_404(Office, pk=office_id, seats__user_id=request.user.pk)
        if elsewhere := step_first(request):
            return elsewhere
        return view(request, office, **facts)

    return mark(login_required(enter), "office")
