"""What the demo's North and South do in company: check-ins, modules, visits, help, a story, a goal."""

from datetime import date, datetime, time, timedelta
from typing import Any

from colead.accounts.models import User
from colead.programme.actions import checkins, goals, modules, stories, support, visits
from colead.programme.actions.modules import Came
from colead.programme.actions.visits import VisitFacts
from colead.programme.models import Cohort, Gathering, Share, Story
from colead.programme.queries.checkins import default_agenda
from colead.programme.queries.stories import chosen_of, records_of
from colead.schools.models import Member, Team

CALL = "https://meet.example.org/two-rivers"


def seed_company(north: Team, south: Team, *, now: datetime) -> None:
    """Let North and South meet the other schools of their cohort, with the office beside them."""
    _Company(north, south, now).make()


class _Company:
    """Who is who and what day it is, while the demo is made."""

    def __init__(self, north: Team, south: Team, now: datetime) -> None:
        self.north, self.south, self.now = north, south, now
        self.cohort = Cohort.objects.filter(enrolments__school=north.school).latest("starts_on")
        office = self.cohort.programme.office
        self.dana = office.seats.select_related("user").earliest("pk").user
        self.ada, self.ben, self.mia = (self._member(name) for name in ("Ada", "Ben", "Mia"))
        self.cleo = south.members.select_related("user").earliest("pk").user

    def make(self) -> None:
        self._modules()
        self._check_ins()
        self._visits()
        self._help()
        self._story()
        self._goal()

    def _member(self, name: str) -> Member:
        return self.north.members.select_related("user", "team__school").get(user__name__startswith=name)

    def _day(self, days: int) -> date:
        return self.north.today(self.now) + timedelta(days=days)

    def _then(self, days: int, by: User) -> dict[str, Any]:
        return {"by": by, "now": self.now + timedelta(days=days)}

    def _gather(self, kind: str, days: int, **facts: Any) -> Gathering:
        planned = {"held_on": self._day(days), "starts_at": time(15, 30), "place": CALL, **facts}
        return modules.plan_gathering(self.cohort, kind, **planned, **self._then(days - 14, self.dana))

    def _modules(self) -> None:
        carrying = self._gather("module", -48, module="carrying")
        barrier = self._gather("module", -20, module="barrier")
        self._gather("module", 15, module="small-test")
        came = {self.north.school: Came(3, 1, 1), self.south.school: Came(1, 1, 0)}
        modules.note_attendance(carrying, came, today=self._day(-47))
        modules.tick(barrier, self.ada, today=self._day(-20))
        words = "Cover is decided by one phone, on one desk. We had called that efficient."
        first = modules.write_reflection(carrying, self.north, body=words, based_on=0, **self._then(-47, self.ada.user))
        modules.share_reflection(first, **self._then(-46, self.ada.user))
        words = "We kept saying “no time”. After the fifth why it was “nobody says who must be free together”."
        modules.write_reflection(barrier, self.north, body=words, based_on=0, **self._then(-19, self.ben.user))

    def _check_ins(self) -> None:
        last = self._gather("check-in", -27, agenda=default_agenda())
        coming = self._gather("check-in", 6, agenda=default_agenda())
        modules.note_attendance(
            last, {self.north.school: Came(2, 1, 1), self.south.school: Came(1, 0, 0)}, today=self._day(-26)
        )
        self._send(
            last,
            self.north,
            self.ada.user,
            -29,
            win="Three of nine meetings became one note.",
            decided="Every grade gets a common hour, one grade at a time.",
        )
        self._send(
            coming,
            self.south,
            self.cleo,
            -1,
            win="Forty families came to science night.",
            dilemma="Half of our staff heard about the team from the newsletter. How do we begin again with them?",
        )
        kept: dict[str, Any] = dict.fromkeys(Share.PARTS, "") | {
            "win": "Four Tuesdays held.",
            "number": "Plans made together: 1 to 4",
        }
        checkins.keep_share(coming, self.north, **kept, based_on=0, **self._then(-1, self.ben.user))
        for team, kind, body, by in (
            (self.north, "offer", "Our page “this week, next week”, to copy. Write to Ada.", self.ada.user),
            (self.south, "ask", "Who has told staff about a team that exists already? Write to Cleo.", self.cleo),
        ):
            checkins.offer_or_ask(coming, team, kind=kind, body=body, **self._then(-2, by))
        promises: tuple[tuple[Team | None, str, str, User], ...] = (
            (self.north, "Send South the cover plan", "Ben", self.ben.user),
            (None, "Find a reader for two theories of action", "Dana", self.dana),
        )
        for side, body, who, by in promises:
            checkins.promise(last, side, body=body, who=who, **self._then(-27, by))

    def _send(self, gathering: Gathering, team: Team, by: User, days: int, **words: str) -> None:
        parts: dict[str, Any] = dict.fromkeys(Share.PARTS, "") | words
        checkins.send_share(gathering, team, chosen=words, **parts, based_on=0, **self._then(days, by))

    def _visits(self) -> None:
        self._site_visit()
        self._north_goes_south()
        self._south_comes_north()

    def _site_visit(self) -> None:
        facts = VisitFacts(
            kind="site",
            why="See the common hour of grade 4, and hear from those who cover it.",
            condition="structures",
            look_fors="Who speaks first, and who is asked.\nWhat is on the table.\nWhat happens when the office rings.",
            logistics="Park behind the gym. Bea is at the door from 9:30.",
            on_day=self._day(-17),
        )
        sides: dict[str, Any] = {"with_office": True, "asked_by": None}
        visit = visits.ask_for_visit(self.north, self.cohort.programme, facts, **sides, **self._then(-30, self.dana))
        visit = visits.answer_visit(visit, self.north, yes=True, **self._then(-28, self.ada.user))
        seen = "Five adults, one plan. The sign on the door worked twice. The para spoke after eleven minutes."
        note = visits.write_note(visit, None, body=seen, based_on=0, **self._then(-16, self.dana))
        visits.give_note(note, **self._then(-16, self.dana))

    def _north_goes_south(self) -> None:
        facts = VisitFacts(kind="partner", why="See how you brought forty families in.", on_day=self._day(-9))
        sides: dict[str, Any] = {"guests": [self.north], "with_office": False, "asked_by": self.north}
        asked = self._then(-21, self.mia.user)
        visit = visits.ask_for_visit(self.south, self.cohort.programme, facts, **sides, **asked)
        visit = visits.answer_visit(visit, self.south, yes=True, **self._then(-20, self.cleo))
        words: dict[str, Any] = {
            "words": "Children invite, not the office.",
            "thanks": "Thank you for letting us carry chairs.",
        }
        visits.take_home(visit, self.north, **words, based_on=99, **self._then(-8, self.mia.user))

    def _south_comes_north(self) -> None:
        facts = VisitFacts(kind="partner", why="Sit in on a team meeting with consent.", on_day=self._day(11))
        sides: dict[str, Any] = {"guests": [self.south], "with_office": False, "asked_by": self.south}
        visits.ask_for_visit(self.north, self.cohort.programme, facts, **sides, **self._then(-3, self.cleo))

    def _help(self) -> None:
        programme = self.cohort.programme
        room = f"/t/{self.north.pk}/"
        words: dict[str, Any] = {
            "topic": "theory",
            "body": "Our “if” and our “then” do not meet. Could somebody read it with us?",
        }
        where: dict[str, Any] = {"page": room, "page_title": "Team room"}
        first = support.ask_for_help(self.north, programme, **words, **where, **self._then(-24, self.ada.user))
        plan: dict[str, Any] = {"helper": self.dana, "helper_name": "", "plan": "A call on Friday, thirty minutes."}
        first = support.take_ask(first, **plan, based_on=first.version, **self._then(-23, self.dana))
        support.log_step(
            first,
            by_office=True,
            on_day=self._day(-21),
            body="We drew it as a line together. The “then” was a hope, now it is something people do.",
            **self._then(-21, self.dana),
        )
        done = "One sentence that Ada could say without the page."
        first = support.close_ask(first, outcome=done, based_on=first.version, **self._then(-20, self.dana))
        support.say_whether_it_helped(first, helped="yes", **self._then(-19, self.ada.user))
        words = {"topic": "impact", "body": "The number moves. We cannot tell whether it is the test or the season."}
        support.ask_for_help(self.north, programme, **words, **self._then(-5, self.ben.user))

    def _story(self) -> None:
        story = self._built()
        yes = self.now - timedelta(days=4)
        said = self._said(story, "I had lunch sitting down, with people.", said_by=self.ben)
        stories.say_yes(said, self.ben, now=yes)
        stories.publish_story(story, **self._then(-3, self.ada.user))
        stories.note_recognition(
            self.north,
            award="Thank-you of the county board",
            given_by="Caldwell County",
            given_on=self._day(-6),
            story=story,
            **self._then(-3, self.ada.user),
        )
        words: dict[str, Any] = {
            "title": "The note on Mondays",
            "condition": "relationships",
            "opening": "Nobody reads a note.",
            "closing": "",
        }
        draft = stories.begin_story(self.north, **words, **self._then(-2, self.mia.user))
        self._said(draft, "I read it in the car line.", said_by_name="A bus driver")

    def _built(self) -> Story:
        story = stories.begin_story(
            self.north,
            title="One common hour, and what it cost",
            condition="structures",
            opening="Teachers planned on Sunday evenings, each alone. We knew it, and called it dedication.",
            closing="Begin with the grade that needs the fewest covers. And let something go first.",
            **self._then(-6, self.ada.user),
        )
        told = [one for one in records_of(self.north) if "grade 4" in one.words or "In the block" in one.words]
        records = sorted(told, key=lambda one: not one.origin.startswith("trial:"))[:3]
        stories.draw_lines(story, chosen_of(records, [one.origin for one in records]), **self._then(-6, self.ada.user))
        return story

    def _said(self, story: Story, body: str, **who: Any) -> Any:
        quote = {"is_quote": True, "said_by": None, "said_by_name": "", "consent_on": None, "consent_how": "", **who}
        return stories.add_line(story, body=body, **quote, **self._then(-5, self.ada.user))

    def _goal(self) -> None:
        goal = goals.set_goal(
            self.north.school,
            what="Wait five seconds after I ask, so that more children answer.",
            evidence="I counted for a week: four hands, the same four. Ben counts again in December.",
            support="Somebody who watches ten minutes on Thursdays.",
            peer=self.ben.user,
            starts_on=self._day(-40),
            ends_on=self._day(30),
            **self._then(-40, self.ada.user),
        )
        words = "Seven hands now. The silence is harder on me than on them."
        goals.look_half_way(goal, halfway=words, based_on=goal.version, **self._then(-6, self.ada.user))
