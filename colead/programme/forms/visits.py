"""Judge what is said of a visit: when, what for, what was seen."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from colead.content.loader import load
from colead.programme.models import Guest, Visit, VisitNote
from colead.schools.models import Team
from colead.texts.fields import choice_of, day_of, label_of, text_of
from colead.texts.forms import BasedOnVersion, words


def _conditions() -> list[tuple[str, Any]]:
    names = [(condition.slug, condition.name) for condition in load(get_language() or "en").conditions]
    return [("", _("none in particular")), *names]


condition_choices = lazy(_conditions, list)


class SchoolOf(forms.ModelMultipleChoiceField):
    """Teams, shown by their schools."""

    def label_from_instance(self, team: Any) -> str:
        return f"{team.school} · {team}"


class OneSchool(forms.ModelChoiceField):
    """One team, shown by its school."""

    def label_from_instance(self, team: Any) -> str:
        return f"{team.school} · {team}"


class _About(BasedOnVersion):
    why = text_of(
        Visit, "why", rows=3, required=True, help_text=_("What would make it worth the drive for both sides?")
    )
    condition = forms.ChoiceField(label=label_of(Visit, "condition"), choices=condition_choices, required=False)
    on_day = day_of(Visit, "on_day", help_text=_("If you know it. It can be agreed on later."))
    look_fors = text_of(
        Visit, "look_fors", rows=4, help_text=_("Things that can be seen or heard. They name nobody, and rate nobody.")
    )
    logistics = text_of(Visit, "logistics", rows=2)


class TeamVisitForm(_About):
    """A team asks to visit somebody, or asks somebody to visit."""

    WE_HOST, WE_GO = "host", "go"

    direction = forms.ChoiceField(
        label=_("Who visits whom?"),
        choices=[(WE_GO, _("We would like to visit")), (WE_HOST, _("Come and visit us"))],
        widget=forms.RadioSelect,
    )
    with_office = forms.BooleanField(label=_("The office"), required=False)
    schools = SchoolOf(Team.objects.none(), label=_("Schools"), required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ["direction", "with_office", "schools"]

    def __init__(self, *args: Any, others: QuerySet[Team], **facts: Any) -> None:
        super().__init__(*args, **facts)
        schools = self.fields["schools"]
        assert isinstance(schools, SchoolOf)
        schools.queryset = others

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("direction") == self.WE_GO and len(found.get("schools") or ()) != 1:
            self.add_error("schools", _("Choose the one school you would like to visit."))
        return found


class OfficeVisitForm(_About):
    """The office plans a visit."""

    kind = choice_of(Visit, "kind")
    host = OneSchool(Team.objects.none(), label=_("Who is visited"), empty_label=None)
    with_office = forms.BooleanField(label=_("The office comes"), required=False, initial=True)
    guests = SchoolOf(
        Team.objects.none(), label=_("Schools that come"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["kind", "host", "with_office", "guests"]

    def __init__(self, *args: Any, teams: QuerySet[Team], **facts: Any) -> None:
        super().__init__(*args, **facts)
        for name in ("host", "guests"):
            field = self.fields[name]
            assert isinstance(field, SchoolOf | OneSchool)
            field.queryset = teams


class VisitChangeForm(_About):
    """What is said of a visit, changed by any side."""


class AnswerForm(forms.Form):
    """A yes, with a day where there is none yet, or a no with a reason."""

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    on_day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_("With a yes.")
    )
    why = words(_("A word on it"), rows=2)


class OffForm(forms.Form):
    """Why a visit is called off."""

    why = words(_("Why?"), rows=2, required=True)


class NoteForm(BasedOnVersion):
    """What a visitor saw."""

    body = text_of(
        VisitNote, "body", rows=8, required=True, help_text=_("What you saw and heard, not what you think of it.")
    )


class ReplyForm(BasedOnVersion):
    """The host's own words beside a note."""

    reply = text_of(VisitNote, "reply", rows=4, required=True)


class TakeHomeForm(BasedOnVersion):
    """What a guest takes home."""

    take_home = text_of(Guest, "take_home", rows=4, required=True)
    thanks = text_of(Guest, "thanks", rows=2)
