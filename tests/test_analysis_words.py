"""What figures say in words: short, plain, true to the numbers, and never claiming a cause."""

import re

import numpy as np
import pytest

from colead.analysis import reasons
from colead.analysis.figures import Interval, Undefined
from colead.analysis.instrument import load_instrument
from colead.analysis.multilevel import OneWay, Trend, one_way
from colead.analysis.omega import Omega
from colead.analysis.pooling import PooledScale
from colead.analysis.programme_sentences import (
    alpha_line,
    hope_line,
    icc_line,
    not_defined,
    omega_line,
    pool_line,
    runs_line,
    share_line,
    together_line,
    trend_line,
)
from colead.analysis.release import Change, Hidden, HowManyResult, ItemResult, tenth
from colead.analysis.reliability import Alpha
from colead.analysis.runchart import runs
from colead.analysis.sentences import (
    agreement_line,
    benchmark_line,
    change_line,
    group_lines,
    how_many_line,
    item_line,
    level_line,
    response_line,
    warnings,
)
from colead.analysis.several import share_of_schools, together
from colead.analysis.words import times
from tests.analysis_worlds import CONDITIONS, ROLES, made, staff, two_waves

NO = Hidden(why="it takes 10 answers to show this")


def change(difference, low, high, verdict="no clear change", noticeable=True):
    return Change(before=3.4, difference=difference, low=low, high=high, verdict=verdict, noticeable=noticeable, up=1)


SAID = {
    change(
        0.3, 0.1, 0.5, "clear rise"
    ): "clearly up since Spring: by 0.3, from 3.4 to 3.7. The true rise is very likely "
    "from +0.1 to +0.5. That is big enough to notice.",
    change(
        -0.1, -0.2, 0.0, "clear fall", False
    ): "clearly down since Spring: by 0.1, from 3.4 to 3.3. The true change is "
    "very likely from −0.2 to 0.0. It is small.",
    change(
        0.2, -0.1, 0.5
    ): "went up by 0.2 since Spring, from 3.4 to 3.6. That may be luck: the true change may be from −0.1 to +0.5.",
    change(-0.2, -0.5, 0.1): "went down by 0.2",
    change(0.2, 0.1, 0.3): "Taken alone it looks like a rise, but among several parts one can rise by luck.",
    change(-0.2, -0.3, -0.1): "Taken alone it looks like a fall",
    change(0.0, -0.2, 0.2): "is where it was in Spring: 3.4.",
}


@pytest.mark.parametrize("fact", SAID, ids=lambda fact: f"{fact.difference}{fact.verdict}")
def test_a_change_in_words(fact):
    assert SAID[fact] in change_line("Shared influence", fact, "Spring").text


def test_what_is_hidden_says_why():
    assert change_line("X", NO, "Spring").text == "Not shown, because it takes 10 answers to show this."
    assert how_many_line(NO, 7).text.startswith("Not shown, because")
    silent = made(staff(5))
    assert response_line(silent).text == "Not shown, because fewer than 8 people answered."
    assert level_line("Vision", silent.scale("vision"), silent).text.startswith("Not shown")
    assert agreement_line(silent.scale("vision"), 5).text.startswith("Not shown")
    assert warnings(silent, CONDITIONS) == ()


def test_response_in_a_sentence():
    ballots = staff(20)
    assert response_line(made(ballots, roster=25)).text == "20 of 25 people answered."
    assert response_line(made(ballots, roster=20)).text == "Everyone answered: 20 people."
    assert response_line(made(ballots, roster=None)).text == "20 people answered. We do not know how many were asked."


def test_a_level_in_a_sentence():
    found = made(staff(36), roster=45)
    scale = found.scale("vision")
    told = level_line("Vision and strategy", scale, found).text
    assert (
        told == f"Vision and strategy: {scale.mean}. "
        f"With all staff it would very likely be from {scale.low} to {scale.high}."
    )
    full = made(staff(36, skip=0), roster=36)
    assert level_line("Vision", full.scale("vision"), full).text.endswith("Everyone answered this part.")
    tight = scale.model_copy(update={"low": scale.mean, "high": scale.mean})
    assert level_line("Vision", tight, found).text.endswith("With all staff it would hardly differ.")


def test_how_many_rose_stands_beside_what_luck_gives():
    many = HowManyResult(compared=7, up=5, down=2, clear_up=2, clear_down=1, luck=0.33)
    told = how_many_line(many, 7).text
    assert told == (
        "5 of 7 parts went up. 2 rose clearly. 1 fell clearly. "
        "If nothing had changed, that many or more would still go up 33 times in 100."
    )
    fewer = many.model_copy(update={"compared": 6, "clear_up": 0, "clear_down": 0})
    assert how_many_line(fewer, 7).text.startswith("Of the 6 we can compare, 5 went up. None rose clearly. If nothing")
    assert times(0.004, str) == "less than once in 100 times"


def test_agreement_in_a_sentence():
    scale = made(staff(36)).scale("vision")
    for distance, words in ((0.6, "within about one step"), (0.9, "Views differ"), (1.4, "far apart")):
        assert words in agreement_line(scale.model_copy(update={"distance": distance}), 5).text


def test_questions_in_a_sentence():
    item = CONDITIONS.items[0]
    result = ItemResult(key="vision_1", n=20, counts=(1, 2, 3, 10, 4), cannot_say=0)
    assert item_line(item, result).text.endswith("14 of 20 agree.")
    assert item_line(item.model_copy(update={"reversed": True}), result).text.endswith("3 of 20 disagree.")
    for hidden in ({"counts": NO}, {"n": NO}):
        told = item_line(item, result.model_copy(update=hidden)).text
        assert told == "How many chose each answer is not shown, because it takes 10 answers to show this."


def test_a_benchmark_in_a_sentence():
    block = load_instrument("influence-nces.v1")
    item, result = block.items[3], ItemResult(key="area_4", n=20, counts=(8, 6, 4, 2), cannot_say=0)
    told = benchmark_line(block, item, result)
    assert told.text == "Evaluating teachers: here 60 in 100 see some say and 10 a great deal; in the country 50 and 3."
    assert "2020-21" in told.how.source
    assert "nothing" not in told.text
    assert benchmark_line(block, item, result.model_copy(update={"counts": NO})).text.startswith("Not shown")
    plain = item.model_copy(update={"benchmark": None})
    assert "no figure to compare with" in benchmark_line(block, plain, result).text


def test_groups_in_sentences():
    found = made(staff(40, seed=3), breakdown=ROLES)
    lines = group_lines(found, "Vision", "vision")
    assert len(lines) == len(found.breakdown.groups)
    assert "I teach" in lines[0].text
    assert group_lines(made(staff(20)), "Vision", "vision") == ()
    one = made(staff(20, groups=("I teach",)), breakdown=ROLES)
    assert group_lines(one, "Vision", "vision")[0].text == (
        "Groups are not shown here, because the groups are too small to stand apart."
    )
    assert len(group_lines(found, "Leader", "leader")) == 1


def test_warnings_come_before_reading():
    low = made(staff(20), roster=45)
    assert warnings(low, CONDITIONS)[0].startswith("Fewer than half answered.")
    some = made(staff(20), roster=32)
    assert warnings(some, CONDITIONS)[0] == "Some of you did not answer. Take the figures with care."
    assert warnings(made(staff(20), roster=18), CONDITIONS)[0].startswith("More people answered")
    assert warnings(made(staff(20), roster=None), CONDITIONS)[0].startswith("We do not know")
    assert not any("answered" in text for text in warnings(made(staff(20), roster=21), CONDITIONS))


def test_warnings_about_ends_changed_questions_unsure_people_and_merged_groups():
    found = made(staff(40, seed=3), breakdown=ROLES)
    scale = found.scales[0]
    changed = Hidden(why="the questions of this part have changed")
    unsure = scale.items[0].model_copy(update={"cannot_say": 15, "n": 25})
    edited = scale.model_copy(
        update={"at_highest": 0.2, "at_lowest": 0.15, "change": changed, "items": (unsure, *scale.items[1:])}
    )
    told = " ".join(warnings(found.model_copy(update={"scales": (edited, *found.scales[1:])}), CONDITIONS))
    for words in ("little room left to rise", "little room left to fall", "questions have changed", "could not say"):
        assert words in told
    merged = [b for b in staff(40, seed=3) if b.group != "I work with families"][:30]
    merged += [b for b in staff(40, seed=3) if b.group == "I work with families"][:3]
    assert "Small groups are shown together" in " ".join(warnings(made(merged, breakdown=ROLES), CONDITIONS))


def pool(**changed):
    facts = {"schools": 12, "people": 300, "mean": 3.6, "low": 3.5, "high": 3.7}
    facts |= {"school_mean": 3.6, "school_low": 3.4, "school_high": 3.8}
    return PooledScale(key="vision", **facts | changed)


def test_several_schools_in_sentences():
    assert (
        pool_line("Vision", pool()).text == "Vision over 12 schools: 3.6. With all staff it would be from 3.5 to 3.7."
    )
    assert pool_line("Vision", pool(low=3.6, high=3.6)).text.endswith("With all staff it would hardly differ.")
    assert pool_line("Vision", pool(mean=NO)).text.startswith("Not shown")
    dice = np.random.default_rng(1)
    few = share_of_schools(np.array([0.1] * 15 + [-0.1] * 9), np.full(24, 0.2), np.full(24, 0.6), unknown=4)
    assert share_line("Efficacy", few).text == (
        "Efficacy went up in 15 of 24 schools (62 in 100). "
        "With so many schools the true share may be from 43 to 79 in 100. "
        "Tossing a coin would give that many or more 15 times in 100. "
        "Clearly up: 0. Clearly down: 0. No clear change: 24. Not known, since a round is missing: 4."
    )
    many = share_of_schools(dice.normal(0.1, 0.2, 60), np.full(60, 0.1), np.full(60, 0.5))
    assert "truly rose" in share_line("Efficacy", many).text
    assert share_line("Efficacy", Undefined("there is one round so far")).text == (
        "Not defined, because there is one round so far."
    )


def test_methods_in_sentences():
    way = one_way(np.array([20.0, 20, 20]), np.array([3.0, 3.4, 3.9]), np.array([10.0, 9, 11]))
    assert "differences between schools" in icc_line("Vision", way, 25).text
    none = Undefined("everybody answered alike")
    empty = OneWay(1, 1, none, none, none, none, none, none)
    assert icc_line("Vision", empty, 25).text.startswith("Not defined")
    for value, words in ((-0.2, "wrong"), (0.5, "noisy"), (0.75, "groups"), (0.9, "hang together"), (0.97, "repeat")):
        made_up = Alpha(100, 4, value, Interval(value - 0.1, value), value < 0, value, ())
        assert words in alpha_line("Vision", made_up).text
    rough = Alpha(100, 4, 0.8, Interval(0.7, 0.9), True, 0.8, ())
    assert "Rough range: 0.70 to 0.90." in alpha_line("Vision", rough).text
    assert alpha_line("Vision", Alpha(100, 4, 0.8, none, True, 0.8, ())).text.endswith("(alpha 0.80).")
    assert alpha_line("Vision", Alpha(1, 4, none, none, True, none, ())).text.startswith("Not defined")
    assert omega_line("Vision", Omega(100, 0.8, Interval(0.7, 0.9))).text == "Vision: omega 0.80, from 0.70 to 0.90."
    assert omega_line("Vision", Omega(100, none, none)).text.startswith("Not defined")
    assert omega_line("Vision", Omega(100, 0.8, none)).text.startswith("Not defined")
    assert trend_line("Vision", Trend(3.0, -0.1, 0.02, 30)).text == (
        "Vision moved by −0.10 a round, very likely from −0.14 to −0.06."
    )
    assert trend_line("Vision", none).text.startswith("Not defined")
    from colead.analysis.several import Point

    points = [Point(str(i), 3 + i / 10, 4 + i / 20 + (i % 3) / 10) for i in range(10)]
    assert together_line(together(points)).text.endswith("It does not say why.")
    assert together_line(none).text.startswith("Not defined")
    assert "about 0.3 or more" in hope_line(35, 40).text
    assert not_defined(none).how.source == "Colead statistics page"


def test_a_run_chart_in_a_sentence():
    told = {
        "Not defined": [],
        "3 points so far": [1, 2, 3, 4, 2.5],
        "in a row on one side": [3] * 8 + [1] * 8,
        "crosses the middle only": [3] * 5 + [1] * 5,
        "The usual up and down": [3, 1] * 6,
    }
    for words, values in told.items():
        line = runs_line(runs(values)).text
        assert words in line or (words == "3 points so far" and "points so far" in line)


def lines_of_a_year():
    found, _ = two_waves(breakdown=ROLES)
    for scale in CONDITIONS.scales:
        result = found.scale(scale.key)
        yield level_line(scale.name, result, found)
        yield change_line(scale.name, result.change, "Spring")
        if scale.average:
            yield agreement_line(result, 5)
            yield from group_lines(found, scale.name, scale.key)
    yield response_line(found)
    yield how_many_line(found.how_many, 7)
    for fact in SAID:
        yield change_line("Shared influence", fact, "Spring")


def syllables(word):
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))))


def grade(text):
    """Return the Flesch-Kincaid school grade of a text (Kincaid and others 1975); grade 7 to 8 is about age 13."""
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_every_line_can_be_read_at_thirteen():
    texts = [re.sub("|".join(s.name for s in CONDITIONS.scales), "This part", line.text) for line in lines_of_a_year()]
    assert len(texts) > 30
    assert max(map(grade, texts)) < 9
    assert sum(map(grade, texts)) / len(texts) < 6


def test_no_line_claims_a_cause_or_talks_down():
    forbidden = ("significant", "because of", "improved", "successfully", "!", "proves", "nan", "None", "%(")
    for line in lines_of_a_year():
        for word in forbidden:
            assert word not in line.text, line.text
        assert line.how.formula
        assert line.how.source
        assert line.how.answers


def test_words_can_be_translated():
    spanish = {"%(n)d of %(all)d people answered.": "Respondieron %(n)d de %(all)d personas."}
    told = response_line(made(staff(20), roster=25), lambda text: spanish.get(text, text)).text
    assert told == "Respondieron 20 de 25 personas."
    assert tenth(-0.04) == 0.0
    assert str(tenth(-0.04)) == "0.0"


def test_a_reason_is_told_in_the_readers_language_numbers_included():
    spanish = {reasons.TOO_FEW_PEOPLE: "respondieron menos de {least} personas", reasons.SKIPPED: "se sabría"}
    assert reasons.in_words("fewer than 8 people answered", lambda text: spanish.get(text, text)) == (
        "respondieron menos de 8 personas"
    )
    assert reasons.in_words(reasons.SKIPPED, lambda text: spanish.get(text, text)) == "se sabría"
    assert reasons.in_words("it takes 3 schools and 15 people", str) == "it takes 3 schools and 15 people"
