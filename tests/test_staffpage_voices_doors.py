"""Who gets in where, around replies, the register and the circle; another school's numbers open nothing."""

import pytest
from django.test import Client
from django.utils import timezone

from colead.staffpage.actions.voices_register import note_asking, write_message
from colead.staffpage.models import ReplyTheme
from colead.staffpage.urls_voices import urlpatterns
from colead.texts.actions import save_new
from colead.web.doors import door_of
from tests.addresses import url_of
from tests.cast import NOW, Cast
from tests.staffpage_voices_world import BOTH, taking, token
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db(databases=BOTH)
READERS = {"staff_reply", "staff_replied"}
SCHOOL = {"reply_desk", "reply_list", "voices_circle"}
KEEPER = {"reply_desk_set"}
READER = {"reply_notes"}
PAGE = {"voices_register"}
TEAM = {"voices_asked_new", "voices_asked_about", "voices_asked", "reply_theme_answer"}
TEAM |= {"voices_message_new", "voices_message_about", "voices_message"}
#           ada  ben  pat  sam  kim  cleo dana
WANTED = {
    **dict.fromkeys(SCHOOL, (200, 200, 200, 200, 200, 404, 404)),
    **dict.fromkeys(KEEPER, (200, 403, 200, 403, 403, 404, 404)),
    **dict.fromkeys(READER, (403, 200, 403, 403, 403, 404, 404)),
    **dict.fromkeys(PAGE, (200, 200, 200, 403, 200, 404, 404)),
    **dict.fromkeys(TEAM, (200, 200, 200, 403, 403, 404, 404)),
}


@pytest.fixture
def numbers(cast: Cast) -> dict[str, object]:
    decision, by = taking(cast, now=timezone.now()), {"by": cast.ada, "now": NOW}
    theme = save_new(ReplyTheme(decision=decision, sentence="Words", found_on=NOW.date()), **by)
    return {
        "token": token(cast),
        "school_id": cast.north.pk,
        "team_id": cast.north_team.pk,
        "decision_id": decision.pk,
        "reply_round_id": decision.reply_rounds.get().pk,
        "reply_theme_id": theme.pk,
        "asking_id": note_asking(cast.north_team, how="A round", held_on=NOW.date(), para=3, **by).pk,
        "message_id": write_message(cast.north_team, audience="Families", words="Words", **by).pk,
    }


def test_every_address_is_in_one_group() -> None:
    assert sorted([*READERS, *WANTED]) == sorted(str(one.name) for one in urlpatterns)
    assert {door_of(one.callback) for one in urlpatterns if one.name in READERS} == {"staff_page"}


def test_doors(cast: Cast, numbers: dict[str, object]) -> None:
    people = (cast.ada, cast.ben, cast.pat, cast.sam, cast.kim, cast.cleo, cast.dana)
    for name, statuses in WANTED.items():
        for user, status in zip(people, statuses, strict=True):
            for method in ("get", "post"):
                answer = getattr(client_of(user), method)(url_of(name, numbers))
                seen = {302: 200, 422: 200}.get(answer.status_code, answer.status_code)  # a form without its words
                wanted = 403 if method == "post" and user == cast.kim and name in PAGE else status
                assert seen == wanted, (name, user.name, method, answer.status_code)


def test_who_is_not_signed_in_is_asked_to(numbers: dict[str, object]) -> None:
    for name in WANTED:
        for answer in (Client().get(url_of(name, numbers)), Client().post(url_of(name, numbers))):
            assert answer.headers["Location"].startswith("/enter/"), name


def test_the_link_is_all_that_a_reply_needs(numbers: dict[str, object]) -> None:
    client = Client(enforce_csrf_checks=True)
    for name in READERS:
        url = url_of(name, numbers)
        assert client.get(url).status_code == client.head(url).status_code == 200
        assert client.put(url).status_code == client.delete(url).status_code == 405
        assert client.get(url_of(name, {**numbers, "token": "made-up"})).status_code == 404
    assert client.post(url_of("staff_reply", numbers)).status_code == 422
    assert client.post(url_of("staff_replied", numbers)).status_code == 405
    assert client.post(url_of("staff_reply", {**numbers, "token": "made-up"})).status_code == 404


def test_another_schools_numbers_open_nothing(cast: Cast, numbers: dict[str, object]) -> None:
    foreign = {**numbers, "school_id": cast.south.pk, "team_id": cast.south_team.pk}
    named = {"reply_round_id", "reply_theme_id", "asking_id", "message_id", "decision_id"}
    for one in urlpatterns:
        if one.name in READERS or not named & set(one.pattern.regex.groupindex):
            continue
        url = url_of(str(one.name), foreign)
        assert client_of(cast.cleo).get(url).status_code == 404, one.name
        assert client_of(cast.cleo).post(url).status_code == 404, one.name
