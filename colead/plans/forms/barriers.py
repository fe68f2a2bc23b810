"""Judge what a team says about barriers, causes and ideas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.plans.forms.fields import ConditionField, EvidenceField, OfTeam, OneEvidenceField
from colead.plans.models import Barrier, Idea, SwotItem, Why
from colead.texts.fields import choice_of, text_of
from colead.texts.forms import BasedOnVersion


class BarrierForm(OfTeam):
    """Something that stands in the way."""

    statement = text_of(
        Barrier,
        "statement",
        rows=2,
        required=True,
        help_text=_("In a sentence, as you see it here. Not a solution yet, and nobody’s name."),
    )
    reach = choice_of(Barrier, "reach", required=False)
    condition = ConditionField()
    symptom = text_of(Barrier, "symptom", rows=2, help_text=_("What shows on the surface: what you see, hear, count."))
    pattern = text_of(Barrier, "pattern", rows=2, help_text=_("When, where, with whom does it keep coming back?"))
    evidence = EvidenceField()


class BarrierEditForm(BarrierForm, BasedOnVersion):
    """A barrier put right."""


class WhyForm(OfTeam):
    """One link of the chain."""

    because = text_of(Why, "because", rows=2, required=True, help_text=_("Something about how the work is set up."))
    fact = text_of(Why, "fact", rows=2, help_text=_("A number, a document, something several of you have seen."))
    evidence = OneEvidenceField(_("Or evidence you have noted"))


class WhyEditForm(WhyForm, BasedOnVersion):
    """A link of the chain put right."""


class CauseForm(forms.Form):
    """What a team says before the last because becomes the cause."""

    in_reach = forms.BooleanField(label=_("We decide this, or can influence it."), required=False)
    not_a_person = forms.BooleanField(label=_("It is about how work is set up, not about a person."), required=False)


class IdeaForm(forms.Form):
    """Something the team could do, after a look at what was tried before."""

    text = text_of(Idea, "text", rows=3, required=True)
    tried_before = text_of(
        Idea, "tried_before", rows=3, help_text=_("Ask those who were here before you. What came of it, and why?")
    )


class IdeaEditForm(IdeaForm, BasedOnVersion):
    """An idea put right."""


class ApproachForm(forms.Form):
    """Which idea a team chooses, and why."""

    idea = forms.ModelChoiceField(
        Idea.objects.none(), label=_("Which idea?"), widget=forms.RadioSelect, empty_label=None
    )
    reason = text_of(Idea, "reason", rows=2, required=True, help_text=_("A sentence a colleague can repeat."))

    def __init__(self, *args: Any, barrier: Barrier, **facts: Any) -> None:
        super().__init__(*args, **facts)
        idea = self.fields["idea"]
        assert isinstance(idea, forms.ModelChoiceField)
        idea.queryset = barrier.ideas.filter(put_away_on=None)


class NoteForm(OfTeam):
    """A note on the board."""

    box = choice_of(SwotItem, "box")
    text = text_of(SwotItem, "text", rows=2, required=True, help_text=_("One thing a note. About the school."))
    evidence = EvidenceField()


class NoteEditForm(NoteForm, BasedOnVersion):
    """A note put right, or moved to another box."""
