"""Visits: either side asks, the visited school reads the notes first and says who else may."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from colead.programme.actions import visits
from colead.programme.actions.visits import VisitFacts
from colead.programme.models import Answer, Cohort, Visit, VisitNote
from colead.programme.queries.company import NEVER_VISITED, VisitStanding, site_visits
from colead.programme.queries.visits import may_read
from colead.schools.models import Team
from tests.cast import NOW, Cast
from tests.company_world import BEFORE, SOON, TODAY, cohort_of, gathered
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db
FAR = date(2100, 1, 5)  # pages read the clock
LATER = NOW + timedelta(days=20)


@pytest.fixture
def cohort(cast: Cast) -> Cohort:
    return cohort_of(cast)


def ask(cast: Cast, cohort: Cohort, *, by: Team | None = None, on_day: date | None = BEFORE, **facts: Any) -> Visit:
    """South goes to North, unless said otherwise; the office asks, and comes."""
    sides: dict[str, Any] = {"guests": [cast.south_team], "with_office": True, **facts}
    about = VisitFacts(
        kind=sides.pop("kind", "partner"), why="See the common hour", look_fors="Who speaks", on_day=on_day
    )
    host = sides.pop("host", cast.north_team)
    return visits.ask_for_visit(host, cohort.programme, about, asked_by=by, by=cast.dana, now=NOW, **sides)


def agree(cast: Cast, visit: Visit) -> Visit:
    for side, user in ((cast.north_team, cast.ada), (cast.south_team, cast.cleo)):
        visit = visits.answer_visit(visit, side, yes=True, by=user, now=NOW)
    return visit


def held(cast: Cast, cohort: Cohort) -> Visit:
    return agree(cast, ask(cast, cohort))


def note(cast: Cast, visit: Visit, body: str = "Ben spoke last.") -> VisitNote:
    return visits.write_note(visit, cast.south_team, body=body, by=cast.cleo, based_on=0, now=NOW)


def readers(cast: Cast, written: VisitNote) -> str:
    """Say who may read a note: its writers (w), the host (h), the office (o)."""
    sides: tuple[tuple[str, Team | None], ...] = (("w", cast.south_team), ("h", cast.north_team), ("o", None))
    return "".join(name for name, side in sides if may_read(written, side, is_host=name == "h"))


@pytest.mark.parametrize("side", ["north_team", "south_team", None])
def test_either_side_asks_and_whoever_asks_has_said_yes(cast: Cast, cohort: Cohort, side: str | None) -> None:
    visit = ask(cast, cohort, by=getattr(cast, side) if side else None)
    guest = visit.guests.get()
    said = {"north_team": visit.host_answer, "south_team": guest.answer, None: visit.office_answer}
    assert [name for name, answer in said.items() if answer == Answer.YES] == [side]


def test_a_visit_needs_a_visitor_and_schools_of_the_programme(cast: Cast, cohort: Cohort) -> None:
    for wrong in ({"guests": [], "with_office": False}, {"guests": [cast.north_team]}):
        with pytest.raises(visits.NobodyComes):
            ask(cast, cohort, **wrong)
    cast.south.office = None
    cast.south.save()
    with pytest.raises(visits.NotInTheProgramme):
        ask(cast, cohort)


def test_nobody_asks_for_a_visit_of_others(cast: Cast, cohort: Cohort) -> None:
    with pytest.raises(visits.NotAsked):
        ask(cast, cohort, guests=[], by=cast.south_team)


def test_the_hosts_no_ends_it(cast: Cast, cohort: Cohort) -> None:
    visit = visits.answer_visit(ask(cast, cohort), cast.north_team, yes=False, why="Flu", by=cast.ada, now=NOW)
    assert visit.is_off
    with pytest.raises(visits.VisitIsOff):
        visits.answer_visit(visit, cast.south_team, yes=True, by=cast.cleo, now=NOW)


def test_a_visit_lives_as_long_as_somebody_comes(cast: Cast, cohort: Cohort) -> None:
    visit = visits.answer_visit(ask(cast, cohort), cast.south_team, yes=False, by=cast.cleo, now=NOW)
    assert not visit.is_off
    assert visits.answer_visit(visit, None, yes=False, by=cast.dana, now=NOW).is_off


def test_who_was_not_asked_has_no_answer(cast: Cast, cohort: Cohort) -> None:
    visit = ask(cast, cohort, guests=[], with_office=True)
    with pytest.raises(visits.NotAsked):
        visits.answer_visit(visit, cast.south_team, yes=True, by=cast.cleo, now=NOW)
    without = ask(cast, cohort, with_office=False)
    with pytest.raises(visits.NotAsked):
        visits.answer_visit(without, None, yes=True, by=cast.dana, now=NOW)


def test_notes_come_after_an_agreed_day(cast: Cast, cohort: Cohort) -> None:
    with pytest.raises(visits.NotAsked):
        note(cast, ask(cast, cohort))
    with pytest.raises(visits.NotYetVisited):
        note(cast, agree(cast, ask(cast, cohort, on_day=SOON)))
    with pytest.raises(visits.NotYetVisited):
        note(cast, agree(cast, ask(cast, cohort, on_day=None)))


def test_the_visited_school_reads_first_and_says_who_else_may(cast: Cast, cohort: Cohort) -> None:
    written = note(cast, held(cast, cohort))
    assert readers(cast, written) == "w"
    for verb in (visits.mark_read, visits.remind_host):
        with pytest.raises(visits.NotGivenYet):
            verb(written, by=cast.ada, now=NOW)
    written = visits.give_note(written, by=cast.cleo, now=NOW)
    assert readers(cast, written) == "wh"
    with pytest.raises(visits.NotReadYet):
        visits.release_note(written, by=cast.ada, now=NOW)
    written = visits.mark_read(written, by=cast.ada, now=NOW)
    assert readers(cast, written) == "wh", "reading releases nothing"
    written = visits.release_note(written, by=cast.ada, now=NOW)
    assert readers(cast, written) == "who"
    assert readers(cast, visits.take_note_back(written, by=cast.ada, now=NOW)) == "wh"


def test_a_given_note_does_not_change_in_silence(cast: Cast, cohort: Cohort) -> None:
    visit = held(cast, cohort)
    visits.give_note(note(cast, visit), by=cast.cleo, now=NOW)
    with pytest.raises(visits.GivenAlready):
        note(cast, visit, "Something else")


def test_waiting_reminds_and_never_releases(cast: Cast, cohort: Cohort) -> None:
    written = visits.give_note(note(cast, held(cast, cohort)), by=cast.cleo, now=NOW)
    with pytest.raises(visits.TooSoonToRemind):
        visits.remind_host(written, by=cast.cleo, now=NOW)
    written = visits.remind_host(written, by=cast.cleo, now=LATER)
    assert written.released_on is None
    with pytest.raises(visits.TooSoonToRemind):
        visits.remind_host(written, by=cast.cleo, now=LATER)


def test_the_whole_visit_on_pages(cast: Cast, cohort: Cohort) -> None:
    gathered(cohort, cast, held_on=FAR)
    ada, cleo, dana = (client_of(user) for user in (cast.ada, cast.cleo, cast.dana))
    north, south, office = cast.north_team.pk, cast.south_team.pk, cast.office.pk
    sent = {"direction": "go", "schools": [north], "with_office": "on", "why": "See the common hour", "version": 0}
    assert cleo.post(reverse("visit_new", args=[south]), {**sent, "schools": []}).status_code == 422
    assert cleo.post(reverse("visit_new", args=[south]), sent).status_code == 302
    visit = Visit.objects.get()
    assert "waits for your answer" in ada.get(reverse("visits", args=[north])).content.decode()
    assert dana.post(reverse("office_visit_answer", args=[office, visit.pk]), {"answer": "yes"}).status_code == 302
    ada.post(reverse("visit_answer", args=[north, visit.pk]), {"answer": "yes", "on_day": BEFORE})
    edit = {"why": visit.why, "look_fors": "Who is asked", "on_day": BEFORE, "version": 99}
    assert ada.post(reverse("visit_edit", args=[north, visit.pk]), edit).status_code == 302
    assert "Who is asked" in dana.get(reverse("office_visit", args=[office, visit.pk])).content.decode()
    said, ours = "Two people held the hour.", reverse("visit", args=[north, visit.pk])
    theirs, offices = reverse("visit", args=[south, visit.pk]), reverse("office_visit", args=[office, visit.pk])

    def read() -> list[bool]:
        return [said in who.get(url).content.decode() for who, url in ((cleo, theirs), (ada, ours), (dana, offices))]

    cleo.post(reverse("visit_note", args=[south, visit.pk]), {"body": said, "version": 0})
    assert read() == [True, False, False]
    step = {"visit_id": visit.pk, "note_id": visit.notes.get().pk}
    cleo.post(reverse("visit_note_step", kwargs={"team_id": south, "step": "give", **step}))
    assert read() == [True, True, False]
    release = reverse("visit_note_step", kwargs={"team_id": north, "step": "release", **step})
    assert "Read it first" in ada.post(release, follow=True).content.decode()
    assert cleo.post(release.replace(f"/t/{north}/", f"/t/{south}/")).status_code == 404, "a guest releases nothing"
    ada.post(release.replace("release", "read"))
    ada.post(
        reverse("visit_reply", args=[north, visit.pk, step["note_id"]]), {"reply": "Three, on Fridays.", "version": 99}
    )
    assert read() == [True, True, False]
    ada.post(release)
    assert read() == [True, True, True]
    assert "Three, on Fridays." in dana.get(offices).content.decode()
    home = {"take_home": "A sheet by the phone", "thanks": "For the coffee", "version": 99}
    cleo.post(reverse("visit_take_home", args=[south, visit.pk]), home)
    assert "A sheet by the phone" in ada.get(ours).content.decode()
    assert "A sheet by the phone" in cleo.get(reverse("visits", args=[south])).content.decode()
    assert "A sheet by the phone" not in dana.get(offices).content.decode()
    promise = {"body": "We try the sheet", "who": "Cleo"}
    assert cleo.post(reverse("visit_follow_up", args=[south, visit.pk]), promise).status_code == 302
    assert visit.follow_ups.get().gathering.held_on == FAR


def test_the_office_plans_a_lab_and_calls_it_off(cast: Cast, cohort: Cohort) -> None:
    dana, args = client_of(cast.dana), [cast.office.pk, cohort.programme_id]
    sent = {
        "kind": "lab",
        "host": cast.north_team.pk,
        "guests": [cast.south_team.pk],
        "with_office": "on",
        "why": "See",
    }
    assert dana.post(reverse("office_visit_new", args=args), sent).status_code == 302
    visit = Visit.objects.get()
    assert "does not take place" not in dana.get(reverse("office_visits", args=[cast.office.pk])).content.decode()
    assert dana.post(reverse("office_visit_off", args=[cast.office.pk, visit.pk]), {"why": "Snow"}).status_code == 302
    visit.refresh_from_db()
    assert (visit.is_off, visit.off_why) == (True, "Snow")
    assert "Snow" in client_of(cast.ada).get(reverse("visit", args=[cast.north_team.pk, visit.pk])).content.decode()


def test_the_offices_note_is_read_first_too(cast: Cast, cohort: Cohort) -> None:
    visit = agree(cast, ask(cast, cohort))
    dana, ada = client_of(cast.dana), client_of(cast.ada)
    dana.post(reverse("office_visit_note", args=[cast.office.pk, visit.pk]), {"body": "Calm halls", "version": 0})
    ours = reverse("visit", args=[cast.north_team.pk, visit.pk])
    assert "Calm halls" not in ada.get(ours).content.decode()
    made = visit.notes.get()
    step = reverse("office_visit_note_step", args=[cast.office.pk, visit.pk, made.pk, "give"])
    assert dana.post(step).status_code == 302
    assert "Calm halls" in ada.get(ours).content.decode()
    assert dana.post(step.replace("give", "release")).status_code == 404, "the office releases nothing"


def test_a_site_visit_is_due_after_a_semester(cast: Cast, cohort: Cohort) -> None:
    old = date(2026, 3, 2)
    ask(cast, cohort, kind="site", guests=[], by=cast.north_team, on_day=old)
    assert site_visits(cast.office, today=TODAY) == {cast.north.pk: VisitStanding(last_on=old)}
    assert VisitStanding(last_on=old).is_due(TODAY, since=old)
    ask(cast, cohort, kind="site", guests=[], by=cast.north_team, on_day=SOON)
    (standing,) = site_visits(cast.office, today=TODAY).values()
    assert standing == VisitStanding(last_on=old, next_on=SOON)
    assert not standing.is_due(TODAY, since=old)
    assert not NEVER_VISITED.is_due(TODAY, since=TODAY - timedelta(days=40))
