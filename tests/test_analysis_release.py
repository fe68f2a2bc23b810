"""One frozen result: what it shows, and what it holds back."""

import random
from dataclasses import replace

import pytest

from colead.analysis.hiding import merge_cells
from colead.analysis.publish import release, sums_of
from colead.analysis.release import (
    Ballot,
    Breakdown,
    Hidden,
    NotThisRelease,
    Rules,
    TooSmallToOffer,
    read_release,
    shuffled_comments,
)
from colead.analysis.since import Before
from tests.analysis_worlds import CONDITIONS, ROLES, made, staff, two_waves


def test_a_whole_school_is_shown_with_mean_margin_and_counts():
    found = made(staff(36))
    scale = found.scale("vision")
    assert found.answered == 36
    assert scale.low <= scale.mean <= scale.high
    assert scale.mean == round(scale.mean, 1)
    assert all(len(item.counts) == 5 and sum(item.counts) == item.n for item in scale.items)
    assert isinstance(found.scale("leader").mean, Hidden), "one question is never averaged"
    assert found.scale("leader").items[0].n >= 30


def test_below_eight_people_nothing_is_shown_not_even_how_many():
    found = made(staff(7))
    assert not found.shown
    assert found.answered == Hidden(why="fewer than 8 people answered")
    assert all(isinstance(item.n, Hidden) for scale in found.scales for item in scale.items)
    assert 'counts":[' not in found.to_json()


def test_empty_ballots_do_not_count_as_answers():
    blank = Ballot(dict.fromkeys(item.key for item in CONDITIONS.items))
    assert not made([*staff(7), blank, blank], roster=10).shown


def test_a_low_response_gives_no_result():
    found = made(staff(12), roster=40)
    assert found.answered == Hidden(why="fewer than 40 in 100 people answered")
    assert made(staff(12), roster=None).shown


def test_nine_people_get_means_but_no_counts():
    scale = made(staff(9, seed=2)).scale("vision")
    assert isinstance(scale.mean, float)
    assert isinstance(scale.spread, Hidden)
    assert all(isinstance(item.counts, Hidden) for item in scale.items)


def test_a_part_hardly_anybody_answered_is_held_back_whole():
    ballots = [
        Ballot(
            {
                k: (v if k != "vision_1" or n < 4 else None)
                for k, v in b.answers.items()
                if not k.startswith("vision") or n < 4
            },
            b.group,
        )
        for n, b in enumerate(staff(20, skip=0))
    ]
    scale = made(ballots).scale("vision")
    assert scale.n == Hidden(why="too few people answered this part")
    assert isinstance(scale.items[0].counts, Hidden)


def test_nothing_that_is_all_alike_is_shown():
    same = [Ballot({item.key: 5 for item in CONDITIONS.items}) for _ in range(11)]
    odd = Ballot({item.key: 1 for item in CONDITIONS.items})
    for ballots in (same, [*same, odd]):
        scale = made(ballots).scale("vision")
        assert isinstance(scale.mean, Hidden)
        assert all(isinstance(item.counts, Hidden) for item in scale.items)
        assert all(isinstance(item.counts, Hidden) for item in made(ballots).scale("leader").items)


def test_small_groups_are_merged_until_none_is_left():
    cells = merge_cells({"a": 20, "b": 3, "c": 1, "d": 7, "": 2, "e": 0}, 5)
    assert [(c.labels, c.people) for c in cells] == [(("a",), 20), (("b", "c", ""), 6), (("d",), 7)]
    assert [c.people for c in merge_cells({"a": 3, "b": 1}, 5)] == [4]
    assert merge_cells({}, 5) == ()


def test_groups_are_shown_only_as_a_whole_set():
    found = made(staff(40, seed=3), breakdown=ROLES)
    groups = found.breakdown.groups
    assert sum(g.people for g in groups) == found.answered
    assert min(g.people for g in groups) >= 5
    for scale in CONDITIONS.scales:
        shown = {isinstance(g.means[scale.key], Hidden) for g in groups}
        assert len(shown) == 1, "never one blank"


def test_one_group_alone_is_no_breakdown():
    found = made(staff(20, groups=("I teach",)), breakdown=ROLES)
    assert found.breakdown.groups == Hidden(why="the groups are too small to stand apart")
    assert made(staff(7), breakdown=ROLES).breakdown.groups == Hidden(why="fewer than 8 people answered")


def test_a_category_few_people_could_choose_is_refused():
    with pytest.raises(TooSmallToOffer, match="“Administrators” has 3 people"):
        made(staff(20), breakdown=Breakdown(question="?", categories={"I teach": 20, "Administrators": 3}))


def test_a_group_that_skipped_a_part_hides_that_part_for_every_group():
    ballots = [
        Ballot(
            {k: None if b.group == "I support" and k.startswith("vision") else v for k, v in b.answers.items()}, b.group
        )
        for b in staff(40, seed=5)
    ]
    found = made(ballots, breakdown=ROLES)
    assert {g.means["vision"].why for g in found.breakdown.groups} == {"too few people of one group answered this part"}
    assert all(isinstance(g.means["influence"], float) for g in found.breakdown.groups)


def test_a_group_that_agrees_entirely_hides_that_part_for_every_group():
    ballots = [
        Ballot(
            {k: 5 if b.group == "I support" and k.startswith("vision") else v for k, v in b.answers.items()}, b.group
        )
        for b in staff(40, seed=5)
    ]
    found = made(ballots, breakdown=ROLES)
    assert all("alike" in g.means["vision"].why for g in found.breakdown.groups)


def test_rules_may_be_raised_but_never_lowered():
    assert not made(staff(11), rules=Rules(school=12)).shown
    for lower in ({"minimum": 4}, {"school": 7}, {"detail": 9}, {"comments": 4}, {"offered": 7}):
        with pytest.raises(ValueError, match="greater than or equal"):
            Rules(**lower)


def test_the_next_wave_carries_the_change_of_rounded_means():
    found, before = two_waves()
    assert found.before == "Spring"
    for scale in found.scales[:7]:
        change = scale.change
        assert change.difference == pytest.approx(scale.mean - before.release.scale(scale.key).mean)
        assert change.low <= change.difference <= change.high
    many = found.how_many
    assert (many.compared, many.up) == (7, 7)
    assert many.clear_up == [s.change.verdict for s in found.scales[:7]].count("clear rise") > 0
    assert found.scale("leader").change == Hidden(why="this part is read question by question")


def test_changed_questions_or_a_hidden_wave_are_not_compared():
    before = two_waves()[1]
    other = CONDITIONS.model_copy(
        update={
            "version": 2,
            "scales": tuple(
                s.model_copy(update={"items": (s.items[0].model_copy(update={"text": "New words"}), *s.items[1:])})
                if s.key == "vision"
                else s
                for s in CONDITIONS.scales
                if s.key != "influence"
            ),
        }
    )
    ballots = staff(30, seed=11)
    later = release(
        [Ballot({k: v for k, v in b.answers.items() if not k.startswith("influence")}) for b in ballots],
        other,
        school="North",
        wave="Next",
        before=before,
    )
    assert later.scale("vision").change == Hidden(why="the questions of this part have changed")
    assert later.how_many.compared == 5
    again = release(
        ballots,
        CONDITIONS,
        school="North",
        wave="Next",
        before=Before(later, sums_of([Ballot({})], other, school="North")),
    )
    assert again.scale("influence").change == Hidden(why="the questions of this part have changed")
    few = staff(7)
    silent = Before(made(few), sums_of(few, CONDITIONS, school="North"))
    after = made(ballots, before=silent)
    assert {s.change.why for s in after.scales[:7]} == {"there is no shown result of the round before"}
    assert after.how_many == Hidden(why="no condition can be compared")


def test_too_few_in_one_scale_before_is_said():
    before = two_waves()[1]
    thin = replace(before.sums, n=before.sums.n * 0)
    later = made(staff(30, seed=12), before=Before(before.release, thin))
    assert later.scale("vision").change == Hidden(why="too few answered last time")


def test_a_release_survives_the_round_trip_and_shows_tampering():
    found, _ = two_waves(breakdown=ROLES)
    text, mark = found.to_json(), found.sha256
    assert read_release(text, mark) == found
    assert len(mark) == 64
    with pytest.raises(NotThisRelease, match="changed after"):
        read_release(text.replace('"answered":36', '"answered":35'), mark)
    with pytest.raises(NotThisRelease, match="not a release"):
        read_release("{}")


def test_the_order_of_people_never_matters():
    ballots = staff(30, seed=4)
    shuffled = ballots[:]
    random.Random(1).shuffle(shuffled)
    assert made(ballots, breakdown=ROLES).sha256 == made(shuffled, breakdown=ROLES).sha256


def test_an_unknown_scale_is_an_error():
    with pytest.raises(KeyError):
        made(staff(10)).scale("nope")
    assert made(staff(10)).rules.minimum == 5


def test_comments_are_shuffled_and_need_ten_people_and_five_comments():
    said = [f"comment {i}" for i in range(6)] + ["  "]
    assert shuffled_comments(said, 9) == Hidden(why="too few people wrote something")
    assert shuffled_comments(said[:4], 20) == Hidden(why="too few people wrote something")
    assert sorted(shuffled_comments(said, 10)) == said[:6]
    orders = {shuffled_comments(said, 10, source=random.Random(i)) for i in range(20)}
    assert len(orders) > 10
