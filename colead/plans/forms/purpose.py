"""Judge what a team puts on its purpose map, a part at a time."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.plans.actions.purpose import NoIdea
from colead.plans.forms.fields import needed
from colead.plans.models import PurposeMap, Shift, Theory
from colead.schools.models import Team
from colead.texts.fields import choice_of, line_of, text_of
from colead.texts.forms import BasedOnVersion


@dataclass(frozen=True)
class MapPart:
    """One part of the map: what it is called, what it asks, which fields stand in it."""

    key: str
    title: str | Promise
    asks: str | Promise
    fields: tuple[str, ...]


PARTS = (
    MapPart(
        "idea",
        _("The idea"),
        _("What do you want to test, where does it come from, and how does it look when it works?"),
        ("idea", "origin", "origin_note", "vision"),
    ),
    MapPart(
        "people",
        _("The people"),
        _("Whoever feels a change should know of it before it begins."),
        ("decides", "does", "affected", "asked", "who_else"),
    ),
    MapPart(
        "first",
        _("The first try"),
        _("Small enough to begin soon, and to stop without harm."),
        ("first_steps", "form", "scale", "length", "support"),
    ),
    MapPart(
        "means",
        _("What it takes"),
        _("Time, people, money, skill. What is the least you can begin with?"),
        ("minimum", "ideal"),
    ),
    MapPart(
        "room",
        _("Limits and freedoms"),
        _("What is fixed, and where may you simply act? Settle this with your principal before you begin."),
        ("limits", "freedoms", "agreed_with"),
    ),
    MapPart(
        "signs",
        _("Signs and promises"),
        _("How will you know? And what can you count on from each other?"),
        ("signs", "commitments"),
    ),
    MapPart(
        "risks",
        pgettext_lazy("purpose map", "Why it could fail"),
        _("Changes in schools mostly fail for four reasons. Look at each before it looks at you."),
        ("alone", "clashes", "unclear", "doubt"),
    ),
)

_HELP = {
    "form": _("Pick the lightest one that can teach you something."),
    "scale": _("Two classrooms, one grade, one meeting."),
    "length": _("Weeks rather than months."),
    "agreed_with": _("Who said yes to these limits and freedoms, and when."),
    "commitments": _("What you do, and stop doing, so that it fits the idea."),
    "alone": _("Who would carry this by themselves? Who joins them?"),
    "clashes": _("What else asks for the same hours, the same people, the same attention?"),
    "unclear": _("What could two colleagues understand in two ways?"),
    "doubt": _("Where do people not believe yet that they can do it together? What small win would help?"),
}
_LINES = ("scale", "length", "agreed_with")
_CHOICES = ("origin", "form")


def part_of(key: str) -> MapPart | None:
    """Return the part of the map with this key, or None."""
    return next((part for part in PARTS if part.key == key), None)


class PartForm(BasedOnVersion):
    """The fields of one part of the map."""

    def __init__(self, *args: Any, part: MapPart, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for name in part.fields:
            self.fields[name] = _field(name)


def _field(name: str) -> forms.Field:
    if name in _CHOICES:
        return choice_of(PurposeMap, name, required=name == "origin", help_text=_HELP.get(name, ""))
    if name in _LINES:
        return line_of(PurposeMap, name, help_text=_HELP.get(name, ""))
    field = text_of(PurposeMap, name, rows=3, help_text=_HELP.get(name, ""))
    return needed(field, NoIdea) if name == "idea" else field


class DrawForm(forms.Form):
    """What a map begins with."""

    theory = forms.ModelChoiceField(
        Theory.objects.none(), label=_("Theory of action"), required=False, empty_label=_("none yet")
    )
    idea = needed(text_of(PurposeMap, "idea", help_text=_("One idea. The others can wait.")), NoIdea)

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        theory = self.fields["theory"]
        assert isinstance(theory, forms.ModelChoiceField)
        theory.queryset = team.theories.filter(put_away_on=None)
        if not theory.queryset.exists():
            del self.fields["theory"]


class ShiftForm(forms.Form):
    """What a group will do differently."""

    group = line_of(Shift, "group", required=True, help_text=_("A group, never one person."))
    today = text_of(Shift, "today", rows=2)
    then = text_of(Shift, "then", rows=2)


class ShiftEditForm(ShiftForm, BasedOnVersion):
    """A shift put right."""
