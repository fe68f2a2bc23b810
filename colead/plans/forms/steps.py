"""Judge what a team writes about its steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.plans.forms.fields import EvidenceField, OfTeam
from colead.plans.models import Step, Trial
from colead.schools.models import Member, Team
from colead.texts.fields import choice_of, day, label_of, text_of
from colead.texts.forms import BasedOnVersion

FIRST = ("what", "owners", "starts_on", "due_on", "signs", "status")
MORE = ("blocker", "resources", "note", "trial", "evidence")


class OwnersField(forms.ModelMultipleChoiceField):
    """Who sees to something: people on the team, and those who saw to it before they left."""

    def __init__(self) -> None:
        super().__init__(
            Member.objects.none(),
            label=label_of(Step, "owners"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def of(self, team: Team, step: Step | None) -> None:
        here = team.members.active()
        kept = team.members.filter(pk__in=step.owners.all()) if step else team.members.none()
        self.queryset = (here | kept).select_related("user").distinct()

    def label_from_instance(self, member: Any) -> str:
        return _("%s (has left)") % member if member.left_on else str(member)


class StepForm(OfTeam, BasedOnVersion):
    """One step of the timeline."""

    what = text_of(Step, "what", rows=2, required=True)
    owners = OwnersField()
    starts_on = day(label_of(Step, "starts_on"))
    due_on = day(label_of(Step, "due_on"))
    signs = text_of(Step, "signs", rows=2)
    status = choice_of(Step, "status")
    blocker = text_of(Step, "blocker", rows=2, help_text=_("Say what, not who."))
    resources = text_of(Step, "resources", rows=2)
    note = text_of(Step, "note", rows=2)
    trial = forms.ModelChoiceField(
        Trial.objects.none(), label=_("Part of which test"), required=False, empty_label=_("none: it stands alone")
    )
    evidence = EvidenceField()

    def __init__(self, *args: Any, team: Team, step: Step | None = None, **facts: Any) -> None:
        super().__init__(*args, team=team, **facts)
        self.team = team
        owners, trial = self.fields["owners"], self.fields["trial"]
        assert isinstance(owners, OwnersField)
        assert isinstance(trial, forms.ModelChoiceField)
        owners.of(team, step)
        trial.queryset = team.trials.all()

    def first(self) -> list[forms.BoundField]:
        """What every step needs."""
        return [self[name] for name in FIRST]

    def more(self) -> list[forms.BoundField]:
        """What some steps need as well; evidence only where the team has noted some."""
        known = self.team.evidence.exists()
        return [self[name] for name in MORE if name != "evidence" or known]

    def more_is_written(self) -> bool:
        """Say whether one of these has words in it, or is wrong."""
        return any(bound.value() or bound.errors for bound in self.more() if bound.name != "trial")

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        starts, due = facts.get("starts_on"), facts.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", _("The step is due before it starts. Check the two dates."))
        return facts


class MarkForm(forms.Form):
    """Where a step stands, in one press."""

    status = forms.ChoiceField(label=_("Where it stands"), choices=Step.Status.choices)
    blocker = forms.CharField(label=_("What holds it up"), required=False, max_length=2000)


class SwitchForm(forms.Form):
    """Turn something on or off."""

    on = forms.BooleanField(required=False)
