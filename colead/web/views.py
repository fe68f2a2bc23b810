"""Pages that belong to no school: the front, what is kept, accessibility, the style guide, what machines ask for."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colead.content.loader import load
from colead.web import samples
from colead.web.doors import anyone
from colead.web.page import page
from colead.web.thread import stops


@anyone
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Say in one screen what this is; whoever has signed in goes home."""
    if request.user.is_authenticated:
        return redirect("home")
    conditions = load(get_language() or "en").pages
    return page(request, "web/front.html", {"conditions": conditions, "stops": stops("voice")})


@anyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, for how long, and who sees it."""
    return page(request, "web/privacy.html")


@anyone
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how everyone gets through, and what to do where someone does not."""
    return page(request, "web/accessibility.html")


@anyone
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with the real templates."""
    return page(request, "web/styleguide.html", samples.everything())


@anyone
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Let a phone keep Colead on its first screen."""
    facts = {
        "name": "Colead",
        "description": _("Where a school's leadership team and its whole staff lead together."),
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#fbf9f4",
        "theme_color": "#0b5d5b",
        "icons": [{"src": static("web/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@anyone
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines see the front page and the pages about us, nothing else."""
    lines = ("User-agent: *", "Allow: /$", "Allow: /about/", "Allow: /accessibility/", "Disallow: /", "")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
