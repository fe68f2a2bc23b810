"""Judge what a team writes about its small tests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.plans.models import Trial
from colead.texts.fields import choice_of, day, label_of, text_of
from colead.texts.forms import BasedOnVersion

ACTIVE = Trial.Place.ACTIVE.value


class TrialForm(BasedOnVersion):
    """What a small test is about."""

    form = choice_of(Trial, "form")
    question = text_of(Trial, "question", required=True, help_text=_("One question that this test can answer."))
    prediction = text_of(Trial, "prediction", help_text=_("Say it before you begin. You compare with it at the end."))
    who = text_of(Trial, "who", rows=2, help_text=_("Few is good: two classrooms, one grade, one meeting."))
    begins_on = day(label_of(Trial, "begins_on"))
    ends_on = day(label_of(Trial, "ends_on"))
    stop_rule = text_of(Trial, "stop_rule", rows=2, help_text=_("What would make you end it before its time?"))
    risk = text_of(Trial, "risk", rows=2, help_text=_("What could go wrong, and why that would be all right."))
    learning = text_of(Trial, "learning", rows=2)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        begins, ends = facts.get("begins_on"), facts.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The test ends before it begins. Check the two dates."))
        return facts


class PlaceForm(forms.Form):
    """Whether a test is the priority, or watched until a day."""

    place = choice_of(Trial, "place")
    review_on = day(_("If you watch it: look again on"))
    place_note = text_of(Trial, "place_note", rows=2)
    other_until = day(_("Watch the present priority until"))

    def __init__(self, *args: Any, current: Trial | None = None, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.current = current
        if current:
            self.fields["other_until"].help_text = _("Only if this test takes the place of “%s”.") % current
        else:
            del self.fields["other_until"]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("place") == ACTIVE:
            self._ask_for_room(facts)
        elif not facts.get("review_on"):
            self.add_error("review_on", _("Say when you look at it again, so that it is not forgotten."))
        return facts

    def _ask_for_room(self, facts: dict[str, Any]) -> None:
        if self.current and not facts.get("other_until"):
            refusal = _("You have one priority already. Say until when it waits, or only watch this one for now.")
            self.add_error("other_until", refusal)


class NewTrialForm(TrialForm, PlaceForm):
    """Everything about a test that is being planned."""

    first_steps = forms.BooleanField(
        label=_("Put the first steps of the purpose map on the timeline"), required=False, initial=True
    )
    field_order = ["form", "question", "prediction", "who", "begins_on", "ends_on", "stop_rule", "risk", "learning"]

    def __init__(self, *args: Any, with_steps: bool = False, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if not with_steps:
            del self.fields["first_steps"]
