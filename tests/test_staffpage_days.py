"""Ten school days are Monday to Friday, less the days the school is closed."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from colead.staffpage.actions.days import EndsBeforeItBegins, add_days_off
from colead.staffpage.queries.findings import days_off
from colead.staffpage.schooldays import after_school_days, answer_due, is_school_day
from tests.cast import Cast

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


@pytest.mark.django_db
def test_days_off_are_kept_by_whoever_keeps_the_school(cast: Cast) -> None:
    pat, url = Client(), reverse("staff_link", args=[cast.north.pk])
    pat.force_login(cast.pat)
    wrong = pat.post(url, {"first": "2026-12-21", "last": "2026-12-01"})
    assert "cannot lie before the first" in wrong.content.decode()
    assert "Is the year right?" in pat.post(url, {"first": "2026-12-21", "last": "2028-01-01"}).content.decode()
    pat.post(url, {"first": "2026-12-21", "last": "2027-01-01", "what": "Winter break"})
    pat.post(url, {"first": "2026-11-26"})
    assert days_off(cast.north) == ((date(2026, 11, 26), date(2026, 11, 26)), BREAK[0])
    [single, _long] = cast.north.days_off.all()
    pat.post(reverse("day_off_drop", args=[cast.north.pk, single.pk]))
    assert days_off(cast.north) == BREAK
    with pytest.raises(EndsBeforeItBegins):
        add_days_off(cast.north, first=date(2026, 12, 2), last=date(2026, 12, 1))
