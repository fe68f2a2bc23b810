"""Which surveys a school can ask: those that Colead brings, its own files, and the questions it adds."""

from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colead.analysis.instrument import FOLDER, Instrument, Item, OpenLine, Scale, UnknownInstrument, load_instrument
from colead.schools.models import School

OWN = "own:"
INQUIRY = "inquiry:"
MOST_OWN_QUESTIONS = 5
LOCAL = "local"
USUAL = "conditions"
WORDS: dict[str, str | Promise] = {"local": _("Our own questions")}


@lru_cache(maxsize=8)
def shipped(language: str = "en") -> tuple[Instrument, ...]:
    """Return the newest version of every survey that Colead brings, the one on the seven conditions first."""
    newest: dict[str, Instrument] = {}
    for path in sorted((FOLDER / "en" / "instruments").glob("*.yaml")):
        found = load_instrument(path.stem)
        if found.slug not in newest or newest[found.slug].version < found.version:
            newest[found.slug] = found
    ours = [in_language(instrument, language) for instrument in newest.values()]
    return tuple(sorted(ours, key=lambda instrument: (instrument.slug != USUAL, instrument.slug)))


def find(school: School, name: str) -> Instrument:
    """Return a survey by its name: conditions.v1 or own:7. Refuses with UnknownInstrument."""
    if not name.startswith(OWN):
        return next((one for one in shipped() if one.name == name), None) or load_instrument(name)
    number = name.removeprefix(OWN)
    own = school.own_instruments.filter(pk=int(number)).first() if number.isdecimal() else None
    if not own:
        raise UnknownInstrument(f"There is no survey called {name}.")
    return Instrument.model_validate_json(own.json)


def choices(school: School) -> list[tuple[str, str]]:
    """Return the surveys a school can choose from, each with its name and title."""
    brought = [(f"{OWN}{own.pk}", own.title) for own in school.own_instruments.all()]
    return [(instrument.name, instrument.title) for instrument in shipped()] + brought


def with_own_questions(instrument: Instrument, questions: list[str]) -> Instrument:
    """Add the school's own questions at the end, in the answers that the survey offers anyway."""
    if not questions:
        return instrument
    items = tuple(Item(key=f"{LOCAL}_{place}", text=text) for place, text in enumerate(questions, 1))
    scale = Scale(key=LOCAL, name=str(WORDS[LOCAL]), items=items, average=False)
    return instrument.model_copy(update={"scales": (*instrument.scales, scale)})


def inquiry(title: str, questions: dict[str, str], *, worth: str, name: str) -> Instrument:
    """Make a survey out of a guide's big questions: one open line each, and one question on all of them.

    questions: key of the line -> words.
    """
    base = next(one for one in shipped() if one.slug == USUAL)
    return Instrument(
        slug="inquiry",
        version=1,
        title=title,
        answers=base.answers,
        scales=(Scale(key="worth", name=name, items=(Item(key="worth_1", text=worth),), average=False),),
        open_lines=tuple(OpenLine(key=key, text=text) for key, text in questions.items()),
    )


def in_language(instrument: Instrument, language: str) -> Instrument:
    """Return the survey in a reader's language where that translation asks the same; else as it is."""
    if language == instrument.language:
        return instrument
    try:
        theirs = load_instrument(instrument.name, language=language)
    except UnknownInstrument:
        return instrument
    return _reworded(instrument, theirs)


def _reworded(instrument: Instrument, theirs: Instrument) -> Instrument:
    """Put a translation's words in the place of ours, part by part; what it does not have stays."""
    names = {scale.key: scale for scale in theirs.scales}
    texts = {item.key: item.text for item in theirs.items} | {line.key: line.text for line in theirs.open_lines}
    lengths = {scale.key: len(theirs.answers_of(scale).labels) for scale in theirs.scales}

    def reworded(scale: Scale) -> Scale:
        same = lengths.get(scale.key) == len(instrument.answers_of(scale).labels)
        if scale.key not in names or not same or not all(item.key in texts for item in scale.items):
            return scale.model_copy(update={"answers": instrument.answers_of(scale)})
        items = tuple(item.model_copy(update={"text": texts[item.key]}) for item in scale.items)
        answers = theirs.answers_of(names[scale.key])
        return scale.model_copy(update={"name": names[scale.key].name, "items": items, "answers": answers})

    lines = tuple(line.model_copy(update={"text": texts.get(line.key, line.text)}) for line in instrument.open_lines)
    words = {"title": theirs.title, "purpose": theirs.purpose, "standing": theirs.standing, "language": theirs.language}
    return instrument.model_copy(
        update={**words, "scales": tuple(map(reworded, instrument.scales)), "open_lines": lines}
    )
