"""Judge what a reader without an account sends."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FollowForm(forms.Form):
    """An address that wants to hear of something."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("A private address will do. We keep it only for this, and nobody at the school sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
