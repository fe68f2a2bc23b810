"""The demo's programme: always a small cohort with North and South; when asked, 24 or 200 schools over three years."""

from datetime import date, datetime, timedelta

from colead.accounts.models import User
from colead.content.loader import load_programme
from colead.programme.actions import applications, programmes, sharing
from colead.programme.demo.crowd import fill
from colead.programme.models import Cohort, Programme
from colead.schools.models import Office, School, Seat

AUGUST = 8
MADE_UP_ANSWERS = {
    "why": "Five people carry most of what goes well here, and two of them are tired.",
    "team": "Three teachers, a counselor, a para and the principal. Each grade chose one.",
    "tried": "A committee for everything. We learned that nobody knew who decided.",
    "time": "Tuesdays after the buses. The data meeting would give way.",
    "worth": "New teachers stay past their second year, and say why.",
}


def seed(*, now: datetime, many: int = 0) -> Programme:
    """Make the office's programme with North and South, and with `many` schools in all where more than these two."""
    office = Office.objects.get(name="Two Rivers Programme Office")
    dana = office.seats.select_related("user").get().user
    text = load_programme()
    begun = _first_of_august(now.date())
    programme = programmes.start_programme(
        office, name="Leading Together", begins_with=text, today=begun - timedelta(days=900)
    )
    newest = programmes.start_cohort(programme, name="Cohort 10", starts_on=begun, begins_with=text)
    north, south = (office.schools.get(name__startswith=name) for name in ("North", "South"))
    _bring_in(newest, north, south, dana, now=now)
    _apply(programme, dana, now=now)
    if many > 2:
        fill(programme, dana, begun=begun, many=many - 2, now=now)
    return programme


def _first_of_august(today: date) -> date:
    return date(today.year if today.month >= AUGUST else today.year - 1, AUGUST, 1)


def _bring_in(cohort: Cohort, north: School, south: School, dana: User, *, now: datetime) -> None:
    """North applied and was accepted; South came by its principal's code."""
    then = now - timedelta(days=200)
    made = applications.apply(
        cohort.programme,
        applications.Sent(
            school_name=north.name,
            place=north.place,
            time_zone=north.time_zone,
            staff=41,
            contact="Pat Green",
            email="pat.green@demo.invalid",
            is_principal=True,
            answers=MADE_UP_ANSWERS,
            ticks=("said", "heard", "mixed", "asked", "shown", "stays"),
        ),
        today=then.date(),
    )
    applications.ask_reviewer(made.application, dana, today=then.date())
    review = made.application.reviews.get()
    applications.write_review(
        review, words="They know what did not work. The team was chosen, not named.", today=then.date()
    )
    accepted = applications.accept(
        made.application,
        cohort,
        reasons="Your team was chosen by the grades, and time is set aside for it. We would like to learn from you.",
        school=north,
        by=dana,
        now=now - timedelta(days=69),
    )
    programmes.enrol(cohort, south, entering="Joined when a neighbor told them about it.", now=now - timedelta(days=60))
    assert accepted.enrolment
    stay = accepted.enrolment.stays.get()
    stay.entering = "The team was there before the program. We begin with what staff say about time."
    stay.save(update_fields=["entering"])
    _share(cohort, north, dana, now=now)


def _share(cohort: Cohort, north: School, dana: User, *, now: datetime) -> None:
    """North has said what it works on, and shows its last survey where there is one."""
    principal = north.seats.get(role=Seat.Role.PRINCIPAL).user
    words = "A common hour of planning for each grade that cover cannot break."
    sharing.state_priority(north, condition="structures", words=words, by=principal, today=north.today(now))
    for wave in north.waves.sealed()[:1]:
        sharing.show_result(wave, by=principal, today=north.today(now))
    for days in (41, 20, 3):
        sharing.note_opening(north, dana, office=cohort.programme.office, what="page", now=now - timedelta(days=days))


def _apply(programme: Programme, dana: User, *, now: datetime) -> None:
    """Two schools have applied for next year; one more was told why not this time."""
    for days, name, place, who in (
        (12, "Tamarack Elementary", "Fork Shoals, South Carolina", "Lou Haas"),
        (5, "Old Ferry Middle School", "Landsford, South Carolina", "Ida Brandt"),
        (160, "Ironwood High School", "Cross Anchor, South Carolina", "Max Field"),
    ):
        day = (now - timedelta(days=days)).date()
        sent = applications.Sent(
            school_name=name,
            place=place,
            time_zone="America/New_York",
            staff=38,
            contact=who,
            email=f"{who.lower().replace(' ', '.')}@demo.invalid",
            is_principal=days != 12,
            answers=MADE_UP_ANSWERS,
            ticks=("said", "meets", "asked"),
        )
        made = applications.apply(programme, sent, today=day)
        if days == 160:
            why = "A new principal begins in August. Please come back once you have found each other."
            applications.decline(made.application, reasons=why, by=dana, today=day + timedelta(days=30))
