"""Cohorts, phases, calendars, rounds, schools from a file, applications: what an office does, over HTTP."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from colead.programme.actions import applications, calendar, programmes, rounds, sharing
from colead.programme.actions.bulk import RowsRefused, take_in
from colead.programme.bulk import read_schools
from colead.programme.models import Application, OfficeWave, Programme
from colead.programme.queries.first_page import first_page
from colead.schools import actions as schools
from colead.schools.models import School
from colead.surveys.actions.waves import BadDates
from colead.surveys.models import Wave
from tests.cast import Cast
from tests.programme_world import NOON, TEXT, Run, applied, client_of, run, sent

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])


@pytest.fixture
def made(cast: Cast) -> Run:
    return run(cast)


def test_a_programme_begins_with_three_phases_four_strands_and_a_calendar(made: Run) -> None:
    assert [phase.name for phase in made.programme.phases.all()] == ["Designing", "Implementing", "Cultivating"]
    assert made.programme.strands.count() == 4
    assert made.north.stays.get().entering == "They asked good questions."
    assert made.cohort.dates.filter(kind="check-in").count() == 27


def test_two_programmes_of_one_name_have_two_addresses(cast: Cast, made: Run) -> None:
    other = programmes.start_programme(cast.office, name="Leading Together", begins_with=TEXT, today=NOON.date())
    assert (made.programme.slug, other.slug) == ("leading-together", "leading-together-2")


def test_phases_change_their_name_length_and_order_and_only_unused_ones_go(cast: Cast, made: Run) -> None:
    designing = made.programme.phases.get(name="Designing")
    client, office = client_of(cast.dana), cast.office.pk
    client.post(reverse("phase", args=[office, made.programme.pk, designing.pk]), {"name": "Beginning", "months": 6})
    client.post(reverse("phase_move", args=[office, made.programme.pk, designing.pk]), {"do": "down"})
    client.post(reverse("phase_new", args=[office, made.programme.pk]), {"name": "After", "months": 3})
    assert [phase.name for phase in made.programme.phases.all()] == [
        "Implementing",
        "Beginning",
        "Cultivating",
        "After",
    ]
    for phase in made.programme.phases.all():
        client.post(reverse("phase_move", args=[office, made.programme.pk, phase.pk]), {"do": "drop"})
    assert [phase.name for phase in made.programme.phases.all()] == ["Beginning"]  # North and South are in it


def test_a_calendar_moves_with_its_cohort_but_for_days_kept_by_hand(made: Run) -> None:
    workshop, visit = made.cohort.dates.get(key="workshop:1:0"), made.cohort.dates.get(key="visit-1:1:3")
    calendar.change_date(visit, calendar.DateFacts("visit", "First visit", date(2026, 12, 1), date(2026, 12, 3)))
    programmes.change_cohort(made.cohort, name="Cohort X", starts_on=date(2026, 9, 7), begins_with=TEXT)
    workshop.refresh_from_db()
    visit.refresh_from_db()
    assert workshop.starts_on == date(2026, 9, 9)
    assert visit.starts_on == date(2026, 12, 1)
    with pytest.raises(calendar.EndsFirst):
        calendar.add_date(made.cohort, calendar.DateFacts("other", "x", date(2026, 12, 2), date(2026, 12, 1)))


def test_the_calendar_comes_as_a_file_for_the_office_and_the_school(cast: Cast, made: Run) -> None:
    office = client_of(cast.dana).get(reverse("days_file", args=[cast.office.pk, made.cohort.pk]))
    school = client_of(cast.sam).get(reverse("school_calendar", args=[cast.north.pk]))
    assert office.content.count(b"BEGIN:VEVENT") == made.cohort.dates.count() == school.content.count(b"BEGIN:VEVENT")
    assert b"SUMMARY:Monthly check-in (Cohort 10)" in school.content


def test_days_are_added_changed_and_taken_out_over_http(cast: Cast, made: Run) -> None:
    client, at = client_of(cast.dana), [cast.office.pk, made.cohort.pk]
    facts = {"title": "Open house", "kind": "other", "starts_on": "2026-12-04", "ends_on": "", "kept": "on"}
    assert client.post(reverse("day_new", args=at), facts).status_code == 302
    day = made.cohort.dates.get(title="Open house")
    assert day.ends_on == date(2026, 12, 4)
    backwards = facts | {"ends_on": "2026-12-01"}
    assert client.post(reverse("day", args=[*at, day.pk]), backwards).status_code == 422
    client.post(reverse("day_drop", args=[*at, day.pk]))
    assert not made.cohort.dates.filter(title="Open house").exists()


def test_a_school_moves_through_phases_with_words_and_no_score(cast: Cast, made: Run) -> None:
    later = made.programme.phases.get(name="Implementing")
    words = {"phase": later.pk, "leaving": "It has tried one thing.", "entering": "Ready for more."}
    client_of(cast.dana).post(reverse("enrolment_phase", args=[cast.office.pk, made.north.pk]), words)
    first, second = made.north.stays.all()
    assert (first.leaving, first.until) == ("It has tried one thing.", second.since)
    assert (second.phase, second.until) == (later, None)
    read = client_of(cast.sam).get(reverse("school_programme", args=[cast.north.pk])).content.decode()
    assert "It has tried one thing." in read
    assert "Ready for more." in read


def test_who_leaves_a_cohort_is_out_of_it_with_words(cast: Cast, made: Run) -> None:
    url = reverse("enrolment_leave", args=[cast.office.pk, made.south.pk])
    client_of(cast.dana).post(url, {"words": "The district has another plan."})
    made.south.refresh_from_db()
    assert made.south.left_on
    assert made.south.stays.get().leaving == "The district has another plan."
    assert list(made.cohort.enrolments.here()) == [made.north]


def test_only_linked_schools_come_into_a_cohort_and_only_once(cast: Cast, made: Run) -> None:
    with pytest.raises(programmes.AlreadyIn):
        programmes.enrol(made.cohort, cast.north, now=NOON)
    schools.unlink_school(cast.south)
    made.south.delete()
    with pytest.raises(programmes.NotYours):
        programmes.enrol(made.cohort, cast.south, now=NOON)


def test_ending_the_link_takes_a_school_out_of_sight_everywhere(cast: Cast, made: Run) -> None:
    schools.unlink_school(cast.north)
    client, office = client_of(cast.dana), cast.office.pk
    assert client.get(reverse("office_school", args=[office, cast.north.pk])).status_code == 404
    assert client.get(reverse("enrolment_phase", args=[office, made.north.pk])).status_code == 404
    for name, args in (("office_home", [office]), ("cohort", [office, made.cohort.pk])):
        assert "North" not in client.get(reverse(name, args=args)).content.decode()


# --- Surveys for all ------------------------------------------------------------------------------------------------


def plan(**changes: object) -> rounds.RoundPlan:
    facts: dict[str, object] = {"title": "Autumn for all", "instrument": "conditions.v1"}
    facts |= {"opens": date(2026, 11, 20), "closes": date(2026, 12, 4)}
    return rounds.RoundPlan(**(facts | changes))  # type: ignore[arg-type]


def test_a_round_is_planned_at_every_school_and_opened_by_none(cast: Cast, made: Run) -> None:
    done = rounds.plan_round(made.cohort, plan(), [made.north, made.south], by=cast.dana, now=NOON)
    waves = [one.wave for one in done.waves.select_related("wave__school")]
    assert [wave.school for wave in waves] == [cast.north, cast.south]
    assert {wave.state for wave in waves} == {Wave.State.PLANNED}
    assert client_of(cast.pat).get(reverse("wave", args=[cast.north.pk, waves[0].pk])).status_code == 200
    assert client_of(cast.dana).get(reverse("wave", args=[cast.north.pk, waves[0].pk])).status_code == 404


def test_a_round_is_planned_everywhere_or_nowhere(cast: Cast, made: Run) -> None:
    late = NOON.replace(month=12, day=5, hour=6)  # one in the morning at North; still the fourth at South, in Arizona
    with pytest.raises(BadDates):
        rounds.plan_round(made.cohort, plan(), [made.south, made.north], by=cast.dana, now=late)
    assert not Wave.objects.exists()
    assert not made.cohort.rounds.exists()


def test_a_round_that_nobody_opened_can_be_forgotten(cast: Cast, made: Run) -> None:
    done = rounds.plan_round(made.cohort, plan(), [made.north, made.south], by=cast.dana, now=NOON)
    Wave.objects.filter(school=cast.south).update(state="open", ref="1" * 32)
    with pytest.raises(rounds.HasBegun):
        rounds.drop_round(done)
    Wave.objects.filter(school=cast.south).update(state="planned", ref="")
    rounds.drop_round(done)
    assert not Wave.objects.exists()


def test_a_round_is_planned_over_http(cast: Cast, made: Run) -> None:
    today = timezone.localdate()
    facts = {"instrument": "efficacy.v1", "title": "Winter", "enrolments": [made.north.pk, made.south.pk]}
    facts |= {"opens": str(today), "closes": str(today + timedelta(days=9))}
    url = reverse("round_new", args=[cast.office.pk, made.cohort.pk])
    answer = client_of(cast.dana).post(url, facts, follow=True)
    assert "0 of 2 schools have a result" in answer.content.decode()
    assert "Nothing to add up yet" in answer.content.decode()
    wrong = client_of(cast.dana).post(url, facts | {"closes": str(today - timedelta(days=1))})
    assert wrong.status_code == 422


# --- Schools from a file --------------------------------------------------------------------------------------------

FILE = "name,nces id,place,time zone\nMaple,450000100001,Harlow,\nBirch,,Ashby,America/Chicago\n"


def upload(cast: Cast, made: Run, text: str) -> str:
    url = reverse("schools_file", args=[cast.office.pk, made.cohort.pk])
    return client_of(cast.dana).post(url, {"file": SimpleUploadedFile("s.csv", text.encode())}).content.decode()


def test_schools_come_from_a_file_after_a_look(cast: Cast, made: Run) -> None:
    looked = upload(cast, made, FILE)
    assert "2 schools are ready" in looked
    assert not School.objects.filter(name="Maple").exists()
    parcel = re.search(r'name="parcel" value="([^"]+)"', looked)
    assert parcel
    url = reverse("schools_take_in", args=[cast.office.pk, made.cohort.pk])
    client_of(cast.dana).post(url, {"parcel": parcel[1]})
    maple = School.objects.get(nces_id="450000100001")
    assert maple.office == cast.office
    assert maple.enrolments.get().stays.get().phase.name == "Designing"
    assert School.objects.get(name="Birch").time_zone == "America/Chicago"


def test_one_wrong_row_keeps_all_out(cast: Cast, made: Run) -> None:
    bad = FILE + "Alder,370060000123,,\n,,,\nElder,123,,\n"  # North's own number stands in the first of these
    schools.unlink_school(cast.north)
    looked = upload(cast, made, bad)
    assert "2 rows cannot come in" in looked
    assert "Take them in" not in looked
    with pytest.raises(RowsRefused):
        take_in(made.cohort, read_schools(bad.encode()), now=NOON)
    assert not School.objects.filter(name__in=["Maple", "Birch"]).exists()


def test_a_school_that_is_here_joins_and_is_not_made_twice(cast: Cast, made: Run) -> None:
    rows = read_schools(b"name,nces id\nNorth,370060000123\n")
    assert take_in(made.cohort, rows, now=NOON) == 0
    assert School.objects.filter(nces_id="370060000123").count() == 1


def test_a_parcel_for_another_cohort_or_none_takes_nothing_in(cast: Cast, made: Run) -> None:
    url = reverse("schools_take_in", args=[cast.office.pk, made.cohort.pk])
    for parcel in ("", "x", "e30:x:y"):
        assert client_of(cast.dana).post(url, {"parcel": parcel}).status_code == 302
    assert made.cohort.enrolments.count() == 2


@pytest.mark.parametrize("text", ["\x00", "no heading here\n", 'name\n"unended', "name\n" + "x" * 2000])
def test_broken_files_are_told_and_change_nothing(cast: Cast, made: Run, text: str) -> None:
    before = School.objects.count()
    assert upload(cast, made, text)
    assert School.objects.count() == before


def test_a_school_that_nobody_entered_gets_its_principal_by_letter(cast: Cast, made: Run) -> None:
    take_in(made.cohort, read_schools(FILE.encode()), now=NOON)
    maple = School.objects.get(name="Maple")
    client, url = client_of(cast.dana), reverse("office_invite_principal", args=[cast.office.pk, maple.pk])
    client.post(url, {"mail-email": "head@example.org", "mail-role": "principal"})
    assert mail.outbox[-1].to == ["head@example.org"]
    north = reverse("office_invite_principal", args=[cast.office.pk, cast.north.pk])
    client.post(north, {"mail-email": "spy@example.org", "mail-role": "principal"})
    assert mail.outbox[-1].to == ["head@example.org"]


# --- Applications ---------------------------------------------------------------------------------------------------


def filled(**changes: object) -> dict[str, object]:
    told = sent().__dict__
    facts = {name: told[name] for name in ("place", "time_zone", "nces_id", "contact", "email")}
    facts |= {"name": told["school_name"], "staff": "41", "is_principal": "on", "ticks": ["said"], "agree": "on"}
    return facts | {f"q-{one.key}": f"About {one.key}" for one in TEXT.questions} | changes


def test_a_school_without_an_account_applies_reads_and_takes_back(made: Run, client: object, mailbox: list) -> None:
    url = reverse("apply", args=[made.programme.slug])
    assert client.post(url, filled(agree="")).status_code == 422  # type: ignore[attr-defined]
    answer = client.post(url, filled(), follow=True)  # type: ignore[attr-defined]
    assert "About why" in answer.content.decode()
    found = Application.objects.get()
    link = re.search(r"/applied/\S+", mailbox[-1].body)
    assert link
    assert link[0] in answer.redirect_chain[0][0]
    assert found.secret_hash not in mailbox[-1].body
    client.post(link[0])  # type: ignore[attr-defined]
    found.refresh_from_db()
    assert found.state == Application.State.WITHDRAWN


def test_nobody_applies_where_the_door_is_closed_or_too_often(cast: Cast, made: Run, client: object) -> None:
    url = reverse("apply", args=[made.programme.slug])
    answers = [client.post(url, filled()).status_code for _ in range(6)]  # type: ignore[attr-defined]
    assert answers == [302] * 5 + [429]
    taking = reverse("applications_taking", args=[cast.office.pk, made.programme.pk])
    client_of(cast.dana).post(taking, {"do": "close"})
    assert "takes no applications" in client.get(url).content.decode()  # type: ignore[attr-defined]
    with pytest.raises(applications.NotTakingAny):
        applied(Programme.objects.get())


def test_readers_write_words_and_the_school_reads_the_reasons_only(cast: Cast, made: Run, mailbox: list) -> None:
    application = applied(made.programme)
    client, at = client_of(cast.dana), [cast.office.pk, application.pk]
    client.post(reverse("application_review", args=at), {"review-words": "Between us: they are tired."})
    decision = {"decide-do": "decline", "decide-reasons": "Come back with a team."}
    client.post(reverse("application_decide", args=at), decision)
    application.refresh_from_db()
    assert application.state == Application.State.DECLINED
    assert "Come back with a team." in mailbox[-1].body
    assert "Between us" not in mailbox[-1].body
    assert "Between us" in client.get(reverse("application", args=at)).content.decode()
    with pytest.raises(applications.Decided):
        applications.withdraw(application)


def test_an_accepted_school_is_made_linked_enrolled_and_invited(cast: Cast, made: Run, mailbox: list) -> None:
    application = applied(made.programme)
    client, at = client_of(cast.dana), [cast.office.pk, application.pk]
    yes = {"decide-do": "accept", "decide-reasons": "We want to learn from you."}
    assert client.post(reverse("application_decide", args=at), yes).status_code == 422  # which cohort?
    client.post(reverse("application_decide", args=at), yes | {"decide-cohort": made.cohort.pk})
    school = School.objects.get(name="Tamarack Elementary")
    assert school.office == cast.office
    assert school.enrolments.get().application == application
    assert {tuple(letter.to) for letter in mailbox[-2:]} == {("lou.haas@example.org",)}
    assert school.invitations.get().role == "principal"


def test_a_school_that_follows_another_office_is_not_taken_over(cast: Cast, made: Run) -> None:
    other = schools.start_office(name="Elsewhere", by=cast.cleo, now=NOON)
    School.objects.filter(pk=cast.south.pk).update(nces_id="450000100001", office=other)
    application = applied(made.programme)
    with pytest.raises(applications.NotYours):
        applications.accept(application, made.cohort, reasons="Yes.", by=cast.dana, now=NOON)
    application.refresh_from_db()
    assert application.is_open
    with pytest.raises(applications.NoReasons):
        applications.decline(application, reasons=" ", by=cast.dana, today=NOON.date())


# --- What a school shares -------------------------------------------------------------------------------------------


def test_office_and_school_read_the_same_page_and_the_school_reads_who_looked(cast: Cast, made: Run) -> None:
    client_of(cast.pat).post(reverse("shared_priority", args=[cast.north.pk]), {"words": "One common hour."})
    seen = client_of(cast.dana).get(reverse("office_school", args=[cast.office.pk, cast.north.pk])).content.decode()
    own = client_of(cast.sam).get(reverse("school_programme", args=[cast.north.pk])).content.decode()
    for words in ("One common hour.", "They asked good questions.", "Released survey results", "Who looked"):
        assert words in seen
        assert words in own
    log = client_of(cast.sam).get(reverse("openings", args=[cast.north.pk])).content.decode()
    assert "Dana Wells" in log
    assert "the page of the school" in log


def test_a_stated_priority_is_kept_with_its_days_when_another_comes(cast: Cast, made: Run) -> None:
    first = {"condition": "", "words": "One.", "by": cast.pat, "today": NOON.date()}
    sharing.state_priority(cast.north, **first)  # type: ignore[arg-type]
    sharing.state_priority(cast.north, **first | {"words": "Two."})  # type: ignore[arg-type]
    assert [(one.words, one.until is None) for one in cast.north.shared_priorities.all()] == [
        ("Two.", True),
        ("One.", False),
    ]
    client_of(cast.ada).post(reverse("shared_priority_end", args=[cast.north.pk]))
    assert not cast.north.shared_priorities.filter(until=None).exists()


def test_the_office_sees_no_result_that_was_not_planned_for_it_or_shown(cast: Cast, made: Run) -> None:
    today = NOON.date()
    facts = {"school": cast.north, "title": "Ours", "instrument": "conditions.v1", "asked": "{}", "opens": today}
    wave = Wave.objects.create(**facts, closes=today, planned_by=cast.ada, planned_on=today)
    with pytest.raises(sharing.NothingReleased):
        sharing.show_result(wave, by=cast.pat, today=today)
    wave.state, wave.ref, wave.sealed_on = "sealed", "1" * 32, today
    wave.save()
    url = reverse("office_result", args=[cast.office.pk, cast.north.pk, wave.pk])
    assert client_of(cast.dana).get(url).status_code == 404
    shown = reverse("result_shown", args=[cast.north.pk, wave.pk])
    client_of(cast.pat).post(shown, {"do": "show"})
    assert OfficeWave.objects.get().shown_by == cast.pat
    client_of(cast.pat).post(shown, {"do": "hide"})
    assert not OfficeWave.objects.exists()


def test_a_result_of_a_round_is_read_by_itself_only_once_the_school_shows_it(cast: Cast, made: Run) -> None:
    done = rounds.plan_round(made.cohort, plan(), [made.north], by=cast.dana, now=NOON)
    wave = done.waves.get().wave
    Wave.objects.filter(pk=wave.pk).update(state="sealed", ref="1" * 32, sealed_on=NOON.date())
    url = reverse("office_result", args=[cast.office.pk, cast.north.pk, wave.pk])
    assert client_of(cast.dana).get(url).status_code == 404
    page = client_of(cast.dana).get(reverse("office_school", args=[cast.office.pk, cast.north.pk])).content.decode()
    assert "1 more counts in the figures over several schools" in page
    shown = reverse("result_shown", args=[cast.north.pk, wave.pk])
    client_of(cast.pat).post(shown, {"do": "show"})
    assert done.waves.get().shown_by == cast.pat
    assert list(OfficeWave.objects.shown()) == [done.waves.get()]
    client_of(cast.pat).post(shown, {"do": "hide"})
    assert done.waves.get().shown_on is None  # it stays in the round


def test_the_first_page_says_why_and_keeps_to_the_alphabet(cast: Cast, made: Run) -> None:
    found = first_page(cast.office, today=date(2027, 3, 1))
    assert [line.school.name for line in found.schools] == ["North Elementary", "South Middle School"]
    assert [line.school.name for line in found.hands] == ["North Elementary", "South Middle School"]
    assert [reason.words for reason in found.hands[0].reasons] == ["nothing new from them for 15 weeks"]
    read = client_of(cast.dana).get(reverse("office_home", args=[cast.office.pk])).content.decode()
    assert "North Elementary" in read
