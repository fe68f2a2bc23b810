"""The frame, the pages that belong to no school, and the pages for when something is not as hoped."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import include, path, reverse

from colead.accounts.models import User
from colead.web import samples
from colead.web.doors import anyone, door_of
from colead.web.markdown import html
from colead.web.templatetags.page import initials
from colead.web.thread import NAMES, stops
from colead.web.urls import urlpatterns as web_urls

ROOT = Path(__file__).resolve().parent.parent / "colead"
WEB = ROOT / "web/templates/web"
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
CONDITIONS = [condition["slug"] for condition in samples.CONDITIONS]
SVG = "{http://www.w3.org/2000/svg}"
PUBLIC = ("front", "privacy", "accessibility", "styleguide")


def render(source: str, **facts: object) -> str:
    return engines["django"].from_string(source).render(facts)


def shapes_in(file: Path) -> ElementTree.Element:
    return ElementTree.parse(file).getroot()  # noqa: S314  # our own drawings


def sprite() -> dict[str, str]:
    symbols = shapes_in(ROOT / "web/static/web/icons.svg").iter(f"{SVG}symbol")
    return {symbol.get("id"): drawing(symbol) for symbol in symbols}


def drawing(element: ElementTree.Element) -> str:
    return "".join(ElementTree.tostring(shape, encoding="unicode").strip() for shape in element)


# --- Pages anyone may open ---


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_opens_without_an_account_and_leaves_no_cookie(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert not answer.cookies or name == "styleguide"  # its forms are real, and real forms need one


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_has_one_title_and_one_first_heading(client, name):
    page = client.get(reverse(name)).content.decode()
    assert len(re.findall(r"<h1\b", page)) == len(re.findall(r"<title>[^<]+Colead", page)) == 1


@pytest.mark.django_db
def test_the_front_page_offers_the_ways_in(client):
    page = client.get("/").content.decode()
    for name in ("school_new", "account_login"):
        assert f'href="{reverse(name)}"' in page


@pytest.mark.django_db
def test_the_front_page_offers_demo_people_in_the_demo_only(client, settings):
    settings.DEMO = True
    assert "demo people" in client.get("/").content.decode()
    settings.DEMO = False
    assert "demo people" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_front_page_shows_the_seven_conditions_in_the_words_of_the_playbook(client):
    page = client.get("/").content.decode()
    assert [slug for slug in CONDITIONS if f'data-condition="{slug}"' in page] == CONDITIONS


@pytest.mark.django_db
def test_whoever_has_signed_in_goes_home(client):
    client.force_login(User.objects.create_user("ada@example.org", name="Ada Reed"))
    answer = client.get("/")
    assert (answer.status_code, answer.url) == (302, reverse("home"))


@pytest.mark.django_db
def test_the_pages_of_the_frame_answer_only_to_reading(client):
    assert {client.post(reverse(pattern.name)).status_code for pattern in web_urls} == {405}


def test_every_page_of_the_frame_says_who_may_enter():
    assert {door_of(pattern.callback) for pattern in web_urls} == {"anyone"}


@pytest.mark.django_db
def test_a_phone_can_keep_it(client):
    facts = client.get("/manifest.webmanifest").json()
    assert facts["name"] == "Colead"
    assert (ROOT / "web/static/web" / Path(facts["icons"][0]["src"]).name).is_file()


@pytest.mark.django_db
def test_search_engines_are_kept_to_the_public_pages(client):
    lines = client.get("/robots.txt").content.decode().split("\n")
    assert "Disallow: /" in lines
    assert "Allow: /$" in lines


# --- The style guide ---


@pytest.mark.parametrize("fragment", sorted(WEB.glob("_*.html")), ids=lambda file: file.name)
def test_every_component_stands_in_the_style_guide(fragment):
    frame = "".join((WEB / name).read_text() for name in ("styleguide.html", "base.html", "_form.html", "_empty.html"))
    assert f"web/{fragment.name}" in frame or (fragment.name == "_field.html" and "{% field " in frame)


@pytest.mark.django_db
def test_the_style_guide_shows_every_icon_that_pages_can_use(client):
    page = client.get("/styleguide/").content.decode()
    assert set(re.findall(r'icons\.svg#([\w-]+)"', page)) == set(sprite())


# --- Templates ---

HANDLER = r"\son(?:click|change|input|submit|load|error|focus|blur|toggle|key\w+|mouse\w+|touch\w+|pointer\w+)="


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_template_holds_no_inline_style_or_script(template):
    text = template.read_text()
    assert not re.search(rf"\sstyle=|<style|{HANDLER}|hx-on|javascript:|\bjs:", text)
    assert not re.findall(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_template_asks_no_other_host(template):
    assert not re.findall(r'(?:src|action|hx-(?:get|post))="(?:https?:)?//', template.read_text())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_icon_that_a_template_names_is_in_the_sprite(template):
    assert set(re.findall(r'(?:\{% icon |icon_name=)"([\w-]+)"', template.read_text())) <= set(sprite())


@pytest.mark.parametrize("slug", CONDITIONS)
def test_a_condition_is_drawn_alike_on_screen_and_on_paper(slug):
    assert sprite()[slug] == drawing(shapes_in(ROOT / f"documents/typst/icons/{slug}.svg"))


# --- When something is not as hoped ---


TROUBLES = {"400": SuspiciousOperation, "403": PermissionDenied, "404": Http404, "500": ZeroDivisionError}


@anyone
def unwell(request: HttpRequest, kind: str) -> HttpResponse:
    raise TROUBLES[kind]("secret")


@anyone
def form_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("unwell/<kind>/", unwell), path("form/", form_page), path("", include("colead.urls"))]


@pytest.mark.urls(__name__)
@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["403", "404"])
def test_a_closed_door_is_explained(client, kind):
    answer = client.get(f"/unwell/{kind}/")
    assert answer.status_code == int(kind)
    assert "<h1>" in answer.content.decode()
    assert "secret" not in answer.content.decode()


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("kind", ["400", "500"])
def test_a_fault_is_explained_without_the_database(kind):
    """No database mark: pytest-django refuses every query."""
    answer = Client(raise_request_exception=False).get(f"/unwell/{kind}/")
    assert answer.status_code == int(kind)
    assert "<h1>" in answer.content.decode()
    assert "secret" not in answer.content.decode()


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_a_form_that_was_open_too_long_is_explained():
    answer = Client(enforce_csrf_checks=True).post("/form/", {"answer": "mine"})
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()


# --- Small words ---


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("![x](https://example.org/x.png)", "<img"),
        ("[x](javascript:alert(1))", 'href="javascript'),
        ("[x](data:text/html,hi)", 'href="data'),
        ("<b style='color:red'>x</b>", "<b"),
    ],
)
def test_markdown_lets_nothing_dangerous_through(text, never):
    assert never not in html(text)


def test_markdown_keeps_what_writers_need():
    shown = html("### Why\n\n- *one*\n- [two](https://example.org)\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    for kept in ("<h3>Why</h3>", "<em>one</em>", 'href="https://example.org"', 'rel="noopener nofollow"', "<td>1</td>"):
        assert kept in shown


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ada Reed", "AR"),
        ("Jo", "J"),
        ("María de los Ángeles Ortiz", "MO"),
        ("", "?"),
        ("  ", "?"),
        ("‘Ada", "?"),
        (None, "?"),
    ],
)
def test_a_name_is_shortened_for_its_avatar(name, short):
    assert initials(name) == short


class Asked(forms.Form):
    name = forms.CharField(label="Name", help_text="As people say it")
    way = forms.ChoiceField(label="Way", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    told = forms.BooleanField(label="Tell me", required=False)


def test_a_field_ties_its_help_and_its_error_to_the_control():
    shown = render("{% field form.name %}", form=Asked({}))
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', shown)[1].split()
    assert described == ["id_name_helptext", "id_name_error"]
    assert all(f'id="{name}"' in shown for name in described)
    assert 'aria-invalid="true"' in shown


def test_a_choice_is_one_group_with_one_name():
    shown = render("{% field form.way %}", form=Asked())
    assert shown.count("<fieldset") == shown.count("<legend") == 1
    assert "(optional)" not in shown


def test_what_need_not_be_answered_says_so():
    assert "(optional)" in render(
        "{% field form.note %}", form=type("Note", (forms.Form,), {"note": forms.CharField(required=False)})()
    )


@pytest.mark.parametrize(("facts", "guard"), [(None, "data-guard>"), ({"name": "Ada"}, 'data-guard="unsaved">')])
def test_a_guarded_form_that_came_back_still_holds_unsaved_words(facts, guard):
    assert guard in render('{% include "web/_form.html" with guard=True %}', form=Asked(facts))


def test_the_summary_of_errors_leads_to_each_field():
    shown = render('{% include "web/_errors.html" %}', form=Asked({}))
    assert re.findall(r'href="#([^"]+)"', shown) == ["id_name", "id_way_0"]


def test_what_people_wrote_is_never_taken_for_html():
    shown = render('{% include "web/_voice.html" with text=text name=text %}', text="<script>x</script>")
    assert "<script" not in shown


def test_the_thread_has_seven_stops_and_one_is_here():
    seen = stops("theory", {"voice": "/v/"})
    assert [stop.slug for stop in seen] == list(NAMES)
    assert [stop.state for stop in seen] == ["done", "done", "here", "later", "later", "later", "later"]
    assert [stop.url for stop in seen if stop.url] == ["/v/"]


def test_a_stop_that_is_not_on_the_thread_is_refused():
    with pytest.raises(ValueError, match="feelings"):
        stops("feelings")


@pytest.mark.parametrize(
    ("done", "total", "words"),
    [(4, 6, "4 of 6 have written"), (6, 6, "All 6 have written"), (0, 1, "0 of 1 has written")],
)
def test_progress_is_said_in_words(done, total, words):
    assert words in render('{% include "web/_progress.html" %}', done=done, total=total)


# --- Forms ----------------------------------------------------------------------------------------------------------

INCLUDE = re.compile(r'\{% include "([^"]+)"((?:(?!%\}).)*)%\}')
SOURCES = {str(path).split("/templates/")[1]: path.read_text() for path in TEMPLATES}


def wants_token(name: str, seen: tuple[str, ...] = ()) -> bool:
    """Say whether a fragment, or one inside it, holds a form that posts."""
    if name in seen or name not in SOURCES:
        return False
    inside = (found[1] for found in INCLUDE.finditer(SOURCES[name]) if not found[2].rstrip().endswith("only"))
    return "{% csrf_token %}" in SOURCES[name] or any(wants_token(each, (*seen, name)) for each in inside)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_form_in_a_fragment_is_never_cut_off_from_its_token(name: str) -> None:
    """An include with `only` passes nothing on, the token that makes a post count included."""
    for found in INCLUDE.finditer(SOURCES[name]):
        if found[2].rstrip().endswith("only") and wants_token(found[1]):
            assert "csrf_token=csrf_token" in found[2], f"{name} includes {found[1]} without the token"
