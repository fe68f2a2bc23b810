"""Doors to what an office keeps: they hand over the programme, the cohort or the application in place of numbers."""

from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from colead.programme.models import Application, Cohort, Programme
from colead.schools.doors import KnownRequest, office_view
from colead.schools.models import Office
from colead.web.doors import View


def programme_view(view: View) -> View:
    """Let in people of the office whose programme it is; hand over `programme`."""

    @wraps(view)
    def enter(request: KnownRequest, office: Office, programme_id: int, **facts: Any) -> HttpResponse:
        kept = Programme.objects.filter(office=office).select_related("office")
        return view(request, get_object_or_404(kept, pk=programme_id), **facts)

    return office_view(enter)


def cohort_view(view: View) -> View:
    """Let in people of the office whose cohort it is; hand over `cohort`."""

    @wraps(view)
    def enter(request: KnownRequest, office: Office, cohort_id: int, **facts: Any) -> HttpResponse:
        kept = Cohort.objects.filter(programme__office=office).select_related("programme__office")
        return view(request, get_object_or_404(kept, pk=cohort_id), **facts)

    return office_view(enter)


def application_view(view: View) -> View:
    """Let in people of the office to which a school applied; hand over `application`."""

    @wraps(view)
    def enter(request: KnownRequest, office: Office, application_id: int, **facts: Any) -> HttpResponse:
        kept = Application.objects.filter(programme__office=office).select_related("programme__office")
        return view(request, get_object_or_404(kept, pk=application_id), **facts)

    return office_view(enter)
