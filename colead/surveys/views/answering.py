"""The survey's own pages: no session, no cookie, nobody is known here. Nothing is written by looking."""

import json
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from colead.answers import box
from colead.surveys.addresses import Door, door
from colead.surveys.answering import pages
from colead.surveys.answering.sent import MOST_BYTES, BadPost, Sent, read_fields, read_sent
from colead.surveys.models import Wave
from colead.surveys.queries.notice import notice_of
from colead.web.doors import anyone

HTML = "text/html; charset=utf-8"
FORM = "application/x-www-form-urlencoded"
REFUSED: dict[type[Exception], str] = {
    BadPost: "wrong",
    box.BadBallot: "wrong",
    box.BadKey: "again",
    box.KeyInUse: "again",
    box.Mistyped: "mistyped",
    box.UnknownCode: "unknown",
    box.CodeUsed: "used",
    box.NotOpenYet: "early",
    box.Closed: "closed",
}


@anyone
def start(request: HttpRequest) -> HttpResponse:
    """Take the six letters of a survey, for those who were given only the first half of an address."""
    language = _language(request)
    tag = request.GET.get("survey", "").strip()
    if tag and door(tag[:12]):
        chosen = [language] if request.GET.get("in") == language else []
        return redirect("answer_in" if chosen else "answer", tag[:12].upper(), *chosen)
    return _page(pages.small_page("start", None, language, tried=tag[:12]), status=404 if tag else 200)


@anyone
def answer(request: HttpRequest, tag: str, language: str = "") -> HttpResponse:
    """Show the survey to answer, or take one answer in."""
    found = door(tag)
    speaks = language if pages.speaks(language) else _language(request, found)
    if not found:
        return _page(pages.small_page("no_survey", None, speaks), status=404)
    if request.method == "POST":
        return _take(request, found, speaks)
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    today = found.today(timezone.now())
    if found.state != Wave.State.OPEN or today > found.closes:
        return _page(pages.small_page("over", found, speaks))
    if today < found.opens:
        return _page(pages.small_page("early", found, speaks))
    return _spliced(request, found, speaks)


def _spliced(request: HttpRequest, found: Door, language: str) -> HttpResponse:
    page, key = pages.empty_page(found, language), secrets.token_hex(16)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(page.plain(key), content_type=HTML)
    return HttpResponse(page.gzipped(key), content_type=HTML, headers={"Content-Encoding": "gzip"})


def _take(request: HttpRequest, found: Door, language: str) -> HttpResponse:
    fields: dict[str, str] = {}
    try:
        fields = read_fields(_body(request))
        sent = read_sent(found.ref, fields)
        receipt = _put(found, sent)
    except tuple(REFUSED) as trouble:
        return _refuse(request, found, language, fields, REFUSED[type(trouble)])
    if _wants_json(request):
        return _json({"state": "counted", "receipt": receipt.text}, 200)
    return _page(pages.small_page("counted", found, language, receipt=receipt.text))


def _body(request: HttpRequest) -> bytes:
    """Return what was posted; refuse what is no form or far too long before reading it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.content_type != FORM or not length.isdecimal() or int(length[:12]) > MOST_BYTES:
        raise BadPost("no form")
    return bytes(request.body)


def _put(found: Door, sent: Sent) -> box.Receipt:
    return box.put_ballot(
        found.ref,
        code=sent.code,
        key=sent.key,
        answers=sent.answers,
        comments=sent.comments,
        group=sent.group,
        today=found.today(timezone.now()),
    )


def _refuse(request: HttpRequest, found: Door, language: str, fields: dict[str, str], why: str) -> HttpResponse:
    status = pages.STATUS[why]
    if _wants_json(request):
        return _json({"state": why}, status)
    if why == "closed":
        return _page(pages.small_page("over", found, language, problem=pages.SAID[why], given=fields), status=status)
    page = pages.filled_page(found, language, key=secrets.token_hex(16), given=fields, problem=why)
    return _page(page, status=status)


@anyone
def receipts(request: HttpRequest, tag: str) -> HttpResponse:
    """List the receipts that were counted, for everybody to find theirs."""
    found = door(tag)
    language = _language(request, found)
    if not found:
        return _page(pages.small_page("no_survey", None, language), status=404)
    board = box.board(found.ref) if found.state == Wave.State.SEALED else None
    gone = box.facts(found.ref).fully_sealed_on if board else None
    return _page(pages.small_page("receipts", found, language, board=board, fully_sealed_on=gone))


@anyone
def notice(request: HttpRequest, tag: str) -> HttpResponse:
    """Print exactly what is kept about whoever answers this survey, and who can see what, when."""
    found = door(tag)
    language = _language(request, found)
    if not found:
        return _page(pages.small_page("no_survey", None, language), status=404)
    return _page(pages.small_page("kept", found, language, notice=notice_of(found.ref)))


def _language(request: HttpRequest, found: Door | None = None) -> str:
    asked = request.GET.get("in", "")
    return asked if pages.speaks(asked) else pages.language_of(request.headers.get("Accept-Language", ""), found)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _json(said: dict[str, str], status: int) -> HttpResponse:
    return HttpResponse(pages.padded(json.dumps(said), 256), status=status, content_type="application/json")


def _page(html: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(pages.padded(html, 2048), status=status, content_type=HTML)
