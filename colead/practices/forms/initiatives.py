"""Judge what a team writes about what it runs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.forms.exchange import MANY, WEEK
from colead.decisions.forms.fields import MemberField, MembersField, OfTeam
from colead.decisions.models import LetGo, Way
from colead.practices.models import Initiative
from colead.practices.pasting import CannotRead, column, read_rows
from colead.texts.fields import choice_of, day_of, label_of, line_of, number_of, text_of
from colead.texts.forms import BasedOnVersion, words

A_LIST = _("One thing to a line. Programs, mandates, meetings, duties, platforms, reports: small things count.")


def amount_of(name: str, *, help_text: Any = "") -> forms.DecimalField:
    """Return a field for an amount, not below zero."""
    field = column(name)
    return forms.DecimalField(
        label=label_of(Initiative, name),
        min_value=0,
        max_digits=field.max_digits,
        decimal_places=field.decimal_places,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        help_text=help_text,
    )


def menu_of(name: str) -> forms.ChoiceField:
    """Return a menu with the choices of a field; it may stay open."""
    choices = [("", _("not said yet")), *column(name).choices]
    return forms.ChoiceField(label=label_of(Initiative, name), choices=choices, required=False)


class ListForm(forms.Form):
    """What one person lists in silence."""

    body = words(_("Your list"), rows=8, help_text=A_LIST)


class RowForm(forms.Form):
    """A row that came to mind later."""

    name = line_of(Initiative, "name", required=True)


class FillForm(BasedOnVersion):
    """What is known of a row."""

    name = line_of(Initiative, "name", required=True)
    kind = menu_of("kind")
    source = menu_of("source")
    audience = line_of(Initiative, "audience")
    purpose = text_of(Initiative, "purpose", rows=2)
    outcome = text_of(Initiative, "outcome", rows=2, help_text=_("One thing that you could count or watch."))
    staff = line_of(Initiative, "staff", help_text=_("Groups or roles, such as “grade leads”. No names."))
    hours = amount_of("hours", help_text=_("Ten people for half an hour are five. A good guess will do."))
    money = amount_of("money")
    fte = amount_of("fte")
    evidence = text_of(Initiative, "evidence", rows=2)
    vision = forms.TypedChoiceField(
        label=label_of(Initiative, "vision"),
        choices=[("", _("not said yet")), *Initiative.Vision.choices],
        required=False,
        coerce=int,
        empty_value=None,
    )
    overlap = line_of(Initiative, "overlap")


class VerdictForm(OfTeam, BasedOnVersion):
    """What becomes of a row, and why."""

    verdict = choice_of(Initiative, "verdict")
    reason = text_of(
        Initiative, "reason", rows=2, required=True, help_text=_("A sentence that somebody who disagrees can follow.")
    )
    owner = MemberField(label_of(Initiative, "owner"), empty=_("nobody yet"))
    review_on = day_of(Initiative, "review_on")
    tell = line_of(Initiative, "tell", help_text=_("A group or role, before they hear it in the hallway."))


class MergeForm(forms.Form):
    """Into which row another one goes."""

    into = forms.ModelChoiceField(Initiative.objects.none(), label=_("Put it into"), empty_label=_("choose a row"))

    def __init__(self, *args: Any, row: Initiative, **facts: Any) -> None:
        super().__init__(*args, **facts)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)
        into.queryset = row.inventory.rows.all().standing().exclude(pk=row.pk)


class StopForm(forms.Form):
    """The time that something gives back."""

    since = day_of(LetGo, "since", required=True)
    minutes_each = number_of(
        LetGo, "minutes_each", most=WEEK, least=1, required=True, help_text=_("A good guess will do.")
    )
    people = number_of(LetGo, "people", most=MANY, least=1, required=True)
    to_whom = line_of(LetGo, "to_whom", required=True, help_text=_("A group or role. No names."))
    in_place = text_of(
        LetGo,
        "in_place",
        rows=2,
        required=True,
        help_text=_("Freed time fills up again unless you say what it is for."),
    )
    look_on = day_of(LetGo, "look_on")


class PasteForm(forms.Form):
    """Rows from a spreadsheet."""

    rows = words(
        _("Rows from your spreadsheet"),
        rows=8,
        required=True,
        help_text=_("With the headings of our own list, or with the name in the first column."),
    )

    def clean_rows(self) -> list[dict[str, Any]]:
        try:
            return read_rows(self.cleaned_data["rows"])
        except CannotRead as wrong:
            raise forms.ValidationError([forms.ValidationError(line) for line in wrong.lines]) from None


class CloseForm(OfTeam):
    """How you decided on the list as a whole, and who was there."""

    because = words(_("Because"), rows=2, help_text=_("One or two sentences on what guided you."))
    way = forms.ChoiceField(label=_("How you decided"), choices=Way.choices, widget=forms.RadioSelect)
    present = MembersField(_("Who was present"))
