"""Judge what a team notes as evidence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.plans.models import Evidence
from colead.texts.fields import day, label_of, line_of, text_of
from colead.texts.forms import BasedOnVersion


class EvidenceForm(forms.Form):
    """One thing the team knows."""

    kind = forms.ChoiceField(label=label_of(Evidence, "kind"), choices=Evidence.Kind.choices)
    body = text_of(
        Evidence, "body", required=True, help_text=_("About the school. No pupil, and no judgment of a colleague.")
    )
    source = line_of(Evidence, "source", help_text=_("So that somebody else can find it again."))
    seen_on = day(label_of(Evidence, "seen_on"), help_text=_("Left empty, it is today."))
    link = forms.URLField(label=label_of(Evidence, "link"), max_length=500, required=False, assume_scheme="https")


class EvidenceEditForm(EvidenceForm, BasedOnVersion):
    """A piece of evidence put right."""

    seen_on = day(label_of(Evidence, "seen_on"), required=True)
