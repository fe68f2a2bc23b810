"""Staff answer in English or Spanish; the rest of the product speaks English and never half of each."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colead.analysis.instrument import FOLDER, load_instrument
from colead.documents import pdf
from colead.surveys.actions import codes, waves
from colead.surveys.answering import asked
from colead.surveys.emails import Post
from colead.surveys.exports.slips import poster, slips
from tests import spoken
from tests.cast import Cast
from tests.papers import words_in
from tests.surveys_world import BOTH, fields, opened, post, today_open

pytestmark = pytest.mark.django_db(databases=BOTH)
SPANISH = {"accept-language": "es-MX,es;q=0.9,en;q=0.5"}
PO = spoken.MO.with_suffix(".po")
TRANSLATED = 150  # of all that the product says; a translation that gets lost is missed here
SHIPPED = sorted(path.stem for path in (FOLDER / "en" / "instruments").glob("*.yaml"))


def of_catalogue(text: str) -> dict[str, str]:
    """Read a .po file as far as ours goes: comments, msgid, msgid_plural, msgstr, each in quotes."""
    found: dict[str, str] = {}
    for entry in text.split("\n\n"):
        parts: dict[str, str] = {}
        for line in entry.splitlines():
            if match := re.match(r'(msg\w+(?:\[\d])?)? ?"(.*)"$', line):
                key = match[1] or key  # noqa: F821  # a line without a word goes on with the one before
                parts[key] = parts.get(key, "") + match[2].encode().decode("unicode_escape").encode("latin-1").decode()
        found[parts.get("msgid", "")] = parts.get("msgstr", parts.get("msgstr[0]", ""))
    return found


def test_everything_staff_meet_who_answer_is_there_in_spanish() -> None:
    missing = spoken.said_by(spoken.ANSWERING) - spoken.spanish().keys()
    assert not missing, f"{len(missing)} without a Spanish word: {sorted(missing)[:3]}"


def test_how_much_of_the_whole_is_spanish_is_known_and_never_falls() -> None:
    said = spoken.everything()
    translated = said & spoken.spanish().keys()
    print(f"\nSpanish: {len(translated)} of {len(said)} strings, {len(said) - len(translated)} to go")
    assert len(translated) >= TRANSLATED
    assert spoken.spanish().keys() <= said, "a Spanish word for something nobody says any more"


def test_the_compiled_catalogue_is_the_written_one() -> None:
    written = of_catalogue(PO.read_text(encoding="utf-8"))
    written.pop("")
    compiled = spoken.spanish()
    assert compiled.keys() == written.keys()
    assert {key: words for key, words in compiled.items() if words != written[key]} == {}, "run msgfmt, see the .po"


def test_a_translation_keeps_every_place_that_is_filled_in() -> None:
    holes = re.compile(r"%\(\w+\)s|%%[st]")
    for english, spanish in spoken.spanish().items():
        assert sorted(holes.findall(english)) == sorted(holes.findall(spanish)), english


@pytest.mark.parametrize("name", SHIPPED)
def test_a_translated_survey_asks_the_same(name: str) -> None:
    ours, theirs = load_instrument(name), load_instrument(name, language="es")
    assert (theirs.language, theirs.name, theirs.constants) == ("es", ours.name, ours.constants)
    assert [(scale.key, scale.average, scale.condition) for scale in theirs.scales] == [
        (scale.key, scale.average, scale.condition) for scale in ours.scales
    ]
    asked = [(item.key, item.reversed, item.benchmark) for item in ours.items]
    assert [(item.key, item.reversed, item.benchmark) for item in theirs.items] == asked
    assert [line.key for line in theirs.open_lines] == [line.key for line in ours.open_lines]
    for one, other in zip(ours.scales, theirs.scales, strict=True):
        offered, there = ours.answers_of(one), theirs.answers_of(other)
        assert (len(there.labels), there.low) == (len(offered.labels), offered.low)
        assert bool(there.cannot_say) == bool(offered.cannot_say)
    assert not {item.text for item in ours.items} & {item.text for item in theirs.items}
    assert "segunda persona" in theirs.standing


def visible(html: str) -> str:
    """Return what a reader of a page sees or hears."""
    html = re.sub(r'<p lang="\w\w">.*?</p>|<a [^>]*lang="\w\w"[^>]*>.*?</a>', " ", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<script.*?</script>", " ", html, flags=re.S))


def english_left(html: str) -> list[str]:
    """Return sentences of ours that stand on a page in English."""
    long_ones = [words for words in spoken.said_by(spoken.ANSWERING) if len(words) > 12 and "%" not in words]
    return [words for words in long_ones if words in visible(html)]


def test_a_phone_that_speaks_spanish_is_answered_in_spanish_from_beginning_to_end(cast: Cast) -> None:
    wave, phone = today_open(cast, group_by="job"), Client(headers=SPANISH)
    code = codes.codes_on_paper(wave)[0]
    addresses = ("answer", "receipts", "survey_kept")
    pages = {name: phone.get(reverse(name, args=[wave.tag])) for name in addresses}
    pages["start"], pages["nowhere"] = phone.get(reverse("answer_start")), phone.get("/s/BBBBBB/")
    pages["wrong"] = post(phone, wave, fields("7777-7777-77777"), accept="text/html")
    pages["counted"] = post(phone, wave, fields(code), accept="text/html")
    waves.close_wave(wave, now=timezone.now())
    pages["over"], pages["board"] = (phone.get(reverse(name, args=[wave.tag])) for name in ("answer", "receipts"))
    for name, page in pages.items():
        html = page.content.decode()
        assert '<html lang="es">' in html, name
        assert not english_left(html), name
        assert not page.cookies, name
    said = pages["answer"].content.decode()
    assert "Personas con trabajos muy distintos" in said
    assert "Muy en desacuerdo" in said
    assert '<div lang="en">' not in said, "the questions are there in Spanish"
    assert "todavía no la ha leído" in said.lower()
    assert "Gracias. Sus respuestas cuentan." in pages["counted"].content.decode()
    assert phone.get("/s/a/b/c/d/").content.decode() == "No hay nada en esta dirección. Mírela otra vez, por favor."


def test_without_a_wish_it_is_the_language_of_the_letters_and_a_link_leads_to_the_other(cast: Cast) -> None:
    wave, phone = today_open(cast, language="es"), Client()
    html = phone.get(reverse("answer", args=[wave.tag])).content.decode()
    english = reverse("answer_in", args=[wave.tag, "en"])
    assert '<html lang="es">' in html
    assert f'href="{english}" lang="en"' in html
    html = phone.get(english).content.decode()
    assert '<html lang="en">' in html
    assert f'href="{reverse("answer_in", args=[wave.tag, "es"])}" lang="es"' in html
    assert ">Español</a>" in html
    kept = phone.get(reverse("survey_kept", args=[wave.tag]), {"in": "en"}).content.decode()
    assert '<html lang="en">' in kept
    assert f'href="{english}"' in kept, "the choice goes along without a cookie"
    found = phone.get(reverse("answer_start"), {"survey": wave.tag, "in": "en"})
    assert found.headers["Location"] == english


def test_questions_that_are_in_english_only_say_so(cast: Cast) -> None:
    wave = today_open(cast)
    facts = asked.facts(wave.ref)
    theirs = replace(facts, instrument=facts.instrument.model_copy(update={"slug": "a-school-s-own"}))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(asked, "facts", lambda _ref: theirs)
        html = Client(headers=SPANISH).get(reverse("answer", args=[wave.tag])).content.decode()
    assert "Las preguntas todavía no están en español." in html
    assert '<div lang="en">' in html


def test_letters_slips_and_poster_are_in_the_language_that_was_planned(
    cast: Cast, mailbox: list[mail.EmailMessage], tmp_path: Path
) -> None:
    wave = opened(cast, language="es")
    with Post(wave) as letters:
        codes.mail_codes(wave, letters.code)
        codes.remind(wave, letters.reminder)
    assert mailbox[0].subject.startswith("Su entrada: ")
    assert mailbox[0].body.startswith("Hola, ")
    assert "27 de noviembre" in mailbox[-1].subject
    assert not [words for letter in mailbox for words in ("Dear", "Everybody on the") if words in letter.body]
    slip = words_in(pdf(slips(wave, ["0" * 13])))
    assert "Sirveunavez" in slip.replace(" ", "")
    assert "Hastael27denoviembre" in slip.replace(" ", "")
    assert "Quéseguarda" in words_in(pdf(poster(wave))).replace(" ", "")


def test_the_rest_of_the_product_stays_english_for_a_spanish_browser(cast: Cast) -> None:
    for url in ("/", "/privacy/survey/", "/enter/"):
        html = Client(headers=SPANISH).get(url).content.decode()
        assert '<html lang="en"' in html
        assert not re.search(r"\bencuesta|código|Qué se guarda", html)
