"""Judge what a team says about the eight ways of working together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.practices.models import Structure, StructureLook
from colead.texts.fields import choice_of, line_of, number_of, text_of
from colead.texts.forms import BasedOnVersion

MOST_MINUTES = 1440  # a day


class StructureForm(BasedOnVersion):
    """How one of the eight stands. Without minutes there is no “how often”."""

    state = choice_of(Structure, "state")
    purpose = text_of(Structure, "purpose", rows=2, help_text=_("What would be lost if it ended tomorrow?"))
    who = line_of(Structure, "who", help_text=_("Groups or roles, such as “grade teams”. No names."))
    minutes = number_of(
        Structure, "minutes", most=MOST_MINUTES, least=1, help_text=_("Leave it empty where no time is set aside.")
    )
    every = choice_of(Structure, "every", required=False)
    use = choice_of(Structure, "use", required=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if not facts.get("minutes"):
            facts["every"] = ""
        elif not facts.get("every") and "every" not in self.errors:
            self.add_error("every", _("Say how often these minutes come."))
        return facts


class FirstForm(forms.Form):
    """What the team does first."""

    first = text_of(StructureLook, "first", rows=2, required=True, help_text=_("One thing, small enough for a month."))
