"""Small words for templates: icons, form fields, initials and Markdown."""

from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from colead.web import markdown

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon from the sprite; without a label it is decoration and hidden from screen readers."""
    sprite = static("web/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, sprite, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name)


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Draw one form field: label, help, what is wrong, the control; tied together for screen readers."""
    return {"field": bound}


@register.filter
def initials(name: str) -> str:
    """Shorten a name to the first letters of its first and last word, for an avatar."""
    words = [word for word in str(name or "").split() if word[0].isalnum()] or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def markdown_html(text: str) -> SafeString:
    """Show Markdown as safe HTML."""
    return markdown.html(str(text or ""))
