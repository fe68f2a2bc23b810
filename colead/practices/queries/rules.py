"""Rules as cards: a sentence, who says so, how much it counts."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from colead.timetable import Rule, RuleKind, Schedule, Source, sentence

MOST_CARDS = 120  # on one page; a longer list is shown kind by kind
SOURCES = {
    Source.CONTRACT: gettext_lazy("contract"),
    Source.BOARD: pgettext_lazy("who set a rule", "board"),
    Source.FILE: gettext_lazy("your file"),
    Source.WISH: gettext_lazy("somebody’s wish"),
}
KINDS = {
    RuleKind.AWAY: gettext_lazy("Who is not there"),
    RuleKind.CLASS_AWAY: gettext_lazy("When classes have no lessons"),
    RuleKind.ROOM_AWAY: gettext_lazy("When rooms are taken"),
    RuleKind.START_AT: gettext_lazy("Fixed times"),
    RuleKind.WITHIN: gettext_lazy("Times to stay within"),
    RuleKind.IN_ROOMS: gettext_lazy("Rooms"),
    RuleKind.DAYS_APART: gettext_lazy("Days apart"),
    RuleKind.SAME_START: gettext_lazy("At the same time"),
    RuleKind.SAME_DAY: gettext_lazy("On the same day"),
    RuleKind.NOT_AT_ONCE: gettext_lazy("Never at once"),
    RuleKind.PAUSE: gettext_lazy("Periods between"),
    RuleKind.IN_TURN: gettext_lazy("One after the other"),
    RuleKind.END_OF_DAY: gettext_lazy("Last of the day"),
    RuleKind.MOST_DAYS: gettext_lazy("Days at work"),
    RuleKind.MOST_DAYS_AT: gettext_lazy("Days with some times"),
    RuleKind.MOST_GAPS: gettext_lazy("Waiting"),
    RuleKind.GAPS_A_DAY: gettext_lazy("Waiting on one day"),
    RuleKind.LATE_STARTS: gettext_lazy("Later beginnings"),
    RuleKind.MOST_A_DAY: gettext_lazy("Lessons a day"),
    RuleKind.LEAST_A_DAY: gettext_lazy("Fewest lessons a day"),
    RuleKind.MOST_IN_A_ROW: gettext_lazy("Lessons in a row"),
    RuleKind.MOST_DUTIES: gettext_lazy("Duties"),
    RuleKind.PLANNING_WEEK: gettext_lazy("Planning a week"),
    RuleKind.PLANNING_DAY: gettext_lazy("Planning a day"),
    RuleKind.FREE_LUNCH: gettext_lazy("Lunch"),
}


@dataclass(frozen=True)
class Card:
    rule: Rule
    sentence: str
    kind: str
    source: str


def kinds_of(schedule: Schedule) -> tuple[tuple[str, str, int], ...]:
    """Return the kinds of rules there are, with how many there are of each; none where one page holds all."""
    counts = Counter(rule.kind for rule in schedule.rules)
    if len(schedule.rules) <= MOST_CARDS:
        return ()
    return tuple((kind.value, str(KINDS[kind]), counts[kind]) for kind in RuleKind if counts[kind])


def rules_page(schedule: Schedule, kind: str) -> tuple[Card, ...]:
    """Return the rules of a kind as cards, all of them where they fit on one page."""
    kinds = kinds_of(schedule)
    wanted = next((one for one, _name, _count in kinds if one == kind), kinds[0][0] if kinds else "")
    shown = [rule for rule in schedule.rules if not wanted or rule.kind == wanted][: 4 * MOST_CARDS]
    return tuple(
        Card(rule, sentence(schedule, rule).read(_), str(KINDS[rule.kind]), str(SOURCES[rule.source])) for rule in shown
    )
