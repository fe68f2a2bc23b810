"""Walking in as people do: an address, a code out of the mail, inside. Each call comes from a fresh browser."""

import re

from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

ENTER = "/enter/"
CODE = "/enter/code/"


def ask_for_code(email: str, *, onward: str = "", client: Client | None = None) -> tuple[Client, HttpResponse]:
    """Type an address on the sign-in page of a fresh browser; return the browser and the answer."""
    client = client or Client()
    return client, client.post(ENTER + (f"?next={onward}" if onward else ""), {"email": email})


def newest_code() -> str:
    """Read the code in the newest mail; it stands on a line of its own."""
    found = re.search(r"^ +(\d{6})$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def type_code(client: Client, code: str, *, onward: str = "", **more: str) -> HttpResponse:
    """Type a code on the page that asks for it."""
    return client.post(CODE + (f"?next={onward}" if onward else ""), {"code": code, **more})


def walk_in(email: str, *, onward: str = "/me/", client: Client | None = None) -> Client:
    """Sign in by mailed code and return the browser."""
    client, _ = ask_for_code(email, client=client)
    type_code(client, newest_code(), onward=onward)
    assert who(client), "not signed in"
    return client


def who(client: Client) -> str | None:
    """Say as whom this browser is signed in, or None."""
    page = client.get(reverse("me"))
    return page.context["user"].email if page.status_code == 200 else None
