"""Small words for templates: icons and Markdown."""

from django import template
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


@register.filter
def markdown_html(text: str) -> SafeString:
    """Show Markdown as safe HTML."""
    return markdown.html(str(text or ""))
