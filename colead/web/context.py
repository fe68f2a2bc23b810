"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Say whether this is the demo, and how people type the address."""
    return {"demo": settings.DEMO, "site_url": settings.SITE_URL}
