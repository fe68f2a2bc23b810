"""Judge what a team writes for the page."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.models import Decision
from colead.schools.models import Team
from colead.staffpage.models import Notice
from colead.texts.forms import BasedOnVersion, words

Kind = Notice.Kind

LABELS = {
    Kind.VISION: (_("What do you want to be true here in some years?"), _("In words that everybody can repeat.")),
    Kind.WIN: (_("What went well?"), _("A small thing counts. Thank people only if they like being thanked.")),
    Kind.RESOURCE: (_("What do you put in?"), _("Time, cover, money, a room: with a number where you have one.")),
    Kind.SKILL: (_("Who can now do what?"), _("Name somebody only with their yes.")),
}
MORE = {
    Kind.WIN: _("Where, or in which test"),
    Kind.RESOURCE: _("What it is for, and until when"),
    Kind.SKILL: _("Whom to ask, and how"),
}


class DateField(forms.DateField):
    """A day, picked or typed."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class NoticeForm(BasedOnVersion):
    """A few words on the page."""

    text = words("", rows=3, required=True)
    more = forms.CharField(required=False, max_length=300)
    on = DateField(label=_("Since when, or on which day"))

    def __init__(self, *args: Any, kind: str, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["text"].label, self.fields["text"].help_text = LABELS[Kind(kind)]
        if kind in MORE:
            self.fields["more"].label = MORE[Kind(kind)]
        else:
            del self.fields["more"]


class CameForm(BasedOnVersion):
    """What came of a finding."""

    DECIDED, NOT_NOW = "decided", "not-now"

    what = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[(DECIDED, _("We decided something")), (NOT_NOW, _("Not now, and we say why"))],
        widget=forms.RadioSelect,
    )
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("Which decision?"),
        required=False,
        empty_label=_("None"),
        help_text=_("Only what is decided is offered. Write the decision down first if it is not here."),
    )
    text = forms.CharField(
        label=_("What do you tell staff?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence or two. After “Not now” begin with the reason."),
    )

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        decided = team.decisions.decided().order_by("-decided_on", "-id")
        self.fields["decision"].queryset = decided  # type: ignore[attr-defined]  # it is a ModelChoiceField

    def overtaken(self, answer: str, version: int) -> None:
        """Say that a colleague answered in between; what was typed stays, and the next save is based on theirs."""
        self.data = {**self.data.dict(), "version": version}  # type: ignore[attr-defined]  # it is what was posted
        said = _("A colleague answered in the meantime: “%(answer)s”. Save again to put yours in its place.")
        self.add_error("text", forms.ValidationError(said, params={"answer": answer}))

    def clean(self) -> dict[str, Any]:
        """Ask for the decision where one is said to answer it, and for none where it is not now."""
        given = super().clean() or {}
        if given.get("what") == self.DECIDED and not given.get("decision") and "decision" not in self.errors:
            self.add_error("decision", _("Choose the decision that answers it, or “Not now”."))
        if given.get("what") == self.NOT_NOW:
            given["decision"] = None
        return given


class HoldForm(forms.Form):
    """Which record is held back or let out."""

    what = forms.CharField(max_length=10)
    number = forms.IntegerField(min_value=0, max_value=2**62, required=False)
    hold = forms.BooleanField(required=False)

    def record(self) -> dict[str, Any]:
        """Return which record is meant."""
        return {"what": self.cleaned_data["what"], "number": self.cleaned_data["number"] or 0}


class DaysOffForm(forms.Form):
    """A day, or days in a row, on which the school is closed."""

    first = DateField(label=_("First day off"))
    last = DateField(label=_("Last day off"), required=False, help_text=_("Empty for a single day."))
    what = forms.CharField(label=_("What it is"), max_length=100, required=False)

    def clean_last(self) -> date | None:
        """Refuse an end before the beginning, and more than a summer."""
        last: date | None = self.cleaned_data["last"]
        first = self.cleaned_data.get("first")
        if last and first and last < first:
            raise forms.ValidationError(_("The last day cannot lie before the first."))
        if last and first and (last - first).days > 120:
            raise forms.ValidationError(_("These are more than 120 days. Is the year right?"))
        return last
