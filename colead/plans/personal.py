"""Notice, gently, when a text looks like the record of one person.

Plans are about the school. Nothing is refused here: a page that finds something asks, and the team decides. The signs
are rough on purpose, so that an honest sentence is rarely held up.
"""

import re
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SIGNS: tuple[tuple[re.Pattern[str], Promise], ...] = (
    (re.compile(r"\b(?:student|pupil|child|id|ssn|lunch)\b[^.\n]{0,12}?#?\d{4,}", re.I), _("a number of one pupil")),
    (re.compile(r"\b\d{3}-\d{2}-\d{4}\b"), _("a social security number")),
    (re.compile(r"\b(?:dob|born on|date of birth|birthday)\b", re.I), _("a date of birth")),
    (re.compile(r"[\w.+-]+@[\w-]+\.\w+"), _("a mail address")),
    (re.compile(r"\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b"), _("a phone number")),
    (re.compile(r"\b(?:student|pupil|child|boy|girl|mother|father|parent)\b,? (?:named |called )?[A-Z][a-z]+ [A-Z]"),
     _("a pupil or a family by name")),
    (re.compile(r"\b[A-Z][a-z]{2,}(?: [A-Z][a-z]+| [A-Z]\.)? (?:has|had) (?:an? )?(?:IEP|504|ADHD|autism|dyslexia)\b"),
     _("the needs of one pupil")),
    (re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? [A-Z][\w’'-]+"), _("a colleague by name")),
)  # fmt: skip


def personal_signs(text: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Say what in `text` looks like one person, in words; `names` are full names of people at the school."""
    found = [str(what) for sign, what in _SIGNS if sign.search(text)]
    found += [str(name) for name in names if len(name.split()) > 1 and _holds(text, name)]
    return tuple(dict.fromkeys(found))


def _holds(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) is not None
