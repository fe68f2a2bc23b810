"""Who may enter the tools from evidence to purpose map; and that each page of a coach holds nothing to press."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.plans_chain import at, enter, text_of
from tests.test_plans_papers import filled

PAGES = ("evidence", "barriers", "causes", "tried", "swot", "theory", "map")


@pytest.mark.parametrize("name", PAGES)
def test_members_read_and_write_coaches_read_others_learn_nothing(cast: Cast, name: str) -> None:
    filled(cast)
    url = at(cast, name)
    assert Client().get(url).headers["Location"].startswith("/enter/")
    outcomes = {user: enter(getattr(cast, user)).get(url).status_code for user in ("ada", "ben", "pat", "kim")}
    assert set(outcomes.values()) == {200}
    assert enter(cast.cleo).get(url).status_code == 404
    assert enter(cast.dana).get(url).status_code == 404
    assert enter(cast.sam).get(url).status_code == 403
    assert enter(cast.kim).post(url).status_code in (403, 405)


def test_a_coach_finds_nothing_to_press(cast: Cast) -> None:
    where = filled(cast)
    pages = [at(cast, name) for name in PAGES if name != "tried"]
    pages += [at(cast, "barrier", *where["barrier_paper"]), at(cast, "theory_page", *where["theory_paper"])]
    pages += [at(cast, "map_page", *where["map_paper"])]
    client = enter(cast.kim)
    for url in pages:
        main = client.get(url).content.decode().split("<main")[1]
        assert 'method="post"' not in main, url


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("evidence_piece", "evidence"),
        ("barrier", "barriers"),
        ("idea", "ideas"),
        ("swot_note", "swot"),
        ("theory_page", "theories"),
        ("map_page", "maps"),
    ],
)
def test_a_number_of_another_team_is_not_found(cast: Cast, name: str, of: str) -> None:
    filled(cast)
    thing = getattr(cast.north_team, of).last()
    url = reverse(name, args=[cast.south_team.pk, thing.pk])
    assert enter(cast.cleo).get(url).status_code == 404
    assert enter(cast.ada).get(at(cast, name, thing.pk)).status_code == 200


def test_whats_and_whys_of_another_team_cannot_be_touched(cast: Cast) -> None:
    filled(cast)
    barrier = cast.north_team.barriers.get()
    why, line = barrier.whys.get(), cast.north_team.theories.get().lines.first()
    for name, pk in (("why", why.pk), ("put_why_away", why.pk), ("theory_line", line.pk), ("put_line_away", line.pk)):
        url = reverse(name, args=[cast.south_team.pk, pk])
        assert enter(cast.cleo).post(url).status_code == 404


def test_no_page_of_the_empty_team_breaks(cast: Cast) -> None:
    client = enter(cast.ada)
    for name in PAGES:
        page = client.get(at(cast, name))
        assert page.status_code == 200
        assert "<h1>" in page.content.decode()


def test_evidence_of_another_team_cannot_be_linked(cast: Cast) -> None:
    filled(cast)
    foreign = cast.north_team.evidence.get()
    sent = {"statement": "South’s barrier", "evidence": [foreign.pk]}
    answer = enter(cast.cleo).post(reverse("barriers", args=[cast.south_team.pk]), sent)
    assert answer.status_code == 422
    assert foreign.body not in text_of(answer)
