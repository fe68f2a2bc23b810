"""Judge what a team brings to a check-in, offers, asks and promises."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.programme.models import FollowUp, OfferOrAsk, Share
from colead.texts.fields import choice_of, day_of, line_of, text_of
from colead.texts.forms import BasedOnVersion


class ShareForm(BasedOnVersion):
    """The parts of a share, each with a box to tick: only what is ticked leaves the team."""

    win = text_of(Share, "win", rows=2)
    number = text_of(Share, "number", rows=2)
    decided = text_of(Share, "decided", rows=2)
    tested = text_of(Share, "tested", rows=2)
    next_step = text_of(Share, "next_step", rows=2)
    dilemma = text_of(
        Share,
        "dilemma",
        rows=3,
        help_text=_("A question you are stuck on. One school’s is talked about for 25 minutes."),
    )
    chosen = forms.MultipleChoiceField(choices=[(name, name) for name in Share.PARTS], required=False)

    def rows(self) -> list[dict[str, Any]]:
        """Return each part with its words and its box."""
        ticked = self["chosen"].value() or []
        return [{"field": self[name], "name": name, "ticked": name in ticked} for name in Share.PARTS]

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Share.PARTS}

    def chosen_parts(self) -> list[str]:
        return self.cleaned_data["chosen"]


class OfferForm(BasedOnVersion):
    """Something you offer the other schools, or ask of them."""

    kind = choice_of(OfferOrAsk, "kind")
    body = text_of(OfferOrAsk, "body", rows=2, required=True, help_text=_("A sentence, and whom to write to."))


class FollowUpForm(BasedOnVersion):
    """Something promised."""

    body = text_of(FollowUp, "body", rows=2, required=True)
    who = line_of(FollowUp, "who")


class FollowUpChangeForm(FollowUpForm):
    """What became of something promised."""

    done_on = day_of(FollowUp, "done_on", help_text=_("Leave it empty as long as it is open."))
    outcome = text_of(FollowUp, "outcome", rows=2)
