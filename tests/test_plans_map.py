"""A purpose map: carried over from the theory, written a part at a time, one page of paper."""

import pytest

from colead.plans.actions import barriers, purpose
from colead.plans.models import PurposeMap, Shift
from tests.cast import NOW, Cast
from tests.plans_chain import approach_of, at, barrier_of, enter, map_of, text_of, whole_theory


def test_what_the_theory_says_is_carried_over(cast: Cast) -> None:
    barrier = barrier_of(cast)
    made = whole_theory(cast, barrier=barrier, approach=approach_of(cast, barrier))
    page = text_of(enter(cast.ada).get(at(cast, "map") + f"?start&theory={made.pk}"))
    assert "trade one duty for one shared hour" in page
    enter(cast.ada).post(at(cast, "map"), {"theory": made.pk, "idea": "trade one duty"})
    drawn = PurposeMap.objects.get()
    assert (drawn.idea, drawn.vision, drawn.origin_note) == ("trade one duty", "students gain", barrier.statement)
    assert drawn.signs == "Then teams plan together."
    assert drawn.from_idea == made.approach


def test_a_map_needs_an_idea(cast: Cast) -> None:
    answer = enter(cast.ada).post(at(cast, "map"), {"idea": "  "})
    assert answer.status_code == 422
    assert "Write down the idea" in text_of(answer)
    drawn = map_of(cast)
    with pytest.raises(purpose.NoIdea):
        purpose.write_map(drawn, idea=" ", by=cast.ada, based_on=1, now=NOW)


def test_one_map_is_at_work_for_a_theory(cast: Cast) -> None:
    made = whole_theory(cast)
    drawn = map_of(cast, made)
    with pytest.raises(purpose.AlreadyDrawn):
        map_of(cast, made)
    answer = enter(cast.ada).post(at(cast, "map"), {"theory": made.pk, "idea": "another"}, follow=True)
    assert answer.redirect_chain[-1][0] == at(cast, "map_page", drawn.pk)
    enter(cast.ada).post(at(cast, "put_map_away", drawn.pk))
    assert map_of(cast, made).pk != drawn.pk


def test_a_map_can_be_drawn_without_a_theory(cast: Cast) -> None:
    page = text_of(enter(cast.ada).get(at(cast, "map")))
    assert "You have no theory of action yet" in page
    enter(cast.ada).post(at(cast, "map"), {"idea": "share one hour"})
    assert PurposeMap.objects.get().theory is None


def test_each_part_is_written_by_itself(cast: Cast) -> None:
    drawn = map_of(cast)
    sent = {"decides": "Pat", "does": "grade 3", "affected": "", "asked": "", "who_else": "", "version": 1}
    assert enter(cast.ben).post(at(cast, "map_part", drawn.pk, "people"), sent).status_code == 302
    drawn.refresh_from_db()
    assert (drawn.decides, drawn.idea) == ("Pat", "share one hour")
    page = text_of(enter(cast.ada).get(at(cast, "map_page", drawn.pk)))
    assert "Waits for your words: who feels it, who must be asked, who else" in page


def test_there_is_no_part_that_nobody_planned(cast: Cast) -> None:
    assert enter(cast.ada).get(at(cast, "map_part", map_of(cast).pk, "budget")).status_code == 404


def test_two_people_who_write_different_parts_disturb_nobody(cast: Cast) -> None:
    drawn = map_of(cast)
    purpose.write_map(drawn, limits="No cover on Fridays", by=cast.ben, based_on=1, now=NOW)
    sent = {"minimum": "One hour", "ideal": "Two", "version": 1}
    assert enter(cast.ada).post(at(cast, "map_part", drawn.pk, "means"), sent).status_code == 302
    drawn.refresh_from_db()
    assert (drawn.limits, drawn.minimum) == ("No cover on Fridays", "One hour")


def test_two_people_who_write_one_field_see_both(cast: Cast) -> None:
    drawn = map_of(cast)
    purpose.write_map(drawn, minimum="Ben’s hour", by=cast.ben, based_on=1, now=NOW)
    sent = {"minimum": "Ada’s hour", "ideal": "", "version": 1}
    answer = enter(cast.ada).post(at(cast, "map_part", drawn.pk, "means"), sent)
    assert answer.status_code == 409
    assert "Ben’s hour" in text_of(answer)


def test_a_group_does_something_differently(cast: Cast) -> None:
    drawn = map_of(cast)
    sent = {"group": "grade 3 teachers", "today": "plan alone", "then": "plan together"}
    enter(cast.ada).post(at(cast, "add_shift", drawn.pk), sent)
    assert "plan together" in text_of(enter(cast.ben).get(at(cast, "map_page", drawn.pk)))
    shift = Shift.objects.get()
    enter(cast.ben).post(at(cast, "shift", shift.pk), {**sent, "then": "plan in threes", "version": 1})
    stale = enter(cast.ada).post(at(cast, "shift", shift.pk), {**sent, "then": "plan in pairs", "version": 1})
    assert stale.status_code == 409
    enter(cast.ada).post(at(cast, "put_shift_away", shift.pk))
    assert "plan in threes" not in text_of(enter(cast.ada).get(at(cast, "map_page", drawn.pk)))


def test_a_shift_names_a_group(cast: Cast) -> None:
    answer = enter(cast.ada).post(at(cast, "add_shift", map_of(cast).pk), {"group": "", "then": "kept"})
    assert answer.status_code == 422
    assert "kept" in text_of(answer)


def test_a_strength_to_grow_needs_no_barrier(cast: Cast) -> None:
    idea = barriers.add_idea(cast.north_team, text="Two teams plan already", by=cast.ada, now=NOW)
    made = whole_theory(cast, approach=idea)
    assert map_of(cast, made).origin == "strength"


def test_a_guide_opens_the_map_of_its_own_condition(cast: Cast) -> None:
    vision, capacity = (
        whole_theory(cast, condition="vision"),
        whole_theory(cast, condition="capacity", goal="More room"),
    )
    map_of(cast, vision, "the idea about vision")
    client = enter(cast.ada)
    assert "the idea about vision" in text_of(client.get(at(cast, "map"), {"condition": "vision"}))
    page = text_of(client.get(at(cast, "map"), {"condition": "capacity"}))
    assert "the idea about vision" not in page
    assert f'value="{capacity.pk}" selected' in page
