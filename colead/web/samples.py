"""Made-up facts for the style guide: the ordinary, the empty and the very long."""

from typing import Any

from django import forms
from django.utils import timezone

from colead.web.thread import stops

LONG = (
    "Escuela Comunitaria Intercultural de Nuestra Señora de los Remedios y San Bartolomé de las Casas, "
    "Campus Norte (antes Instituto Elemental de la Ribera del Río Grande), Sección de Primaria, turno de tarde"
)
CONDITIONS = tuple(
    {"slug": slug, "letter": letter, "name": name}
    for slug, letter, name in (
        ("vision", "V", "Vision and strategy"),
        ("administration", "A", "Supportive administration"),
        ("capacity", "C", "Capacity and resources"),
        ("structures", "W", "Enabling work structures"),
        ("relationships", "R", "Relationships and social norms"),
        ("influence", "S", "Shared influence"),
        ("improvement", "O", "Orientation to improve"),
    )
)
TEAM = (
    {"name": "Ada Okafor", "role": "Grade 4 teacher, leads the team"},
    {"name": "Ben Lindqvist", "role": "Music"},
    {"name": "Pat Reyes", "role": "Principal"},
    {"name": "Maria de los Ángeles Fernández-Villanueva y Ortiz", "role": "Counselor"},
    {"name": "Jo", "role": ""},
)
VOICES = (
    ("Ada Okafor", "That nobody here has to carry a hard class alone. I want to be able to knock on a door."),
    ("Ben Lindqvist", "We can. When we planned the spring concert together, it took half the time."),
    (
        "Pat Reyes",
        "I used to think that I had to have the answer before the meeting. I would like to stop doing that.\n\n"
        "What I can do is clear the room, the hour and the cover, and then sit down at the same table as everybody.",
    ),
    ("Jo", "Not sure yet."),
)
STEPS = (
    {
        "title": "Write your own answer",
        "text": "Nobody sees it until you all open them.",
        "minutes": 4,
        "state": "done",
    },
    {"title": "Open all answers", "text": "Same size, in the order people joined.", "minutes": 6, "state": "here"},
    {"title": "Decide", "text": "Say who was there and what still worries you.", "minutes": 10, "state": ""},
)
ICONS = (
    *("menu", "arrow", "back", "down", "check", "plus", "close", "pen", "person", "people", "paper", "clock"),
    *("calendar", "private", "reveal", "hidden", "link", "copy", "search", "print", "download", "upload", "warning"),
    *(
        "note",
        "help",
        "quote",
        "voice",
        "decide",
        "bookmark",
        "evidence",
        "mail",
        "home",
        "out",
        "play",
        "pause",
        "win",
    ),
)
PROSE = "From Markdown:\n\n- one thing\n- another, with a [link](https://example.org)\n\n> and a quotation"


class Sample(forms.Form):
    """One of every kind of field."""

    name = forms.CharField(label="What is your school called?", help_text="As people say it, not as it is filed.")
    email = forms.EmailField(label="Your e-mail", required=False)
    place = forms.ChoiceField(label="Time zone", choices=[("ny", "New York"), ("ch", "Chicago"), ("dn", "Denver")])
    day = forms.DateField(label="By when?", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    answer = forms.CharField(label="What do we believe the adults here can do together?", widget=forms.Textarea)
    way = forms.ChoiceField(
        label="How did you decide?",
        help_text="The way matters as much as the result.",
        widget=forms.RadioSelect,
        choices=[("consent", "Nobody had a serious objection"), ("vote", "We voted"), ("lead", LONG)],
    )
    present = forms.MultipleChoiceField(
        label="Who was there?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(person["name"], person["name"]) for person in TEAM],
    )
    told = forms.BooleanField(label="Tell me by mail when the others have written", required=False)
    roster = forms.FileField(label="Your list of staff", required=False, help_text="A CSV or an XLSX file, up to 5 MB.")


def everything() -> dict[str, Any]:
    """Return what the style guide shows."""
    return {
        "LONG": LONG,
        "conditions": CONDITIONS,
        "team": TEAM,
        "voices": VOICES,
        "steps": STEPS,
        "icons": ICONS,
        "form": Sample(initial={"answer": VOICES[0][1], "way": "consent"}),
        "wrong_form": Sample({"email": "ada at north"}, auto_id="wrong_%s"),
        "here": stops("theory", {"voice": "#thread", "barrier": "#thread", "theory": "#thread"}),
        "start": stops("voice"),
        "saved_at": timezone.localtime().replace(hour=10, minute=42),
        "prose": PROSE,
        "headings": ("Line of the file", "Name", "What will happen"),
        "rows": (
            ("2", "Ada Okafor", "Added as a teacher"),
            ("3", LONG, "Refused: looks like a pupil"),
            ("4", "Jo", ""),
        ),
    }
