"""The instruments we ship can be read, keep their promises, and a broken file says where."""

import subprocess
import sys

import pytest

from colead.analysis.instrument import (
    Constants,
    Instrument,
    UnknownInstrument,
    load_instrument,
    read_instrument,
    unit_of,
)
from colead.documents import CONDITIONS
from tests.analysis_data import one_scale

SHIPPED = ("conditions.v1", "efficacy.v1", "influence-nces.v1", "feedback.v1")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_instrument_reads(name):
    found = load_instrument(name)
    assert found.name == name
    assert found.title
    assert found.standing
    assert found.licence


def test_the_conditions_survey_has_seven_conditions_of_four_one_leader_item_and_one_open_line():
    found = load_instrument("conditions.v1")
    conditions = [scale for scale in found.scales if scale.condition]
    assert tuple(scale.key for scale in conditions) == CONDITIONS
    assert {len(scale.items) for scale in conditions} == {4}
    assert found.scale("leader").items[0].text == "I see myself as a leader here."
    assert len(found.open_lines) == 1
    assert len(found.answers.labels) == 5
    assert found.answers.cannot_say


def test_the_efficacy_form_says_we_can_with_something_hard():
    items = load_instrument("efficacy.v1").items
    assert 8 <= len(items) <= 10
    assert all(item.text.startswith("We can ") for item in items)
    assert all("even" in item.text for item in items)


def test_the_influence_block_carries_its_benchmarks():
    found = load_instrument("influence-nces.v1")
    assert len(found.items) == 7
    assert len(found.answers.labels) == 4
    assert found.items[3].benchmark.any == 50.5
    assert "2020-21" in found.benchmark_source
    assert not found.scales[0].average, "four answers are never averaged"


def test_an_unknown_instrument_names_those_there_are(tmp_path):
    with pytest.raises(UnknownInstrument, match=r"There are: conditions\.v1, efficacy\.v1"):
        load_instrument("nothing.v9")
    with pytest.raises(UnknownInstrument, match="There are: none"):
        load_instrument("nothing.v9", folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("slug: [", "not readable YAML"),
        ("slug: x", "version: Field required"),
        ("[]", "file: Input should be"),
        (
            "{slug: x, version: 1, title: X, answers: {labels: [a, b]}, scales: [{key: s, name: S, items: "
            "[{key: a, text: A}, {key: a, text: B}]}]}",
            "stand twice: a",
        ),
        (
            "{slug: x, version: 1, title: X, answers: {labels: [a, b]}, colour: red, scales: [{key: s, name: S, items: "
            "[{key: a, text: A}]}]}",
            "colour: Extra inputs",
        ),
    ],
)
def test_a_broken_file_says_where(tmp_path, text, reason):
    path = tmp_path / "broken.v1.yaml"
    path.write_text(text)
    with pytest.raises(UnknownInstrument, match="broken.v1.yaml.*" + reason.replace("(", r"\(")):
        read_instrument(path)


def test_constants_keep_small_groups_safe():
    with pytest.raises(ValueError, match="greater than or equal to 5"):
        Constants(minimum=4)


def test_scores_can_be_written_in_whole_parts():
    assert unit_of(4, 2) == 12
    assert unit_of(8, 4) == 840
    assert unit_of(20, 10) == 1_000_000


def test_the_half_rule_needs_at_least_one_answer():
    found = one_scale(1)
    assert found.answers_needed(found.scales[0]) == 1
    assert one_scale(5).answers_needed(one_scale(5).scales[0]) == 3
    with pytest.raises(KeyError):
        found.scale("other")
    assert isinstance(found, Instrument)


def test_adding_up_answers_needs_no_writers_of_papers():
    told = subprocess.run(
        [sys.executable, "-c", "import sys, colead.analysis; print(any('documents' in name for name in sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"
