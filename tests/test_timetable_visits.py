"""Visits are as many as there can be, nobody is in two places, and doors and wishes are kept."""

from collections import Counter
from dataclasses import fields, replace
from functools import cache
from random import Random

import pytest

from colead.timetable import (
    Day,
    Door,
    LessonKind,
    NotMatched,
    Opening,
    Person,
    Role,
    Schedule,
    Slot,
    Unmet,
    Visit,
    Wish,
    directions,
    match_visits,
    with_openings,
)
from colead.timetable.others import most_to_others
from colead.timetable.wishes import possible_visits
from tests.timetable_school import lesson, periods, random_school, school, slots


def hosts_by_hand(made: Schedule, doors: list[Door], wish: Wish, slot: Slot) -> tuple[int, ...]:
    """Say which doors a visitor could go through in a period."""
    mine = any(slot in one.slots and wish.visitor in one.people for one in made.lessons)
    away = any(slot in rule.slots and wish.visitor in rule.people for rule in made.rules)
    if mine or away or slot in wish.not_at or not made.period(slot).counts:
        return ()
    return tuple(
        place
        for place, door in enumerate(doors)
        for one in made.lessons
        if slot in one.slots and door.host in one.people and door.host != wish.visitor
        if not wish.hosts or door.host in wish.hosts
    )


def most_by_hand(
    made: Schedule,
    doors: list[Door],
    wishes: list[Wish],
    cycles: int,
    closed: frozenset[tuple[int, int]] = frozenset(),
) -> int:
    """Try every visit for every free period of every visitor, one after another."""
    chances = [
        (wish.visitor, cycle, slot, hosts)
        for wish in wishes
        for cycle in range(cycles)
        for slot in made.slots
        if (cycle, slot.day) not in closed
        if (hosts := hosts_by_hand(made, doors, wish, slot))
    ]
    limit = {wish.visitor: wish.visits for wish in wishes}
    choosy = {wish.visitor for wish in wishes if wish.different}

    @cache
    def best(n: int, used: tuple[tuple[object, int], ...]) -> int:
        if n == len(chances):
            return 0
        visitor, cycle, slot, places = chances[n]
        count = Counter(dict(used))
        found = best(n + 1, used)
        for place in places:
            week = made.days[slot.day].week
            room, host = ("at", place, cycle, slot), ("host", place, cycle, week)
            pair = ("pair", visitor, doors[place].host)
            if (
                count[("v", visitor)] < limit[visitor]
                and not (visitor in choosy and count[pair])
                and count[room] < doors[place].at_once
                and count[host] < doors[place].most_a_week
            ):
                more = count + Counter([("v", visitor), room, host, pair])
                found = max(found, 1 + best(n + 1, tuple(sorted(more.items(), key=repr))))
        return found

    return best(0, ())


def case(seed: int) -> tuple[Schedule, list[Door], list[Wish], int]:
    random = Random(seed)
    made = random_school(seed, people=5, days=1, length=4, weeks=("A", "B") if seed % 4 == 0 else ("",))
    names = [person.name for person in made.people]
    plain = replace(made, lessons=tuple(one for one in made.lessons if one.kind is LessonKind.LESSON))
    doors = [Door(name, random.randint(1, 2), random.randint(1, 2)) for name in random.sample(names, 3)]
    wishes = [
        Wish(
            name,
            random.randint(1, 2),
            tuple(random.sample(names, 2)) if random.random() < 0.4 else (),
            not_at=frozenset(random.sample(made.slots, 1)) if random.random() < 0.3 else frozenset(),
        )
        for name in random.sample(names, 3)
    ]
    return plain, doors, wishes, 1 + seed % 2


@pytest.mark.parametrize("seed", range(50))
def test_there_are_as_many_visits_as_there_can_be(seed: int) -> None:
    made, doors, wishes, cycles = case(seed)
    match = match_visits(made, doors, wishes, cycles=cycles)
    assert len(match.visits) == most_by_hand(made, doors, wishes, cycles)
    assert len(match.visits) + sum(one.missing for one in match.unmet) == sum(wish.visits for wish in wishes)


@pytest.mark.parametrize("seed", range(50, 90))
def test_every_visit_keeps_doors_wishes_and_the_schedule(seed: int) -> None:
    made, doors, wishes, cycles = case(seed)
    wished, opened = {wish.visitor: wish for wish in wishes}, {door.host: door for door in doors}
    visits = match_visits(made, doors, wishes, cycles=cycles).visits
    booked = {(name, slot) for one in made.lessons for name in one.people for slot in one.slots}
    assert list(visits) == sorted(visits, key=lambda one: (one.cycle, one.slot, one.visitor))
    assert len({(one.visitor, one.cycle, one.slot) for one in visits}) == len(visits)
    for one in visits:
        wish = wished[one.visitor]
        assert (one.visitor, one.slot) not in booked | {(one.visitor, slot) for slot in wish.not_at}
        assert one.host in made.by_key[one.lesson].people
        assert not wish.hosts or one.host in wish.hosts
    for (host, _, _), count in Counter((one.host, one.cycle, made.days[one.slot.day].week) for one in visits).items():
        assert count <= opened[host].most_a_week
    for (host, _, _), count in Counter((one.host, one.cycle, one.slot) for one in visits).items():
        assert count <= opened[host].at_once


def test_teachers_and_administrators_visit_each_other() -> None:
    staff = (Person("Ada"), Person("Ben"), Person("Cleo", Role.ADMINISTRATOR))
    made = school(lesson("a"), lesson("m", "Cleo", "", at=(0, 1), kind=LessonKind.MEETING, length=2), people=staff)
    match = match_visits(made, [Door("Ada"), Door("Cleo")], [Wish("Ada", hosts=("Cleo",)), Wish("Cleo"), Wish("Ben")])
    assert match.unmet == ()
    teacher, administrator = Role.TEACHER, Role.ADMINISTRATOR
    counts = directions(made, match.visits)
    assert counts[teacher, administrator] + counts.get((teacher, teacher), 0) == 2
    assert counts[administrator, teacher] == 1


@pytest.mark.parametrize("seed", [1, 3, 5, 8, 12])
def test_nobody_is_watched_on_a_closed_day(seed: int) -> None:
    made, doors, wishes, cycles = case(seed)
    closed = frozenset({(0, 0)})
    visits = match_visits(made, doors, wishes, cycles=cycles, closed=closed).visits
    assert not [one for one in visits if (one.cycle, one.slot.day) in closed]
    assert len(visits) == most_by_hand(made, doors, wishes, cycles, closed)


def test_who_has_no_lessons_is_free_to_watch_and_opens_times_of_their_own() -> None:
    made = school(lesson("a"))
    pat = Person("Pat", Role.ADMINISTRATOR)
    opened = with_openings(made, [Opening(pat, "Data talk", (Slot(0, 2),)), Opening(Person("Ben"))])
    doors, wishes = [Door("Pat"), Door("Ada")], [Wish("Pat", 2), Wish("Ada", hosts=("Pat",))]
    match = match_visits(opened, doors, wishes)
    assert [(one.visitor, one.host) for one in match.visits] == [("Pat", "Ada"), ("Ada", "Pat")]
    assert opened.by_key[match.visits[1].lesson].subject == "Data talk"
    assert [one.visitor for one in match.unmet] == ["Pat"], "there is one lesson to watch, and they wished for two"
    teacher, administrator = Role.TEACHER, Role.ADMINISTRATOR
    assert directions(opened, match.visits) == {(administrator, teacher): 1, (teacher, administrator): 1}
    assert len(opened.people) == len(made.people) + 1


def test_subjects_narrow_doors_and_wishes() -> None:
    made = school(lesson("a", subject="Art"), lesson("b", at=(0, 1)))
    assert [one.lesson for one in match_visits(made, [Door("Ada", subjects=("Art",))], [Wish("Ben", 2)]).visits] == [
        "a"
    ]
    assert [one.lesson for one in match_visits(made, [Door("Ada")], [Wish("Ben", 2, subjects=("Art",))]).visits] == [
        "a"
    ]


def test_what_is_not_met_has_a_reason() -> None:
    days = (Day("Mon", periods(2)),)
    made = school(lesson("a"), lesson("b", "Ben", "1B"), lesson("d", at=(0, 1), kind=LessonKind.DUTY), days=days)
    busy, short = match_visits(made, [Door("Ada", 1)], [Wish("Ben"), Wish("Cleo", 2)]).unmet
    assert (busy.visitor, busy.missing) == ("Ben", 1)
    assert str(busy.why) == "Ada can be watched only when Ben is booked."
    assert (short.visitor, short.missing) == ("Cleo", 1)
    assert str(short.why) == "Times when Cleo is free and such a door is open: 1. Each of them has a visit."
    kept = match_visits(made, [Door("Ada")], [Wish("Cleo", not_at=slots((0, 0)))])
    assert kept.visits == ()
    assert "would rather keep" in str(kept.unmet[0].why)
    closed = match_visits(made, [Door("Ada")], [Wish("Cleo")], closed=frozenset({(0, 0)}))
    assert "no school" in str(closed.unmet[0].why)
    (nobody,) = match_visits(made, [Door("Ada")], [Wish("Cleo", subjects=("Art",))]).unmet
    assert str(nobody.why) == "No open door shows what Cleo wishes to see."


def test_a_full_door_is_named_with_those_that_a_swap_leads_to() -> None:
    """Cleo could take Ben's visit to Ada if Ben went to Dan instead; but Dan is full as well."""
    people = tuple(Person(name) for name in ("Ada", "Ben", "Cleo", "Dan", "Eve", "Flo"))
    made = replace(school(people=people), lessons=(lesson("a"), lesson("d", "Dan", "1B"), lesson("e", "Eve", "1B")))
    doors = [Door("Ada", 1), Door("Dan", 1), Door("Eve", 1)]
    wishes = [Wish("Ben", hosts=("Ada", "Dan")), Wish("Cleo", hosts=("Ada",)), Wish("Flo", hosts=("Dan",))]
    (unmet,) = match_visits(made, doors, wishes).unmet
    assert str(unmet.why) == (
        f"No place is left with Ada, Dan when {unmet.visitor} is free: another visit would cost a colleague one."
    )


@pytest.mark.parametrize("seed", range(40))
def test_each_reason_holds(seed: int) -> None:
    """Opening the doors that are named, and no others, lets the visitor in; used-up times stay used up."""
    made, doors, wishes, cycles = case(seed)
    match = match_visits(made, doors, wishes, cycles=cycles)
    for unmet in match.unmet:
        facts, named = dict(unmet.why.facts), []
        if "No place is left" in unmet.why.template:
            named = str(facts["hosts"]).split(", ")
        only = [replace(one, visits=len([v for v in match.visits if v.visitor == one.visitor])) for one in wishes]
        more = [replace(one, visits=one.visits + (one.visitor == unmet.visitor)) for one in only]
        wider = [replace(one, most_a_week=99, at_once=99) if one.host in named else one for one in doors]
        others = [replace(one, most_a_week=99, at_once=99) if one.host not in named else one for one in doors]
        assert len(match_visits(made, wider, more, cycles=cycles).visits) == len(match.visits) + bool(named)
        assert len(match_visits(made, others, more, cycles=cycles).visits) == len(match.visits)


def test_strangers_and_people_who_are_there_twice_are_refused() -> None:
    with pytest.raises(NotMatched, match="Nobody is called Zoe"):
        match_visits(school(), [Door("Zoe")], [])
    with pytest.raises(NotMatched, match="Ada is there twice"):
        match_visits(school(), [], [Wish("Ada"), Wish("Ada")])


@pytest.mark.parametrize("seed", range(40))
def test_to_somebody_else_each_time_there_are_as_many_visits_as_there_can_be(seed: int) -> None:
    made, doors, wishes, cycles = case(seed)
    wishes = [replace(wish, visits=2, different=seed % 3 > 0 or place > 0) for place, wish in enumerate(wishes)]
    match = match_visits(made, doors, wishes, cycles=cycles)
    assert match.proven
    assert len(match.visits) == most_by_hand(made, doors, wishes, cycles)
    choosy = {wish.visitor for wish in wishes if wish.different}
    seen = Counter((visit.visitor, visit.host) for visit in match.visits if visit.visitor in choosy)
    assert max(seen.values(), default=0) < 2
    assert len(match.visits) + sum(one.missing for one in match.unmet) == sum(wish.visits for wish in wishes)


def test_each_visit_is_to_somebody_else_where_that_is_wished() -> None:
    made = school(lesson("a"), lesson("b", at=(0, 1)), lesson("c", "Ben", "1B", at=(0, 1)))
    wishes = [Wish("Cleo", 2, different=True), Wish("Ben", 2, different=True)]
    doors = [Door("Ada", at_once=2), Door("Ben")]
    match = match_visits(made, doors, wishes)
    assert {visit[:2] for visit in match.visits} == {("Cleo", "Ada"), ("Cleo", "Ben"), ("Ben", "Ada")}
    (unmet,) = match.unmet
    assert (unmet.visitor, unmet.missing) == ("Ben", 1)


def test_who_can_see_fewer_colleagues_than_wished_is_told() -> None:
    made = school(lesson("a"), lesson("b", at=(0, 1)))
    (unmet,) = match_visits(made, [Door("Ada")], [Wish("Ben", 2, different=True)]).unmet
    assert str(unmet.why) == "Colleagues with a door open when Ben is free: 1. Each can be seen once."
    (unmet,) = match_visits(made, [Door("Ada", 1)], [Wish("Ben", 1, different=True), Wish("Cleo", 1)]).unmet
    assert "No place is left with Ada" in str(unmet.why)


def test_without_time_for_a_proof_nobody_is_seen_twice_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("colead.timetable.visits.most_to_others", lambda *_, **__: None)
    made = school(lesson("a"), lesson("b", at=(0, 1)))
    match = match_visits(made, [Door("Ada")], [Wish("Ben", 2, different=True)])
    assert (len(match.visits), match.proven, match.unmet[0].missing) == (1, False, 1)


def test_an_integer_programme_out_of_time_proves_nothing() -> None:
    made = random_school(1, people=20, days=5, length=8)
    doors = [Door(person.name) for person in made.people]
    wishes = [Wish(person.name, 3, different=True) for person in made.people]
    possible = list(possible_visits(made, doors, wishes))
    assert most_to_others(made, possible, wishes, cycles=2, closed=frozenset(), seconds=0.0) is None
    assert most_to_others(made, [], wishes, cycles=2, closed=frozenset()) == []


def test_a_visit_has_no_place_for_notes_or_ratings() -> None:
    assert Visit._fields == ("visitor", "host", "cycle", "slot", "lesson")
    assert [one.name for one in fields(Unmet)] == ["visitor", "missing", "why"]
    assert Visit("Ada", "Ben", 0, Slot(0, 0), "a").host == "Ben"
