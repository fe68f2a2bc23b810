"""North and South in one cohort of the office's programme, and what they do in company."""

from datetime import date, time, timedelta
from typing import Any

from colead.content.loader import load_programme
from colead.programme import company_urls
from colead.programme.actions import modules, programmes
from colead.programme.models import Cohort, Gathering
from colead.schools.models import School
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


def numbers_of_company(school: School) -> dict[str, object]:
    """Return what the addresses of this part may name, each for its own page: `ask:ask_id`."""
    team, office = school.teams.get(), school.office
    visit = team.visits_hosted.filter(notes__isnull=False).first()
    story = team.stories.exclude(published_on=None).first()
    cohort = Cohort.objects.filter(enrolments__school=school).first()
    facts = {
        "gathering_id": cohort.gatherings.check_ins().last().pk,
        "offer_id": team.offers_and_asks.first().pk,
        "follow_up_id": team.follow_ups.first().pk,
        "visit_id": visit.pk,
        "note_id": visit.notes.first().pk,
        "ask_id": team.asks.first().pk,
        "story_id": story.pk,
        "line_id": story.lines.first().pk,
        "recognition_id": team.recognitions.first().pk,
        "goal_id": school.learning_goals.first().pk,
        "cohort_id": cohort.pk,
        "programme_id": cohort.programme_id,
        "module": "barrier",
        "what": "check-in",
        "step": "up",
    }
    found = {
        f"{one.name}:{key}": facts[key]
        for one in company_urls.urlpatterns
        for key in one.pattern.regex.groupindex
        if key in facts
    }
    run = cohort.gatherings.modules().first().pk
    theirs = cohort.gatherings.first().follow_ups.model._default_manager.filter(
        team=None, gathering__cohort__programme__office=office
    )
    found |= {f"{name}:gathering_id": run for name in ("reflection", "reflection_share")}
    found["office_follow_up:follow_up_id"] = theirs.first().pk
    found["visit_take_home:visit_id"] = team.guest_at.first().visit_id
    return found
