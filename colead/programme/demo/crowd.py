"""Many made-up schools in cohorts over three years: rows in bulk, answers from one seed, a result for every round."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from colead.accounts.models import User
from colead.analysis.instrument import Instrument, load_instrument
from colead.answers import box
from colead.content.loader import load_programme
from colead.programme.actions.programmes import start_cohort
from colead.programme.demo import names
from colead.programme.demo.waves import Staff, answered
from colead.programme.models import (
    Ask,
    Attendance,
    Cohort,
    CohortDate,
    Enrolment,
    Gathering,
    OfficeWave,
    Priority,
    Programme,
    Round,
    Share,
    Stay,
    Visit,
)
from colead.schools.models import School, Team
from colead.surveys.models import Wave

SEED = 20
YEAR = 365.25
QUIET = 7  # every so many schools comes to fewer check-ins lately, and shares nothing
ROUND_OF = {"baseline": "conditions.v1", "conditions": "conditions.v1"}  # all other rounds ask about efficacy
TITLES = {"baseline": "Conditions survey", "conditions": "Conditions survey"}
SEASONS = {12: "winter", 1: "winter", 2: "winter", 3: "spring", 4: "spring", 5: "spring", 6: "summer", 7: "summer"}


@dataclass
class Crowd:
    """What every step of the making needs to know."""

    programme: Programme
    dana: User
    now: datetime
    dice: np.random.Generator

    @property
    def today(self) -> date:
        return self.now.date()


def fill(programme: Programme, dana: User, *, begun: date, many: int, now: datetime) -> None:
    """Bring so many schools into two cohorts, three of four of them in their third year."""
    crowd = Crowd(programme, dana, now, np.random.default_rng(SEED))
    schools = _schools(crowd, many)
    oldest = round(many * 0.75)
    for name, back, part in (("Cohort 8", 2, schools[:oldest]), ("Cohort 9", 1, schools[oldest:])):
        cohort = start_cohort(
            programme, name=name, starts_on=begun.replace(year=begun.year - back), begins_with=load_programme()
        )
        enrolments = _enrol(crowd, cohort, part)
        _ask_staff(crowd, cohort, enrolments)
        _come_together(crowd, cohort, enrolments)
        _visit(crowd, cohort, enrolments)


def _schools(crowd: Crowd, many: int) -> list[School]:
    made = [
        School(
            name=name,
            place=place,
            time_zone="America/New_York",
            nces_id=f"45{place_no:05d}{place_no:05d}",
            office=crowd.programme.office,
            created_on=crowd.programme.started_on,
        )
        for place_no, (name, place) in enumerate(names.schools(many), 1)
    ]
    schools = School.objects.bulk_create(made)
    Team.objects.bulk_create(Team(school=school, name="Our leadership team") for school in schools)
    _state(crowd, schools)
    return schools


def _state(crowd: Crowd, schools: list[School]) -> None:
    """Three of four schools have told the office what they work on."""
    Priority.objects.bulk_create(
        Priority(
            school=school, condition=condition, words=words, since=crowd.today - timedelta(90), stated_by=crowd.dana
        )
        for place, school in enumerate(schools)
        if place % 4
        for condition, words in (names.PRIORITIES[place % len(names.PRIORITIES)],)
    )


def _enrol(crowd: Crowd, cohort: Cohort, schools: list[School]) -> list[Enrolment]:
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, school=school, joined_on=cohort.starts_on) for school in schools
    )
    phases = list(crowd.programme.phases.all())
    stays: list[Stay] = []
    for enrolment in enrolments:
        since = cohort.starts_on
        for phase in phases:
            until = since + timedelta(days=phase.months * 30)
            over = until < crowd.today and phase != phases[-1]
            said = "The plan for the year was kept, and staff heard what came of it." if over else ""
            begin = "Begins with what the year before taught." if stays else ""
            stay = Stay(enrolment=enrolment, phase=phase, since=since, until=until if over else None)
            stay.entering, stay.leaving = begin, said
            stays.append(stay)
            since = until
            if not over:
                break
    Stay.objects.bulk_create(stays)
    return enrolments


def _ask_staff(crowd: Crowd, cohort: Cohort, enrolments: list[Enrolment]) -> None:
    """Give every school the results of every round so far; one in twenty did not ask that time."""
    staffs = [
        Staff(
            str(one.school_id), int(crowd.dice.integers(14, 90)), np.random.default_rng([SEED, place, cohort.pk % 97])
        )
        for place, one in enumerate(enrolments)
    ]
    instruments = {name: load_instrument(name) for name in ("conditions.v1", "efficacy.v1")}
    days = cohort.dates.filter(kind=CohortDate.Kind.SURVEY, ends_on__lt=crowd.today - timedelta(days=3))
    rounds, waves, finished = [], [], []
    for day in days:
        key = day.key.partition(":")[0]
        name = ROUND_OF.get(key, "efficacy.v1")
        made = _round(crowd, cohort, day, key, name)
        rounds.append(made)
        for staff, enrolment in zip(staffs, enrolments, strict=True):
            if crowd.dice.random() > 0.05:
                years = (day.starts_on - cohort.starts_on).days / YEAR
                done = answered(staff, instruments[name], years=years, opens=day.starts_on, closes=day.ends_on)
                finished.append(done)
                waves.append((_wave(crowd, enrolment, made, done, instruments[name]), made))
    box.take_in(finished)
    Round.objects.bulk_create(rounds)
    Wave.objects.bulk_create([wave for wave, _made in waves], batch_size=200)
    OfficeWave.objects.bulk_create(
        OfficeWave(wave=wave, round=made, since=made.opens, shown_on=_shown_on(wave)) for wave, made in waves
    )


def _shown_on(wave: Wave) -> date | None:
    """Most schools show their results by themselves; one in eight lets them count in the figures over all only."""
    return wave.sealed_on if wave.school_id % 8 else None


def _round(crowd: Crowd, cohort: Cohort, day: CohortDate, key: str, instrument: str) -> Round:
    season = SEASONS.get(day.starts_on.month, "autumn")
    title = f"{TITLES.get(key, 'Efficacy survey')}, {season} {day.starts_on.year}"
    facts = {"title": title, "instrument": instrument, "opens": day.starts_on, "closes": day.ends_on}
    return Round(cohort=cohort, planned_by=crowd.dana, planned_on=day.starts_on - timedelta(days=30), **facts)


def _wave(crowd: Crowd, enrolment: Enrolment, made: Round, done: box.Finished, asked: Instrument) -> Wave:
    return Wave(
        school=enrolment.school,
        ref=done.release.wave,
        title=made.title,
        instrument=asked.name,
        asked=done.instrument_json,
        state=Wave.State.SEALED,
        opens=made.opens,
        closes=made.closes,
        planned_by=crowd.dana,
        planned_on=made.planned_on,
        sealed_on=done.sealed_on,
    )


def _come_together(crowd: Crowd, cohort: Cohort, enrolments: list[Enrolment]) -> None:
    """Hold every check-in so far; most schools came, a few have not come lately."""
    days = list(cohort.dates.filter(kind=CohortDate.Kind.CHECK_IN, starts_on__lt=crowd.today))
    held = Gathering.objects.bulk_create(
        Gathering(cohort=cohort, kind=Gathering.Kind.CHECK_IN, held_on=day.starts_on, version=1) for day in days
    )
    came = []
    for gathering in held:
        lately = gathering.held_on > crowd.today - timedelta(days=60)
        for place, one in enumerate(enrolments):
            if crowd.dice.random() > (0.9 if lately and not place % QUIET else 0.08):
                came.append(Attendance(gathering=gathering, school=one.school, teachers=2, leaders=1, others=0))
    Attendance.objects.bulk_create(came, batch_size=400)
    if held:
        _share(crowd, held[-1], enrolments)


def _share(crowd: Crowd, gathering: Gathering, enrolments: list[Enrolment]) -> None:
    """Most schools sent something before the last check-in, and chose what others may read of it."""
    shares = []
    for team in Team.objects.filter(school__in=[one.school_id for one in enrolments]).order_by("pk"):
        if team.pk % QUIET:
            win, step = names.SHARED[team.pk % len(names.SHARED)]
            share = Share(team=team, gathering=gathering, win=win, next_step=step, version=1)
            share.chosen, share.sent_on = ["win", "next_step"], gathering.held_on - timedelta(days=2)
            shares.append(share)
    Share.objects.bulk_create(shares, batch_size=200)


def _visit(crowd: Crowd, cohort: Cohort, enrolments: list[Enrolment]) -> None:
    """The office has been to every school, and to most of them lately; one in twelve waits for help with something."""
    *_, before, last = cohort.dates.filter(kind=CohortDate.Kind.VISIT, starts_on__lt=crowd.today)
    teams = list(Team.objects.filter(school__in=[one.school_id for one in enrolments]).order_by("pk"))
    Visit.objects.bulk_create(
        Visit(
            host=team,
            programme=crowd.programme,
            kind=Visit.Kind.SITE,
            asked_on=day.starts_on - timedelta(days=30),
            why="See the work and listen",
            on_day=min(day.starts_on + timedelta(days=place % 5), crowd.today),
            host_answer="yes",
            office_answer="yes",
            version=1,
        )
        for place, team in enumerate(teams)
        for day in (before, last)
        if day == before or place % 6
    )
    Ask.objects.bulk_create(
        Ask(
            team=team,
            programme=crowd.programme,
            topic=topic,
            body=body,
            asked_on=crowd.today - timedelta(days=2 + place % 19),
            version=1,
        )
        for place, team in enumerate(teams)
        if place % 12 == 5
        for topic, body in (names.ASKS[place // 12 % len(names.ASKS)],)
    )
