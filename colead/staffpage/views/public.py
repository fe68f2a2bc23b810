"""What staff read, behind the link."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from colead.staffpage.doors import staff_page_view
from colead.staffpage.models import StaffPage
from colead.web.page import page as answer


@staff_page_view
@require_safe
def staff_page(request: HttpRequest, page: StaffPage) -> HttpResponse:
    """Show the whole page."""
    return answer(request, "staffpage/page.html", {"school": page.school})
