"""The few words that the paper itself says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Words in one language: for page numbers, for a tick read aloud, and for letters that no font of ours has."""

    page: str
    of: str
    ticked: str
    spelled: str


_WORDS = {
    "en": Words(
        page="Page",
        of="of",
        ticked="Ticked",
        spelled="Our print fonts lack some letters of this text. They stand in square brackets. "
        "The Word file has them.",
    ),
    "es": Words(
        page="Página",
        of="de",
        ticked="Marcado",
        spelled="A nuestras fuentes les faltan algunas letras de este texto. Van entre corchetes. "
        "El archivo de Word las tiene.",
    ),
}


def words(language: str) -> Words:
    """Give the words in a language, English ones for a language that has none yet."""
    return _WORDS.get(language.partition("-")[0], _WORDS["en"])
