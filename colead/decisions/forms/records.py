"""The question, the way, the decision, the message, the look back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.forms.fields import MemberField, MembersField, OfTeam, way_choices
from colead.decisions.models import Decision, Option, Review, Way
from colead.decisions.models.decision import ONE_DECIDES
from colead.texts.fields import choice_of, day_of, text_of
from colead.texts.forms import BasedOnVersion, words

BACKGROUND = _("What happened, or what somebody said. One or two sentences.")
SHAPED_BY = _("Groups and roles whose thinking is in the question or the proposals.")
OWNER = _("You decide together. One of you sees to it, and says if it gets stuck.")
CONCERNS = _("What somebody still worries about. It is kept, not argued away.")
BECAUSE = _("The reason in a sentence or two, so that a colleague who disagrees can follow it.")


class WayForm(OfTeam, BasedOnVersion):
    """How a question will be decided."""

    way = forms.ChoiceField(label=_("How will you decide?"), choices=way_choices, widget=forms.RadioSelect)
    decider = MemberField(
        _("Who decides?"), empty=_("nobody alone"), help_text=_("For advice and for one person with input only.")
    )
    input_until = day_of(Decision, "input_until", help_text=_("Until when people can give their view."))

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("way") in ONE_DECIDES and not self.cleaned_data.get("decider"):
            self.add_error("decider", _("Say who decides, so that everyone knows before the talk."))
        return self.cleaned_data


class QuestionForm(OfTeam):
    """A question to put on the table."""

    question = text_of(Decision, "question", rows=2, required=True, help_text=_("As one question, in plain words."))
    background = text_of(Decision, "background", rows=3, help_text=BACKGROUND)
    shaped_by = text_of(Decision, "shaped_by", rows=2, help_text=SHAPED_BY)


class RewordForm(BasedOnVersion):
    """The question as it stands, and what was said about it."""

    question = text_of(Decision, "question", rows=2, required=True)
    background = text_of(Decision, "background", rows=3, help_text=BACKGROUND)
    shaped_by = text_of(Decision, "shaped_by", rows=2, help_text=SHAPED_BY)
    talk = text_of(Decision, "talk", rows=5, help_text=_("What matters, not who said it."))


class StopForm(forms.Form):
    """Why the talk stops, so that another way can be chosen."""

    why = words(_("Why do you stop?"), rows=2, required=True, help_text=_("What was said so far stays on record."))


class QuickForm(OfTeam):
    """A decision you have taken already."""

    question = text_of(Decision, "question", rows=2, required=True)
    decided = text_of(Decision, "decided", rows=3, required=True)
    because = text_of(Decision, "because", rows=2, help_text=BECAUSE)
    way = forms.ChoiceField(label=_("How you decided"), choices=Way.choices, widget=forms.RadioSelect)
    present = MembersField(_("Who was present"))
    concerns = text_of(Decision, "concerns", rows=2, help_text=CONCERNS)
    decided_on = day_of(Decision, "decided_on", required=True)
    owner = MemberField(_("Who answers for it"), empty=_("nobody yet"), help_text=OWNER)
    review_on = day_of(Decision, "review_on")


class SettleForm(OfTeam, BasedOnVersion):
    """How the talk ended. What consent and votes have settled already is not asked again."""

    decided = text_of(Decision, "decided", rows=3, required=True)
    chosen = forms.ModelChoiceField(
        Option.objects.none(),
        label=_("Which option is it?"),
        required=False,
        empty_label=_("none of them as it stands"),
    )
    because = text_of(Decision, "because", rows=3, required=True, help_text=BECAUSE)
    owner = MemberField(_("Who answers for it"), required=True, empty=_("choose one of you"), help_text=OWNER)
    review_on = day_of(
        Decision,
        "review_on",
        required=True,
        help_text=_("On that day this comes back to you, here on top of the list."),
    )
    present = MembersField(_("Who was present"))
    decided_on = day_of(Decision, "decided_on", required=True)
    starts_on = day_of(Decision, "starts_on", help_text=_("If not from the day you decided."))
    concerns = text_of(Decision, "concerns", rows=2, help_text=CONCERNS)

    def __init__(self, *args: Any, decision: Decision, **facts: Any) -> None:
        super().__init__(*args, team=decision.team, **facts)
        options = decision.options.all().on_the_table()
        chosen = self.fields["chosen"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = options
        if decision.way == Way.CONSENT:
            del self.fields["decided"]
        if decision.way == Way.VOTE or not options:
            del self.fields["chosen"]


class AmendForm(OfTeam, BasedOnVersion):
    """The wording of a decision that is taken; who was there, who answers for it."""

    question = text_of(Decision, "question", rows=2, required=True)
    background = text_of(Decision, "background", rows=2)
    shaped_by = text_of(Decision, "shaped_by", rows=2, help_text=SHAPED_BY)
    decided = text_of(Decision, "decided", rows=3, required=True)
    because = text_of(Decision, "because", rows=3, help_text=BECAUSE)
    concerns = text_of(Decision, "concerns", rows=2, help_text=CONCERNS)
    owner = MemberField(_("Who answers for it"), empty=_("nobody yet"), help_text=OWNER)
    review_on = day_of(Decision, "review_on")
    starts_on = day_of(Decision, "starts_on")
    present = MembersField(_("Who was present"))
    decided_on = day_of(Decision, "decided_on", required=True)
    talk = text_of(Decision, "talk", rows=3)


class OwnerForm(OfTeam, BasedOnVersion):
    """The one person who answers for it, and the day it comes back."""

    owner = MemberField(_("Who answers for it"), required=True, empty=_("choose one of you"), help_text=OWNER)
    review_on = day_of(Decision, "review_on", required=True)


class MessageForm(BasedOnVersion):
    """What staff are told."""

    message = text_of(
        Decision,
        "message",
        rows=8,
        help_text=_("Say it as you would in the hallway: what you decided, why, what became of what people said."),
    )


class ReviewForm(BasedOnVersion):
    """What you see when you look at it again. The version is the decision's."""

    seen = text_of(
        Review, "seen", rows=4, required=True, help_text=_("What happened since? What do people who live with it say?")
    )
    verdict = choice_of(Review, "verdict")
    review_on = forms.DateField(
        label=_("If you keep it: when do you look again?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Left empty, this record is closed."),
    )
    held_on = day_of(Review, "held_on", required=True)


class ReviewWordsForm(BasedOnVersion):
    """The words of a review that is done."""

    seen = text_of(Review, "seen", rows=4, required=True)
