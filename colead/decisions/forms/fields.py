"""Form fields that take label and choices from the model, and those whose choices are the team's members."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language

from colead.content.loader import load
from colead.content.model import WayOfDeciding
from colead.schools.models import Member, Team
from colead.texts.forms import words

Model = type[models.Model]


def label_of(model: Model, name: str) -> Any:
    """Return what a field of `model` is called, as a label."""
    return capfirst(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # no reverse relation is asked


def text_of(model: Model, name: str, *, rows: int = 3, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Return a field for the words that `model` keeps under `name`."""
    return words(label_of(model, name), rows=rows, required=required, help_text=help_text)


def line_of(model: Model, name: str, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Return a field for one short line."""
    longest = model._meta.get_field(name).max_length  # type: ignore[union-attr]  # a CharField has one
    return forms.CharField(label=label_of(model, name), max_length=longest, required=required, help_text=help_text)


def choice_of(model: Model, name: str, *, help_text: Any = "") -> forms.ChoiceField:
    """Return radio buttons with the choices that `model` gives for `name`."""
    choices = model._meta.get_field(name).choices or []  # type: ignore[union-attr]  # as above
    return forms.ChoiceField(
        label=label_of(model, name), choices=choices, widget=forms.RadioSelect, help_text=help_text
    )


def day_of(model: Model, name: str, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a field for a date."""
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label_of(model, name), required=required, widget=widget, help_text=help_text)


def number_of(
    model: Model, name: str, *, most: int, least: int = 0, required: bool = False, help_text: Any = ""
) -> forms.IntegerField:
    """Return a field for a whole number."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label_of(model, name),
        min_value=least,
        max_value=most,
        required=required,
        widget=widget,
        help_text=help_text,
    )


class MemberField(forms.ModelChoiceField):
    """One person on the team; `of` says of which team. Whoever stood there before stays a choice."""

    def __init__(self, label: Any, *, required: bool = False, empty: Any = None, help_text: Any = "") -> None:
        super().__init__(Member.objects.none(), label=label, required=required, empty_label=empty, help_text=help_text)

    def of(self, team: Team, before: Any) -> None:
        self.queryset = team.members.filter(Q(left_on=None, waiting=False) | Q(pk=_pk(before))).select_related("user")


class MembersField(forms.ModelMultipleChoiceField):
    """Several people on the team, in the order they joined; `of` says of which team."""

    def __init__(self, label: Any, *, required: bool = True, help_text: Any = "") -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(Member.objects.none(), label=label, required=required, widget=widget, help_text=help_text)

    def of(self, team: Team, before: Any) -> None:
        kept = [_pk(member) for member in before or ()]
        here = Q(left_on=None, waiting=False) | Q(pk__in=kept)
        self.queryset = team.members.filter(here).select_related("user").distinct()


def _pk(member: Any) -> Any:
    return getattr(member, "pk", member)


class OfTeam(forms.Form):
    """A form that offers a team's members; those in its initial values are offered even after they left."""

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for name, field in self.fields.items():
            if isinstance(field, MemberField | MembersField):
                field.of(team, self.initial.get(name))


def ways() -> tuple[WayOfDeciding, ...]:
    """Return the ways of deciding, as the playbook tells them in the language of whoever reads."""
    return load(get_language() or "en").ways_of_deciding


def way_told(slug: str) -> WayOfDeciding | None:
    """Return one way as the playbook tells it; none where none is chosen."""
    return next((way for way in ways() if way.slug == slug), None)


def _way_choices() -> list[tuple[str, SafeString]]:
    return [(way.slug, _told(way)) for way in ways()]


def _told(way: WayOfDeciding) -> SafeString:
    return format_html(
        '<span><strong>{}</strong><br>{} <span class="meta">{}</span></span>', way.name, way.how, way.fits
    )


way_choices = lazy(_way_choices, list)
