"""Form fields that take their label and choices from the model, so that a thing has one name everywhere."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst

from colead.texts.forms import words

Model = type[models.Model]


def label_of(model: Model, name: str) -> Any:
    """Return what a field of `model` is called, as a label."""
    return capfirst(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # no reverse relation is asked


def text_of(model: Model, name: str, *, rows: int = 3, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Return a field for the people's own words that `model` keeps under `name`."""
    return words(label_of(model, name), rows=rows, required=required, help_text=help_text)


def line_of(model: Model, name: str, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Return a field for one short line."""
    longest = model._meta.get_field(name).max_length  # type: ignore[union-attr]  # a CharField has one
    return forms.CharField(label=label_of(model, name), max_length=longest, required=required, help_text=help_text)


def choice_of(model: Model, name: str, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    """Return radio buttons with the choices that `model` gives for `name`."""
    choices = model._meta.get_field(name).choices or []  # type: ignore[union-attr]  # likewise
    widget = forms.RadioSelect
    label = label_of(model, name)
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=widget, help_text=help_text)


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a field for a date."""
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def day_of(model: Model, name: str, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a field for the date that `model` keeps under `name`."""
    return day(label_of(model, name), required=required, help_text=help_text)


def time_of(model: Model, name: str, *, required: bool = False) -> forms.TimeField:
    """Return a field for the time of day that `model` keeps under `name`."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label_of(model, name), required=required, widget=widget)


def number_of(
    model: Model, name: str, *, most: int, least: int = 0, required: bool = False, help_text: Any = ""
) -> forms.IntegerField:
    """Return a field for a whole number."""
    return forms.IntegerField(
        label=label_of(model, name),
        min_value=least,
        max_value=most,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=help_text,
    )
