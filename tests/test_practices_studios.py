"""Studios: offered by a colleague, a place or the waiting list, one's own words for whom one chooses."""

import pytest
from django.db import IntegrityError, transaction

from colead.practices.actions import studios as actions
from colead.practices.models import SignUp, Studio
from colead.schools.actions import end_seat, leave_team
from tests.cast import NOW, Cast
from tests.studios_world import OFFER, dated, joined, offered, seen

pytestmark = pytest.mark.django_db

ME, STUDIO, SCHOOL = SignUp.Reader.ME, SignUp.Reader.STUDIO, SignUp.Reader.SCHOOL


def test_whoever_comes_first_has_a_place_and_the_next_one_waits(cast: Cast) -> None:
    studio = offered(cast, places=2)
    ada, _sam, _pat, _kim = joined(studio, cast.ada, cast.sam, cast.pat, cast.kim)
    assert [seen(studio, user).wait_place for user in (cast.ada, cast.sam, cast.pat, cast.kim)] == [0, 0, 1, 2]
    actions.leave_studio(ada)
    assert [seen(studio, user).wait_place for user in (cast.sam, cast.pat, cast.kim)] == [0, 0, 1]
    shown = seen(studio, cast.ada)
    assert (shown.taken, shown.waiting, shown.free, shown.mine) == (2, 1, 0, None)


def test_where_there_is_room_for_all_nobody_waits(cast: Cast) -> None:
    studio = offered(cast)
    joined(studio, cast.ada, cast.sam, cast.pat)
    assert (seen(studio, cast.pat).wait_place, seen(studio, cast.pat).free) == (0, None)


def test_somebody_who_left_the_school_takes_no_place(cast: Cast) -> None:
    studio = offered(cast, places=1)
    joined(studio, cast.sam, cast.ada)
    end_seat(cast.north.seats.get(user=cast.sam), by=cast.sam, now=NOW)
    assert seen(studio, cast.ada).wait_place == 0
    assert seen(studio, cast.ben).names == ("Ada Reed",)


def test_one_place_each_and_none_for_whoever_leads(cast: Cast) -> None:
    studio = offered(cast)
    joined(studio, cast.sam)
    with pytest.raises(actions.SignedUpAlready):
        joined(studio, cast.sam)
    with pytest.raises(actions.LeadsIt):
        joined(studio, cast.ben)
    assert studio.sign_ups.count() == 1


def test_names_are_seen_by_those_inside_and_counts_by_the_others(cast: Cast) -> None:
    studio = offered(cast, places=1)
    joined(studio, cast.sam, cast.ada)
    assert seen(studio, cast.ben).names == ("Sam Doyle",)
    assert seen(studio, cast.ben).names_waiting == ("Ada Reed",)
    assert seen(studio, cast.sam).names == ("Sam Doyle",)
    for outside in (cast.ada, cast.pat, cast.kim):
        shown = seen(studio, outside)
        assert (shown.names, shown.names_waiting, shown.taken) == ((), (), 1)


@pytest.mark.parametrize(
    ("reader", "readers"), [(ME, set()), (STUDIO, {"ben", "sam"}), (SCHOOL, {"ben", "sam", "ada", "pat"})]
)
def test_a_take_away_is_read_by_whom_its_author_chose(cast: Cast, reader: str, readers: set[str]) -> None:
    studio = offered(cast)
    mine, _other = joined(studio, cast.kim, cast.sam)
    actions.write_own(mine, take_away="I wait longer.", take_away_for=reader)
    people = {name: getattr(cast, name) for name in ("ben", "sam", "ada", "pat")}
    assert {name for name, user in people.items() if seen(studio, user).take_aways} == readers


@pytest.mark.parametrize(("reader", "readers"), [(ME, set()), (STUDIO, {"ben", "sam"})])
def test_a_question_stays_with_its_author_or_in_the_studio(cast: Cast, reader: str, readers: set[str]) -> None:
    studio = offered(cast, places=2)
    mine, *_others = joined(studio, cast.kim, cast.sam, cast.ada)
    actions.write_own(mine, question="When do I talk too much?", question_for=reader)
    people = {name: getattr(cast, name) for name in ("ben", "sam", "ada", "pat")}
    assert {name for name, user in people.items() if seen(studio, user).questions} == readers


def test_the_database_keeps_questions_within_the_studio(cast: Cast) -> None:
    (mine,) = joined(offered(cast), cast.sam)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.write_own(mine, question="Why?", question_for=SCHOOL)


def test_whoever_leaves_takes_their_words_along(cast: Cast) -> None:
    studio = offered(cast)
    (mine,) = joined(studio, cast.sam)
    actions.write_own(mine, take_away="I wait longer.", take_away_for=SCHOOL)
    actions.leave_studio(mine)
    assert not SignUp.objects.exists()
    assert seen(studio, cast.ben).take_aways == ()


def test_a_closed_studio_takes_nobody_in_and_still_takes_what_people_take_along(cast: Cast) -> None:
    studio = offered(cast)
    day, (mine,) = dated(studio), joined(studio, cast.sam)
    closed = actions.close_studio(studio, closing="We wait.", by=cast.ben, based_on=1, now=NOW)
    assert closed.closed_on == NOW.date()
    assert not Studio.objects.open().exists()
    with pytest.raises(actions.StudioClosed):
        joined(studio, cast.ada)
    with pytest.raises(actions.StudioClosed):
        actions.change_studio(studio, **OFFER, by=cast.ben, based_on=2, now=NOW)
    for verb in (lambda: dated(studio), lambda: actions.drop_date(day)):
        with pytest.raises(actions.StudioClosed):
            verb()
    assert actions.write_own(mine, take_away="I wait.", take_away_for=STUDIO).take_away == "I wait."


def test_an_offer_goes_back_with_its_history_while_nobody_has_signed_up(cast: Cast) -> None:
    studio = offered(cast)
    (mine,) = joined(studio, cast.sam)
    with pytest.raises(actions.SomebodySignedUp):
        actions.take_back(studio)
    actions.leave_studio(mine)
    actions.take_back(studio)
    assert not Studio.objects.exists()
    assert not Studio.history.exists()


def test_a_studio_without_its_leader_is_taken_over_by_whoever_wants(cast: Cast) -> None:
    studio = offered(cast, places=1)
    (mine, _other) = joined(studio, cast.sam, cast.ada)
    actions.write_own(mine, question="Who never speaks?")
    with pytest.raises(actions.StillLed):
        actions.take_over(studio, by=cast.sam, now=NOW)
    leave_team(cast.north_team.members.get(user=cast.ben), now=NOW)
    end_seat(cast.north.seats.get(user=cast.ben), by=cast.ben, now=NOW)
    actions.take_over(studio, by=cast.sam, now=NOW)
    shown = seen(studio, cast.sam)
    assert (shown.leads, shown.mine, shown.names) == (True, mine, ("Ada Reed",))


def test_dates_end_somewhere(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_DATES", 1)
    studio = offered(cast)
    dated(studio)
    with pytest.raises(actions.TooManyDates):
        dated(studio)
