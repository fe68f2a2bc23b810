"""The link to a school's page: made from our own key, so that it can be printed again and yet is kept nowhere."""

from base64 import urlsafe_b64encode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from colead.schools.secrets import hash_of
from colead.staffpage.models import StaffPage

SALT = "colead.staffpage.link"
LETTERS = 24  # 144 bits


def token_for(page: StaffPage, *, key: str = "") -> str:
    """Return the token of the page's link as it is made from our key, or from an older one."""
    signed = salted_hmac(SALT, f"{page.school_id}:{page.number}", secret=key or None, algorithm="sha256").digest()
    return urlsafe_b64encode(signed).decode()[:LETTERS]


def token_of(page: StaffPage) -> str:
    """Return the token that is in force; "" where the link is off, or was made with a key that we no longer have."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (token_for(page, key=key) for key in keys)
    return next((token for token in made if page.is_live and hash_of(token) == page.token_hash), "")


def address_of(page: StaffPage) -> str:
    """Return the whole address of the page, or ""."""
    token = token_of(page)
    return address_at(token) if token else ""


def address_at(token: str) -> str:
    """Return the whole address of the page behind a token."""
    return settings.SITE_URL + reverse("staff_page", args=[token])
