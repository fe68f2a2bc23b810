"""The circle: how many have ever taken part, never who; published once a month, in steps of five."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse

from colead.accounts.models import User
from colead.schools.models import School, Team
from colead.staffpage.actions.voices_circle import next_month, publish_months
from colead.staffpage.actions.voices_register import note_asking
from colead.staffpage.models import CircleMonth, Notice
from colead.staffpage.queries.voices_circle import circle_of, first_words, heard_until, wrote_until
from colead.texts.actions import save_new
from tests.cast import NOW, Cast, person
from tests.surveys_world import fill_roster, sealed
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])
LATER = datetime(2027, 6, 10, 15, 0, tzinfo=UTC)


def day(month: int, on: int = 15) -> datetime:
    return datetime(2026 + month // 13, (month - 1) % 12 + 1, on, 15, 0, tzinfo=UTC)


def writes(user: User, team: Team, *, at: datetime) -> None:
    """Let somebody save words in a text of the team."""
    save_new(Notice(team=team, kind="win", text="Words", on=at.date()), by=user, now=at)


def colleague(number: int) -> User:
    """Return the user behind a line of the staff list."""
    user = person(f"Staff {number:02d}")
    user.email = f"staff{number}@example.org"
    user.save()
    return user


def shown(school: School, kind: str = "wrote") -> list[dict[str, int]]:
    """Return what was published, month by month."""
    rows = list(school.circle_months.filter(kind=kind))
    months = sorted({row.month for row in rows})
    return [{row.group: row.people for row in rows if row.month == month} for month in months]


def test_whoever_saved_words_counts_once_from_the_day_of_the_first(cast: Cast) -> None:
    fill_roster(cast.north)
    teacher, para = colleague(7), colleague(9)
    writes(teacher, cast.north_team, at=day(11, 17))
    writes(teacher, cast.north_team, at=day(12))
    writes(para, cast.north_team, at=day(12))
    writes(cast.cleo, cast.south_team, at=day(11, 17))
    assert first_words(cast.north) == {teacher.pk: date(2026, 11, 17), para.pk: date(2026, 12, 15)}
    assert wrote_until(cast.north, date(2026, 11, 30)) == {"teacher": 1}
    assert wrote_until(cast.north, date(2026, 12, 31)) == {"teacher": 1, "para": 1}


def test_a_contribution_at_another_school_does_not_count_here(cast: Cast) -> None:
    writes(cast.ada, cast.south_team, at=day(11, 17))
    assert first_words(cast.north) == {}
    assert set(first_words(cast.south)) == {cast.ada.pk}


def test_who_is_not_on_the_staff_list_counts_with_the_rest(cast: Cast) -> None:
    fill_roster(cast.north)
    writes(cast.ada, cast.north_team, at=day(11, 17))
    assert wrote_until(cast.north, date(2026, 11, 30)) == {"": 1}


def test_months_are_published_when_they_are_over_and_once(cast: Cast) -> None:
    fill_roster(cast.north)
    assert publish_months(cast.north, now=NOW) == 0
    assert circle_of(cast.north) is None
    assert publish_months(cast.north, now=day(12, 1)) == 1
    assert publish_months(cast.north, now=day(12, 31)) == 0
    assert publish_months(cast.north, now=LATER) == 6
    assert [row.month for row in cast.north.circle_months.filter(kind="heard", group="")] == [
        date(2026, 11, 1), date(2026, 12, 1), *(date(2027, month, 1) for month in range(1, 6)),
    ]  # fmt: skip
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)


def test_a_school_without_a_staff_list_publishes_nothing(cast: Cast) -> None:
    assert publish_months(cast.north, now=LATER) == 0


def test_nobody_can_be_read_out_of_two_months_side_by_side(cast: Cast) -> None:
    """Twenty people begin to write, one or two a month; every published step is five people or none."""
    fill_roster(cast.north)
    people = [colleague(number) for number in range(3, 23)]
    for place, user in enumerate(people):
        writes(user, cast.north_team, at=day(11, 17) + timedelta(days=20 * place))
    publish_months(cast.north, now=datetime(2028, 2, 1, 15, 0, tzinfo=UTC))
    months = shown(cast.north)
    for earlier, later in pairwise(months):
        steps = {group: later[group] - earlier[group] for group in later}
        assert all(step == 0 or step >= 5 for step in steps.values()), steps
    assert 15 <= sum(months[-1].values()) <= 20
    true = [sum(wrote_until(cast.north, date(2026, 11, 30) + timedelta(days=31 * n)).values()) for n in range(6)]
    assert any(0 < two - one < 5 for one, two in pairwise(true)), "unhidden, months give people away"


def test_what_was_published_stays_when_somebody_changes_role_or_leaves(cast: Cast) -> None:
    fill_roster(cast.north)
    for number in range(3, 13):
        writes(colleague(number), cast.north_team, at=day(11, 17))
    publish_months(cast.north, now=day(12, 2))
    before = shown(cast.north)
    cast.north.roster.filter(email="staff4@example.org").update(job="support")
    cast.north.roster.filter(email="staff5@example.org").delete()
    User.objects.filter(email="staff7@example.org").delete()
    publish_months(cast.north, now=day(13, 2))
    assert shown(cast.north)[:1] == before
    assert shown(cast.north)[1] == before[0]


def test_small_roles_and_administrators_stand_with_the_rest_for_good(cast: Cast) -> None:
    fill_roster(cast.north)
    for number in range(9):
        cast.north.roster.create(name=f"Head {number}", email=f"head{number}@example.org", job="administrator")
    publish_months(cast.north, now=day(12, 2))
    assert set(shown(cast.north)[0]) == {"teacher", "para", ""}
    for number in range(12):
        cast.north.roster.create(name=f"Bus {number}", email=f"bus{number}@example.org", job="support")
    publish_months(cast.north, now=day(13, 2))
    assert set(shown(cast.north)[1]) == {"teacher", "para", ""}, "a new group would be the difference of two rests"


def test_counted_askings_add_up_by_role(cast: Cast) -> None:
    fill_roster(cast.north)
    facts = {"how": "A round", "by": cast.ada, "now": NOW}
    note_asking(cast.north_team, held_on=date(2026, 11, 17), teacher=6, para=4, families=30, **facts)
    note_asking(cast.north_team, held_on=date(2026, 12, 17), teacher=3, para=2, **facts)
    assert heard_until(cast.north, date(2026, 11, 30))["teacher"] == 6
    publish_months(cast.north, now=day(13, 2))
    assert shown(cast.north, "heard") == [{"teacher": 6, "para": 0, "": 0}, {"teacher": 6, "para": 6, "": 0}]


def test_the_page_says_what_it_counts_with_a_picture_and_its_table(cast: Cast) -> None:
    url = reverse("voices_circle", args=[cast.north.pk])
    assert "Nothing counted yet" in client_of(cast.sam).get(url).content.decode()
    fill_roster(cast.north)
    for number in range(3, 13):
        writes(colleague(number), cast.north_team, at=day(11, 17))
    publish_months(cast.north, now=day(12, 2))
    page = client_of(cast.sam).get(url).content.decode()
    assert "<title>People who wrote" in page
    assert "<desc>" in page
    assert "November 2026" in page
    assert page.count("<table") == 2
    assert "Staff 0" not in page
    found = circle_of(cast.north)
    assert found is not None
    assert (found.wrote, found.heard, found.listed) == (6, 0, 40)
    assert CircleMonth.objects.filter(school=cast.south).count() == 0


def test_surveys_of_all_staff_stand_beside_it_as_released(cast: Cast) -> None:
    sealed(cast)
    publish_months(cast.north, now=day(13, 2))
    found = circle_of(cast.north)
    assert found is not None
    (one,) = found.asked_all
    assert (one.title, one.people, one.listed) == ("Autumn survey", 35, 40)
