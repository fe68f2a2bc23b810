"""Stories and awards as the office sees them: what schools published, and nothing else."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from colead.programme.queries import stories as queries
from colead.schools.doors import KnownRequest, office_view
from colead.schools.models import Office
from colead.web.page import page


@office_view
def stories(request: KnownRequest, office: Office) -> HttpResponse:
    """Show the library by condition, and the register of awards."""
    shelves = queries.shelves(queries.stories_in_sight(office))
    context = {"office": office, "shelves": shelves, "recognitions": queries.recognitions_in_sight(office)}
    return page(request, "programme/stories_office.html", context)


@office_view
def story(request: KnownRequest, office: Office, story_id: int) -> HttpResponse:
    """Show one story."""
    found = get_object_or_404(queries.stories_in_sight(office), pk=story_id)
    name = queries.condition_name(found.condition)
    return page(request, "programme/story_read.html", {"office": office, "story": found, "condition_name": name})
