"""The plain page on which an office fills in a small form."""

from django import forms
from django.http import HttpRequest, HttpResponse

from colead.schools.models import Office
from colead.web.page import page


def ask(
    request: HttpRequest,
    office: Office,
    form: forms.Form,
    *,
    title: str,
    back: str,
    lead: str = "",
    submit: str = "",
    back_text: str = "",
) -> HttpResponse:
    """Answer with the form; with status 422 where something in it was wrong."""
    facts = {"title": title, "back": back, "lead": lead, "submit": submit, "back_text": back_text}
    status = 422 if form.is_bound else 200
    return page(request, "programme/form.html", {"office": office, "form": form, **facts}, status=status)
