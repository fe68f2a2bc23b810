"""The pages people answer on: made once for a survey, a language and a state, then kept; they know nobody."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header

from colead.answers import box
from colead.surveys.addresses import Door
from colead.surveys.answering import asked
from colead.surveys.answering.splice import PLACE, Spliced
from colead.surveys.catalogue import in_language
from colead.surveys.models import Wave

MOST_KEPT = 200

SAID: dict[str, str | Promise] = {
    "unknown": _("We do not know this code for this survey. Please look at it again, letter by letter."),
    "used": _("Somebody has answered with this code already. If that was not you, ask your team for a spare code."),
    "mistyped": _("One letter or number of the code is missing or wrong. Please look at it again."),
    "closed": _("This survey is over. Your answers were not counted."),
    "early": _("This survey has not begun."),
    "wrong": _("This did not come from the page as it stands. Load the page again, please."),
    "again": _("Please send it once more."),
    "busy": _("We could not take it in just now. Your answers are still here. Please send them again in a minute."),
}
STATUS = {
    "unknown": 404,
    "used": 409,
    "again": 409,
    "mistyped": 400,
    "wrong": 400,
    "closed": 410,
    "early": 403,
    "busy": 503,
}


@dataclass(frozen=True)
class _Key:
    ref: str
    language: str
    state: str
    title: str
    closes: date


_kept: dict[_Key, Spliced] = {}


def speaks(language: str) -> bool:
    """Say whether these pages exist in a language: they speak more than the rest of the product does."""
    return language in Wave.Language.values


def language_of(accepted: str, door: Door | None = None) -> str:
    """Return the first language a phone asks for that we speak; else the one that the survey's letters are in."""
    for code, _quality in parse_accept_lang_header(accepted[:200].lower()):
        if speaks(code.partition("-")[0]):
            return code.partition("-")[0]
    return door.language if door else settings.LANGUAGE_CODE


def empty_page(door: Door, language: str) -> Spliced:
    """Return the page to answer on; its one open place is for the key of a visitor without script."""
    key = _Key(door.ref, language, door.state, door.title, door.closes)
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = Spliced.of(filled_page(door, language, key=PLACE))
    return _kept[key]


def filled_page(door: Door, language: str, *, key: str, given: dict[str, str] | None = None, problem: str = "") -> str:
    """Write the page with what somebody had filled in, and what was wrong with it."""
    with translation.override(language):
        facts, fields = asked.facts(door.ref), given or {}
        context = {
            **_around(door, language),
            "facts": facts,
            "parts": asked.parts(facts.instrument, language, fields),
            "lines": asked.lines(facts.instrument, language, fields) if facts.reader else (),
            "groups": asked.groups(facts, fields),
            "total": len(facts.instrument.items),
            "code": fields.get("code", "")[:40],
            "longest": box.LONGEST_COMMENT,
            "key": key,
            "problem": SAID.get(problem, ""),
            "said": SAID,
        }
        return render_to_string("surveys/answer.html", context)


def small_page(template: str, door: Door | None, language: str, **facts: object) -> str:
    """Write one of the survey's other pages: over, not begun, counted, receipts, what is kept."""
    with translation.override(language):
        return render_to_string(f"surveys/{template}.html", {**_around(door, language), **facts})


def _around(door: Door | None, language: str) -> dict[str, object]:
    around: dict[str, object] = {"language": language, "languages": Wave.Language.choices, "door": door}
    if door:
        wave = Wave.objects.select_related("school", "reader").get(pk=door.pk)
        asked_in = in_language(asked.facts(door.ref).instrument, language).language
        around |= {"wave": wave, "school": wave.school, "spoken_in": "" if asked_in == language else asked_in}
    return around


def padded(text: str, step: int) -> bytes:
    """Return a text with spaces after it up to the next full step, so that its length does not tell what it says."""
    data = text.encode()
    return data + b" " * (-len(data) % step)
