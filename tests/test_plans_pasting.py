"""Values pasted from a sheet: read line by line, or refused by line."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colead.plans.pasting import CannotRead, Value, read_number, read_values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-02,14", Value(date(2026, 11, 2), Decimal(14))),
        ("11/2/2026;14,5;music was out", Value(date(2026, 11, 2), Decimal("14.5"), None, "music was out")),
        ("11/02/26\t1,234", Value(date(2026, 11, 2), Decimal("1.234"))),
        ("2.11.2026\t1,234,567.5", Value(date(2026, 11, 2), Decimal("1234567.5"))),
        ('2026-11-02,"14.25","a, b"', Value(date(2026, 11, 2), Decimal("14.25"), None, "a, b")),
        ("2026-11-02,80%", Value(date(2026, 11, 2), Decimal(80))),
        ("2026-11-02,-3", Value(date(2026, 11, 2), Decimal(-3))),
    ],
)
def test_a_pasted_line_is_read_whatever_stands_between_its_cells(text: str, value: Value) -> None:
    assert read_values(text, share=False) == ((value,), ())


def test_a_line_of_headings_and_empty_lines_are_left_out() -> None:
    values, mistakes = read_values("Week,Minutes\n\n2026-11-02,14\n   \n2026-11-09,15\n", share=False)
    assert ([value.value for value in values], mistakes) == ([14, 15], ())


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("2026-11-02,14\nyesterday,15", 2, "not a date"),
        ("2026-02-30,1", 1, "not a date"),
        ("2026-11-02", 1, "a date and a value"),
        ("2026-11-02,many", 1, "not a number"),
        ("2026-11-02,NaN", 1, "is not a number"),
        ("2026-11-02,1e99", 1, "is not a number"),
        ("2026-11-02,99999999999", 1, "too large to draw"),
        ("2026-11-02,14\n2026-11-02,15", 2, "a value for this day already"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_number(text: str, line: int, words: str) -> None:
    _values, (mistake,) = read_values(text, share=False)
    assert mistake.line == line
    assert words in mistake.why


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-11-02,3,4", "fewer than 5 people"),
        ("2026-11-02,21,20", "between 0 and 20"),
        ("2026-11-02,2.5,20", "whole number of people"),
        ("2026-11-02,2", "out of how many"),
        ("2026-11-02,2,²0", "out of how many"),
    ],
)
def test_a_share_is_a_share_of_enough_people(text: str, words: str) -> None:
    _values, (mistake,) = read_values(text, share=True)
    assert words in mistake.why


def test_more_than_a_thousand_lines_are_pasted_in_parts() -> None:
    _values, (mistake,) = read_values("2026-11-02,1\n" * 1001, share=False)
    assert mistake.line == 1001


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.booleans())
def test_whatever_is_pasted_is_read_or_refused_by_line(text: str, share: bool) -> None:
    values, mistakes = read_values(text, share=share)
    assert all(mistake.line >= 1 for mistake in mistakes)
    assert all(abs(value.value) < 10**10 for value in values)


@settings(max_examples=200, deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_number_with_a_point_comes_back(number: Decimal) -> None:
    assert read_number(str(number)) == number


@pytest.mark.parametrize("text", ["", "-", "0x10", "1_0", "١٢", "1e5", "9" * 5000])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(CannotRead):
        read_number(text)
