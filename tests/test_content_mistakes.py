"""A content mistake is told in one line; what is released stays as it is; a second language may be partial."""

import re
import runpy
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from pydantic import ValidationError

from colead.content.__main__ import main
from colead.content.check import check, files
from colead.content.files import ROOT
from colead.content.loader import load, missing
from colead.content.mistakes import ContentError
from colead.content.model import Guide
from colead.content.released import release


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT, tmp_path / "content"))


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def lines(root: Path) -> list[str]:
    return [str(mistake) for mistake in check(root)]


BROKEN = [
    (
        "en/guides/vision.yaml",
        "kind: equity",
        "kind: fairness",
        "parts 1 > questions 5 > kind: Input should be 'plain'",
    ),
    ("en/guides/vision.yaml", "closing: >-", "ending: >-", "closing: is missing"),
    ("en/guides/vision.yaml", "version: 1", "version: 1\nmood: good", "mood: is not a key that belongs here"),
    ("en/guides/vision.yaml", "version: 1", "version: 1\nversion: 2", "line 3: the key version comes twice"),
    ("en/guides/vision.yaml", "version: 1", "version: [1", "line 3: did not find expected ',' or ']'"),
    ("en/guides/vision.yaml", "code: V-W2", "code: V-W1", "the code V-W1 comes more than once"),
    ("en/guides/vision.yaml", "code: V-W2", "code: V-H9", "parts 1: the code V-H9 does not belong in the part why"),
    ("en/guides/vision.yaml", "code: V-W2", "code: X-W2", "X-W2: codes of vision begin with V-"),
    ("en/guides/vision.yaml", "code: V-W2", "code: two", "parts 1 > questions 2 > code: String should match pattern"),
    ("en/guides/vision.yaml", "key: how", "key: why", "parts 2: the code V-H1 does not belong in the part why"),
    ("en/guides/vision.yaml", "kind: equity", "kind: plain", "exactly one question of kind equity belongs here"),
    ("en/guides/vision.yaml", "kind: plain", "kind: equity", "exactly one question of kind equity belongs here"),
    ("en/guides/influence.yaml", "kind: plain", "kind: story", "at most one question of kind story belongs here"),
    ("en/guides/influence.yaml", "code: S-W1b", "code: S-W2b", "parts 1 > questions 1: the prompt S-W2b stands under"),
    ("en/guides/vision.yaml", "condition: vision", "condition: luck", "condition: there is no condition luck"),
    (
        "en/guides/vision.yaml",
        "condition: vision",
        "condition: capacity",
        "the condition capacity in version 1 belongs in a file",
    ),
    ("en/guides/vision.yaml", "version: 1", "version: 2", "the condition vision in version 2 belongs in a file"),
    ("en/guides/vision.yaml", "minutes: 8", "minutes: 20", "minutes: says 20 minutes, but reading it takes"),
    ("en/guides/vision.yaml", "minutes: 3", "minutes: 9", "part why > minutes: says 9 minutes, but reading it takes"),
    (
        "en/guides/vision.yaml",
        "url: https://www.lib",
        "url: ftp://lib",
        "resources 4 > url: String should match pattern",
    ),
    ("en/rubrics/vision.yaml", "code: V-2", "code: V-1", "the code V-1 comes more than once"),
    ("en/rubrics/vision.yaml", "code: V-2", "code: C-2", "C-2: codes of vision begin with V-"),
    ("en/protocols/whys.yaml", "minutes: 30", "minutes: 40", "the steps take 30 minutes, not 40"),
    ("en/protocols/whys.yaml", "mode: silent", "mode: pairs", "everybody thinks in silence first"),
    ("en/protocols/whys.yaml", "key: name", "key: chain", "the key chain comes more than once"),
    ("en/protocols/whys.yaml", "slug: whys", "slug: why", "the protocol why belongs in a file named why"),
    ("en/modules/barrier.md", "minutes: 75", "minutes: 80", "the steps take 75 minutes, not 80"),
    ("en/modules/barrier.md", "slug: barrier", "slug: barriers", "the module barriers belongs in a file named barrier"),
    ("en/modules/barrier.md", "(10 minutes)", "(soon)", "a module has steps that each begin with ##"),
    ("en/modules/barrier.md", "phase: designing", "phase: hoping", "phase: Input should be 'designing'"),
    ("en/conditions/vision.md", "---\ncondition", "condition", "a page begins with a line ---"),
    ("en/conditions/vision.md", "## Why it matters", "Why it matters", "a page has four sections"),
    ("en/conditions/vision.md", "## What it is", "Hello\n\n## What it is", "a page has four sections"),
    ("en/conditions/vision.md", "minutes: 2", "minutes: 1\nminutes: 2", "line 7: the key minutes comes twice"),
    ("en/conditions/vision.md", "minutes: 2", "minutes: 0", "minutes: Input should be greater than or equal to 1"),
    ("en/playbook.yaml", "number: 2", "number: 9", "the numbers of the conditions must run 1, 2, 3"),
    ("en/playbook.yaml", "letter: A", "letter: V", "the letter V comes more than once"),
    ("en/playbook.yaml", "slug: capacity", "slug: vision", "the slug vision comes more than once"),
    ("en/playbook.yaml", "minutes: 1", "minutes: 7", "definition > minutes: says 7 minutes, but reading it takes 1.4"),
    ("en/playbook.yaml", "Leading together", "TODO", "“TODO” still stands where words should be"),
    ("en/overview.yaml", "OV-2", "OV-1", "the code OV-1 comes more than once"),
    ("en/overview.yaml", "Start here", "Coming soon", "“Coming soon” still stands where words should be"),
    ("en/overview.yaml", "minutes: 3", "minutes: 12", "minutes: says 12 minutes, but reading it takes"),
    ("en/before.yaml", "minutes: 2", "minutes: 12", "minutes: says 12 minutes, but reading it takes"),
    ("en/matrix.yaml", "slug: stalling", "slug: confusion", "the slug confusion comes more than once"),
    ("en/matrix.yaml", "weight: 3", "weight: 4", "felt 1 > points_to 1 > weight: Input should be less than or equal"),
    (
        "en/matrix.yaml",
        "condition: vision",
        "condition: luck",
        "felt confusion > points_to: there is no condition luck",
    ),
    ("en/matrix.yaml", "to: vision", "to: luck", "dependencies: there is no condition luck"),
    ("en/deciding.yaml", "slug: advice", "slug: consent", "the slug consent comes more than once"),
    ("en/deciding.yaml", "slug: behavior", "slug: document", "the slug document comes more than once"),
    ("en/glossary.yaml", "slug: barrier", "slug: norm", "the slug norm comes more than once"),
    ("en/glossary.yaml", "Action timeline", "Action \x07 timeline", "unacceptable character #x0007"),
]


@pytest.mark.parametrize(("file", "old", "new", "reason"), BROKEN)
def test_a_mistake_is_one_line_with_file_place_and_reason(
    copy: Path, file: str, old: str, new: str, reason: str
) -> None:
    change(copy, file, old, new)
    told = [line for line in lines(copy) if line.startswith(f"{file}: {reason}")]
    assert len(told) == 1
    assert "\n" not in told[0]


@pytest.mark.parametrize("file", ["en/guides/vision.yaml", "en/conditions/vision.md", "en/matrix.yaml"])
def test_a_broken_file_is_refused_in_one_line_when_it_is_loaded(copy: Path, file: str) -> None:
    change(copy, file, "condition: ", "kondition: ")
    with pytest.raises(ContentError) as refused:
        load("en", copy)
    assert str(refused.value).startswith(f"{file}: ")
    assert "\n" not in str(refused.value)


def test_files_that_disagree_are_refused_when_they_are_loaded(copy: Path) -> None:
    change(copy, "en/guides/vision.yaml", "condition: vision", "condition: luck")
    with pytest.raises(ContentError, match=r"^en/guides/vision\.yaml: condition: there is no condition luck$"):
        load("en", copy)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfeterms", "'utf-8' codec can't decode"),
        (b"", "Input should be a valid dictionary"),
        (b"- a\n- b\n", "Input should be a valid dictionary"),
        (b"? [a]\n: b\n? [a]\n: c\n", "line"),
        (b"!!python/object:os.system {}", "line 1: could not determine a constructor"),
    ],
)
def test_a_file_that_is_no_content_at_all_is_one_line_too(copy: Path, content: bytes, reason: str) -> None:
    (copy / "en/glossary.yaml").write_bytes(content)
    told = lines(copy)
    assert len(told) == 1
    assert told[0].startswith(f"en/glossary.yaml: {reason}")


def test_front_matter_without_keys_is_told(copy: Path) -> None:
    path = copy / "en/conditions/vision.md"
    path.write_text(re.sub(r"^---\n.*?\n---\n", "---\nonly words\n---\n", path.read_text(), flags=re.DOTALL))
    assert lines(copy) == ["en/conditions/vision.md: between the lines --- stand keys with values"]


@pytest.mark.parametrize("name", ["matrix.yaml", "guides/vision.yaml", "rubrics/vision.yaml", "conditions/vision.md"])
def test_a_file_that_is_not_there_is_told(copy: Path, name: str) -> None:
    (copy / "en" / name).unlink()
    assert lines(copy) == [f"en/{name}: the file is missing"]


def test_without_the_conditions_only_that_is_told(copy: Path) -> None:
    (copy / "en/playbook.yaml").unlink()
    assert lines(copy) == ["en/playbook.yaml: the file is missing"]
    with pytest.raises(ContentError, match=r"^en/playbook\.yaml: the file is missing$"):
        load("en", copy)


def test_a_file_that_belongs_nowhere_is_told_and_a_hidden_one_is_not(copy: Path) -> None:
    (copy / "en/notes.txt").write_text("buy milk")
    (copy / "en/.DS_Store").write_bytes(b"\x00")
    assert lines(copy) == ["en/notes.txt: no file of this name belongs here"]
    assert load("en", copy).title == load().title


def test_the_parts_of_a_guide_stand_in_their_order() -> None:
    with pytest.raises(ValidationError, match="the parts must be why, how, implementing, in this order"):
        Guide.model_validate({**load().guide("vision").model_dump(), "parts": load().guide("vision").parts[::-1]})


def test_all_mistakes_of_a_file_are_told_at_once(copy: Path) -> None:
    change(copy, "en/guides/vision.yaml", "kind: equity", "kind: fairness")
    change(copy, "en/guides/vision.yaml", "tool: theory", "tool: hammer")
    assert len(lines(copy)) == 2


# --- Versions and release -------------------------------------------------------------------------------------------


def write_second_version(root: Path) -> None:
    text = (root / "en/guides/vision.yaml").read_text(encoding="utf-8")
    text = text.replace("version: 1", "version: 2", 1).replace("code: V-W2", "code: V-W7", 1)
    (root / "en/guides/vision.v2.yaml").write_text(text, encoding="utf-8")


def test_the_newest_version_is_the_default_and_older_ones_stay(copy: Path) -> None:
    write_second_version(copy)
    book = load("en", copy)
    assert (book.guide("vision").version, book.guide("vision", version=1).version) == (2, 1)
    assert check(copy) == ()


def test_a_code_that_the_newest_version_dropped_is_still_found(copy: Path) -> None:
    write_second_version(copy)
    book = load("en", copy)
    assert book.where("V-W2").guide.version == 1
    assert book.where("V-W7").guide.version == book.where("V-W1").guide.version == 2


def test_a_released_file_may_not_change(copy: Path) -> None:
    release(copy, "en/guides/vision.yaml")
    assert check(copy) == ()
    change(copy, "en/guides/vision.yaml", "poster", "banner")
    assert lines(copy) == [
        "en/guides/vision.yaml: was released and has changed; put it back and write a new version in a new file"
    ]


def test_a_released_file_may_not_go(copy: Path) -> None:
    release(copy, "en/rubrics/vision.yaml")
    (copy / "en/rubrics/vision.yaml").unlink()
    assert "en/rubrics/vision.yaml: was released and is gone; put it back" in lines(copy)


def test_a_release_writes_the_checksum_once(copy: Path) -> None:
    release(copy, "en/guides/vision.yaml")
    release(copy, "en/guides/vision.yaml")
    digest = sha256((copy / "en/guides/vision.yaml").read_bytes()).hexdigest()
    assert (copy / "released.txt").read_text().count(f"{digest}  en/guides/vision.yaml\n") == 1


def test_an_instrument_is_released_as_it_is(copy: Path) -> None:
    (copy / "en/instruments").mkdir(exist_ok=True)
    (copy / "en/instruments/moods.v1.yaml").write_text("slug: moods\n")
    release(copy, "en/instruments/moods.v1.yaml")
    (copy / "en/instruments/moods.v1.yaml").write_text("slug: mood\n")
    assert [line for line in lines(copy) if "has changed" in line] != []


# --- The command ----------------------------------------------------------------------------------------------------


def test_the_command_says_that_all_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == f"{len(files())} content files, all fine\n"


def test_the_command_prints_a_line_for_each_mistake(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "en/matrix.yaml").unlink()
    (copy / "en/before.yaml").unlink()
    assert main(["check"], copy) == 1
    assert capsys.readouterr().out == "en/before.yaml: the file is missing\nen/matrix.yaml: the file is missing\n"


def test_the_command_releases_a_guide(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", str(copy / "en/guides/vision.yaml")], copy) == 0
    assert capsys.readouterr().out == "en/guides/vision.yaml is released and stays as it is\n"


def test_the_command_refuses_to_release_what_has_no_version(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", str(copy / "en/matrix.yaml")], copy) == 1
    assert capsys.readouterr().out == "en/matrix.yaml: only guides, rubrics and instruments are released\n"


def test_the_command_refuses_to_release_a_changed_file_again(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release(copy, "en/guides/vision.yaml")
    change(copy, "en/guides/vision.yaml", "poster", "banner")
    assert main(["release", str(copy / "en/guides/vision.yaml")], copy) == 1
    assert "was released before and has changed" in capsys.readouterr().out


def test_the_command_refuses_a_broken_guide(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(copy, "en/guides/vision.yaml", "closing:", "ending:")
    assert main(["release", str(copy / "en/guides/vision.yaml")], copy) == 1
    assert capsys.readouterr().out == "en/guides/vision.yaml: closing: is missing\n"


def test_the_command_refuses_a_file_from_elsewhere(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", str(copy.parent / "other.yaml")], copy) == 1
    assert "other.yaml: not inside" in capsys.readouterr().out


def test_the_command_lists_what_is_not_translated(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translate(copy, "glossary.yaml")
    assert main(["missing", "es"], copy) == 0
    listed = capsys.readouterr().out.splitlines()
    assert "matrix.yaml" in listed
    assert "glossary.yaml" not in listed


def test_the_command_runs_as_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colead.content.__main__")
    monkeypatch.setattr(sys, "argv", ["content", "check"])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("colead.content", run_name="__main__")
    assert left.value.code == 0


# --- A second language ----------------------------------------------------------------------------------------------


def translate(root: Path, name: str, *changes: tuple[str, str]) -> None:
    path = root / "es" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / "en" / name, path)
    for old, new in changes:
        change(root, f"es/{name}", old, new)


def test_what_is_not_translated_comes_in_english(copy: Path) -> None:
    translate(copy, "conditions/vision.md", ("## What it is", "## Qué es"))
    book = load("es-mx", copy)
    assert book.language == "es"
    assert book.page("vision").sections[0].title == "Qué es"
    assert book.page("capacity") == load().page("capacity")
    assert check(copy) == ()


def test_a_language_without_a_folder_is_all_english() -> None:
    assert load("xx").guides == load().guides
    assert len(missing("xx")) >= len(files())


def test_the_files_that_a_language_lacks_are_counted(copy: Path) -> None:
    before = missing("es", copy)
    translate(copy, "matrix.yaml")
    assert len(before) - len(missing("es", copy)) == 1
    assert missing("en", copy) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("guides/vision.yaml", "code: V-W2", "code: V-W8", "has code V-W8 where the English file has code V-W2"),
        ("rubrics/vision.yaml", "version: 1", "version: 1", None),
        ("matrix.yaml", "weight: 3", "weight: 2", "has weight 2 where the English file has weight 3"),
        ("overview.yaml", "OV-7", "OV-8", "has code OV-8 where the English file has code OV-7"),
    ],
)
def test_a_translation_leaves_the_codes_alone(copy: Path, name: str, old: str, new: str, reason: str | None) -> None:
    translate(copy, name, (old, new))
    assert lines(copy) == ([f"es/{name}: {reason}"] if reason else [])


def test_a_translation_that_lost_its_end_is_told(copy: Path) -> None:
    translate(copy, "glossary.yaml")
    path = copy / "es/glossary.yaml"
    path.write_text("\n".join(path.read_text().splitlines()[:-1]))
    assert lines(copy) == ["es/glossary.yaml: has nothing where the English file has slug way-of-deciding"]


def test_a_translation_of_nothing_is_told(copy: Path) -> None:
    translate(copy, "guides/vision.yaml")
    (copy / "es/guides/vision.yaml").rename(copy / "es/guides/vision.v2.yaml")
    change(copy, "es/guides/vision.v2.yaml", "version: 1", "version: 2")
    assert lines(copy) == ["es/guides/vision.v2.yaml: there is no English file of this name that can be read"]
