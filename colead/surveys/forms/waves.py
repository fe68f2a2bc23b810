"""Judge plans for a wave, and the small forms around it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.accounts.names import LineField
from colead.schools.models import School
from colead.surveys.actions.waves import LONGEST, Plan
from colead.surveys.catalogue import MOST_OWN_QUESTIONS, choices
from colead.surveys.groups import TOO_FEW, breakdown
from colead.surveys.models import LEAST, Wave
from colead.surveys.queries.people import readers


class DateField(forms.DateField):
    """A day, picked or typed."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class WaveForm(forms.Form):
    """What is decided before people are asked."""

    instrument = forms.ChoiceField(label=_("Which survey?"), widget=forms.RadioSelect)
    title = LineField(
        label=_("What do you call this round?"), max_length=120, help_text=_("Staff read it: “Autumn 2026”, say.")
    )
    opens = DateField(label=_("First day"))
    closes = DateField(label=_("Last day"), help_text=_("Two school weeks are usual. It ends at midnight, your time."))
    reader = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who reads the comments first?"),
        required=False,
        empty_label=_("Nobody: we ask for no comments"),
        help_text=_("Never an administrator. This name stands on the survey’s first page."),
    )
    group_by = forms.ChoiceField(
        label=_("Compare groups by"),
        choices=Wave.GroupBy,
        required=False,
        help_text=_("People choose their group themselves, or none. You cannot change this once the survey is open."),
    )
    minimum = forms.IntegerField(
        label=_("How many people must stand behind a figure?"),
        min_value=LEAST,
        max_value=20,
        initial=LEAST,
        help_text=_("Five at least. More is safer in a small school, and shows less."),
    )
    language = forms.ChoiceField(
        label=_("Letters, slips and poster are in"),
        choices=Wave.Language,
        initial=Wave.Language.ENGLISH,
        required=False,
        help_text=_("Everybody answers in the language of their own phone. Spanish is new and being tested."),
    )
    own_questions = forms.CharField(
        label=_("Your own questions"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Up to five, one a line, as sentences that people can agree with."),
    )

    def __init__(self, *args: Any, school: School, today: date, inquiry: bool = False, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.school, self.today, self.inquiry = school, today, inquiry
        self.fields["instrument"].choices = choices(school)  # type: ignore[attr-defined]  # it is a ChoiceField
        people = [person.pk for person in readers(school)]
        self.fields["reader"].queryset = User.objects.filter(pk__in=people).order_by("name")  # type: ignore[attr-defined]
        if inquiry:
            del self.fields["instrument"], self.fields["own_questions"]

    def clean_closes(self) -> date:
        """Refuse an end in the past, before the beginning, or very far off."""
        closes: date = self.cleaned_data["closes"]
        opens = self.cleaned_data.get("opens")
        if closes < self.today:
            raise forms.ValidationError(_("This day is over."))
        if opens and closes < opens:
            raise forms.ValidationError(_("The last day cannot lie before the first."))
        if opens and closes - opens > LONGEST:
            raise forms.ValidationError(_("A survey runs for 60 days at most."))
        return closes

    def clean_group_by(self) -> str:
        """Refuse groups that the staff list cannot carry."""
        by: str = self.cleaned_data["group_by"]
        if by and not breakdown(self.school, by):
            raise forms.ValidationError(TOO_FEW, params={"least": 8})
        return by

    def clean_language(self) -> str:
        """Return the language that was chosen; English where none was."""
        return self.cleaned_data["language"] or Wave.Language.ENGLISH

    def clean_own_questions(self) -> tuple[str, ...]:
        """Return the questions, one a line."""
        lines = tuple(" ".join(line.split()) for line in self.cleaned_data["own_questions"].splitlines())
        questions = tuple(line for line in lines if line)
        if len(questions) > MOST_OWN_QUESTIONS:
            raise forms.ValidationError(_("These are more than five. Every question costs everybody’s time."))
        if any(len(question) > 240 for question in questions):
            raise forms.ValidationError(_("A question is longer than 240 letters. Say it shorter."))
        return questions

    def plan(self, *, instrument: str = "") -> Plan:
        """Return what was decided."""
        facts = dict(self.cleaned_data)
        facts.setdefault("instrument", instrument)
        return Plan(**facts)


class EndForm(forms.Form):
    """Another last day."""

    closes = DateField(label=_("New last day"))


class SpoiltForm(forms.Form):
    """How many slips were spoilt."""

    count = forms.IntegerField(label=_("How many slips?"), min_value=1, max_value=2000)


class FindingForm(forms.Form):
    """What a team found, in a sentence, and by when it is answered."""

    sentence = forms.CharField(
        label=_("What did you find?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence that a colleague could repeat. What people say, not who said it."),
    )
    answer_by = DateField(label=_("You answer by"), help_text=_("Everybody at the school can see this day."))
