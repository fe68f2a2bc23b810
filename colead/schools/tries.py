"""How often somebody may try: counted in the cache, by the minute or the hour."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTE = 60
HOUR = 3600
MOST_WRONG_CODES = 10  # a minute


def from_where(request: HttpRequest) -> str:
    """Return a keyed hash of the address a request comes from: enough to count by, nothing to look up."""
    return salted_hmac("colead.schools.tries", get_adapter().get_client_ip(request)).hexdigest()


def codes_used_up(request: HttpRequest, *, now: datetime) -> bool:
    """Say whether too many wrong codes came from there in this minute."""
    return used_up("code", from_where(request), most=MOST_WRONG_CODES, per=MINUTE, now=now)


def count_wrong_code(request: HttpRequest, *, now: datetime) -> None:
    """Count a wrong code. Right ones do not count, or a whole staff could not scan one poster together."""
    count("code", from_where(request), per=MINUTE, now=now)


def used_up(what: str, who: str, *, most: int, per: int, now: datetime) -> bool:
    """Say whether `who` has tried `most` times already in this minute or hour."""
    return int(cache.get(_key(what, who, per, now), 0)) >= most


def count(what: str, who: str, *, per: int, now: datetime) -> None:
    """Count one try."""
    key = _key(what, who, per, now)
    cache.add(key, 0, timeout=2 * per)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between these two lines: a new window has begun
        return


def _key(what: str, who: str, per: int, now: datetime) -> str:
    return f"tries:{what}:{who}:{per}:{int(now.timestamp()) // per}"
