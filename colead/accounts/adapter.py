"""What allauth asks of us: its words said in ours, mails from our own address, how long a session lasts."""

import io
import logging
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.web.page import page

log = logging.getLogger(__name__)

NOT_SENT_BY_A_PERSON = {"Auto-Submitted": "auto-generated"}  # so that no "out of office" comes back

# What is said on the next page, by the name allauth gives the moment. Moments without a line pass in silence:
# the page itself shows what happened.
SAID = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is on."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is off."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is ready. Use it the next time you sign in."),
    "mfa/messages/webauthn_removed.txt": _("That passkey no longer lets anyone in."),
    "mfa/messages/recovery_codes_generated.txt": _("These spare codes are new. Keep them where you will find them."),
}


class Adapter(DefaultAccountAdapter):
    """Colead's answers to allauth's questions about signing in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That is not the code we sent. Look again, or ask for a new one."),
        "too_many_login_attempts": _("Too many wrong tries. Wait a few minutes, or ask for a new code."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
    }

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words, or not at all."""
        words = message or SAID.get(message_template or "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail that names our own address; where it cannot go, answer with a page that says so."""
        facts = {**context, "site_url": settings.SITE_URL}
        mail = self.render_mail(template_prefix, email, facts, headers=NOT_SENT_BY_A_PERSON)
        try:
            mail.send()
        except OSError as trouble:  # smtplib's own errors are among these
            log.error("A mail could not be sent: %s", type(trouble).__name__)  # no address in the log
            answer = page(self.request, "accounts/no_mail.html", status=503)
            raise ImmediateHttpResponse(answer) from trouble

    def send_notification_mail(self, *args: Any, **facts: Any) -> None:
        """Tell a person by mail about a change to how they sign in. The change stands even where the mail fails."""
        try:
            super().send_notification_mail(*args, **facts)
        except ImmediateHttpResponse:
            log.error("A change of sign-in was not told by mail.")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Offer the passkey first: it is the least work."""
        ways = super().get_reauthentication_methods(user)
        return sorted(ways, key=lambda way: way["id"] != "mfa_reauthenticate:webauthn")

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, for as long as they asked: until idle for some hours, or for two weeks on a device of their own."""
        stay = request.session.pop("stay", False)
        super().login(request, user)
        request.session.set_expiry(settings.SESSION_COOKIE_AGE if stay else settings.SESSION_IDLE)

    def post_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse:
        """Go where they were going, by way of their details when we do not know yet what to call them."""
        onward = super().post_login(request, user, **facts)
        if user.name:
            return onward
        return redirect(f"{reverse('me')}?{urlencode({'next': onward.url})}")


class MfaAdapter(DefaultMFAAdapter):
    """Colead's answers to allauth's questions about passkeys and authenticator apps."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That did not match. Try again."),
        "cannot_generate_recovery_codes": _("Add a passkey or an authenticator app first."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code on white, so that a camera reads it in the dark scheme too."""
        picture = io.BytesIO()
        segno.make(url, micro=False).save(picture, kind="svg", scale=5, light="white")
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Propose what to call the next passkey."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the place a passkey is for, as the device will show it."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Colead"}
