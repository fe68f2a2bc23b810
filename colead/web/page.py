"""Answer with a page, or with the named part of it that htmx asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    parts: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or only the part that htmx targets when it is one of `parts`.

    A part is a `{% partialdef name %}` inside the page's own template, wrapped in an element with `id="name"`.
    """
    target = request.headers.get("HX-Target", "") if request.headers.get("HX-Request") else ""
    name = f"{template}#{target}" if target in parts else template
    response = render(request, name, context or {}, status=status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response
