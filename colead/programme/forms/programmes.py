"""Judge what an office says of its programme: words, phases, cohorts, days."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.accounts.names import LineField
from colead.programme.actions.calendar import DateFacts
from colead.programme.actions.programmes import PhaseFacts
from colead.programme.models import Cohort, CohortDate, Enrolment, Phase, Strand
from colead.schools.models import School
from colead.surveys.forms.waves import DateField
from colead.texts.forms import words


class ProgrammeForm(forms.Form):
    """A new programme."""

    name = LineField(label=_("What is the program called?"), max_length=200)


class TheoryForm(forms.Form):
    """The programme's name and its own theory of action, leg by leg."""

    name = LineField(label=_("Name of the program"), max_length=200)
    goal = words(_("What do you want to come true?"), rows=2, required=True)
    problem = words(_("What stands in the way today?"), rows=2, required=True)
    if_we = words(_("If we ..."), rows=2, required=True)
    then_schools = words(_("... then schools ..."), rows=2, required=True)
    so_that = words(_("... so that ..."), rows=2, required=True)


class StrandForm(forms.Form):
    """A strand of what the programme hopes for."""

    name = LineField(label=_("Name"), max_length=120)
    words = words(_("What it means"), rows=3)
    sources = forms.MultipleChoiceField(
        label=_("Which figures from schools speak to it?"),
        choices=Strand.Source.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PhaseForm(forms.Form):
    """A phase."""

    name = LineField(label=_("Name"), max_length=100)
    months = forms.IntegerField(label=_("How many months does it last?"), min_value=1, max_value=36, initial=12)
    shows = words(_("What can a school show by the end of it?"), rows=3)
    offers = words(_("What do you do in it?"), rows=3)

    def facts(self) -> PhaseFacts:
        return PhaseFacts(**self.cleaned_data)


class CohortForm(forms.Form):
    """A cohort: its name and first day."""

    name = LineField(label=_("Name"), max_length=100, help_text=_("“Cohort 9”, say."))
    starts_on = DateField(
        label=_("First day"),
        help_text=_("The calendar is reckoned from it. Move it, and all days move but those kept."),
    )


class DateForm(forms.Form):
    """A day or a stretch of days in a cohort's calendar."""

    title = LineField(label=_("What is it?"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=CohortDate.Kind.choices)
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"), required=False, help_text=_("Leave it out for a single day."))
    kept = forms.BooleanField(
        label=_("It stays where it is when the cohort’s first day moves"), required=False, initial=True
    )

    def facts(self) -> DateFacts:
        facts: dict[str, Any] = dict(self.cleaned_data)
        facts["ends_on"] = facts["ends_on"] or facts["starts_on"]
        return DateFacts(**facts)


class EnrolForm(forms.Form):
    """Linked schools that come into a cohort."""

    schools = forms.ModelMultipleChoiceField(
        School.objects.none(), label=_("Which schools?"), widget=forms.CheckboxSelectMultiple
    )
    entering = words(_("What do you want to remember of how they came in?"), rows=2)

    def __init__(self, *args: Any, cohort: Cohort, **facts: Any) -> None:
        super().__init__(*args, **facts)
        linked = cohort.programme.office.schools.exclude(enrolments__cohort=cohort).order_by("name", "pk")
        self.fields["schools"].queryset = linked  # type: ignore[attr-defined]  # it is a ModelMultipleChoiceField


class PhaseMoveForm(forms.Form):
    """Into which phase a school goes, and words on leaving one and entering the other."""

    phase = forms.ModelChoiceField(Phase.objects.none(), label=_("Phase"), empty_label=None, widget=forms.RadioSelect)
    leaving = words(
        _("On leaving the phase it was in"), rows=3, help_text=_("What the school could show. Never a score.")
    )
    entering = words(_("On entering"), rows=3, help_text=_("The school reads both."))

    def __init__(self, *args: Any, cohort: Cohort, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["phase"].queryset = cohort.programme.phases.all()  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Why a school leaves its cohort."""

    words = words(_("How it came to this"), rows=3, required=True, help_text=_("The school reads it."))


class RoundForm(forms.Form):
    """A survey for all schools of a cohort."""

    instrument = forms.ChoiceField(label=_("Which survey?"), widget=forms.RadioSelect)
    title = LineField(label=_("What do you call this round?"), max_length=120, help_text=_("Staff read it."))
    opens = DateField(label=_("First day"))
    closes = DateField(label=_("Last day"), help_text=_("It ends at midnight where each school is."))
    enrolments = forms.ModelMultipleChoiceField(
        Enrolment.objects.none(), label=_("Which schools?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, cohort: Cohort, instruments: list[tuple[str, str]], today: date, **facts: Any
    ) -> None:
        super().__init__(*args, **facts)
        self.today = today
        self.fields["instrument"].choices = instruments  # type: ignore[attr-defined]
        here = cohort.enrolments.here().select_related("school")
        self.fields["enrolments"].queryset = here  # type: ignore[attr-defined]
        self.fields["enrolments"].initial = [one.pk for one in here]

    def clean_closes(self) -> date:
        """Refuse an end in the past or before the beginning."""
        closes: date = self.cleaned_data["closes"]
        opens = self.cleaned_data.get("opens")
        if closes <= self.today:
            raise forms.ValidationError(_("This day is over, or is today."))
        if opens and closes < opens:
            raise forms.ValidationError(_("The last day cannot lie before the first."))
        if opens and (closes - opens).days > 60:
            raise forms.ValidationError(_("A survey runs for 60 days at most."))
        return closes
