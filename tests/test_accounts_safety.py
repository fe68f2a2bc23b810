"""Passkeys, authenticator apps and spare codes, for those who want them."""

import json
import time
from html.parser import HTMLParser
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from colead.accounts import urls
from colead.accounts.actions import ensure_user, rename
from colead.accounts.models import User
from colead.web.doors import door_of
from tests.walk_in import ask_for_code, newest_code, type_code, walk_in, who

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox")]
ADA = "ada@example.org"
STEP = "/enter/second-step/"
ADD_APP = "/me/safety/app/add/"


@pytest.fixture
def ada() -> User:
    user = ensure_user(email=ADA, now=timezone.now())
    rename(user=user, name="Ada Reed", language="", now=timezone.now())
    return user


def shown_by_app(secret: str, steps: int = 0) -> str:
    """Return what an authenticator app shows now, or some half minutes later."""
    return f"{hotp_value(secret, int(time.time()) // 30 + steps):06}"


def set_up_app(client: Client) -> str:
    """Set up an authenticator app and return its key."""
    secret = client.get(ADD_APP).context["form"].secret
    answer = client.post(ADD_APP, {"code": shown_by_app(secret, -1)})
    assert answer.url == "/me/safety/codes/"
    return secret


def enter_with_app(secret: str) -> Client:
    """Sign in with a mailed code and the app."""
    client, _ = ask_for_code(ADA)
    type_code(client, newest_code())
    client.post(STEP, {"code": shown_by_app(secret, 1)})
    assert who(client) == ADA
    return client


def add_passkey(user: User, name: str = "My phone") -> Authenticator:
    """Put a passkey on record; what a real one does is shown in test_accounts_passkeys.py."""
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": REGISTERED})


# What a browser hands over when a passkey is made (a virtual one, long thrown away).
REGISTERED = {
    "type": "public-key",
    "id": "4nkDsyT0OmMvaZqGTvQyJQ",
    "rawId": "4nkDsyT0OmMvaZqGTvQyJQ",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
        "attestationObject": "",
        "transports": ["internal"],
    },
    "clientExtensionResults": {"credProps": {"rk": True}},
}


# --- an authenticator app ---


def test_with_an_app_set_up_the_mailed_code_is_not_enough(ada):
    secret = set_up_app(walk_in(ADA))
    client, _ = ask_for_code(ADA)
    assert type_code(client, newest_code(), onward="/about/privacy/").url == STEP
    assert who(client) is None
    assert "One more step" in client.get(STEP).content.decode()
    assert client.post(STEP, {"code": "000000"}).status_code == 200
    assert who(client) is None
    assert client.post(STEP, {"code": shown_by_app(secret)}).url == "/about/privacy/"
    assert who(client) == ADA


def test_a_wrong_code_sets_up_no_app(ada):
    client = walk_in(ADA)
    secret = client.get(ADD_APP).context["form"].secret
    answer = client.post(ADD_APP, {"code": shown_by_app(secret, 20)})
    assert "did not match" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_spare_code_opens_once(ada):
    client = walk_in(ADA)
    set_up_app(client)
    spare = client.get("/me/safety/codes/").context["unused_codes"][0]
    for opens in (True, False):
        client, _ = ask_for_code(ADA)
        type_code(client, newest_code(), onward="/me/")
        client.post(STEP, {"code": spare})
        assert (who(client) == ADA) is opens


def test_guessing_the_second_step_ends_after_five_tries(ada):
    secret = set_up_app(walk_in(ADA))
    client, _ = ask_for_code(ADA)
    type_code(client, newest_code())
    for _ in range(5):
        client.post(STEP, {"code": "000000"})
    answer = client.post(STEP, {"code": shown_by_app(secret)})
    assert "Too many wrong tries" in answer.content.decode()
    assert who(client) is None


def test_changing_how_to_sign_in_asks_again_who_it_is_and_tells_by_mail(ada, django_capture_on_commit_callbacks):
    client = walk_in(ADA)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up_app(client)
    assert mail.outbox[-1].subject == "An authenticator app was set up"
    off = "/me/safety/app/remove/"
    client = enter_with_app(secret)
    answer = client.get(off)
    assert answer.url.startswith("/me/safety/again/?next=")
    assert client.post(answer.url, {"code": shown_by_app(secret)}).url == off
    assert "Turn off the authenticator app?" in client.get(off).content.decode()
    assert client.post(off).url == "/me/safety/"
    assert not Authenticator.objects.exists()
    letter = mail.outbox[-1]
    assert letter.subject == "The authenticator app was turned off"
    assert letter.to == [ADA]
    assert "Was it you? Then there is nothing to do." in letter.body


def test_a_mail_server_that_is_down_does_not_undo_a_change(
    ada, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    client = walk_in(ADA)

    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", fail)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    assert "ConnectionRefusedError" in caplog.text
    assert ADA not in caplog.text
    assert Authenticator.objects.filter(user=ada, type="totp").exists()


def test_spare_codes_can_be_taken_along_and_made_anew(ada):
    client = walk_in(ADA)
    set_up_app(client)
    first = client.get("/me/safety/codes/").context["unused_codes"]
    paper = client.get("/me/safety/codes/download/")
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert all(code in paper.content.decode() for code in first)
    client.post("/me/safety/codes/new/")
    assert not set(first) & set(client.get("/me/safety/codes/").context["unused_codes"])


# --- passkeys ---

NONSENSE = [
    "",
    "null",
    "1",
    "[]",
    '"x"',
    "{}",
    "{",
    '{"id": 1}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": 5}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"userHandle": 7}}',
    json.dumps(REGISTERED),
    json.dumps(REGISTERED | {"rawId": "%%%"}),
    json.dumps(
        {
            "id": "YQ",
            "rawId": "YQ",
            "type": "public-key",
            "response": {"clientDataJSON": "YQ", "authenticatorData": "YQ", "signature": "YQ", "userHandle": "YQ"},
        }
    ),
    "[" * 10000,
]


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_for_a_passkey_lets_nobody_in_and_breaks_nothing(ada, credential):
    client = Client()
    client.get("/enter/passkey/", headers={"accept": "application/json"})
    assert client.post("/enter/passkey/", {"credential": credential}).status_code in (200, 302)
    assert who(client) is None


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_adds_no_passkey(ada, credential):
    client = walk_in(ADA)
    client.get("/me/safety/passkeys/add/")
    answer = client.post("/me/safety/passkeys/add/", {"name": "x", "passwordless": "on", "credential": credential})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_passkeys_of_other_people_are_not_there(ada):
    theirs = add_passkey(ensure_user(email="cleo@example.org", now=timezone.now()))
    client = walk_in(ADA)
    for address in (f"/me/safety/passkeys/{theirs.pk}/name/", f"/me/safety/passkeys/{theirs.pk}/remove/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Mine"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.data["name"] == "My phone"


def test_asking_for_a_passkey_tells_nothing_about_anybody(ada):
    answer = Client().get("/enter/passkey/", headers={"accept": "application/json"}).json()
    assert not answer["request_options"]["publicKey"].get("allowCredentials")


# --- every page of this room ---


class Scripts(HTMLParser):
    """Notes what a strict content security policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        inline = (tag == "script" and not facts.get("src")) or tag == "style" or "style" in facts
        handler = any(name.startswith("on") for name in facts)
        if inline or handler or (facts.get("href") or "").startswith("javascript:"):
            self.refused.append(self.get_starttag_text() or tag)


@pytest.mark.parametrize(
    "address",
    ["/enter/", "/me/", "/leave/", "/me/safety/", ADD_APP, "/me/safety/passkeys/", "/me/safety/passkeys/add/"],
)
def test_pages_hold_no_inline_script_or_style(ada, address):
    client = Client() if address == "/enter/" else walk_in(ADA)
    answer = client.get(address)
    reader = Scripts()
    reader.feed(answer.content.decode())
    assert answer.status_code == 200
    assert reader.refused == []
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_every_address_says_who_may_enter():
    unmarked = [found.name for found in urls.urlpatterns if door_of(found.callback) is None]
    assert unmarked == []


def test_of_allauths_pages_only_the_wanted_ones_exist():
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    unwanted = ("signup", "password", "email", "social", "phone", "trust")
    assert [name for name in names if name.startswith(("account_", "mfa_")) and any(w in name for w in unwanted)] == []


@pytest.mark.parametrize(
    "address",
    [
        "/me/",
        "/me/sign-out-elsewhere/",
        "/me/safety/",
        "/me/safety/again/",
        "/me/safety/again/passkey/",
        ADD_APP,
        "/me/safety/app/remove/",
        "/me/safety/codes/",
        "/me/safety/codes/new/",
        "/me/safety/codes/download/",
        "/me/safety/passkeys/",
        "/me/safety/passkeys/add/",
        "/me/safety/passkeys/1/name/",
        "/me/safety/passkeys/1/remove/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_asked_to_sign_in_first(address, method):
    answer = getattr(Client(), method)(address)
    assert answer.status_code == 302
    assert answer.url == f"/enter/?next={address}"


# --- somebody who lost everything ---


def test_who_runs_colead_can_let_somebody_back_in(ada):
    client = walk_in(ADA)
    set_up_app(client)
    said = StringIO()
    call_command("let_back_in", "Ada@example.org", stdout=said)
    assert "Taken away: 2." in said.getvalue()
    assert who(client) is None
    assert who(walk_in(ADA)) == ADA


def test_letting_back_in_an_unknown_address_says_so():
    with pytest.raises(CommandError, match=r"Nobody signs in as eve@example\.org"):
        call_command("let_back_in", "eve@example.org")


def test_forgetting_unused_people_is_a_command():
    said = StringIO()
    call_command("forget_unused_users", stdout=said)
    assert said.getvalue() == "Forgotten: 0.\n"
