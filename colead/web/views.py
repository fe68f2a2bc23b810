"""Pages that belong to no school: the style guide."""

from django.http import HttpRequest, HttpResponse

from colead.web.doors import anyone
from colead.web.page import page


@anyone
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with the real templates."""
    return page(request, "web/styleguide.html")
