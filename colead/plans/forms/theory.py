"""Judge what a team writes into its theory of action."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.models import Way
from colead.plans.actions.theory import NoGoal, NoProblem
from colead.plans.forms.fields import ConditionField, EvidenceField, OfTeam, PresentField, needed
from colead.plans.models import Barrier, Idea, Theory, TheoryLine
from colead.schools.models import Team
from colead.texts.fields import day, label_of, text_of
from colead.texts.forms import BasedOnVersion, words

GOAL = _("What you want to be true here, and by when. One or two sentences.")
PROBLEM = _("What adults here do, or do not do, that stands between you and the goal.")


class RestsOn(forms.Form):
    """A form that says which barrier and approach a theory rests on."""

    barrier = forms.ModelChoiceField(
        Barrier.objects.none(), label=label_of(Theory, "barrier"), required=False, empty_label=_("none")
    )
    approach = forms.ModelChoiceField(
        Idea.objects.none(), label=label_of(Theory, "approach"), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for name, choices in (("barrier", team.barriers.exclude(reach="concern")), ("approach", team.ideas.all())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = choices


class StartForm(RestsOn):
    """What a theory begins with."""

    goal = needed(text_of(Theory, "goal", help_text=GOAL), NoGoal)
    problem = needed(text_of(Theory, "problem", help_text=PROBLEM), NoProblem)
    learned = text_of(
        Theory, "learned", help_text=_("What did colleagues say and show you? In their words where you can.")
    )
    condition = ConditionField()
    field_order = ["goal", "problem", "learned", "condition", "barrier", "approach"]


class TheoryForm(RestsOn, BasedOnVersion):
    """The words around the three parts of a theory."""

    goal = needed(text_of(Theory, "goal", help_text=GOAL), NoGoal)
    problem = needed(text_of(Theory, "problem", help_text=PROBLEM), NoProblem)
    learned = text_of(Theory, "learned")
    leaders = text_of(
        Theory, "leaders", help_text=_("Themselves, and so that others can see it. Not what they ask of others.")
    )
    equity = text_of(Theory, "equity", help_text=_("Who gains first, who last? Whom could it cost something?"))
    serves = text_of(Theory, "serves", rows=2)
    field_order = ["goal", "problem", "learned", "leaders", "equity", "serves", "barrier", "approach"]


class LineForm(forms.Form):
    """A new statement in one of the three parts."""

    text = words(_("Words"), rows=2, required=True)
    toward = forms.ModelChoiceField(
        TheoryLine.objects.none(), label=label_of(TheoryLine, "toward"), required=False, empty_label=_("not said yet")
    )

    def __init__(self, *args: Any, targets: list[TheoryLine], **facts: Any) -> None:
        super().__init__(*args, **facts)
        toward = self.fields["toward"]
        assert isinstance(toward, forms.ModelChoiceField)
        toward.queryset = TheoryLine.objects.filter(pk__in=[line.pk for line in targets])
        if not targets:
            del self.fields["toward"]


class LineEditForm(OfTeam, LineForm, BasedOnVersion):
    """A statement with its arrow: where it leads, what you assume, what speaks for it."""

    because = text_of(TheoryLine, "because", help_text=_("Why should the one follow from the other?"))
    evidence = EvidenceField(_("What speaks for it"))
    field_order = ["text", "toward", "because", "evidence"]

    def __init__(self, *args: Any, leg: str, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if leg == "result":
            for name in ("because", "evidence"):
                del self.fields[name]


class AdoptForm(OfTeam):
    """How a team adopts its theory: the decision that goes with it."""

    decided = words(_("What you decided"), rows=3, required=True)
    way = forms.ChoiceField(label=_("How you decided"), choices=Way.choices, widget=forms.RadioSelect)
    present = PresentField()
    concerns = words(
        _("Open concerns"), rows=2, help_text=_("What somebody still worries about. It is kept, not argued away.")
    )
    decided_on = day(_("When"), required=True)
    review_on = day(_("Look at it again on"), help_text=_("In a term, say. A theory is there to be changed."))
