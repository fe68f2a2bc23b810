"""Judge what the reader of comments does with each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.answers.box import LONGEST_COMMENT
from colead.surveys.actions.comments import Held


class CommentsForm(forms.Form):
    """For each comment its words, which the reader may shorten, and whether everybody may read it."""

    withheld = forms.CharField(
        label=_("Why do you hold some back?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody reads this reason. “Two of them told who they were about”, say."),
    )

    def __init__(self, *args: Any, held: Sequence[Held], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.held = held
        for one in held:
            words = forms.Textarea(attrs={"rows": 3})
            label = _("Their words; take names out")
            self.fields[f"text-{one.id}"] = forms.CharField(
                label=label, max_length=LONGEST_COMMENT, initial=one.text, widget=words, required=False
            )
            self.fields[f"show-{one.id}"] = forms.BooleanField(
                label=_("Everybody may read this"), required=False, initial=True
            )

    def pairs(self) -> list[tuple[Held, forms.BoundField, forms.BoundField]]:
        """Return each comment with its two fields."""
        return [(one, self[f"text-{one.id}"], self[f"show-{one.id}"]) for one in self.held]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where something is held back."""
        facts = super().clean() or self.cleaned_data
        hidden = [one for one in self.held if not facts.get(f"show-{one.id}") or not facts.get(f"text-{one.id}")]
        if hidden and not facts.get("withheld"):
            self.add_error("withheld", _("Say in a sentence why something is held back."))
        return facts

    def released(self) -> dict[str, str]:
        """Return the words that everybody may read, by comment."""
        facts = self.cleaned_data
        shown = [one for one in self.held if facts[f"show-{one.id}"] and facts[f"text-{one.id}"]]
        return {one.id: facts[f"text-{one.id}"] for one in shown}

    def why(self) -> str:
        """Return the reason, where anything was held back."""
        return str(self.cleaned_data["withheld"]) if len(self.released()) < len(self.held) else ""
