"""Who gets in where, in the room of surveys; another school's numbers open nothing."""

import pytest
from django.urls import reverse

from colead.surveys import urls
from colead.surveys.actions import findings, waves
from colead.surveys.models import Ask
from tests.addresses import url_of
from tests.cast import Cast
from tests.surveys_world import AFTER, BOTH, CLOSES, NOON, opened, planned, sealed
from tests.test_surveys_reading import ASKED
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db(databases=BOTH)
urlpatterns = [one for one in urls.urlpatterns if one.name != "survey_privacy"]  # for everybody
SCHOOL = {"surveys", "wave", "wave_kept", "findings", "wave_file"}
KEEPER = {"wave_new", "wave_edit", "wave_drop", "wave_end", "wave_ask", "wave_unask", "wave_codes", "wave_slips"}
KEEPER |= {"wave_mail", "wave_remind", "wave_spoilt", "wave_poster", "instruments", "instrument_new"}
KEEPER |= {"instrument_drop", "inquiry_new", "inquiry_plan", "brought_new", "brought_look"}
SECOND = {"wave_confirm"}
READER = {"wave_comments"}
TEAM = {"finding_new", "finding_about", "finding_edit"}
POSTS = {"wave_drop", "wave_end", "wave_ask", "wave_unask", "wave_confirm", "wave_slips", "wave_mail", "wave_remind"}
POSTS |= {"wave_spoilt", "instrument_drop", "brought_look"}


def address(name: str, cast: Cast, numbers: dict[str, object]) -> str:
    return url_of(name, {"school_id": cast.north.pk, "team_id": cast.north_team.pk, **numbers})


@pytest.fixture
def numbers(cast: Cast) -> dict[str, object]:
    done = sealed(cast)
    facts = {"about": "", "sentence": "Words", "answer_by": CLOSES, "by": cast.ada, "now": AFTER}
    found = findings.write_finding(cast.north_team, done, **facts)
    ask = waves.ask(opened(cast), Ask.What.CLOSE, by=cast.ada, now=NOON)
    own = cast.north.own_instruments.create(
        title="Own", json=ASKED.model_dump_json(), sha256="1" * 64, added_by=cast.ada, added_on=NOON.date()
    )
    return {
        "wave_id": done.pk,
        "ask_id": ask.pk,
        "finding_id": found.pk,
        "instrument_id": own.pk,
        "what": "open",
        "about": "vision",
        "name": "scales",
        "form": "csv",
        "condition": "vision",
    }


def test_every_address_is_in_one_group() -> None:
    assert sorted([*SCHOOL, *KEEPER, *SECOND, *READER, *TEAM]) == sorted(one.name for one in urlpatterns)


def test_doors(cast: Cast, numbers: dict[str, object]) -> None:
    outside = {cast.cleo: 404, cast.dana: 404}
    wanted = {
        **{
            name: {**outside, cast.sam: 200, cast.kim: 200, cast.ben: 200, cast.ada: 200, cast.pat: 200}
            for name in SCHOOL
        },
        **{name: {**outside, cast.sam: 403, cast.kim: 403, cast.ben: 403} for name in KEEPER},
        **{name: {**outside, cast.sam: 403, cast.ben: 403} for name in SECOND},
        **{
            name: {**outside, cast.sam: 403, cast.kim: 403, cast.ada: 403, cast.pat: 403, cast.ben: 200}
            for name in READER
        },
        **{
            name: {**outside, cast.sam: 403, cast.kim: 403, cast.ben: 200, cast.ada: 200, cast.pat: 200}
            for name in TEAM
        },
    }
    for name, people in wanted.items():
        url = address(name, cast, numbers)
        for user, status in people.items():
            client = client_of(user)
            answer = client.post(url) if name in POSTS else client.get(url)
            assert answer.status_code == status, (name, user.name, answer.status_code)


def test_who_is_not_signed_in_is_asked_to(cast: Cast, numbers: dict[str, object], client: object) -> None:
    for one in urlpatterns:
        url = address(one.name, cast, numbers)
        answer = client.post(url) if one.name in POSTS else client.get(url)
        assert answer.headers["Location"].startswith("/enter/"), one.name


def test_another_school_s_numbers_open_nothing(cast: Cast, numbers: dict[str, object]) -> None:
    client = client_of(cast.cleo)
    foreign = {**numbers, "school_id": cast.south.pk, "team_id": cast.south_team.pk}
    for one in urlpatterns:
        if not {"wave_id", "finding_id", "instrument_id"} & set(one.pattern.regex.groupindex):
            continue
        url = address(one.name, cast, foreign)
        answer = client.post(url) if one.name in POSTS else client.get(url)
        assert answer.status_code == 404, one.name


def test_keepers_get_in(cast: Cast, numbers: dict[str, object]) -> None:
    wave = planned(cast)
    for name in KEEPER - POSTS - {"wave_poster"}:
        answer = client_of(cast.pat).get(address(name, cast, {**numbers, "wave_id": wave.pk}))
        assert answer.status_code in (200, 302), name


def test_every_page_is_shown_to_someone_and_has_its_words(cast: Cast, numbers: dict[str, object]) -> None:
    for state in (planned(cast), opened(cast)):
        for user in (cast.ada, cast.pat, cast.kim, cast.sam):
            page = client_of(user).get(reverse("wave", args=[cast.north.pk, state.pk]))
            assert page.status_code == 200
            assert "people are on the staff list" in page.content.decode()
