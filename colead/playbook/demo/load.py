"""Make the demo through the same verbs that people use, so that it can show nothing they could not make."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from colead.accounts.actions import add_demo_person
from colead.accounts.models import User
from colead.content.loader import load
from colead.plans.actions import note_evidence
from colead.plans.models import Evidence
from colead.playbook.actions import assessments, choices, notes, tasks, walks
from colead.playbook.asked import asked
from colead.playbook.demo.thread import Thread
from colead.playbook.demo.world import Person, RosterLine, Round, Talk, World, read_world
from colead.playbook.models import Assessment, Walk
from colead.schools import actions as schools
from colead.schools.models import Invitation, Member, Office, RosterEntry, School, Team
from colead.surveys.demo import seed as seed_surveys

HOST = "demo.invalid"  # a name that can never be a real address (RFC 2606)


def load_schools(*, now: datetime, with_surveys: bool = False) -> None:
    """Make schools North and South and the office.

    North's surveys need the box, which is sealed outside of any transaction: they come when asked for.
    """
    north, south = (_School(read_world(name), now=now) for name in ("north", "south"))
    with transaction.atomic():
        teams = north.make(), south.make()
        _make_office(*(team.school for team in teams), now=now)
    if with_surveys:
        people = {"lead": north.users["ada"], "second": north.users["pat"], "reader": north.users["ruth"]}
        seed_surveys(north.team, now=now, **people)


def _address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{HOST}"


def _make_office(*linked: School, now: datetime) -> Office:
    note = "works at the programme office, follows both schools"
    dana = add_demo_person(email=_address("Dana Wells"), name="Dana Wells", note=note, now=now)
    office = schools.start_office(name="Two Rivers Programme Office", by=dana, now=now)
    code = schools.make_code(
        office, role=Invitation.Role.LINK, most_uses=10, expires_at=now + timedelta(days=1), by=dana, now=now
    )
    for school in linked:
        schools.link_school(school, code.secret, now=now)
    return office


class _School:
    """One demo school in the making: who is who, and what they have done so far."""

    def __init__(self, world: World, *, now: datetime) -> None:
        self.world = world
        self.now = now
        self.users: dict[str, User] = {}
        self.known: dict[str, Evidence] = {}

    def make(self) -> Team:
        """Make the school, its people, and all they have written."""
        self._arrive()
        self._fill_roster()
        if self.world.choice:
            notes.put_notes_away(self.team, now=self._ago(63))
        self._note_evidence()
        self._talk(self.world.overview)
        for round_ in self.world.rounds:
            self._look(round_)
        if self.world.choice:
            self._choose()
        if self.world.guide:
            self._talk(self.world.guide)
            Thread(self.team, self.users, self.known, now=self.now).make()
        return self.team

    def _ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def _arrive(self) -> None:
        lead, *others = self.world.people
        facts = self.world.school
        self.users[lead.key] = self._person(lead)
        self.team = schools.start_school(
            name=facts.name,
            place=facts.place,
            time_zone=facts.time_zone,
            team_name=facts.team,
            by=self.users[lead.key],
            as_principal=False,
            now=self._ago(70),
        )
        for person in others:
            self._join(person, by=self.users[lead.key])

    def _person(self, person: Person) -> User:
        return add_demo_person(email=_address(person.name), name=person.name, note=person.note, now=self._ago(70))

    def _join(self, person: Person, *, by: User) -> None:
        user = self.users[person.key] = self._person(person)
        on_team = person.role not in (Invitation.Role.STAFF, Invitation.Role.COACH)
        place = self.team if on_team else self.team.school
        made = schools.invite_by_mail(place, email=user.email, role=person.role, by=by, now=self._ago(69))
        schools.accept(made.invitation, user=user, now=self._ago(68))

    def _fill_roster(self) -> None:
        staff = [person for person in self.world.people if person.job]
        lines: list[Person | RosterLine] = [*staff, *self.world.roster]
        for line in lines:
            RosterEntry.objects.create(
                school=self.team.school,
                name=line.name,
                email=_address(line.name),
                job=line.job,
                grades=line.grades,
                subjects=line.subjects,
            )

    def _note_evidence(self) -> None:
        for key, piece in self.world.evidence.items():
            self.known[key] = note_evidence(
                self.team,
                kind=piece.kind,
                body=piece.body,
                source=piece.source,
                by=self.users["ada"],
                now=self._ago(piece.days_ago),
            )

    def _members(self, keys: tuple[str, ...]) -> list[Member]:
        return [self.team.members.get(user=self.users[key]) for key in keys]

    def _talk(self, talk: Talk) -> None:
        began = self._ago(talk.days_ago or 45)
        walk = walks.begin_walk(self.team, talk.condition, version=1, now=began)
        for code, answers in talk.answers.items():
            self._answer(walk, code, dict(answers), began)
        for code in talk.notes if talk.revealed is None else talk.revealed:
            walks.reveal_answers(walk, code, codes=asked(code).codes, by=self.users["ada"], now=began)
        for code, note in talk.notes.items():
            walks.write_note(walk, code, note, by=self.users["ada"], based_on=0, now=began)
        for decided in talk.decisions:
            self._decide(walk, decided.model_dump(), began)
        for code, facts in talk.tasks.items():
            self._task(walk, code, dict(facts))

    def _answer(self, walk: Walk, code: str, answers: dict[str, Any], began: datetime) -> None:
        days = answers.pop("days_ago", None)
        when = began if days is None else self._ago(days)
        for key, body in answers.items():
            walks.write_answer(walk, code, body, by=self.users[key], based_on=0, now=when)

    def _decide(self, walk: Walk, facts: dict[str, Any], began: datetime) -> None:
        days = facts.pop("days_ago")
        when = began if days is None else self._ago(days)
        code = facts.pop("code")
        facts["present"] = self._members(facts["present"])
        walks.decide(
            walk,
            code,
            question=asked(code).text,
            decided_on=self.team.today(when),
            by=self.users["ada"],
            based_on=0,
            now=when,
            **facts,
        )

    def _task(self, walk: Walk, code: str, facts: dict[str, Any]) -> None:
        when = self._ago(max(0, -facts["days"]))
        owner = self.users[facts["owner"]]
        tasks.update_task(
            walk,
            code,
            state=facts["state"],
            owner=self.team.members.get(user=owner),
            due_on=self.team.today(self.now) + timedelta(days=facts["days"]),
            note=facts["note"],
            evidence=[self.known[key] for key in facts.get("evidence", ())],
            by=owner,
            based_on=0,
            now=when,
        )

    def _look(self, facts: Round) -> None:
        when = self._ago(facts.days_ago)
        rubric = load().rubric(facts.condition)
        round_ = assessments.start_assessment(self.team, facts.condition, version=rubric.version, now=when)
        for code, views in facts.views.items():
            for key, (growth, evidence) in views.items():
                assessments.write_view(
                    round_, code, growth=growth, evidence=evidence, by=self.users[key], based_on=0, now=when
                )
        if not facts.open:
            self._agree(round_, facts, when)

    def _agree(self, round_: Assessment, facts: Round, when: datetime) -> None:
        assessments.reveal_assessment(round_, by=self.users["ada"], now=when)
        for code, agreed in facts.lines.items():
            evidence = [self.known[key] for key in agreed.evidence]
            assessments.agree_line(
                round_,
                code,
                line=agreed.line,
                tag=agreed.tag,
                evidence=evidence,
                by=self.users["ada"],
                based_on=0,
                now=when,
            )
        assessments.finish_assessment(round_, now=when)

    def _choose(self) -> None:
        chosen = self.world.choice
        assert chosen
        when = self._ago(chosen.days_ago)
        facts = chosen.model_dump(exclude={"condition", "days_ago", "present", "felt"})
        choices.choose_condition(
            self.team,
            chosen.condition,
            name=load().condition(chosen.condition).name,
            question="Which condition do we take on?",
            felt=list(chosen.felt),
            present=self._members(chosen.present),
            decided_on=self.team.today(when),
            version=1,
            by=self.users["ada"],
            now=when,
            **facts,
        )
