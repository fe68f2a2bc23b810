"""Options, input, proposals, objections, votes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.actions.dissent import ENDS, kinds_for
from colead.decisions.models import Ballot, Decision, Dissent, Input, Option, Round
from colead.texts.fields import choice_of, day_of, line_of, text_of
from colead.texts.forms import BasedOnVersion


class OptionForm(BasedOnVersion):
    """An option with its case for and against."""

    name = line_of(Option, "name", required=True, help_text=_("Short enough to call it across a table."))
    speaks_for = text_of(Option, "speaks_for", rows=3)
    speaks_against = text_of(Option, "speaks_against", rows=3)
    standing = choice_of(Option, "standing", help_text=_("What is set aside stays on record, and cannot be voted for."))


class InputForm(BasedOnVersion):
    """What a group or role was asked, what they said, and where it went."""

    who = line_of(Input, "who", required=True, help_text=_("A group or a role, such as “grade 3” or “bus drivers”."))
    said = text_of(Input, "said", rows=3, help_text=_("Leave it empty if you have asked and wait for the answer."))
    came_on = day_of(Input, "came_on", required=True)
    fate = choice_of(Input, "fate")
    went = text_of(Input, "went", rows=2)


class ProposalForm(forms.Form):
    """A proposal, new or amended."""

    proposal = text_of(
        Round, "proposal", rows=4, required=True, help_text=_("Good enough for now and safe to try. Name a date.")
    )


class ClarifiedForm(BasedOnVersion):
    """What was asked about a proposal."""

    clarified = text_of(Round, "clarified", rows=3)


class ReactionsForm(BasedOnVersion):
    """How people reacted to a proposal."""

    reactions = text_of(Round, "reactions", rows=3)


class DissentForm(forms.Form):
    """An objection, a concern, or standing aside."""

    kind = forms.ChoiceField(label=_("This is"), widget=forms.RadioSelect)
    body = text_of(Dissent, "body", rows=2, required=True)
    harm = text_of(
        Dissent, "harm", rows=2, help_text=_("Needed for an objection. “I would do it differently” is not a harm.")
    )
    who = line_of(Dissent, "who", help_text=_("Only if they want to be named. The argument counts."))

    KINDS = {
        Dissent.Kind.OBJECTION: _("an objection: it would do harm, so it must not pass like this"),
        Dissent.Kind.CONCERN: _("a concern: a worry to keep on record; it stops nothing"),
        Dissent.Kind.ASIDE: _("standing aside: I cannot carry it, and I do not stop you"),
    }

    def __init__(self, *args: Any, decision: Decision, **facts: Any) -> None:
        super().__init__(*args, **facts)
        kinds = kinds_for(decision)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(value, self.KINDS[Dissent.Kind(value)]) for value in kinds]
        kind.initial = kinds[0]


class DissentEndForm(BasedOnVersion):
    """What somebody said, and what happened to it."""

    outcome = forms.ChoiceField(label=_("What happened to it?"), widget=forms.RadioSelect)
    what_happened = text_of(Dissent, "what_happened", rows=2, help_text=_("What changed, or why it was taken back."))
    body = text_of(Dissent, "body", rows=2, required=True)
    harm = text_of(Dissent, "harm", rows=2)
    who = line_of(Dissent, "who")

    def __init__(self, *args: Any, dissent: Dissent, **facts: Any) -> None:
        super().__init__(*args, **facts)
        names = dict(Dissent.Outcome.choices)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [(end, names[end]) for end in ENDS[Dissent.Kind(dissent.kind)]]
        if dissent.kind != Dissent.Kind.OBJECTION:
            del self.fields["harm"]


class BallotForm(forms.Form):
    """What it takes to win, agreed before anybody votes."""

    need = choice_of(Ballot, "need")


class VoteForm(forms.Form):
    """One vote. Abstaining is a choice of its own."""

    ABSTAIN = "abstain"
    option = forms.ChoiceField(label=_("Your vote"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, options: tuple[Option, ...], **facts: Any) -> None:
        super().__init__(*args, **facts)
        option = self.fields["option"]
        assert isinstance(option, forms.ChoiceField)
        option.choices = [*((str(each.pk), each.name) for each in options), (self.ABSTAIN, _("I abstain"))]
