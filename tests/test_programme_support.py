"""Help: asked from any page without its words, a helper by name, every step for the school to see."""

from typing import Any

import pytest
from django.urls import reverse

from colead.programme.actions import support
from colead.programme.models import Ask, Cohort
from colead.programme.queries.company import OpenAsks, open_asks
from colead.programme.queries.support import inbox, page_named
from tests.cast import NOW, Cast, person
from tests.company_world import TODAY, cohort_of
from tests.decisions_world import asked
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(cast: Cast) -> Cohort:
    return cohort_of(cast)


def wanted(cast: Cast, cohort: Cohort, **facts: Any) -> Ask:
    words = {"topic": "theory", "body": "Our if and our then do not meet.", **facts}
    return support.ask_for_help(cast.north_team, cohort.programme, by=cast.ada, now=NOW, **words)


def taken(cast: Cast, ask: Ask, **facts: Any) -> Ask:
    who: dict[str, Any] = {"helper": cast.dana, "helper_name": "", "plan": "A call on Friday", **facts}
    return support.take_ask(ask, by=cast.dana, based_on=ask.version, now=NOW, **who)


def test_a_school_in_no_programme_has_nobody_to_ask(cast: Cast, cohort: Cohort) -> None:
    cast.north.office = None
    cast.north.save()
    with pytest.raises(support.NobodyToAsk):
        wanted(cast, cohort)
    page = client_of(cast.ada).get(reverse("ask_new", args=[cast.north_team.pk]))
    assert "there is no office to ask" in page.content.decode()


def test_an_ask_is_taken_by_somebody_with_a_name(cast: Cast, cohort: Cohort) -> None:
    ask = wanted(cast, cohort)
    with pytest.raises(support.NobodyNamed):
        taken(cast, ask, helper=None, helper_name=" ")
    with pytest.raises(support.NotInTheOffice):
        taken(cast, ask, helper=cast.cleo)
    ask = taken(cast, ask)
    assert ask.who_helps == "Dana Wells"
    assert taken(cast, ask, helper=None, helper_name="Lou from the county").who_helps == "Lou from the county"


def test_the_inbox_sorts_by_who_waits(cast: Cast, cohort: Cohort) -> None:
    new, hand, done = (wanted(cast, cohort, body=name) for name in ("new", "hand", "done"))
    hand = taken(cast, hand)
    done = support.close_ask(done, outcome="Solved", by=cast.dana, based_on=done.version, now=NOW)
    found = inbox(cast.office)
    assert (found.new, found.in_hand, found.closed) == ((new,), (hand,), (done,))
    assert open_asks(cast.office) == {cast.north.pk: OpenAsks(count=2, untaken=1, oldest_on=TODAY)}


def test_a_closed_ask_stays_as_it_is(cast: Cast, cohort: Cohort) -> None:
    ask = support.close_ask(wanted(cast, cohort), outcome="Solved", by=cast.ada, based_on=1, now=NOW)
    with pytest.raises(support.ClosedAlready):
        taken(cast, ask)
    with pytest.raises(support.ClosedAlready):
        support.log_step(ask, by_office=True, on_day=TODAY, body="Again", by=cast.dana, now=NOW)
    with pytest.raises(support.ClosedAlready):
        support.close_ask(ask, outcome="Again", by=cast.dana, based_on=2, now=NOW)


@pytest.mark.parametrize(
    ("name", "facts", "title"),
    [
        ("team_room", {}, "Team room"),
        ("guide", {"condition": "structures"}, "The playbook · Enabling work structures"),
        ("question", {"code": "E-W1"}, "The playbook · Enabling work structures, E-W1"),
        ("trials", {}, "Small tests"),
    ],
)
def test_a_page_is_named_by_what_it_is(cast: Cast, name: str, facts: dict[str, Any], title: str) -> None:
    path = reverse(name, kwargs={"team_id": cast.north_team.pk, **facts})
    named = page_named(f"{path}?q=secret")
    assert named
    assert (named.path, named.title) == (path, title)


@pytest.mark.parametrize(
    "path", ["", "javascript:alert(1)", "//example.org/", "https://example.org/", "/no/such/page/"]
)
def test_what_is_no_page_of_ours_does_not_go_along(path: str) -> None:
    assert page_named(path) is None


def test_an_ask_carries_the_page_and_none_of_its_words(cast: Cast, cohort: Cohort) -> None:
    decision = asked(cast.north_team, question="Who tells Mr. Hays?")
    ada, dana = client_of(cast.ada), client_of(cast.dana)
    there = reverse("decision", args=[cast.north_team.pk, decision.pk])
    page = ada.get(there).content.decode()
    assert f'href="/help/?page={there}"' in page
    led = ada.get(f"/help/?page={there}", follow=True)
    assert "A decision" in led.content.decode()
    assert "Hays" not in led.content.decode()
    sent = {"topic": "path", "body": "How do we tell staff?", "version": 0}
    assert ada.post(led.redirect_chain[-1][0], sent).status_code == 302
    ask = Ask.objects.get()
    assert (ask.page, ask.page_title) == (there, "A decision")
    seen = dana.get(reverse("office_ask", args=[cast.office.pk, ask.pk])).content.decode()
    assert "A decision" in seen
    assert "Hays" not in seen
    assert there not in seen, "the office could not open it anyhow"


def test_the_school_sees_every_step_and_says_whether_it_helped(cast: Cast, cohort: Cohort) -> None:
    ask = wanted(cast, cohort)
    ada, dana = client_of(cast.ada), client_of(cast.dana)
    office, team = [cast.office.pk, ask.pk], [cast.north_team.pk, ask.pk]
    take = {"helper": cast.dana.pk, "helper_name": "", "plan": "A call on Friday", "version": 1}
    assert dana.post(reverse("office_ask_take", args=office), {**take, "helper": ""}).status_code == 422
    assert dana.post(reverse("office_ask_take", args=office), take).status_code == 302
    dana.post(reverse("office_ask_step", args=office), {"on_day": TODAY, "body": "We drew it together"})
    ada.post(reverse("ask_step", args=team), {"on_day": TODAY, "body": "We tried it with staff"})
    ada.post(reverse("ask_edit", args=team), {"topic": "tools", "body": "The line breaks.", "version": 2})
    dana.post(reverse("office_ask_close", args=office), {"outcome": "One sentence now", "version": 3})
    ada.post(reverse("ask_helped", args=team), {"helped": "partly"})
    for client, url in ((ada, reverse("ask", args=team)), (dana, reverse("office_ask", args=office))):
        page = client.get(url).content.decode()
        for said in ("Dana Wells", "A call on Friday", "We drew it", "We tried it", "The line breaks.", "One sentence"):
            assert said in page
        assert "Partly" in page


def test_nobody_else_sees_an_ask(cast: Cast, cohort: Cohort) -> None:
    ask = wanted(cast, cohort)
    for user, status in ((cast.cleo, 404), (cast.kim, 403), (cast.sam, 403), (cast.ben, 200)):
        assert client_of(user).get(reverse("ask", args=[cast.north_team.pk, ask.pk])).status_code == status
    assert client_of(cast.cleo).get(reverse("ask", args=[cast.south_team.pk, ask.pk])).status_code == 404
    assert "do not meet" in client_of(cast.ben).get(reverse("asks", args=[cast.north_team.pk])).content.decode()
    assert "do not meet" in client_of(cast.dana).get(reverse("office_asks", args=[cast.office.pk])).content.decode()


def test_a_school_that_ends_its_link_takes_its_asks_along(cast: Cast, cohort: Cohort) -> None:
    ask = wanted(cast, cohort)
    cast.north.office = None
    cast.north.save()
    assert client_of(cast.dana).get(reverse("office_ask", args=[cast.office.pk, ask.pk])).status_code == 404
    assert client_of(cast.ada).get(reverse("ask", args=[cast.north_team.pk, ask.pk])).status_code == 200


def test_who_is_on_no_team_is_told_so(cast: Cast, cohort: Cohort) -> None:
    assert "You are on no team" in client_of(cast.dana).get("/help/?page=/").content.decode()
    stranger = person("Stranger Here")
    assert client_of(stranger).get("/help/").status_code == 200
