"""What people type when they sign in and about themselves."""

import struct
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.accounts.names import LineField


def code_box(**attrs: Any) -> forms.TextInput:
    """Return a text box that phones offer the code for."""
    return forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, **attrs})


class AddressForm(forms.Form):
    """Who wants to come in."""

    _user: User | None = None  # where allauth looks for whom it mails

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
        error_messages={
            "required": _("Type your address first."),
            "invalid": _("That is not quite an e-mail address. Look for a missing @ or dot."),
        },
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class CodeForm(ConfirmLoginCodeForm):
    """The code from the mail."""

    code = forms.CharField(
        label=_("The code from the mail"),
        max_length=40,
        widget=code_box(),
        error_messages={"required": _("Type the six digits from the mail.")},
    )
    stay = forms.BooleanField(
        label=_("Keep me signed in here for two weeks"),
        help_text=_("Only on a phone or computer that is your own."),
        required=False,
    )


class SecondStepForm(AuthenticateForm):
    """A code from the authenticator app, or a spare one, on the way in."""

    code = forms.CharField(label=_("Code from your app, or a spare code"), max_length=40, widget=code_box())


class AgainForm(ReauthenticateForm):
    """The same code once more, before something about signing in is changed."""

    code = forms.CharField(label=_("Code from your app, or a spare code"), max_length=40, widget=code_box())


class AppForm(ActivateTOTPForm):
    """The first code that a new authenticator app shows."""

    code = forms.CharField(label=_("The code your app shows now"), max_length=40, widget=code_box())


class FromBrowser(forms.Form):
    """A form that carries what a browser said about a passkey. What no browser says is refused, however garbled."""

    garbled = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error)

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except self.garbled:  # the libraries that read it promise no exception of their own
            self.add_error("credential", _("That did not match. Try again."))


class EnterByPasskeyForm(FromBrowser, LoginWebAuthnForm):
    """A passkey instead of an address and a code."""


class SecondStepByPasskeyForm(FromBrowser, AuthenticateWebAuthnForm):
    """A passkey after the code from the mail."""


class AgainByPasskeyForm(FromBrowser, ReauthenticateWebAuthnForm):
    """The passkey once more, before something about signing in is changed."""


class AddPasskeyForm(FromBrowser, AddWebAuthnForm):
    """What to call a new passkey; the browser fills in the rest."""

    name = LineField(
        label=_("What to call it"),
        help_text=_("So that you know later which device it is on, for example “My phone”."),
        max_length=60,
        required=False,
    )
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)


class PasskeyNameForm(EditWebAuthnForm):
    """A new name for a passkey."""

    name = LineField(label=_("What to call it"), max_length=60)


class DetailsForm(forms.Form):
    """What to call a person, and in which language to speak to them."""

    name = LineField(
        label=_("The name people see"),
        help_text=_("As colleagues call you. It stands beside what you write in your team."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Your colleagues need something to call you.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=lambda: [("", _("The one my browser asks for")), *settings.LANGUAGES],
    )


class DemoDoorForm(forms.Form):
    """Whom to be in the demo."""

    person = forms.ModelChoiceField(User.objects.demo())
