"""The page with which people of an office begin."""

from django.http import HttpResponse
from django.utils import timezone

from colead.programme.queries.first_page import first_page
from colead.schools.doors import KnownRequest, office_view
from colead.schools.models import Office
from colead.web.page import page


@office_view
def office_home(request: KnownRequest, office: Office) -> HttpResponse:
    """Say which schools may need a hand, and why; then all schools from A to Z."""
    found = first_page(office, today=timezone.localdate())
    return page(request, "programme/office.html", {"office": office, "first": found})
