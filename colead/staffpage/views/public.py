"""What staff read, behind the link. Rendered without the request: nothing on these pages knows who reads them."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from colead.documents import pdf
from colead.playbook.asked import playbook
from colead.staffpage import kept
from colead.staffpage.doors import nothing_here, staff_page_view
from colead.staffpage.exports import bulletin
from colead.staffpage.feeds import feed
from colead.staffpage.kept import Made
from colead.staffpage.links import address_at
from colead.staffpage.models import StaffPage
from colead.staffpage.queries.moves import moves
from colead.staffpage.queries.page import contents, wave_on_page
from colead.surveys.models import Wave
from colead.surveys.queries.results import result_of


def today_at(page: StaffPage) -> date:
    """Return the date it is at the school."""
    return page.school.today(timezone.now())


@staff_page_view
@require_safe
def staff_page(request: HttpRequest, page: StaffPage, token: str) -> HttpResponse:
    """Show the whole page."""
    today = today_at(page)

    def make() -> Made:
        shown = contents(page.school, playbook(), today=today)
        return _html("staffpage/page.html", {"contents": shown, "school": page.school, "token": token})

    return kept.answer(request, page, "page", today=today, make=make)


@staff_page_view
@require_safe
def staff_result(request: HttpRequest, page: StaffPage, token: str, tag: str) -> HttpResponse:
    """Show the result of one survey, as released. Comments stay with those who sign in."""
    wave = wave_on_page(page.school, tag)
    if wave is None:
        return nothing_here()
    return kept.answer(
        request, page, f"result:{wave.pk}", today=today_at(page), make=lambda: _result(page, wave, token)
    )


def _result(page: StaffPage, wave: Wave, token: str) -> Made:
    facts = {"school": page.school, "token": token, "wave": wave, "result": result_of(wave)}
    return _html("staffpage/result.html", facts)


def _html(template: str, facts: dict[str, object]) -> Made:
    return Made(render_to_string(template, {**facts, "demo": settings.DEMO}).encode())


@staff_page_view
@require_safe
def staff_bulletin(request: HttpRequest, page: StaffPage, token: str) -> HttpResponse:
    """Answer with the page on one sheet."""
    today = today_at(page)

    def make() -> Made:
        sheet = bulletin(contents(page.school, playbook(), today=today), address=address_at(token))
        return Made(pdf(sheet), "application/pdf", "bulletin.pdf")

    return kept.answer(request, page, "bulletin", today=today, make=make)


@staff_page_view
@require_safe
def staff_feed(request: HttpRequest, page: StaffPage, token: str) -> HttpResponse:
    """Answer a feed reader."""
    now = timezone.now()

    def make() -> Made:
        shown = contents(page.school, playbook(), today=page.school.today(now))
        content = feed(shown, moves(shown), token=token, number=page.school_id, now=now)
        return Made(content, "application/atom+xml; charset=utf-8")

    return kept.answer(request, page, "feed", today=page.school.today(now), make=make)
