"""Judge what is said of a gathering: when it is, who came, what a team takes with it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.programme.actions.modules import Came
from colead.programme.models import Attendance, Gathering, Reflection
from colead.programme.queries.checkins import read_agenda
from colead.programme.queries.modules import SchoolCame
from colead.schools.models import School
from colead.texts.fields import day_of, label_of, line_of, text_of
from colead.texts.forms import BasedOnVersion

MOST = 500  # people of one school: more than any school sends
ROLES = ("teachers", "leaders", "others")


class GatheringForm(BasedOnVersion):
    """When and where schools come together."""

    held_on = day_of(Gathering, "held_on", required=True)
    starts_at = forms.TimeField(
        label=label_of(Gathering, "starts_at"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    place = line_of(Gathering, "place", help_text=_("A room, or the link to the call."))
    agenda = text_of(
        Gathering,
        "agenda",
        rows=7,
        help_text=_("A line for each item: the minutes first, then what they are for. “10 A number that moved”"),
    )

    def __init__(self, *args: Any, is_check_in: bool, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if not is_check_in:
            del self.fields["agenda"]

    def clean_agenda(self) -> str:
        text = self.cleaned_data["agenda"]
        if read_agenda(text) is None:
            raise forms.ValidationError(_("Begin each line with its minutes, such as “10 Offers and asks”."))
        return text

    def words(self) -> dict[str, Any]:
        return {"agenda": "", **super().words()}


class AttendanceForm(forms.Form):
    """Which schools came, and how many of their people, role by role. One row a school."""

    def __init__(self, *args: Any, schools: Sequence[SchoolCame], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.schools = schools
        for one in schools:
            self._add(one)

    def _add(self, one: SchoolCame) -> None:
        number = one.school.pk
        self.fields[f"came-{number}"] = forms.BooleanField(
            label=_("%(school)s came") % {"school": one.school}, required=False, initial=one.attendance is not None
        )
        for role in ROLES:
            label = f"{one.school}: {label_of(Attendance, role)}"
            widget = forms.NumberInput(attrs={"inputmode": "numeric", "aria-label": label})
            initial = getattr(one.attendance, role, None)
            self.fields[f"{role}-{number}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=MOST, widget=widget, initial=initial
            )

    def rows(self) -> list[dict[str, Any]]:
        """Return each school with the fields of its row."""
        return [
            {
                "name": one.school.name,
                "ticks": one.ticks,
                "came": self[f"came-{one.school.pk}"],
                "counts": [self[f"{role}-{one.school.pk}"] for role in ROLES],
            }
            for one in self.schools
        ]

    def came(self) -> dict[School, Came]:
        """Return the schools that came; numbers say so too, where the box was forgotten."""
        found = {}
        for one in self.schools:
            counts = [self.cleaned_data[f"{role}-{one.school.pk}"] for role in ROLES]
            if self.cleaned_data[f"came-{one.school.pk}"] or any(counts):
                noted = [count or 0 for count in counts] if any(count is not None for count in counts) else counts
                found[one.school] = Came(*noted)
        return found


class ReflectionForm(BasedOnVersion):
    """What a team takes from a gathering."""

    body = text_of(Reflection, "body", rows=6, required=True)
