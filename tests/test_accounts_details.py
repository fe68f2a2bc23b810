"""What a person sees and changes about themselves; whom they can be in the demo."""

import pytest
from django.test import Client
from django.utils import timezone

from colead.accounts.actions import NameMissing, add_demo_person, ensure_user, rename
from colead.accounts.models import User
from colead.accounts.names import plain_line
from tests.walk_in import walk_in, who

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox")]
ADA = "ada@example.org"


@pytest.fixture
def ada() -> User:
    user = ensure_user(email=ADA, now=timezone.now())
    rename(user=user, name="Ada Reed", language="", now=timezone.now())
    return user


# --- names ---


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada   Reed ", "Ada Reed"),
        ("Ada\r\nBcc: eve@example.org", "Ada Bcc: eve@example.org"),
        ("Ada\tReed", "Ada Reed"),
        ("A\x00d\x07a", "Ada"),
        ("Ada\u202emoc.live", "Adamoc.live"),
        ("Ada\u2028Reed", "Ada Reed"),
        ("\ufeffAda\u200b", "Ada"),
        ("A\ud800da", "Ada"),
        ("Ada 👩🏽‍🏫", "Ada 👩🏽‍🏫"),
        ("🦊", "🦊"),
        ("Zoe\u0308", "Zoë"),
        ("نرگس\u200cها", "نرگس\u200cها"),
        ("李小龍", "李小龍"),
        ("\u200d\u200c", ""),
        (" \x00\x1b ", ""),
    ],
)
def test_a_name_keeps_what_can_be_seen(typed, kept):
    assert plain_line(typed) == kept


@pytest.mark.parametrize("typed", ["O’Brien-Ñandú", "Ada 👩🏽‍🏫", "x" * 200, "<b>Ada</b>", "'; drop table users; --"])
def test_any_name_people_have_can_be_saved_and_shown(ada, typed):
    client = walk_in(ADA)
    answer = client.post("/me/", {"name": typed, "language": ""}, follow=True)
    ada.refresh_from_db()
    assert ada.name == typed
    assert "<b>Ada" not in answer.content.decode()
    assert "Saved." in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\u200b", "x" * 201])
def test_a_name_that_cannot_be_is_told_so_and_nothing_changes(ada, typed):
    answer = walk_in(ADA).post("/me/", {"name": typed, "language": "es"})
    assert answer.context["form"].errors["name"]
    ada.refresh_from_db()
    assert (ada.name, ada.language) == ("Ada Reed", "")


def test_nobody_can_be_without_a_name(ada):
    with pytest.raises(NameMissing):
        rename(user=ada, name="\u200b", language="", now=timezone.now())


def test_only_name_and_language_can_be_changed_there(ada):
    posted = {
        "name": "Ada",
        "language": "",
        "email": "eve@example.org",
        "is_demo": "on",
        "is_active": "",
        "password": "x",
    }
    walk_in(ADA).post("/me/", posted)
    ada.refresh_from_db()
    assert (ada.email, ada.is_demo, ada.is_active) == (ADA, False, True)


# --- language ---


def test_a_chosen_language_is_spoken_whatever_the_browser_asks(ada, settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    client = walk_in(ADA)
    assert client.get("/me/").headers["Content-Language"] == "en"
    client.post("/me/", {"name": "Ada", "language": "es"})
    assert client.get("/me/", headers={"accept-language": "en"}).headers["Content-Language"] == "es"
    assert Client().get("/enter/").headers["Content-Language"] == "en"
    client.post("/me/", {"name": "Ada", "language": ""})
    assert client.get("/me/", headers={"accept-language": "es"}).headers["Content-Language"] == "es"


def test_a_language_we_do_not_speak_is_refused(ada):
    answer = walk_in(ADA).post("/me/", {"name": "Ada", "language": "xx"})
    assert answer.context["form"].errors["language"]


# --- signing out elsewhere ---


def test_signing_out_everywhere_else_keeps_only_this_browser(ada):
    here, there = walk_in(ADA), walk_in(ADA)
    before = here.session.session_key
    answer = here.post("/me/sign-out-elsewhere/", follow=True)
    assert "signed out everywhere else" in answer.content.decode()
    assert who(here) == ADA
    assert who(there) is None
    assert here.session.session_key != before


def test_signing_out_elsewhere_needs_a_press(ada):
    assert walk_in(ADA).get("/me/sign-out-elsewhere/").status_code == 405


# --- the doors of the demo ---


@pytest.fixture
def people(settings) -> dict[str, User]:
    settings.DEMO, settings.PRODUCTION = True, False
    now = timezone.now()
    add_demo_person(email="pat@demo.example", name="Pat Green", note="Principal of North", now=now)
    add_demo_person(email="ben@demo.example", name="Ben Ortiz", note="Grade 3, on the team", now=now)
    real = ensure_user(email="real@example.org", now=now)
    return {"real": real} | {user.name[:3]: user for user in User.objects.demo()}


def test_in_the_demo_anyone_can_be_a_demo_person(people):
    client = Client()
    shown = client.get("/demo/").content.decode()
    assert shown.index("Pat Green") < shown.index("Ben Ortiz")
    assert "Principal of North" in shown
    assert "real@example.org" not in shown
    assert client.post("/demo/", {"person": people["Pat"].pk}).url == "/home/"
    assert who(client) == "pat@demo.example"


def test_changing_person_starts_a_clean_session(people):
    client = Client()
    client.post("/demo/", {"person": people["Pat"].pk})
    before = client.session.session_key
    client.post("/demo/?next=/me/", {"person": people["Ben"].pk})
    assert who(client) == "ben@demo.example"
    assert client.session.session_key != before


@pytest.mark.parametrize("person", ["", "x", "0", "-1", "9" * 30, "1 or 1=1", "\x00"])
def test_a_door_that_is_not_there_is_not_there(people, person):
    assert Client().post("/demo/", {"person": person}).status_code == 404


def test_real_people_have_no_demo_door(people):
    client = Client()
    assert client.post("/demo/", {"person": people["real"].pk}).status_code == 404
    assert who(client) is None


@pytest.mark.parametrize(("demo", "production"), [(False, False), (False, True), (True, True)])
def test_outside_the_demo_there_are_no_doors(people, settings, demo, production):
    settings.DEMO, settings.PRODUCTION = demo, production
    client = Client()
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"person": people["Pat"].pk}).status_code == 404
    assert who(client) is None


def test_nobody_is_led_out_of_the_demo_to_another_site(people):
    answer = Client().post("/demo/?next=https://evil.example/", {"person": people["Pat"].pk})
    assert answer.url == "/home/"
