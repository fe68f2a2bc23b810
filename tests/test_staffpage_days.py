"""Ten school days are Monday to Friday, less the days the school is closed."""

from datetime import date

import pytest

from colead.staffpage.schooldays import after_school_days, answer_due, is_school_day

BREAK = ((date(2026, 12, 21), date(2027, 1, 1)),)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 11, 30), date(2026, 12, 14)),  # Monday to the Monday after next
        (date(2026, 12, 4), date(2026, 12, 18)),  # Friday to Friday
        (date(2026, 12, 5), date(2026, 12, 18)),  # a Saturday counts from the Monday that follows
        (date(2026, 12, 6), date(2026, 12, 18)),
    ],
)
def test_an_answer_is_due_on_the_tenth_school_day_after(start: date, due: date) -> None:
    assert answer_due(start) == due


def test_days_off_do_not_count() -> None:
    assert answer_due(date(2026, 12, 16), BREAK) == date(2027, 1, 13)
    assert answer_due(date(2026, 12, 16)) == date(2026, 12, 30)
    assert not is_school_day(date(2027, 1, 1), BREAK)
    assert is_school_day(date(2027, 1, 4), BREAK)


def test_days_off_that_overlap_count_once() -> None:
    twice = (*BREAK, (date(2026, 12, 24), date(2026, 12, 25)))
    assert answer_due(date(2026, 12, 16), twice) == answer_due(date(2026, 12, 16), BREAK)


def test_a_school_that_is_never_open_is_asked_on_weekdays() -> None:
    for_ever = ((date(2020, 1, 1), date(2040, 1, 1)),)
    assert after_school_days(date(2026, 11, 30), 10, for_ever) == answer_due(date(2026, 11, 30))
