"""North and South in one cohort of the office's programme, and what they do in company."""

from datetime import date, time, timedelta
from typing import Any

from colead.content.loader import load_programme
from colead.programme.actions import modules, programmes
from colead.programme.models import Cohort, Gathering
from tests.cast import NOW, Cast

TODAY = NOW.date()
SOON, BEFORE = TODAY + timedelta(days=3), TODAY - timedelta(days=28)


def cohort_of(cast: Cast) -> Cohort:
    """Put North and South into a cohort."""
    text = load_programme()
    programme = programmes.start_programme(cast.office, name="Leading Together", begins_with=text, today=TODAY)
    cohort = programmes.start_cohort(programme, name="Cohort 10", starts_on=date(2026, 8, 1), begins_with=text)
    for school in (cast.north, cast.south):
        programmes.enrol(cohort, school, now=NOW)
    return cohort


def stranger_cohort(cast: Cast) -> Cohort:
    """Make another cohort of the same office, in which neither school is."""
    programme = cast.office.programmes.get()
    return programmes.start_cohort(programme, name="Cohort 9", starts_on=date(2025, 8, 1), begins_with=load_programme())


def gathered(cohort: Cohort, cast: Cast, kind: str = "check-in", **facts: Any) -> Gathering:
    """Plan a check-in, or a module by its kind."""
    more = {"held_on": BEFORE, "starts_at": time(15, 30), **facts}
    return modules.plan_gathering(cohort, kind, by=cast.dana, now=NOW, **more)
