"""Judge an application, and what the office says to it."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.accounts.names import LineField
from colead.content.loader import load_programme
from colead.programme.actions.applications import Sent
from colead.programme.models import Application, Cohort
from colead.schools.forms import SchoolForm
from colead.texts.forms import words

LONGEST = 4000  # letters in one answer


class ApplyForm(SchoolForm):
    """What a school writes when it applies: who it is, five answers, and what is true there now. No score."""

    staff = forms.IntegerField(label=_("How many people work there?"), min_value=1, max_value=2000, required=False)
    contact = LineField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    is_principal = forms.BooleanField(label=_("I am the principal"), required=False)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        text = load_programme(get_language() or "en")
        for one in text.questions:
            field = words(one.text, rows=4, required=True, help_text=one.help or "")
            field.max_length = LONGEST
            self.fields[f"q-{one.key}"] = field
        self.fields["ticks"] = forms.MultipleChoiceField(
            label=_("What is true at your school today?"),
            choices=[(one.key, one.text) for one in text.readiness],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Few schools tick all. It helps us to see where you begin."),
        )
        self.fields["agree"] = forms.BooleanField(
            label=_("If we join, the office sees one page of what we share. We read the same page."), required=True
        )

    def sent(self) -> Sent:
        """Return what was written."""
        told = self.cleaned_data
        return Sent(
            school_name=told["name"],
            place=told["place"],
            time_zone=told["time_zone"],
            nces_id=told["nces_id"],
            staff=told["staff"],
            contact=told["contact"],
            email=told["email"].lower(),
            is_principal=told["is_principal"],
            answers={name[2:]: value for name, value in told.items() if name.startswith("q-")},
            ticks=tuple(told["ticks"]),
        )


class ReviewerForm(forms.Form):
    """Who of the office shall read an application."""

    prefix = "reviewer"
    reviewer = forms.ModelChoiceField(User.objects.none(), label=_("Who shall read it?"), empty_label=None)

    def __init__(self, *args: Any, application: Application, **facts: Any) -> None:
        super().__init__(*args, **facts)
        office = application.programme.office
        people = User.objects.filter(office_seats__office=office).exclude(pk__in=application.reviews.values("reviewer"))
        self.fields["reviewer"].queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """What one reader sees in it."""

    prefix = "review"
    words = words(_("What do you see in it?"), rows=4, required=True)


class DecideForm(forms.Form):
    """Yes or no, and why."""

    prefix = "decide"
    do = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=(("accept", _("the school comes in")), ("decline", _("not this time"))),
        widget=forms.RadioSelect,
    )
    cohort = forms.ModelChoiceField(Cohort.objects.none(), label=_("Into which cohort?"), required=False)
    reasons = words(_("Why?"), rows=4, required=True, help_text=_("The school reads it."))

    def __init__(self, *args: Any, application: Application, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["cohort"].queryset = application.programme.cohorts.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a cohort where the school comes in."""
        told = super().clean() or self.cleaned_data
        if told.get("do") == "accept" and not told.get("cohort"):
            self.add_error("cohort", _("Choose a cohort."))
        return told
