"""Every address of sign-in. Of allauth's pages only those named here exist."""

from allauth.account.views import AccountInactiveView, LogoutView
from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    EditWebAuthnView,
    ListWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.urls import URLPattern, path

from colead.accounts import forms, views
from colead.web.doors import View, anyone, signed_in

enter = anyone(views.EnterView.as_view())

urlpatterns = [
    path("enter/", enter, name="account_login"),
    path("enter/", enter, name="account_request_login_code"),
    path("enter/code/", anyone(views.EnterCodeView.as_view()), name="account_confirm_login_code"),
    path(
        "enter/passkey/",
        anyone(LoginWebAuthnView.as_view(form_class=forms.EnterByPasskeyForm)),
        name="mfa_login_webauthn",
    ),
    path(
        "enter/second-step/",
        anyone(
            AuthenticateView.as_view(
                template_name="accounts/second_step.html",
                form_class=forms.SecondStepForm,
                webauthn_form_class=forms.SecondStepByPasskeyForm,
            )
        ),
        name="mfa_authenticate",
    ),
    path(
        "enter/closed/",
        anyone(AccountInactiveView.as_view(template_name="accounts/closed.html")),
        name="account_inactive",
    ),
    path("leave/", anyone(LogoutView.as_view(template_name="accounts/leave.html")), name="account_logout"),
    path("demo/", views.demo_doors, name="demo_doors"),
    path("me/", views.me, name="me"),
    path("me/sign-out-elsewhere/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
]


def safety(where: str, view: type, name: str, template: str = "", **facts: object) -> URLPattern:
    """Route one of allauth's pages about how a signed-in person proves who they are, with our own template."""
    if template:
        facts["template_name"] = f"accounts/{template}"
    marked: View = signed_in(view.as_view(**facts))  # type: ignore[attr-defined]  # every class here is a Django view
    return path(f"me/safety/{where}", marked, name=name)


urlpatterns += [
    safety("", IndexView, "mfa_index", "safety.html"),
    safety("again/", ReauthenticateView, "mfa_reauthenticate", "again.html", form_class=forms.AgainForm),
    safety(
        "again/passkey/",
        ReauthenticateWebAuthnView,
        "mfa_reauthenticate_webauthn",
        "again_passkey.html",
        form_class=forms.AgainByPasskeyForm,
    ),
    safety("app/add/", views.AddAppView, "mfa_activate_totp"),
    safety("app/remove/", DeactivateTOTPView, "mfa_deactivate_totp", "app_remove.html"),
    safety("codes/", ViewRecoveryCodesView, "mfa_view_recovery_codes", "codes.html"),
    safety("codes/new/", GenerateRecoveryCodesView, "mfa_generate_recovery_codes", "codes_new.html"),
    safety("codes/download/", DownloadRecoveryCodesView, "mfa_download_recovery_codes", "codes.txt"),
    safety("passkeys/", ListWebAuthnView, "mfa_list_webauthn", "passkeys.html"),
    safety("passkeys/add/", views.AddPasskeyView, "mfa_add_webauthn"),
    safety(
        "passkeys/<int:pk>/name/",
        EditWebAuthnView,
        "mfa_edit_webauthn",
        "passkey_name.html",
        form_class=forms.PasskeyNameForm,
    ),
    safety("passkeys/<int:pk>/remove/", RemoveWebAuthnView, "mfa_remove_webauthn", "passkey_remove.html"),
]
