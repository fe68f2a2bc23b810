"""Form fields whose choices are the team's own evidence, members and conditions."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from colead.content.loader import load
from colead.plans.models import Evidence
from colead.schools.actions import Refusal
from colead.schools.models import Member, Team


def needed(field: forms.CharField, refusal: type[Refusal]) -> forms.CharField:
    """Return a field that must be filled in; left empty it says what the verb's refusal says."""
    field.required = True
    field.error_messages["required"] = refusal.reason  # type: ignore[assignment]  # a lazy text is one, too
    return field


class ConditionField(forms.ChoiceField):
    """Which of the seven conditions something is about; it may be none."""

    def __init__(self) -> None:
        super().__init__(label=_("Condition"), required=False, choices=condition_choices)


def condition_choices() -> list[tuple[str, str]]:
    """List the seven conditions in the language of whoever reads, after “none in particular”."""
    conditions = load(get_language() or "en").conditions
    return [("", str(_("none in particular"))), *((each.slug, each.name) for each in conditions)]


def condition_name(slug: str) -> str:
    """Return what a condition is called; empty for none."""
    return dict(condition_choices()).get(slug, "") if slug else ""


class EvidenceField(forms.ModelMultipleChoiceField):
    """Pieces of evidence that the team has noted; `of` says of which team."""

    def __init__(self, label: Any = "") -> None:
        label = label or _("Evidence")
        super().__init__(Evidence.objects.none(), required=False, label=label, widget=forms.CheckboxSelectMultiple)

    def of(self, team: Team) -> None:
        self.queryset = team.evidence.all()

    def label_from_instance(self, obj: Any) -> str:
        return in_short(obj)


class OneEvidenceField(forms.ModelChoiceField):
    """One piece of evidence that the team has noted; `of` says of which team."""

    def __init__(self, label: Any) -> None:
        super().__init__(Evidence.objects.none(), required=False, label=label, empty_label=_("none of these"))

    def of(self, team: Team) -> None:
        self.queryset = team.evidence.all()

    def label_from_instance(self, obj: Any) -> str:
        return in_short(obj)


def in_short(evidence: Evidence) -> str:
    """Show a piece of evidence in one line of a list."""
    return Truncator(evidence.body).chars(90)


class PresentField(forms.ModelMultipleChoiceField):
    """Who was in the room, in the order they joined the team; `of` says of which team."""

    def __init__(self) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(Member.objects.none(), required=False, label=_("Who was present"), widget=widget)

    def of(self, team: Team) -> None:
        self.queryset = team.members.active().select_related("user")


class OfTeam(forms.Form):
    """A form whose choices are a team's own evidence and members."""

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for field in self.fields.values():
            if isinstance(field, EvidenceField | OneEvidenceField | PresentField):
                field.of(team)
