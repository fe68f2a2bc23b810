"""Judge a survey that a school brings as a file."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from colead.accounts.names import LineField
from colead.schools.roster.read import MOST_BYTES

USUAL = "Strongly disagree\nDisagree\nNeither\nAgree\nStrongly agree"


class InstrumentForm(forms.Form):
    """A file with questions, and what it does not say itself."""

    title = LineField(label=_("Title"), max_length=120, help_text=_("Staff read it above the questions."))
    file = forms.FileField(
        label=_("The questions"),
        help_text=_("CSV or Excel with the columns part and question, or a LimeSurvey structure (.lss)."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.lss"}),
    )
    labels = forms.CharField(
        label=_("Answers to choose from, lowest first"),
        initial=USUAL,
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line, 2 to 11 of them. A .lss file brings its own."),
    )
    cannot_say = LineField(label=_("Words for “cannot say”"), max_length=60, required=False, initial=_("I cannot say"))
    source = LineField(label=_("Who wrote these questions?"), max_length=300)
    licence = LineField(
        label=_("By what right do you use them?"),
        max_length=300,
        help_text=_("Our own words, bought, asked for, or free: say which. Most published surveys are not free."),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file that is too big before it is read."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return given

    def clean_labels(self) -> tuple[str, ...]:
        """Return the answers, lowest first."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["labels"].splitlines())
        labels = tuple(line for line in lines if line)
        if not 2 <= len(labels) <= 11:
            raise forms.ValidationError(_("Give 2 to 11 answers, one a line."))
        if len(set(labels)) < len(labels):
            raise forms.ValidationError(_("Two answers are the same."))
        return labels
