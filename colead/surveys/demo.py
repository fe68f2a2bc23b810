"""A demo school's surveys, made through the same verbs that people use: one sealed with comments, one open."""

import random
import secrets
from datetime import date, datetime, timedelta

from colead.accounts.models import User
from colead.analysis.instrument import Instrument
from colead.answers import box
from colead.schools.models import RosterEntry, School, Team
from colead.surveys.actions import codes, comments, findings, waves
from colead.surveys.actions.waves import Plan
from colead.surveys.models import Ask, Wave

PEOPLE = 40
ANSWERED = 35
LEANS = {"vision": 0.5, "relationships": 0.7, "capacity": -0.7, "structures": -0.6, "influence": -0.3, "leader": 0.2}
FIRST = ("Ana", "Cal", "Dot", "Eli", "Flo", "Gus", "Hope", "Ike", "Jo", "Kit", "Lee", "May", "Ned", "Oda", "Pia", "Ray")
LAST = ("Abbott", "Bell", "Castro", "Diaz", "Ellis", "Frost", "Gray", "Hahn")
VOICES = (
    "One hour a week with my grade that no one can take for cover.",
    "Tell us what became of the idea box. I put two in and never heard.",
    "Let paras sit in when the week is planned.",
    "A calendar we can see before July.",
    "Cover that does not always fall on the same four people.",
    "I would like to know which things are mine to decide.",
    "Less mail, one board we all look at.",
    "Let us try things for two weeks without a form.",
    "Somebody to take my bus duty on planning days.",
    "Please keep the Tuesday walk-throughs, they helped.",
    "Ask us before the schedule is done, not after.",
    "Time. Everything else follows from that.",
)
FINDING = "Planning time breaks up when covers run short, and it hits the same people each week."


def seed(team: Team, *, lead: User, second: User, reader: User, now: datetime) -> tuple[Wave, Wave]:
    """Give a demo school a sealed wave from last spring, which 35 of 40 answered, and one that is open now."""
    school = team.school
    _fill_roster(school)
    spring = _spring(team, lead=lead, second=second, reader=reader, now=now)
    today = school.today(now)
    plan = Plan("This month", "conditions.v1", today - timedelta(3), today + timedelta(8), minimum=5, reader=reader)
    autumn = _open(school, plan, lead=lead, second=second, now=now - timedelta(3))
    _answer(autumn, 12, day=today - timedelta(1), dice=random.Random(8), said=())  # noqa: S311  # a made-up staff
    box.stir_due(today=today)
    return spring, autumn


def _fill_roster(school: School) -> None:
    """Put made-up people on the staff list until there are forty."""
    missing = PEOPLE - school.roster.here().count()
    jobs = ("teacher", "teacher", "teacher", "para", "teacher", "specials", "teacher", "support")
    for place in range(max(0, missing)):
        name = f"{FIRST[place % len(FIRST)]} {LAST[place % len(LAST)]}"
        email = f"{name.lower().replace(' ', '.')}.{place}@demo.invalid"
        grades = str(place % 5 + 1) if jobs[place % len(jobs)] == RosterEntry.Job.TEACHER else ""
        RosterEntry.objects.create(school=school, name=name, email=email, job=jobs[place % len(jobs)], grades=grades)


def _spring(team: Team, *, lead: User, second: User, reader: User, now: datetime) -> Wave:
    then = now - timedelta(weeks=10)
    day = team.school.today(then)
    plan = Plan("Last term", "conditions.v1", day, day + timedelta(11), minimum=5, group_by="job", reader=reader)
    wave = _open(team.school, plan, lead=lead, second=second, now=then)
    _answer(wave, ANSWERED, day=day + timedelta(2), dice=random.Random(7), said=VOICES)  # noqa: S311
    over = now - timedelta(weeks=8)
    waves.close_wave(wave, now=over)
    held = {one.id: one.text for one in comments.held(wave, by=reader)}
    comments.release(wave, held, why="", by=reader, now=over + timedelta(2))
    _find(team, wave, by=lead, now=over + timedelta(5))
    return wave


def _find(team: Team, wave: Wave, *, by: User, now: datetime) -> None:
    due = team.today(now) + timedelta(weeks=8)
    findings.write_finding(team, wave, about="capacity", sentence=FINDING, answer_by=due, by=by, now=now)


def _open(school: School, plan: Plan, *, lead: User, second: User, now: datetime) -> Wave:
    wave = waves.plan_wave(school, plan, by=lead, now=now)
    codes.confirm(waves.ask(wave, Ask.What.OPEN, by=lead, now=now), by=second, now=now)
    wave.refresh_from_db()
    return wave


def _answer(wave: Wave, people: int, *, day: date, dice: random.Random, said: tuple[str, ...]) -> None:
    facts = box.facts(wave.ref)
    groups = ["", *(facts.breakdown.categories if facts.breakdown else ())]
    for place, code in enumerate(codes.codes_on_paper(wave)[:people]):
        box.put_ballot(
            wave.ref,
            code=code,
            key=secrets.token_hex(16),
            answers=_ticked(facts.instrument, dice),
            comments={line.key: said[place] for line in facts.instrument.open_lines} if place < len(said) else {},
            group=groups[place % len(groups)],
            today=day,
        )


def _ticked(asked: Instrument, dice: random.Random) -> dict[str, int | str | None]:
    """Tick as somebody might: one mood a person, one lean a part, a little chance a question."""
    mood = dice.gauss(0, 0.45)
    ticked: dict[str, int | str | None] = {}
    for scale in asked.scales:
        offered = asked.answers_of(scale)
        for item in scale.items:
            level = 3.3 + mood + LEANS.get(scale.key, 0.0) + dice.gauss(0, 0.75)
            ticked[item.key] = max(offered.low, min(offered.high, round(level)))
            if offered.cannot_say and dice.random() < 0.04:
                ticked[item.key] = "cannot say"
    return ticked
