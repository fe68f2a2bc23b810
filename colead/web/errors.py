"""Answers when something is not as hoped."""

from django.http import HttpRequest, HttpResponse

from colead.web.page import page


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form that was open too long, and keep what was typed on the page to go back to."""
    return page(request, "web/stale_form.html", status=403)
