"""Sign in, the details of a person, the doors of the demo. What allauth does well it does here too."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core.ratelimit import consume, respond_429
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.accounts import actions
from colead.accounts.forms import AddPasskeyForm, AddressForm, AppForm, CodeForm, DemoDoorForm, DetailsForm
from colead.accounts.models import User
from colead.web.doors import anyone, signed_in
from colead.web.page import page


class KnownRequest(HttpRequest):
    """A request from somebody who is signed in."""

    user: User


class EnterView(RequestLoginCodeView):
    """Ask for an address and mail a code to it. Whether we knew the address changes nothing that can be seen."""

    form_class = AddressForm
    template_name = "accounts/enter.html"

    def get_initial(self) -> dict[str, Any]:
        """Fill in the address an invitation was sent to, so that nobody types it again."""
        return super().get_initial() | {"email": self.request.GET.get("email", "")[:254]}

    def form_valid(self, form: AddressForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        if not consume(self.request, action="request_login_code", key=email):
            return respond_429(self.request)
        form._user = actions.ensure_user(email=email, now=timezone.now())
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = get_pending_stage(self.request)
        return super().get_context_data(code_url=self._code_url() if waiting else "", **kwargs)

    def _code_url(self) -> str:
        return self.passthrough_next_url(reverse("account_confirm_login_code"))

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """Let people start anew, with another address or another goal, while a code is still on its way."""


class EnterCodeView(ConfirmLoginCodeView):
    """Take the code from the mail and let its reader in. Three wrong ones end it."""

    form_class = CodeForm
    template_name = "accounts/enter_code.html"
    _process: Any = None  # stays None where no code is on its way, or it ran out

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        if self._process or request.user.is_authenticated:
            return response
        messages.info(request, _("That code has run out. Ask for a new one."))
        return redirect(self.passthrough_next_url(reverse("account_login")))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self._action != "resend":
            return super().post(request, *args, **kwargs)
        if not consume(request, action="request_login_code", key=self._process.state["email"]):
            return respond_429(request)
        response = super().post(request, *args, **kwargs)
        messages.success(request, _("A new code is on its way. The one before no longer works."))
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        if self._action == "verify":
            self.request.session["stay"] = form.cleaned_data["stay"]  # the adapter reads it when it signs in
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        if not form.data.get("code", "").strip():
            return self.render_to_response(self.get_context_data(form=form))  # a slip of the thumb is not a guess
        if not consume(self.request, action="wrong_login_code", key=self._process.state["email"]):
            self._process.abort()
            return respond_429(self.request)
        response = super().form_invalid(form)
        if isinstance(response, HttpResponseRedirect):
            return redirect(self.passthrough_next_url(response.url))
        return response


class JustProved:
    """A page whose success proves that it is still them, so that the next page need not ask again."""

    request: KnownRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # the page it is mixed into has one
        record_authentication(self.request, self.request.user, method="mfa", reauthenticated=True)
        return response


class AddAppView(JustProved, ActivateTOTPView):
    """Set up an authenticator app: scan, type what it shows."""

    form_class = AppForm
    template_name = "accounts/app_add.html"


class AddPasskeyView(JustProved, AddWebAuthnView):
    """Make a passkey on this device."""

    form_class = AddPasskeyForm
    template_name = "accounts/passkey_add.html"


@signed_in
def me(request: KnownRequest) -> HttpResponse:
    """Show a person what we know about them, and let them change it."""
    user, onward = request.user, get_next_redirect_url(request)
    form = DetailsForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if form.is_valid():
        actions.rename(user=user, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(onward or "me")
    return page(request, "accounts/me.html", {"form": form, "onward": onward})


@signed_in
@require_POST
def sign_out_elsewhere(request: KnownRequest) -> HttpResponse:
    """End this person's sessions on all other devices."""
    actions.sign_out_elsewhere(user=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("me")


@anyone
def demo_doors(request: HttpRequest) -> HttpResponse:
    """In the demo, and only there: choose whom to be."""
    if settings.PRODUCTION or not settings.DEMO:
        raise Http404
    if request.method == "POST":
        return _walk_in(request, DemoDoorForm(request.POST))
    return page(request, "accounts/demo_doors.html", {"people": User.objects.demo()})


def _walk_in(request: HttpRequest, form: DemoDoorForm) -> HttpResponse:
    """Sign in as the demo person named in the form; anybody else is not there."""
    if not form.is_valid():
        raise Http404
    get_adapter().login(request, form.cleaned_data["person"])
    return redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
