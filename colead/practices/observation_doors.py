"""Doors to peer observation: for who works at the school, for who keeps a round, for the two of a visit."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from colead.practices.doors import works_at
from colead.practices.models import DoorsRound, PeerVisit
from colead.schools.doors import KnownRequest, member_of, school_view, seat_at
from colead.schools.models import School, Seat
from colead.web.doors import View, mark


def keeps(round_: DoorsRound, user: Any) -> bool:
    """Say whether somebody matches and publishes a round: a member of the team that opened it, or the principal."""
    return bool(member_of(round_.team, user)) or is_principal(round_.team.school, user)


def is_principal(school: School, user: Any) -> bool:
    """Say whether somebody is the school's principal."""
    seat = seat_at(school, user)
    return bool(seat and seat.role == Seat.Role.PRINCIPAL)


def colleague_view(view: View) -> View:
    """Let in who works at the school; a coach from elsewhere opens no door and watches nobody."""

    @wraps(view)
    def enter(request: KnownRequest, school: School, **facts: Any) -> HttpResponse:
        if not works_at(school, request.user):
            raise PermissionDenied
        return view(request, school, **facts)

    return mark(school_view()(enter), "colleague")


def round_view(view: View) -> View:
    """Let in colleagues; hand over the school's `round_`."""

    @wraps(view)
    def enter(request: KnownRequest, school: School, doors_id: int, **facts: Any) -> HttpResponse:
        return view(request, round_of(school, doors_id), **facts)

    return mark(colleague_view(enter), "colleague")


def round_of(school: School, doors_id: int) -> DoorsRound:
    """Return a round of the school, or not found."""
    rounds = DoorsRound.objects.filter(team__school=school).select_related("team__school", "timetable", "scenario")
    return get_object_or_404(rounds, pk=doors_id)


def keeper_view(view: View) -> View:
    """Let in who keeps the round; hand it over."""

    @wraps(view)
    def enter(request: KnownRequest, round_: DoorsRound, **facts: Any) -> HttpResponse:
        if not keeps(round_, request.user):
            raise PermissionDenied
        return view(request, round_, **facts)

    return mark(round_view(enter), "keeper")


def visit_view(view: View) -> View:
    """Let in the two of a visit, and nobody else: to others it is not there. Hand over `visit`."""

    @wraps(view)
    def enter(request: KnownRequest, school: School, peer_visit_id: int, **facts: Any) -> HttpResponse:
        mine = PeerVisit.objects.told().of(request.user).filter(round__team__school=school)
        told = mine.select_related("round__team__school", "round__timetable", "round__scenario", "visitor", "host")
        return view(request, get_object_or_404(told, pk=peer_visit_id), **facts)

    return mark(colleague_view(enter), "visit")


def host_view(view: View) -> View:
    """Let in the person observed only."""
    return _one_of_two(view, "host_id")


def visitor_view(view: View) -> View:
    """Let in the visitor only."""
    return _one_of_two(view, "visitor_id")


def _one_of_two(view: View, who: str) -> View:
    @wraps(view)
    def enter(request: KnownRequest, visit: PeerVisit, **facts: Any) -> HttpResponse:
        if getattr(visit, who) != request.user.pk:
            raise PermissionDenied
        return view(request, visit, **facts)

    return mark(visit_view(enter), "visit")
