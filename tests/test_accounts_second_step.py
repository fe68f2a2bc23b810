"""An office sees many schools: its people show a second step, and show it again after an hour of rest."""

import time

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from colead.accounts.second_step import SEEN
from tests.cast import Cast
from tests.test_accounts_safety import set_up_app, shown_by_app
from tests.walk_in import walk_in

pytestmark = pytest.mark.usefixtures("mailbox")


@pytest.fixture
def dana(cast: Cast, settings: Settings) -> Client:
    settings.SECOND_STEP_FOR_OFFICES = True
    return walk_in(cast.dana.email)


def home(cast: Cast) -> str:
    return f"/office/{cast.office.pk}/"


def rest(client: Client, seconds: int) -> None:
    """Let the session look as if nothing had happened in it for so long."""
    session = client.session
    session[SEEN] = int(time.time()) - seconds
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - seconds
    session.save()


def test_without_a_second_step_an_office_stays_shut_and_says_what_to_do(cast: Cast, dana: Client) -> None:
    answer = dana.get(home(cast), follow=True)
    assert answer.redirect_chain == [("/me/safety/", 302)]
    assert "Set up a second step first" in answer.content.decode()
    assert dana.post(f"{home(cast)}invite/").url == "/me/safety/"


def test_with_a_second_step_the_office_opens(cast: Cast, dana: Client) -> None:
    set_up_app(dana)
    assert dana.get(home(cast)).status_code == 200


def test_after_an_hour_of_rest_the_second_step_is_asked_for_again(cast: Cast, dana: Client) -> None:
    secret = set_up_app(dana)
    assert dana.get(home(cast)).status_code == 200
    rest(dana, 3500)
    assert dana.get(home(cast)).status_code == 200
    rest(dana, 3700)
    asked = dana.get(home(cast))
    assert asked.status_code == 302
    assert asked.url.endswith(f"?next={home(cast).replace('/', '%2F')}")
    assert dana.post(asked.url, {"code": shown_by_app(secret, 1)}).url == home(cast)
    assert dana.get(home(cast)).status_code == 200


def test_nobody_else_is_asked(cast: Cast, client: Client, settings: Settings) -> None:
    settings.SECOND_STEP_FOR_OFFICES = True
    client.force_login(cast.ada)
    assert client.get(f"/t/{cast.north_team.pk}/").status_code == 200
