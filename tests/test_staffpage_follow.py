"""Follow by mail without an account: nothing before a yes in a letter, nothing after one press, nothing kept."""

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from colead.staffpage.digesting import Reader, letters
from colead.staffpage.management.commands import digest
from colead.staffpage.models import Follow
from colead.staffpage.queries.moves import Move
from tests.cast import Cast
from tests.staffpage_world import FOUND, at, decided, found, freeze, linked, stopped
from tests.surveys_world import BOTH, sealed
from tests.test_staffpage_loop import links_in

pytestmark = pytest.mark.django_db(databases=BOTH)
SAM = "sam@home.example"


def ask(token: str, email: str = SAM) -> object:
    return Client().post(reverse("follow_page", args=[token]), {"email": email})


def say_yes(letter: EmailMessage) -> object:
    [link] = links_in(letter, "/yes/")
    return Client().post(link)


def test_nothing_comes_before_a_yes_that_no_mail_scanner_can_say(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, FOUND)
    token = linked(cast)
    ask(token)
    [letter] = mailbox
    assert letter.to == [SAM]
    for ending in ("/yes/", "/stop/"):
        [link] = links_in(letter, ending)
        for opened in (Client().get(link), Client().head(link)):
            assert opened.status_code == 200
        assert Follow.objects.get().confirmed_at is None
    freeze(monkeypatch, at(1))
    decided(cast)
    call_command("digest", verbosity=0)
    assert len(mailbox) == 1
    say_yes(letter)
    assert Follow.objects.get().confirmed_at == at(1)
    assert Client().get(links_in(letter, "/yes/")[0]).status_code == 200, "a second look is no error"


def test_one_press_ends_it_and_the_address_is_gone(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, FOUND)
    token, finding = linked(cast), found(cast, sealed(cast))
    ask(token)
    say_yes(mailbox[0])
    Client().post(reverse("follow_finding", args=[token, finding.pk]), {"email": SAM.upper()})
    say_yes(mailbox[1])
    assert Follow.objects.filter(email=SAM).count() == 2
    stopped(cast, "A meeting", now=at(1))
    freeze(monkeypatch, at(2))
    call_command("digest", verbosity=0)
    letter = mailbox[2]
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one_click = Client().post(stop.partition("8000")[2], {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200
    assert not Follow.objects.exists()
    assert "Your address is deleted" in Client().post(stop.partition("8000")[2]).content.decode()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  # our own tables
            assert SAM not in str(cursor.fetchall()), table


def test_an_address_that_says_nothing_is_forgotten(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, FOUND)
    ask(linked(cast))
    freeze(monkeypatch, at(4))
    assert say_yes(mailbox[0]).status_code == 404, "three days are over"
    call_command("digest", verbosity=0)
    assert not Follow.objects.exists()


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, FOUND)
    token = linked(cast)
    first = ask(token).content
    say_yes(mailbox[0])
    assert ask(token).content == first
    assert ask(token, "new@home.example").content == first
    assert len(mailbox) == 3


def test_nobodys_mailbox_can_be_filled_from_here(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, FOUND)
    token = linked(cast)
    answers = {ask(token).content for _try in range(6)}
    assert len(mailbox) == 3
    assert len(answers) == 1
    monkeypatch.setattr("colead.staffpage.views.following.MOST_FROM_ONE_PLACE", 8)
    for number in range(2):
        assert ask(token, f"p{number}@home.example").status_code == 200
    assert ask(token, "p9@home.example").status_code == 429


@pytest.mark.parametrize("key", ["made-up", "1", "1:2:3", ""])
def test_a_link_we_did_not_write_opens_nothing(cast: Cast, key: str) -> None:
    for name in ("yes", "stop"):
        for opened in (Client().get(f"/p/mail/{key}/{name}/"), Client().post(f"/p/mail/{key}/{name}/")):
            assert opened.status_code == 404


def test_a_weeks_mail_holds_what_moved_and_a_quiet_week_brings_none(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, FOUND)
    ask(linked(cast))
    say_yes(mailbox.pop())
    sent: dict[int, str] = {}
    for day in range(1, 30):
        now = at(day, hour=6)
        freeze(monkeypatch, now)
        if day in (2, 4, 12):
            stopped(cast, f"Meeting {day}", now=now - timedelta(minutes=1))
        call_command("digest", verbosity=0)
        call_command("digest", verbosity=0)
        for letter in mailbox:
            sent[day] = letter.body
        mailbox.clear()
    assert list(sent) == [2, 9, 16]
    assert [re.findall(r"Meeting \d+", body) for body in sent.values()] == [
        ["Meeting 2"],
        ["Meeting 4"],
        ["Meeting 12"],
    ]


def test_a_letter_that_could_not_be_sent_is_tried_again(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, FOUND)
    ask(linked(cast))
    say_yes(mailbox.pop())
    stopped(cast, "A meeting", now=at(1))

    def refuse(*_facts: object) -> None:
        raise OSError("no server")

    freeze(monkeypatch, at(2))
    with monkeypatch.context() as broken:
        broken.setattr(digest, "send_digest", refuse)
        call_command("digest", verbosity=0)
    assert mailbox == []
    call_command("digest", verbosity=0)
    assert [letter.to for letter in mailbox] == [[SAM]]


def test_a_page_that_is_off_writes_to_nobody(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, FOUND)
    ask(linked(cast))
    say_yes(mailbox.pop())
    stopped(cast, "A meeting", now=at(1))
    client = Client()
    client.force_login(cast.pat)
    client.post(reverse("staff_link_off", args=[cast.north.pk]))
    freeze(monkeypatch, at(2))
    call_command("digest", verbosity=0)
    assert mailbox == []


def reader(**facts: object) -> Reader:
    first = {"school_id": 1, "email": SAM, "language": "en", "follows": ((None, at(0)),), "told_at": None, "stop": "x"}
    return Reader(**{**first, **facts})


@pytest.mark.parametrize(
    ("told", "moved", "now", "comes"),
    [
        (None, at(1), at(2), True),
        (None, at(-1), at(2), False),  # before they said yes
        (None, at(3), at(2), False),  # not yet
        (at(2), at(3), at(8), False),  # within the week
        (at(2), at(3), at(9), True),
        (at(2), at(1), at(9), False),  # told already
        (at(2, hour=23), at(3), at(9, hour=1), True),  # days are counted, not hours
    ],
)
def test_who_is_written_to(told: object, moved: object, now: object, comes: bool) -> None:
    move = Move("x", moved, "Title", "", "a")
    assert bool(letters([reader(told_at=told)], [move], now=now)) is comes


def test_whoever_follows_one_finding_hears_of_that_one_only() -> None:
    one, other = (Move(f"x/{n}", at(1), "Title", "", "a", frozenset({n})) for n in (1, 2))
    [letter] = letters([reader(follows=((1, at(0)),))], [one, other], now=at(2))
    assert letter.moves == (one,)
