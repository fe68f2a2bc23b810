"""One sentence for each kind of rule, used in the list of rules, in clashes and in changes alike."""

from collections.abc import Iterable

from colead.timetable.model import Lesson, Rule, RuleKind, Schedule, Slot
from colead.timetable.words import Said, listed, mark, say

_SENTENCES = {
    RuleKind.AWAY: mark("%(who)s cannot be booked: %(when)s."),
    RuleKind.CLASS_AWAY: mark("%(who)s has no lessons: %(when)s."),
    RuleKind.ROOM_AWAY: mark("%(who)s cannot be used: %(when)s."),
    RuleKind.START_AT: mark("%(what)s starts at one of these times: %(when)s."),
    RuleKind.WITHIN: mark("%(what)s takes place within these times: %(when)s."),
    RuleKind.IN_ROOMS: mark("%(what)s takes place in %(who)s."),
    RuleKind.DAYS_APART: mark("%(what)s: any two are at least %(number)d days apart."),
    RuleKind.SAME_START: mark("%(what)s all start at the same time."),
    RuleKind.SAME_DAY: mark("%(what)s are all on the same day."),
    RuleKind.NOT_AT_ONCE: mark("%(what)s never happen at the same time."),
    RuleKind.PAUSE: mark("%(what)s: on the same day, at least %(number)d periods lie between any two."),
    RuleKind.IN_TURN: mark("%(what)s follow one directly after the other."),
    RuleKind.END_OF_DAY: mark("%(what)s ends the day of its classes."),
    RuleKind.MOST_DAYS: mark("%(who)s works on at most %(number)d days a week."),
    RuleKind.MOST_DAYS_AT: mark("%(who)s is booked on at most %(number)d days a week at these times: %(when)s."),
    RuleKind.MOST_GAPS: mark("%(who)s waits for at most %(number)d periods a week between lessons."),
    RuleKind.GAPS_A_DAY: mark("%(who)s waits for at most %(number)d periods a day between lessons."),
    RuleKind.LATE_STARTS: mark("%(who)s begins with the second period on at most %(number)d days a week, never later."),
    RuleKind.MOST_A_DAY: mark("%(who)s has at most %(number)d periods a day."),
    RuleKind.LEAST_A_DAY: mark("%(who)s has at least %(number)d periods on each day with any."),
    RuleKind.MOST_IN_A_ROW: mark("%(who)s has at most %(number)d periods in a row."),
    RuleKind.MOST_DUTIES: mark("%(who)s has at most %(number)d duties a week."),
    RuleKind.PLANNING_WEEK: mark("%(who)s has at least %(number)d minutes a week to plan."),
    RuleKind.PLANNING_DAY: mark("%(who)s has at least %(number)d minutes a day to plan."),
    RuleKind.FREE_LUNCH: mark("%(who)s has a free lunch every day."),
}
_MANY = 6  # more names or times than this are cut short in a sentence


def sentence(schedule: Schedule, rule: Rule) -> Said:
    """Say a rule in one sentence."""
    facts: dict[str, str | int] = {
        "who": _short((*rule.people, *rule.groups, *rule.rooms)),
        "what": _short(dict.fromkeys(called(schedule.by_key[key]) for key in rule.lessons)),
        "when": times(schedule, rule.slots),
        "number": rule.number,
    }
    return say(_SENTENCES[rule.kind], **facts)


def called(lesson: Lesson) -> str:
    """Name a lesson as a teacher would: “Art 3A (Ms Ito)”."""
    name = " ".join((lesson.subject, *lesson.groups))
    return f"{name} ({listed(lesson.people)})" if lesson.people else name


def times(schedule: Schedule, slots: Iterable[Slot]) -> str:
    """Name some slots in the order of the cycle."""
    return _short(schedule.when(slot) for slot in sorted(slots))


def _short(names: Iterable[str]) -> str:
    every = list(names)
    more = len(every) - _MANY
    return listed(every) if more <= 0 else f"{listed(every[:_MANY])} (+{more})"
