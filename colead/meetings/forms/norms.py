"""Norms, and how one sees them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.forms.fields import MembersField, OfTeam
from colead.meetings.models import Agreement, Mark, Norm, NormCheck
from colead.texts.fields import day_of, text_of
from colead.texts.forms import BasedOnVersion, words


class AgreeForm(OfTeam, BasedOnVersion):
    """Norms, one to a line; its version is the number of what held before."""

    norms = words(
        _("Your norms, one to a line"),
        rows=6,
        required=True,
        help_text=_("Three to six, each something that you do. “We let each other finish.”"),
    )
    present = MembersField(_("Who was present"))
    agreed_on = day_of(Agreement, "agreed_on", required=True)
    why = text_of(Agreement, "why", rows=2, help_text=_("For those who were not there."))

    def clean_norms(self) -> list[str]:
        lines = self.cleaned_data["norms"].splitlines()
        longest = Norm._meta.get_field("words").max_length or 0
        if any(len(" ".join(line.split())) > longest for line in lines):
            raise forms.ValidationError(_("A norm is one short sentence: %s letters at most.") % longest)
        return lines


class ViewForm(forms.Form):
    """How one person sees each norm of an agreement."""

    def __init__(self, *args: Any, agreement: Agreement, mine: dict[int, str], **facts: Any) -> None:
        super().__init__(*args, **facts)
        for norm in agreement.norms.all():
            self.fields[f"norm-{norm.pk}"] = forms.ChoiceField(
                label=norm.words, choices=Mark.choices, widget=forms.RadioSelect, initial=mine.get(norm.pk)
            )

    def marks(self) -> dict[int, str]:
        """Return norm -> mark."""
        return {int(name.removeprefix("norm-")): mark for name, mark in self.cleaned_data.items()}


class ChangesForm(BasedOnVersion):
    """What changes after a look."""

    note = text_of(
        NormCheck, "note", rows=3, required=True, help_text=_("What will you do differently? Say what, not who.")
    )
