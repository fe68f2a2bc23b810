"""Judge what somebody brings as a timetable, and the teams they name in it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from colead.practices.bringing import MOST_BYTES, MOST_FILES, too_large
from colead.timetable import GOAL

ACCEPT = ".csv,.txt,.tsv,.xlsx,.zip,.fet,.xml"


class ManyFiles(forms.FileField):
    """One file or several."""

    class Input(forms.FileInput):
        allow_multiple_selected = True

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Judge each file as a single one is judged, and all of them by number and size before any is read."""
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most %s files.") % MOST_FILES)
        files = [super(ManyFiles, self).clean(one, initial) for one in given or [None]]
        if sum(one.size or 0 for one in files) > MOST_BYTES:
            raise forms.ValidationError(str(too_large().reason))
        return files


class BringForm(forms.Form):
    """Today's timetable, in whatever form it stands."""

    timetable = ManyFiles(
        label=_("Your timetable"),
        help_text=_("CSV files or a zip of them, one Excel or CSV sheet of teachers and periods, or a FET file. 5 MB."),
        allow_empty_file=True,
        widget=ManyFiles.Input(attrs={"accept": ACCEPT}),
    )
    name = forms.CharField(label=_("What do you call it?"), required=False, max_length=200)
    minutes = forms.IntegerField(
        label=_("Minutes in a period, where the file does not say"), min_value=5, max_value=240, initial=45
    )


class KeepForm(forms.Form):
    """A dry run that comes back, sealed."""

    parcel = forms.CharField(widget=forms.HiddenInput)


class TeamForm(forms.Form):
    """A team that wants time together."""

    name = forms.CharField(label=_("What is the team called?"), max_length=100)
    members = forms.MultipleChoiceField(label=_("Who is on it?"), widget=forms.CheckboxSelectMultiple)
    minutes = forms.IntegerField(
        label=_("How many minutes a week do they want in common?"), min_value=5, max_value=3000, initial=GOAL
    )
    least_block = forms.IntegerField(
        label=_("A block shorter than this does not count (minutes)"), min_value=0, max_value=600, initial=30
    )

    def __init__(self, *args: Any, people: tuple[str, ...], **facts: Any) -> None:
        super().__init__(*args, **facts)
        field = self.fields["members"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(name, name) for name in people]

    def clean_members(self) -> list[str]:
        """Refuse a team of one."""
        chosen: list[str] = self.cleaned_data["members"]
        if len(chosen) < 2:
            raise forms.ValidationError(_("Choose at least two people."))
        return chosen
