"""Take a file apart without trusting it: its size, its depth, its numbers, its keys."""

import json
import math
from typing import Any

from django.utils.translation import gettext as _

BIGGEST = 20 * 1024 * 1024  # bytes
DEEPEST = 50


class CannotImport(ValueError):
    """Refuse a file; the message says where and why, and nothing was written."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}" if where else why)
        self.where = where
        self.why = why


def parse(content: bytes) -> dict[str, Any]:
    """Return what a file holds. Refuses with CannotImport what is too big, too deep, or no clean JSON."""
    if len(content) > BIGGEST:
        raise CannotImport("", _("The file is larger than %s MB.") % (BIGGEST // 1024 // 1024))
    try:
        whole = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except UnicodeDecodeError:
        raise CannotImport("", _("The file is not text in UTF-8.")) from None
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as wrong:
        raise CannotImport(_("line %s") % wrong.lineno, _("This is not JSON: %s.") % wrong.msg) from None
    except CannotImport:
        raise
    except ValueError:  # a number with thousands of digits
        raise CannotImport("", _("The file holds a number that is too long.")) from None
    if not isinstance(whole, dict):
        raise CannotImport("", _("The file does not hold a team’s work."))
    _check_depth(whole)
    return whole


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise CannotImport("", _("The key “%s” stands twice in one place.") % key[:60])
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    raise CannotImport("", _("%s is not a number.") % name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise CannotImport("", _("%s is not a number we can keep.") % text[:40])
    return number


def _too_deep() -> CannotImport:
    return CannotImport("", _("The file is nested deeper than %s levels.") % DEEPEST)


def _check_depth(whole: Any) -> None:
    level, here = 1, [whole]
    while here:
        if level > DEEPEST:
            raise _too_deep()
        here = [inner for outer in here for inner in _inside(outer) if isinstance(inner, dict | list)]
        level += 1


def _inside(outer: Any) -> Any:
    return outer.values() if isinstance(outer, dict) else outer
