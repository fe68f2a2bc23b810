"""Judge answers brought from another tool, and which column answers which question."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.accounts.names import LineField
from colead.analysis.instrument import Instrument
from colead.schools.models import School
from colead.schools.roster.read import MOST_BYTES
from colead.surveys.catalogue import choices
from colead.surveys.queries.people import readers
from colead.surveys.reading.brought import MOST_PEOPLE, Brought, Mapping


class BroughtForm(forms.Form):
    """A file with answers, and what it does not say itself."""

    instrument = forms.ChoiceField(label=_("Which survey was it?"), widget=forms.RadioSelect)
    title = LineField(label=_("What do you call this round?"), max_length=120)
    asked = forms.IntegerField(
        label=_("How many people were asked?"),
        min_value=8,
        max_value=MOST_PEOPLE,
        help_text=_("All staff, not only those who answered."),
    )
    reader = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who reads the comments first?"),
        required=False,
        empty_label=_("Nobody: leave the comments out"),
        help_text=_("Never an administrator."),
    )
    file = forms.FileField(
        label=_("The answers"),
        help_text=_("CSV or Excel from Google Forms, Microsoft Forms, Qualtrics or LimeSurvey. At most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, school: School, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["instrument"].choices = choices(school)  # type: ignore[attr-defined]
        people = [person.pk for person in readers(school)]
        self.fields["reader"].queryset = User.objects.filter(pk__in=people).order_by("name")  # type: ignore[attr-defined]

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file that is too big before it is read."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return given


class MappingForm(forms.Form):
    """Which column answers which question."""

    parcel = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, brought: Brought, instrument: Instrument, mapping: Mapping, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.instrument = instrument
        columns: list[tuple[str, Any]] = [("", _("not in this file"))]
        columns += [(str(column.place), column.heading[:80]) for column in brought.columns]
        chosen = mapping.items | mapping.lines
        for key, text in self.questions():
            first = str(chosen[key]) if key in chosen else ""
            field = forms.ChoiceField(label=text, choices=columns, required=False, initial=first)
            self.fields[f"at-{key}"] = field
        self.fields["flipped"] = forms.BooleanField(
            label=_("The numbers in this file run the other way: 1 is the highest answer"), required=False
        )

    def questions(self) -> list[tuple[str, str]]:
        """Return every question and open line with its words."""
        pairs = [(item.key, item.text) for item in self.instrument.items]
        return pairs + [(line.key, line.text) for line in self.instrument.open_lines]

    def clean(self) -> dict[str, Any]:
        """Refuse a column that answers two questions, and a mapping of nothing."""
        facts = super().clean() or self.cleaned_data
        used = [facts[name] for name in facts if name.startswith("at-") and facts[name]]
        twice = {place for place in used if used.count(place) > 1}
        for name in [name for name in facts if name.startswith("at-")]:
            if facts[name] in twice:
                self.add_error(name, _("Another question uses this column too."))
        if not used:
            raise forms.ValidationError(_("Choose at least one column."))
        return facts

    def mapping(self) -> Mapping:
        """Return what was chosen."""
        lines = {line.key for line in self.instrument.open_lines}
        chosen = {key: int(place) for key, _text in self.questions() if (place := self.cleaned_data[f"at-{key}"])}
        items = {key: place for key, place in chosen.items() if key not in lines}
        flipped = frozenset(items.values()) if self.cleaned_data["flipped"] else frozenset()
        return Mapping(items, {key: place for key, place in chosen.items() if key in lines}, flipped)
