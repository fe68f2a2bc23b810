"""Judge which big questions of a guide all staff are asked."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.accounts.names import LineField
from colead.content.loader import load
from colead.schools.models import School
from colead.surveys.forms.waves import DateField
from colead.surveys.queries.people import readers


def guides() -> list[tuple[str, str]]:
    """Return the guides one can ask from: slug and name of their condition."""
    return [(condition.slug, condition.name) for condition in load(get_language() or "en").conditions]


def guide_questions(condition: str) -> list[tuple[str, str]]:
    """Return the big questions of a condition's guide: (code, words)."""
    parts = load(get_language() or "en").guide(condition).parts
    return [(question.code, question.text) for part in parts for question in part.questions]


class InquiryForm(forms.Form):
    """The questions, the days, the reader."""

    title = LineField(label=_("What do you call this?"), max_length=120)
    questions = forms.MultipleChoiceField(label=_("Which questions? One to four"), widget=forms.CheckboxSelectMultiple)
    opens = DateField(label=_("First day"))
    closes = DateField(label=_("Last day"))
    reader = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who reads the answers first?"),
        help_text=_("Never an administrator. Everybody reads what this person lets through."),
    )

    def __init__(self, *args: Any, school: School, today: date, condition: str, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.today, self.condition = today, condition
        self.fields["questions"].choices = guide_questions(condition)  # type: ignore[attr-defined]
        people = [person.pk for person in readers(school)]
        self.fields["reader"].queryset = User.objects.filter(pk__in=people).order_by("name")  # type: ignore[attr-defined]

    def clean_questions(self) -> dict[str, str]:
        """Return the chosen questions, one to four of them, code -> words."""
        chosen = self.cleaned_data["questions"]
        if len(chosen) > 4:
            raise forms.ValidationError(_("These are more than four. Ask the rest another time."))
        texts = dict(guide_questions(self.condition))
        return {code: texts[code] for code in chosen}

    def facts(self) -> dict[str, Any]:
        """Return what was decided."""
        return dict(self.cleaned_data) | {"condition": self.condition}
