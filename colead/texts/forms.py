"""What forms about a team text have in common: places for people's own words, and the version they began from."""

from typing import Any

from django import forms

LONGEST = 20_000  # letters in one text: about eight pages


def words(label: Any, *, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Return a field for a text of people's own words."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, help_text=help_text)


class BasedOnVersion(forms.Form):
    """A form about a team text: its hidden `version` is the one whoever writes has seen."""

    version = forms.IntegerField(min_value=0, initial=0, required=False, widget=forms.HiddenInput)

    def based_on(self) -> int:
        return self.cleaned_data.get("version") or 0

    def words(self) -> dict[str, Any]:
        """What was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def labels(self) -> dict[str, str]:
        """What each field is called, for the page on which two versions are put together."""
        return {name: str(field.label) for name, field in self.fields.items()}
