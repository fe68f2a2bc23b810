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


def guide_questions() -> dict[str, list[tuple[str, str]]]:
    """Return the big questions of every guide: condition's name -> (code, words)."""
    playbook = load(get_language() or "en")
    found: dict[str, list[tuple[str, str]]] = {}
    for condition in playbook.conditions:
        guide = playbook.guide(condition.slug)
        questions = [question for part in guide.parts for question in part.questions]
        found[condition.name] = [(question.code, question.text) for question in questions]
    return found


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

    def __init__(self, *args: Any, school: School, today: date, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.today = today
        self.fields["questions"].choices = list(guide_questions().items())  # type: ignore[attr-defined]
        people = [person.pk for person in readers(school)]
        self.fields["reader"].queryset = User.objects.filter(pk__in=people).order_by("name")  # type: ignore[attr-defined]

    def clean_questions(self) -> dict[str, str]:
        """Return the chosen questions, one to four of them, code -> words."""
        chosen = self.cleaned_data["questions"]
        if len(chosen) > 4:
            raise forms.ValidationError(_("These are more than four. Ask the rest another time."))
        texts = {code: text for questions in guide_questions().values() for code, text in questions}
        return {code: texts[code] for code in chosen}

    def facts(self) -> dict[str, Any]:
        """Return what was decided; the condition is that of the first question."""
        facts = dict(self.cleaned_data)
        first = next(iter(facts["questions"]))
        return facts | {"condition": load().where(first).guide.condition}
