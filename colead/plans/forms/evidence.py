"""Judge what a team writes into its plans."""

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.plans.models import Evidence


class EvidenceForm(forms.Form):
    """One thing the team knows."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Evidence.Kind.choices)
    body = forms.CharField(
        label=_("Quote or number"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("About the school. No pupil, and no judgment of a colleague."),
    )
    source = forms.CharField(label=_("Where it comes from"), max_length=300, required=False)
    seen_on = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
