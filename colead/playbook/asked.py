"""What the playbook asks, in one shape: big questions of the guides and prompts of the overview."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.content.loader import load
from colead.content.model import Guide, Playbook, Question, StarterPrompt, UnknownCode
from colead.playbook.models import OVERVIEW


@dataclass(frozen=True)
class Asked:
    """One question, and where it stands: the `number`-th of `of` in its part."""

    code: str
    text: str
    help: str
    kind: str
    prompts: tuple[tuple[str, str], ...]  # (code, text) of each sub-prompt
    condition: str  # slug, or OVERVIEW
    condition_name: str
    part: str
    part_title: str
    number: int
    of: int
    minutes: int
    version: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The question's own code and its sub-prompts'."""
        return (self.code, *(code for code, _text in self.prompts))


def playbook() -> Playbook:
    """Return the playbook in the language of whoever reads."""
    return load(get_language() or "en")


def asked(code: str) -> Asked:
    """Return the question with this code; whatever else is asked for is not found."""
    for question in _overview_questions() if code.startswith("OV-") else _questions_of_guide_with(code):
        if question.code == code:
            return question
    raise Http404


def text_of(code: str) -> str:
    """Return what a code asks; the bare code where the playbook no longer asks it."""
    questions = _overview_questions() if code.startswith("OV-") else _questions_of_guide_with(code)
    return next((question.text for question in questions if question.code == code), code)


def questions_of(condition: str) -> tuple[Asked, ...]:
    """Return every question of the overview or of a condition's newest guide, in reading order."""
    return _overview_questions() if condition == OVERVIEW else _guide_questions(playbook().guide(condition))


def _questions_of_guide_with(code: str) -> tuple[Asked, ...]:
    try:
        return _guide_questions(playbook().where(code).guide)
    except UnknownCode:
        return ()


def _overview_questions() -> tuple[Asked, ...]:
    overview = playbook().overview
    return tuple(
        _from_starter(prompt, number, len(overview.starter)) for number, prompt in enumerate(overview.starter, 1)
    )


def _from_starter(prompt: StarterPrompt, number: int, of: int) -> Asked:
    return Asked(
        code=prompt.code,
        text=prompt.text,
        help=prompt.help or "",
        kind="plain",
        prompts=(),
        condition=OVERVIEW,
        condition_name=_("Overview"),
        part=OVERVIEW,
        part_title=_("Discussion starter"),
        number=number,
        of=of,
        minutes=prompt.minutes,
        version=1,
    )


def _guide_questions(guide: Guide) -> tuple[Asked, ...]:
    return tuple(
        _from_guide(guide, part.key, part.title, question, number, len(part.questions))
        for part in guide.parts
        for number, question in enumerate(part.questions, 1)
    )


def _from_guide(guide: Guide, part: str, part_title: str, question: Question, number: int, of: int) -> Asked:
    return Asked(
        code=question.code,
        text=question.text,
        help=question.help or "",
        kind=question.kind,
        prompts=tuple((prompt.code, prompt.text) for prompt in question.prompts),
        condition=guide.condition,
        condition_name=playbook().condition(guide.condition).name,
        part=part,
        part_title=part_title,
        number=number,
        of=of,
        minutes=3 + len(question.prompts),
        version=guide.version,
    )
