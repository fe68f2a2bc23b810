"""What a passkey form hands to its script."""

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def as_json(facts: Any) -> str:
    """Write facts as JSON, for a data attribute."""
    return json.dumps(facts)
