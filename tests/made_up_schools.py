"""Made-up schools for the bench, by a seed: a K-5 school, a middle school, a high school with seven periods.

Lessons have no times yet: the search from scratch gives them some, which is the timetable “today”.
"""

from collections.abc import Iterator
from random import Random

from colead.timetable import Day, Group, Lesson, LessonKind, Period, Person, Schedule, Team

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
CORE = (("Reading", 5, 3), ("Math", 5, 2), ("Writing", 5, 1), ("Science", 5, 1))
SPECIALS = ("Art", "Music", "PE", "Library", "Lab")
DEPARTMENTS = ("English", "Math", "Science", "History", "Spanish", "Arts", "PE")


def elementary(seed: int, rooms: int = 12) -> Schedule:
    """A K-5 school on a grid of 30 minutes: classes fill their day, specialists are shared, a team for each grade.

    Each class has 35 half hours with its own teacher and 15 with specialists; each grade wants 300 minutes a week.
    """
    random = Random(seed)
    classes = [f"{grade}{letter}" for grade in "K12345" for letter in "ABCDEFGH"[: rooms // 6]]
    lessons = [one for name in classes for one in _homeroom(name)]
    helpers = _shared(random, classes)
    lessons += [
        Lesson(f"{name} {special} {n}", special, (who,), (name,), kind=LessonKind.SPECIAL)
        for name, special, n, who in helpers
    ]
    people = dict.fromkeys(who for one in lessons for who in one.people)
    teams = tuple(
        Team(f"Grade {grade}", tuple(f"Teacher {name}" for name in classes if name[0] == grade), minutes=300)
        for grade in "K12345"
    )
    return _school(f"K-5 {rooms} rooms", 10, 30, people, classes, lessons, teams)


def _homeroom(name: str) -> Iterator[Lesson]:
    for subject, times, length in CORE:
        for n in range(times):
            yield Lesson(f"{name} {subject} {n}", subject, (f"Teacher {name}",), (name,), length)


def _shared(random: Random, classes: list[str]) -> Iterator[tuple[str, str, int, str]]:
    """Give each class three lessons with each kind of specialist; one of them has at most 15 classes."""
    for special in SPECIALS:
        mixed = random.sample(classes, len(classes))
        for place, name in enumerate(mixed):
            for n in range(3):
                yield name, special, n, f"{special} {place // 15 + 1}"


def middle(seed: int) -> Schedule:
    """A middle school: in each grade two teams of four teachers share four classes (120 pupils)."""
    random = Random(seed)
    lessons: list[Lesson] = []
    teams, classes = [], []
    for team in (f"{grade}{side}" for grade in "678" for side in "EW"):
        members = [f"{subject} {team}" for subject in DEPARTMENTS[:4]]
        teams.append(Team(f"Team {team}", tuple(members), minutes=225))
        for n in range(4):
            classes.append(name := f"{team}{n}")
            for who in members:
                lessons += _series(name, who.split()[0], who, 5)
            lessons += _series(name, "Advisory", members[n], 3)
    for subject, times in (("PE", 5), ("Arts", 4), ("Music", 3)):
        for place, name in enumerate(random.sample(classes, len(classes))):
            lessons += _series(name, subject, f"{subject} {place // 6}", times)
    people = dict.fromkeys(who for one in lessons for who in one.people)
    return _school("Middle school", 7, 45, people, classes, lessons, tuple(teams))


def high(seed: int) -> Schedule:
    """A high school with seven periods: a department has four teachers for sixteen groups, and wants three periods."""
    random = Random(seed)
    groups = [f"{grade}{track}" for grade in (9, 10, 11, 12) for track in "ABCD"]
    lessons: list[Lesson] = []
    for department in DEPARTMENTS:
        for place, name in enumerate(random.sample(groups, len(groups))):
            lessons += _series(name, department, f"{department} {place // 4 + 1}", 4 if department == "PE" else 5)
    teams = tuple(Team(name, tuple(f"{name} {n}" for n in (1, 2, 3, 4)), minutes=150) for name in DEPARTMENTS)
    leaders = Team("Leadership", tuple(f"{name} 1" for name in DEPARTMENTS), minutes=50)
    people = dict.fromkeys(who for one in lessons for who in one.people)
    return _school("High school", 7, 50, people, groups, lessons, (*teams, leaders))


def _series(group: str, subject: str, who: str, times: int) -> list[Lesson]:
    return [Lesson(f"{group} {subject} {n}", subject, (who,), (group,)) for n in range(times)]


def _school(
    name: str,
    periods: int,
    minutes: int,
    people: object,
    groups: list[str],
    lessons: list[Lesson],
    teams: tuple[Team, ...],
) -> Schedule:
    bell = tuple(Period(str(n + 1), 480 + n * minutes, 480 + (n + 1) * minutes) for n in range(periods))
    days = tuple(Day(day, bell) for day in DAYS)
    return Schedule(name, days, tuple(map(Person, people)), tuple(map(Group, groups)), (), tuple(lessons), teams)
