"""Judge what a team asks for, who helps, what was done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models import Ask, AskStep
from colead.schools.models import Office
from colead.texts.fields import choice_of, day_of, label_of, line_of, text_of
from colead.texts.forms import BasedOnVersion


class AskForm(BasedOnVersion):
    """What you would like help with."""

    topic = choice_of(Ask, "topic")
    body = text_of(
        Ask,
        "body",
        rows=5,
        required=True,
        help_text=_("Where are you, what did you try, what would help? Leave out names of students and colleagues."),
    )


class TakeForm(BasedOnVersion):
    """Who helps, and how."""

    helper = forms.ModelChoiceField(
        User.objects.none(), label=label_of(Ask, "helper"), required=False, empty_label=_("somebody else")
    )
    helper_name = line_of(Ask, "helper_name", help_text=_("A coach, a colleague at another school."))
    plan = text_of(Ask, "plan", rows=4, help_text=_("The school reads it."))

    def __init__(self, *args: Any, office: Office, **facts: Any) -> None:
        super().__init__(*args, **facts)
        helper = self.fields["helper"]
        assert isinstance(helper, forms.ModelChoiceField)
        helper.queryset = User.objects.filter(office_seats__office=office).order_by("name", "pk")


class StepForm(BasedOnVersion):
    """One step of the help."""

    on_day = day_of(AskStep, "on_day", required=True)
    body = text_of(AskStep, "body", rows=3, required=True)


class CloseForm(BasedOnVersion):
    """What came of it."""

    outcome = text_of(Ask, "outcome", rows=3, required=True)


class HelpedForm(forms.Form):
    """Whether it helped, in the school's judgment."""

    helped = choice_of(Ask, "helped")
