"""Judge what a calendar file is asked for."""

from typing import Any

from django import forms

from colead.practices.exports.calendars import LONGEST


class CalendarForm(forms.Form):
    """Whose calendar, from when to when."""

    kind = forms.ChoiceField(choices=[("person", "person"), ("team", "team")])
    name = forms.CharField(max_length=200)
    until = forms.DateField()

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["from"] = forms.DateField()

    def clean(self) -> dict[str, Any] | None:
        """Refuse a span that ends before it begins, or one without end."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("until")
        if first and last and not first <= last <= first + LONGEST:
            raise forms.ValidationError("too long")
        return self.cleaned_data
