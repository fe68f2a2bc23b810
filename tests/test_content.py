"""The content folder: every file is fine, complete and in our own words, and a code finds its place."""

import re
from collections.abc import Callable
from functools import cache

import pytest
from pydantic import ValidationError

from colead.content.check import check, files
from colead.content.files import ROOT, read
from colead.content.loader import load
from colead.content.model import UnknownCode
from colead.content.prose import reading_minutes, texts

SLUGS = ("vision", "administration", "capacity", "structures", "relationships", "influence", "improvement")
SEEDS = ROOT.parents[1] / "shared" / "seeds"
WRITTEN = (*files(), "CREDITS.md")

# Big questions (sub-prompts) and tasks of each part, as the design counts them.
COUNTS = {
    "vision": [(6, 0, 3), (5, 0, 5), (4, 0, 1)],
    "administration": [(5, 5, 4), (5, 0, 4), (4, 0, 3)],
    "capacity": [(6, 5, 4), (6, 0, 2), (3, 0, 4)],
    "structures": [(4, 5, 4), (5, 0, 4), (4, 0, 3)],
    "relationships": [(4, 6, 4), (5, 0, 4), (3, 0, 3)],
    "influence": [(5, 6, 4), (5, 0, 4), (4, 0, 3)],
    "improvement": [(4, 7, 4), (5, 0, 4), (4, 0, 3)],
}


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def runs_of_eight(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + 8]) for start in range(len(found) - 7)}


def syllables(word: str) -> int:
    without_silent_end = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", without_silent_end)))


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade (Kincaid and others, 1975), with syllables counted by a rule of thumb."""
    sentences = [found for part in re.split(r"[.?!:;]+(?:\s|$)|\n\s*(?:-|\d\.)\s|\n\n", text) if (found := words(part))]
    spoken = [word for sentence in sentences for word in sentence]
    return 0.39 * len(spoken) / len(sentences) + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


# --- Every file as it stands ----------------------------------------------------------------------------------------


def test_the_whole_folder_is_fine() -> None:
    assert check() == ()


@pytest.mark.parametrize("file", files())
def test_a_file_reads_easily_and_says_something(file: str) -> None:
    text = "\n\n".join(texts(read(ROOT, file)))
    assert 100 < len(words(text)) < 2500
    assert reading_grade(text) < 8
    assert "!" not in text


@cache
def runs_of_the_sources() -> frozenset[tuple[str, ...]]:
    return frozenset(run for seed in SEEDS.glob("*.txt") for run in runs_of_eight(seed.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", WRITTEN)
def test_a_file_is_in_our_own_words(file: str) -> None:
    if not SEEDS.is_dir():
        pytest.skip("the source texts are not beside this repository")
    assert len(runs_of_the_sources()) > 5000
    assert runs_of_eight((ROOT / file).read_text(encoding="utf-8")) & runs_of_the_sources() == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_guide_has_the_questions_and_tasks_that_the_design_counts(slug: str) -> None:
    parts = load().guide(slug).parts
    assert [
        (len(part.questions), sum(len(question.prompts) for question in part.questions), len(part.tasks))
        for part in parts
    ] == COUNTS[slug]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_guide_numbers_its_codes_without_gaps(slug: str) -> None:
    letter = load().condition(slug).letter
    for part in load().guide(slug).parts:
        start = f"{letter}-{part.key[0].upper()}"
        assert [question.code for question in part.questions] == [f"{start}{n + 1}" for n in range(len(part.questions))]
        assert [task.code for task in part.tasks] == [f"{start}T{n + 1}" for n in range(len(part.tasks))]
        for question in part.questions:
            assert [prompt.code[-1] for prompt in question.prompts] == list("abcdefgh"[: len(question.prompts)])


@pytest.mark.parametrize("slug", SLUGS)
def test_a_guide_names_its_own_condition_and_no_other_where_it_matters(slug: str) -> None:
    guide, names = load().guide(slug), {condition.slug: condition.name.lower() for condition in load().conditions}
    theory = next(question for question in guide.parts[0].questions if question.kind == "theory")
    for text in (guide.closing, guide.equity.text, theory.text, *(part.goal for part in guide.parts)):
        assert [other for other in SLUGS if names[other] in text.lower() and other != slug] == []
    assert names[slug] in guide.closing.lower()
    assert names[slug] in guide.equity.text.lower()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_guide_asks_for_a_theory_once_and_ends_each_part_with_the_right_tool(slug: str) -> None:
    why, how, implementing = load().guide(slug).parts
    assert [question.kind for question in why.questions].count("theory") == 1
    assert why.tasks[-1].tool == "theory"
    assert [task.tool for task in how.tasks[-2:]] == ["map", "timeline"]
    assert "assessment" in [task.tool for task in implementing.tasks]


def test_every_guide_but_the_first_asks_for_a_story() -> None:
    assert [guide.condition for guide in load().guides if guide.story is None] == ["vision"]
    assert all(guide.story in guide.parts[0].questions for guide in load().guides if guide.story)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_condition_page_has_four_sections_of_a_good_length(slug: str) -> None:
    page = load().page(slug)
    assert [section.title for section in page.sections] == [
        "What it is",
        "How it looks",
        "Why it matters",
        "What is felt without it",
    ]
    assert 250 <= sum(len(section.body.split()) for section in page.sections) <= 450


@pytest.mark.parametrize("slug", SLUGS)
def test_a_condition_page_names_what_the_matrix_says_is_felt_without_it(slug: str) -> None:
    first = next(felt for felt in load().matrix.felt if felt.points_to[0].condition == slug)
    assert f"**{first.word.lower()}**" in load().page(slug).sections[-1].body.lower()


def test_the_seven_conditions_stand_in_their_order() -> None:
    assert [(c.number, c.slug) for c in load().conditions] == list(enumerate(SLUGS, 1))
    assert "".join(condition.letter for condition in load().conditions) == "VACERSO"
    assert [page.slug for page in load().pages] == list(SLUGS)
    assert [guide.condition for guide in load().guides] == list(SLUGS)
    assert [rubric.condition for rubric in load().rubrics] == list(SLUGS)


def test_five_felt_results_are_facts_and_the_others_are_marked_as_ours() -> None:
    known = {felt.slug: felt.points_to[0].condition for felt in load().matrix.felt if not felt.ours}
    assert known == {
        "confusion": "vision",
        "frustration": "capacity",
        "friction": "relationships",
        "burnout": "influence",
        "status-quo": "improvement",
    }
    assert {felt.slug for felt in load().matrix.felt if felt.ours} > {"stalling", "fade-out"}


def test_the_first_four_conditions_carry_the_last_three() -> None:
    pairs = {(dependency.from_, dependency.to) for dependency in load().matrix.dependencies}
    assert pairs >= {(first, last) for first in SLUGS[:4] for last in SLUGS[4:]}
    assert len(pairs) == len(load().matrix.dependencies)


def test_the_definition_reads_in_under_two_minutes() -> None:
    assert reading_minutes(load().definition) < 2


def test_the_starter_takes_the_time_that_its_introduction_names() -> None:
    overview = load().overview
    assert f"about {overview.starter_minutes} minutes" in overview.starter_intro
    assert [prompt.code for prompt in overview.starter] == [f"OV-{n}" for n in range(1, 8)]
    assert "we believe" in overview.starter[-1].text


def test_the_glossary_stands_in_alphabetical_order() -> None:
    terms = [term.term.lower() for term in load().glossary]
    assert terms == sorted(terms)
    assert len(terms) >= 35


# --- Finding one's way ----------------------------------------------------------------------------------------------


def test_a_code_finds_its_place() -> None:
    place = load().where("V-H3")
    assert (place.condition.name, place.part.key, place.number, place.of) == ("Vision and strategy", "how", 3, 5)
    assert place.question == load().guide("vision").question("V-H3") == load().question("V-H3")
    assert place.task is None


def test_a_prompt_stands_where_its_question_stands() -> None:
    assert load().where("R-W1c") == load().where("R-W1")


def test_a_task_finds_its_place() -> None:
    place = load().where("S-IT2")
    assert (place.condition.slug, place.part.key, place.number, place.of) == ("influence", "implementing", 2, 3)
    assert place.task == load().guide("influence").task("S-IT2") == load().task("S-IT2")
    assert place.question is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda book: book.where("V-W99"),
        lambda book: book.question("V-WT1"),
        lambda book: book.question("R-W1a"),
        lambda book: book.task("V-W1"),
        lambda book: book.guide("luck"),
        lambda book: book.guide("vision", version=9),
        lambda book: book.rubric("luck"),
        lambda book: book.page("luck"),
        lambda book: book.condition("luck"),
        lambda book: book.guide("vision").question("V-X1"),
        lambda book: book.rubric("vision").criterion("V-99"),
        lambda book: book.matrix.points_to(["joy"]),
    ],
)
def test_what_is_not_there_is_refused_by_name(ask: Callable[[object], object]) -> None:
    with pytest.raises(UnknownCode):
        ask(load())


def test_parts_and_criteria_are_found_by_name() -> None:
    assert load().guide("capacity").part("how").key == "how"
    assert load().rubric("vision").criterion("V-2").code == "V-2"


def test_felt_results_add_up_to_the_conditions_they_point_to() -> None:
    assert load().matrix.points_to(["friction", "quiet-meetings"]) == (("relationships", 6), ("influence", 2))


def test_a_loaded_value_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load().guide("vision").closing = "mine"  # type: ignore[misc]  # that it is refused is the point


# --- Protocols ------------------------------------------------------------------------------------------------------


def test_there_is_a_protocol_for_each_occasion_and_each_says_what_to_do_when() -> None:
    protocols = {protocol.slug: protocol.minutes for protocol in load().protocols}
    assert protocols == {"resources": 90, "dilemma": 25, "whys": 30, "whisper": 20, "text": 30, "norms": 30}
    resources = load().protocol("resources")
    assert resources
    assert resources.step("list").mode == "silent"
    assert resources.step("decide").tool == "inventory"


def test_a_protocol_that_is_gone_is_none_and_a_step_that_is_not_there_is_refused() -> None:
    assert load().protocol("gone") is None
    whys = load().protocol("whys")
    assert whys
    with pytest.raises(UnknownCode):
        whys.step("sixth")


# --- Modules --------------------------------------------------------------------------------------------------------


def test_every_phase_has_modules_and_they_come_in_order() -> None:
    modules = load().modules
    assert {module.phase for module in modules} == {"designing", "implementing", "cultivating"}
    assert [module.number for module in modules] == list(range(1, len(modules) + 1))
    assert len(modules) >= 6


def test_a_module_says_what_to_do_when_and_what_to_bring() -> None:
    barrier = next(module for module in load().modules if module.slug == "barrier")
    assert (barrier.minutes, barrier.steps[0].title, barrier.steps[0].minutes) == (75, "Empty your heads", 10)
    assert len(barrier.materials) == 3
    assert barrier.steps[0].body.startswith("Everybody writes in silence")
