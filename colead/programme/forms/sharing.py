"""Judge what a school tells its office."""

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.content.loader import load
from colead.texts.forms import words


def _conditions() -> list[tuple[str, str]]:
    return [("", str(_("none of the seven"))), *((one.slug, one.name) for one in load().conditions)]


class PriorityForm(forms.Form):
    """The one thing a school works on, as it wants it read outside."""

    words = words(
        _("What do you work on?"),
        rows=3,
        required=True,
        help_text=_("One sentence. Your office reads exactly this, and sees what you said before."),
    )
    condition = forms.ChoiceField(label=_("Which condition is it about?"), choices=_conditions, required=False)


class ShowForm(forms.Form):
    """Show a result to the office, or take it off the page again."""

    do = forms.ChoiceField(choices=(("show", ""), ("hide", "")))
