"""Judge what a team writes about what came of a test."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.models import Decision, Way
from colead.plans.forms.fields import OfTeam, PresentField
from colead.plans.models import Impact, Indicator, Theme
from colead.plans.pasting import CannotRead, Mistake, Value, checked, read_values
from colead.schools.models import Member, Team
from colead.texts.fields import choice_of, day, label_of, line_of, text_of
from colead.texts.forms import BasedOnVersion

SHARE = Indicator.Chart.SHARE.value


class ImpactForm(BasedOnVersion):
    """What came of a test, in the team's words."""

    success = text_of(Impact, "success", help_text=_("As you put it before you began."))
    gathered = text_of(
        Impact,
        "gathered",
        help_text=_("What people felt, what they learned, what the school changed, what is done now, who gains."),
    )
    as_planned = text_of(Impact, "as_planned")
    changed = text_of(Impact, "changed")
    finding = choice_of(Impact, "finding", required=False)
    for_whom = text_of(Impact, "for_whom", rows=2)
    confidence = choice_of(Impact, "confidence", required=False)
    surprises = text_of(Impact, "surprises", rows=2)
    celebration = text_of(Impact, "celebration", rows=2)
    carry_on = text_of(Impact, "carry_on", rows=2)


class DecideForm(OfTeam):
    """What follows from a test."""

    verdict = choice_of(Impact, "verdict")
    onward = choice_of(Impact, "onward")
    because = text_of(Decision, "because", required=True, help_text=_("One or two sentences a colleague can repeat."))
    way = forms.ChoiceField(label=_("How you decided"), choices=Way.choices, widget=forms.RadioSelect)
    present = PresentField()
    concerns = text_of(Decision, "concerns", rows=2)
    decided_on = day(_("When"), required=True)
    owner = forms.ModelChoiceField(
        Member.objects.none(), label=label_of(Decision, "owner"), required=False, empty_label=_("nobody yet")
    )
    review_on = day(label_of(Decision, "review_on"))

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, team=team, **facts)
        self.fields["present"].required = True
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = team.members.active().select_related("user")


class ThemeForm(forms.Form):
    """Something that several people said."""

    text = text_of(Theme, "text", rows=2, required=True, help_text=_("In your own words. No names, no single person."))


class AnswerForm(BasedOnVersion):
    """What the team does about it."""

    text = text_of(Theme, "text", rows=2, required=True)
    response = choice_of(Theme, "response", required=False)
    answer = text_of(Theme, "answer", rows=2, help_text=_("Staff read this. Say it as you would say it to them."))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("response") and not (facts.get("answer") or "").strip():
            self.add_error("answer", _("Say in a sentence what you do, or why not."))
        if facts.get("answer") and not facts.get("response"):
            self.add_error("response", _("Choose what kind of answer this is."))
        return facts


def number_of(name: str) -> forms.DecimalField:
    """Return a field for a number that an indicator keeps under `name`."""
    return forms.DecimalField(label=label_of(Indicator, name), max_digits=14, decimal_places=4, required=False)


class IndicatorForm(BasedOnVersion):
    """Something to count."""

    name = line_of(Indicator, "name", required=True, help_text=_("For the school, never for one person."))
    kind = choice_of(Indicator, "kind")
    unit = line_of(Indicator, "unit", help_text=_("Such as minutes, meetings, answers."))
    better = choice_of(Indicator, "better")
    baseline = number_of("baseline")
    target = number_of("target")
    changed_on = day(
        label_of(Indicator, "changed_on"), help_text=_("From ten values before it, the middle line stays as it was.")
    )
    chart = choice_of(Indicator, "chart", help_text=_("Take the run chart if you are not sure."))
    rules = choice_of(
        Indicator, "rules", help_text=_("Anhøj is the careful one. For the others you see how often they are wrong.")
    )


class ValueForm(forms.Form):
    """One value."""

    on = day(_("Date"), required=True)
    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=4)
    n = forms.IntegerField(label=_("Out of how many"), min_value=1, max_value=9_999_999)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, share: bool = False, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if not share:
            del self.fields["n"]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if {"on", "value"} <= facts.keys() and ("n" in facts or "n" not in self.fields):
            try:
                checked(self.value_of(facts))
            except CannotRead as wrong:
                self.add_error("value", f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.")
        return facts

    def value_of(self, facts: dict[str, Any]) -> Value:
        return Value(facts["on"], facts["value"], facts.get("n"), facts.get("note", ""))


class PasteForm(forms.Form):
    """Values pasted from a table."""

    lines = forms.CharField(
        label=_("Values from a table"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One line each: date, value, note. For shares: date, value, out of how many, note."),
    )

    def __init__(self, *args: Any, share: bool = False, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.share = share
        self.values: tuple[Value, ...] = ()

    def clean_lines(self) -> str:
        lines: str = self.cleaned_data["lines"]
        self.values, mistakes = read_values(lines, share=self.share)
        if mistakes:
            raise forms.ValidationError([_in_words(mistake) for mistake in mistakes[:20]])
        if not self.values:
            raise forms.ValidationError(_("There is no value in this."))
        return lines


def _in_words(mistake: Mistake) -> Any:
    return _("Line %(line)s: %(why)s.") % {"line": mistake.line, "why": mistake.why.rstrip(".")}
