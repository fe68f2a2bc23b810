"""Judge what a team writes into the playbook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.models import Way
from colead.plans.forms.evidence import EvidenceForm
from colead.plans.models import Evidence
from colead.playbook.models import Choice, CriterionLine, Task
from colead.playbook.queries.questions import Card
from colead.schools.models import Member, Team
from colead.texts.forms import BasedOnVersion, words


class AnswerForm(BasedOnVersion):
    """One private answer to a question or a sub-prompt. Its prefix is the code."""

    body = words(_("Your answer"), rows=5)


class ViewForm(BasedOnVersion):
    """What one person sees for one criterion. Its prefix is the code."""

    growth = words(_("Where you can grow"), rows=3)
    evidence = words(_("Evidence that it is so"), rows=3)


class NoteForm(BasedOnVersion):
    """What came out of a discussion."""

    note = words(_("What you talked about"), rows=5)


class PresentField(forms.ModelMultipleChoiceField):
    """Who was in the room, in the order they joined the team."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(
            Member.objects.none(), label=_("Who was present"), widget=forms.CheckboxSelectMultiple, **facts
        )


class DecisionForm(BasedOnVersion):
    """A decision point: who was there, what was decided, which way, what concerns remain."""

    decided = words(_("What you decided"), rows=3, required=True)
    way = forms.ChoiceField(label=_("How you decided"), choices=Way.choices, widget=forms.RadioSelect)
    present = PresentField()
    concerns = words(
        _("Open concerns"), rows=2, help_text=_("What somebody still worries about. It is kept, not argued away.")
    )
    decided_on = forms.DateField(label=_("When"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        present = self.fields["present"]
        assert isinstance(present, PresentField)
        present.queryset = team.members.active().select_related("user")


class EvidenceField(forms.ModelMultipleChoiceField):
    """Evidence the team has already noted."""

    def __init__(self) -> None:
        super().__init__(
            Evidence.objects.none(), required=False, label=_("Evidence"), widget=forms.CheckboxSelectMultiple
        )


class WithEvidence(BasedOnVersion):
    """A form that links evidence: what is noted already, and one new piece typed in on the spot."""

    evidence = EvidenceField()
    new_kind = forms.ChoiceField(label=_("New evidence: kind"), choices=Evidence.Kind.choices, required=False)
    new_body = words(_("New evidence: quote or number"), rows=2, help_text=_("About the school. No pupil, no person."))
    new_source = forms.CharField(label=_("Where it comes from"), max_length=300, required=False)
    new_link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        evidence = self.fields["evidence"]
        assert isinstance(evidence, EvidenceField)
        evidence.queryset = team.evidence.all()

    @property
    def known(self) -> int:
        """How many pieces of evidence there are to link."""
        return len(self.fields["evidence"].queryset)  # type: ignore[attr-defined]  # it is an EvidenceField

    @property
    def linked(self) -> bool:
        """Say whether a piece is ticked already, so that it stands in sight."""
        return bool(self["evidence"].value())

    @property
    def new_wrong(self) -> bool:
        """Say whether something is wrong with the new piece, so that it stands in sight."""
        return any(name.startswith("new_") for name in self.errors)

    def new_evidence(self) -> dict[str, Any] | None:
        """Return the new piece as facts for `note_evidence`, or None where nothing was typed."""
        given = {name: self.cleaned_data[f"new_{name}"] for name in ("kind", "body", "source", "link")}
        return given if given["body"].strip() else None

    def words(self) -> dict[str, Any]:
        left_out = {"version", "evidence", "new_kind", "new_body", "new_source", "new_link"}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class LineForm(WithEvidence):
    """The team's one line for a criterion."""

    line = words(_("Your line"), rows=2, required=True)
    tag = forms.ChoiceField(label=_("This is"), choices=CriterionLine.Tag.choices, widget=forms.RadioSelect)
    field_order = ["line", "tag", "evidence"]


class TaskForm(WithEvidence):
    """Where an important task stands."""

    state = forms.ChoiceField(label=_("Where it stands"), choices=Task.State.choices, widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(
        Member.objects.none(), label=_("Who sees to it"), required=False, empty_label=_("nobody yet")
    )
    due_on = forms.DateField(label=_("By when"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    note = words(_("Note"), rows=3)
    field_order = ["state", "owner", "due_on", "note", "evidence"]

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, team=team, **facts)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = team.members.active().select_related("user")


class ChoiceForm(DecisionForm):
    """Which condition the team takes on, and why."""

    condition = forms.ChoiceField(label=_("Which condition do you take on?"), widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("You choose it as"), choices=Choice.Basis.choices, widget=forms.RadioSelect)
    reason = words(_("Because"), rows=3, required=True, help_text=_("One or two sentences a colleague can repeat."))
    data_used = words(_("What you looked at"), rows=3)
    felt = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    field_order = ["condition", "basis", "reason", "data_used", "way", "present", "concerns", "decided_on"]

    def __init__(self, *args: Any, conditions: list[tuple[str, str]], felt: list[tuple[str, str]], **facts: Any):
        super().__init__(*args, **facts)
        del self.fields["decided"], self.fields["version"]  # the reason is what was decided
        self.fields["condition"].choices = conditions  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["felt"].choices = felt  # type: ignore[attr-defined]


class TakeForm(EvidenceForm):
    """Somebody's answer on its way into what the team knows: with their name only if they say yes to that."""

    named = forms.BooleanField(required=False)
    field_order = ["body", "named", "kind", "source", "seen_on"]

    def __init__(self, *args: Any, card: Card, mine: bool, **facts: Any) -> None:
        super().__init__(*args, **facts)
        del self.fields["link"]
        self.card = card
        asks = (
            _("My name may stand with it.") if mine else _("%s has said yes: the name may stand with it.") % card.name
        )
        self.fields["named"].label = asks

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("named") and " ".join(facts.get("body", "").split()) not in " ".join(self.card.words.split()):
            refusal = _("With a name it has to be what %s wrote, word for word. Take a piece as it is, or no name.")
            self.add_error("body", refusal % self.card.name)
        return facts

    def facts(self) -> dict[str, Any]:
        """Return the evidence; whose words they are only where the name may stand with it."""
        facts = dict(self.cleaned_data)
        return facts | {"said_by": self.card.author if facts.pop("named") else None}


class PaperForm(forms.Form):
    """Say whose words on a filled-in sheet these are, and who was there when something on it was decided."""

    whose = forms.ChoiceField(
        label=_("Whose words are these?"),
        choices=[
            ("mine", _("mine: keep them private until we reveal")),
            ("ours", _("ours: they are the note of our discussion")),
        ],
        widget=forms.RadioSelect,
        initial="ours",
    )
    present = PresentField(required=False, help_text=_("Needed where something on the sheet was decided."))
    decided_on = forms.DateField(label=_("When"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        present = self.fields["present"]
        assert isinstance(present, PresentField)
        present.queryset = team.members.active().select_related("user")

    def ask_for_a_meeting(self) -> bool:
        """Add what is missing where something was decided: who was there, and when. Say whether nothing is."""
        if not self.cleaned_data.get("present"):
            self.add_error("present", _("Say who was there when you decided."))
        if not self.cleaned_data.get("decided_on") and "decided_on" not in self.errors:
            self.add_error("decided_on", _("Say when you decided."))
        return not self.errors


class PaperDecisionForm(forms.Form):
    """The decision point of one question on a filled-in sheet. Its prefix is the code."""

    decided = words(_("What you decided"), rows=2)
    way = forms.ChoiceField(label=_("How you decided"), choices=[("", "…"), *Way.choices], required=False)
    concerns = words(_("Open concerns"), rows=2)

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if facts.get("decided") and not facts.get("way"):
            self.add_error("way", _("Say how you decided."))
        if not facts.get("decided") and (facts.get("way") or facts.get("concerns")):
            self.add_error("decided", _("Say what you decided, or leave the other two empty."))
        return facts


class PaperLineForm(forms.Form):
    """The agreed line for one criterion on a filled-in sheet. Its prefix is the code."""

    line = words(_("Your line"), rows=2)
    tag = forms.ChoiceField(label=_("This is"), choices=[("", "…"), *CriterionLine.Tag.choices], required=False)

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if facts.get("line") and not facts.get("tag"):
            self.add_error("tag", _("Say which side the line is on."))
        if facts.get("tag") and not facts.get("line"):
            self.add_error("line", _("Write the line, or take the mark off."))
        return facts
