"""One sign-in page for everybody: an address, a code by mail, inside."""

import re
import statistics
import time
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as live
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from colead.accounts.actions import ensure_user, forget_unused_users, rename
from colead.accounts.models import User
from colead.schools.models import School, Seat
from tests.walk_in import CODE, ENTER, ask_for_code, newest_code, type_code, walk_in, who

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox")]
NEW, KNOWN = "new@example.org", "ada@example.org"


@pytest.fixture
def ada() -> User:
    user = ensure_user(email=KNOWN, now=timezone.now())
    rename(user=user, name="Ada Reed", language="", now=timezone.now())
    return user


def test_a_code_by_mail_lets_a_person_in(ada):
    client, answer = ask_for_code(KNOWN)
    assert answer.url == CODE
    assert KNOWN in client.get(CODE).content.decode()
    assert type_code(client, newest_code()).url == "/home/"
    assert who(client) == KNOWN


def test_somebody_new_needs_no_sign_up_and_is_asked_for_a_name():
    client, _ = ask_for_code(NEW, onward="/about/privacy/")
    answer = type_code(client, newest_code(), onward="/about/privacy/")
    assert answer.url == "/me/?next=%2Fabout%2Fprivacy%2F"
    assert "What should we call you?" in client.get(answer.url).content.decode()
    answer = client.post(answer.url, {"name": "Noor", "language": ""})
    assert answer.url == "/about/privacy/"
    assert User.objects.get(email=NEW).name == "Noor"


def test_an_address_counts_as_proved_only_after_its_code_was_used():
    client, _ = ask_for_code(NEW)
    assert not EmailAddress.objects.get(email=NEW).verified
    type_code(client, newest_code())
    assert EmailAddress.objects.get(email=NEW).verified


@pytest.mark.parametrize("typed", ["ADA@example.org", " ada@EXAMPLE.org "])
def test_the_case_of_an_address_does_not_matter(ada, typed):
    client, _ = ask_for_code(typed)
    type_code(client, newest_code())
    assert who(client) == KNOWN
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "typed", ["", "ada", "ada@", "a b@example.org", "ada@example.org\nBcc: eve@example.org", "x" * 300]
)
def test_what_is_not_an_address_gets_a_clear_word_and_no_mail(typed):
    _, answer = ask_for_code(typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]
    assert not mail.outbox
    assert not User.objects.exists()


# --- nobody can find out who has an account ---


def _plain(page) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


def test_known_and_unknown_addresses_look_alike_at_every_step(ada):
    seen = []
    for email in (KNOWN, NEW):
        client, answer = ask_for_code(email)
        shown = client.get(CODE)
        wrong = type_code(client, "000000" if newest_code() != "000000" else "000001")
        pages = [_plain(page).replace(email, "ADDRESS") for page in (shown, wrong)]
        letter = mail.outbox[-1].subject, mail.outbox[-1].body.replace(newest_code(), "CODE")
        seen.append((answer.status_code, answer.url, sorted(client.cookies), shown.status_code, *pages, letter))
    assert seen[0] == seen[1]
    assert len(mail.outbox) == 2


def test_known_and_unknown_addresses_take_the_same_time(ada, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": ""}
    took = {True: [], False: []}
    for turn in range(40):
        known = turn % 2 == 0
        start = time.perf_counter()
        ask_for_code(KNOWN if known else f"new{turn}@example.org")
        took[known].append(time.perf_counter() - start)
    assert abs(statistics.median(took[True]) - statistics.median(took[False])) < 0.05


def test_a_closed_place_is_told_only_to_who_reads_its_mail(ada):
    User.objects.update(is_active=False)
    client, answer = ask_for_code(KNOWN)
    assert answer.url == CODE
    answer = type_code(client, newest_code())
    assert answer.url == "/enter/closed/"
    assert "closed" in client.get(answer.url).content.decode()
    assert who(client) is None


# --- a code works once, here, for a while ---


def test_a_code_works_once(ada):
    client, _ = ask_for_code(KNOWN)
    code = newest_code()
    type_code(client, code)
    client.post("/leave/")
    assert type_code(client, code).url == ENTER
    assert who(client) is None


def test_a_code_works_only_in_the_browser_that_asked(ada):
    ask_for_code(KNOWN)
    stranger = Client()
    assert type_code(stranger, newest_code()).url == ENTER
    assert who(stranger) is None


def test_a_code_runs_out_after_a_quarter_of_an_hour(ada, monkeypatch):
    client, _ = ask_for_code(KNOWN, onward="/about/privacy/")
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("time.time", lambda: later)
    answer = type_code(client, newest_code(), onward="/about/privacy/")
    assert answer.url == "/enter/?next=%2Fabout%2Fprivacy%2F"
    assert "That code has run out" in client.get(answer.url).content.decode()
    assert who(client) is None


def test_three_wrong_codes_end_it_and_the_goal_is_kept(ada):
    client, _ = ask_for_code(KNOWN, onward="/about/privacy/")
    code = newest_code()
    wrong = f"{(int(code) + 1) % 1000000:06}"
    assert "not the code we sent" in type_code(client, wrong).content.decode()
    assert type_code(client, wrong).status_code == 200
    assert type_code(client, wrong, onward="/about/privacy/").url == "/enter/?next=%2Fabout%2Fprivacy%2F"
    assert type_code(client, code).url == ENTER
    assert who(client) is None


def test_an_empty_code_is_no_guess(ada):
    client, _ = ask_for_code(KNOWN)
    for _ in range(4):
        assert type_code(client, " ").status_code == 200
    type_code(client, newest_code())
    assert who(client) == KNOWN


@pytest.mark.parametrize("shape", ["{} ", "{:.3} {:.3}", "-{}-"])
def test_a_code_may_be_typed_with_spaces_and_dashes(ada, shape):
    client, _ = ask_for_code(KNOWN)
    code = newest_code()
    type_code(client, shape.format(code) if shape.count("{") == 1 else f"{code[:3]} {code[3:]}")
    assert who(client) == KNOWN


def test_a_new_code_replaces_the_one_before(ada):
    client, _ = ask_for_code(KNOWN)
    first = newest_code()
    answer = client.post(CODE, {"action": "resend"}, follow=True)
    assert "A new code is on its way" in answer.content.decode()
    assert len(mail.outbox) == 2
    if first != newest_code():
        assert type_code(client, first).status_code == 200
    type_code(client, newest_code())
    assert who(client) == KNOWN


def test_a_new_code_can_be_had_twice(ada):
    client, _ = ask_for_code(KNOWN)
    for _ in range(4):
        client.post(CODE, {"action": "resend"})
    assert len(mail.outbox) == 3
    assert "Send a new code" not in client.get(CODE).content.decode()


def test_a_mistyped_address_can_be_typed_anew(ada):
    client, _ = ask_for_code("aad@example.org")
    page = client.get(ENTER)
    assert "I have a code already" in page.content.decode()
    ask_for_code(KNOWN, client=client)
    type_code(client, newest_code())
    assert who(client) == KNOWN


# --- where to, afterwards ---


@pytest.mark.parametrize(
    "bad",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "\x00//evil",
    ],
)
def test_nobody_is_sent_to_another_site(ada, bad):
    client, answer = ask_for_code(KNOWN, onward=quote(bad))
    assert answer.url.startswith(CODE)
    assert type_code(client, newest_code(), onward=quote(bad)).url == "/home/"
    assert client.get(f"{ENTER}?next={quote(bad)}").url == "/home/"
    assert client.post(f"/me/?next={quote(bad)}", {"name": "Ada", "language": ""}).url == "/me/"


def test_a_page_for_signed_in_people_is_reached_after_signing_in(ada):
    client = Client()
    answer = client.get("/me/safety/")
    assert answer.url == "/enter/?next=/me/safety/"
    client, answer = ask_for_code(KNOWN, onward="/me/safety/", client=client)
    assert type_code(client, newest_code(), onward="/me/safety/").url == "/me/safety/"


# --- not too often ---


def test_one_person_is_not_flooded_with_mail(ada):
    for _ in range(5):
        assert ask_for_code(KNOWN)[1].status_code == 302
    _, answer = ask_for_code(KNOWN)
    assert answer.status_code == 429
    assert "A little slower, please" in answer.content.decode()
    assert len(mail.outbox) == 5
    assert ask_for_code(NEW)[1].status_code == 302


def test_sending_anew_counts_towards_the_same_limit(ada):
    clients = [ask_for_code(KNOWN)[0] for _ in range(5)]
    assert clients[0].post(CODE, {"action": "resend"}).status_code == 429
    assert len(mail.outbox) == 5


def test_guessing_ends_after_ten_wrong_codes_for_one_address(ada, settings):
    settings.ACCOUNT_RATE_LIMITS = live.ACCOUNT_RATE_LIMITS | {"request_login_code": ""}
    answers = []
    for _ in range(4):
        client, _ = ask_for_code(KNOWN)
        wrong = f"{(int(newest_code()) + 1) % 1000000:06}"
        answers += [type_code(client, wrong).status_code for _ in range(3)]
    assert answers[:9] == [200, 200, 302] * 3
    assert answers[9:11] == [200, 429]
    type_code(client, newest_code())
    assert who(client) is None


def test_a_staff_room_of_120_signs_in_within_a_minute_from_one_address():
    for number in range(120):
        client, _ = ask_for_code(f"teacher{number}@north.example")
        assert type_code(client, newest_code()).status_code == 302
    assert User.objects.exclude(last_login=None).count() == 120


def test_one_address_of_the_network_cannot_ask_without_end(settings):
    settings.ACCOUNT_RATE_LIMITS = live.ACCOUNT_RATE_LIMITS | {"request_login_code": "3/m/ip"}
    assert [ask_for_code(f"p{n}@example.org")[1].status_code for n in range(4)] == [302, 302, 302, 429]
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    assert ask_for_code(NEW, client=elsewhere)[1].status_code == 302


# --- the mail ---


def test_the_mail_is_short_and_holds_nothing_but_the_code_and_our_name(ada, settings):
    settings.SITE_URL = "https://colead.example"
    ask_for_code(KNOWN)
    letter = mail.outbox[-1]
    assert letter.subject == "Your code for Colead"
    assert letter.to == [KNOWN]
    assert letter.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert "Colead, https://colead.example" in letter.body
    assert "Ada" not in letter.body
    assert "&" not in letter.body
    assert re.findall(r"https?://\S+", letter.body) == ["https://colead.example"]


def test_a_broken_mail_server_is_told_plainly_and_leaves_no_half_open_door(ada, monkeypatch):
    def fail(*args, **kwargs):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", fail)
    for email in (KNOWN, NEW):
        client, answer = ask_for_code(email)
        assert answer.status_code == 503
        assert "The mail could not go" in answer.content.decode()
        assert client.get(CODE).url == ENTER


# --- sessions ---


def test_signing_in_starts_a_new_session_key(ada):
    client, _ = ask_for_code(KNOWN)
    before = client.session.session_key
    type_code(client, newest_code())
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_session_lasts_until_idle_unless_the_device_is_ones_own(ada):
    client, _ = ask_for_code(KNOWN)
    type_code(client, newest_code())
    assert client.session.get_expiry_age() == live.SESSION_IDLE
    client, _ = ask_for_code(KNOWN)
    type_code(client, newest_code(), stay="on")
    assert client.session.get_expiry_age() == live.SESSION_COOKIE_AGE


def test_using_a_session_keeps_it_and_idling_ends_it(ada):
    client = walk_in(KNOWN)
    session = Session.objects.get(session_key=client.session.session_key)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    kept = client.session
    kept["hour"] -= 1
    kept.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    assert who(client) == KNOWN
    session.refresh_from_db()
    assert session.expire_date > timezone.now() + timedelta(hours=11)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert who(client) is None


def test_signing_out_is_a_press_not_a_link(ada):
    client = walk_in(KNOWN)
    page = client.get("/leave/")
    assert "Sign out here?" in page.content.decode()
    assert who(client) == KNOWN
    assert client.post("/leave/").url == "/"
    assert who(client) is None


# --- people who never came ---


def test_people_who_never_came_are_forgotten_after_a_week(ada):
    now = timezone.now()
    walk_in("came@example.org")
    ask_for_code("never@example.org")
    User.objects.update(date_joined=now - timedelta(days=8))
    ask_for_code("today@example.org")
    User.objects.filter(pk=ada.pk).update(last_login=now)
    assert forget_unused_users(now=now) == 1
    assert not User.objects.filter(email="never@example.org").exists()
    assert not EmailAddress.objects.filter(email="never@example.org").exists()
    assert User.objects.count() == 3


def test_somebody_others_put_on_record_is_not_forgotten(ada):
    now = timezone.now()
    User.objects.update(date_joined=now - timedelta(days=8))
    north = School.objects.create(name="North", time_zone="America/Chicago", created_on=now.date())
    Seat.objects.create(school=north, user=ada, role="staff", since=now.date())
    assert forget_unused_users(now=now) == 0


def test_making_sure_of_a_person_twice_makes_one():
    now = timezone.now()
    assert ensure_user(email=" Ada@Example.org", now=now) == ensure_user(email="ada@example.org", now=now)
    assert not User.objects.get().has_usable_password()
