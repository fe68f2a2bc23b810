"""Meetings, their roles, their items and what comes of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.forms.fields import MemberField, MembersField, OfTeam
from colead.meetings.models import WEEKDAYS, Item, Meeting, Rhythm
from colead.texts.fields import choice_of, day, day_of, label_of, line_of, number_of, text_of, time_of
from colead.texts.forms import BasedOnVersion, words

LONGEST = 240  # minutes


class LengthForm(forms.Form):
    """How long the next meeting is, in one press."""

    minutes = forms.IntegerField(min_value=10, max_value=LONGEST)


class RhythmForm(forms.Form):
    """When a team usually meets."""

    weekday = forms.TypedChoiceField(label=label_of(Rhythm, "weekday"), choices=WEEKDAYS, coerce=int)
    starts_at = time_of(Rhythm, "starts_at", required=True)
    minutes = number_of(Rhythm, "minutes", least=10, most=LONGEST, required=True)
    every = choice_of(Rhythm, "every")
    a_week = day_of(
        Rhythm, "a_week", help_text=_("Only if your school has A and B weeks. From that day we count the weeks.")
    )
    place = line_of(Rhythm, "place")

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("every") in ("a", "b") and not self.cleaned_data.get("a_week"):
            self.add_error("a_week", _("Name a day in any A week, so that we can count."))
        return self.cleaned_data


class MeetingForm(BasedOnVersion):
    """Day, time, length, place."""

    title = line_of(Meeting, "title", required=True)
    held_on = day_of(Meeting, "held_on", required=True)
    starts_at = time_of(Meeting, "starts_at")
    minutes = number_of(Meeting, "minutes", least=5, most=LONGEST, required=True)
    place = line_of(Meeting, "place", help_text=_("A room, or a link to a call."))


class RolesForm(OfTeam, BasedOnVersion):
    """Who takes which role this time."""

    facilitator = MemberField(label_of(Meeting, "facilitator"), empty=_("nobody"))
    note_taker = MemberField(label_of(Meeting, "note_taker"), empty=_("nobody"))
    time_keeper = MemberField(label_of(Meeting, "time_keeper"), empty=_("nobody"))


class StartForm(OfTeam):
    """Who is here."""

    present = MembersField(label_of(Meeting, "present"))


class ItemForm(BasedOnVersion):
    """One item of the agenda."""

    title = text_of(Item, "title", rows=2, required=True)
    minutes = number_of(Item, "minutes", least=1, most=LONGEST, required=True)
    mode = choice_of(Item, "mode")
    how = text_of(Item, "how", rows=2)


class MinutesForm(BasedOnVersion):
    """What was said, as one reads it in a month."""

    note = words(_("Minutes"), rows=3)


class BeatForm(forms.Form):
    """Which beat of the clock a press answers to."""

    beat = forms.IntegerField(min_value=0)


class ItemStepForm(OfTeam):
    """Somebody does something until a day."""

    what = words(_("Step"), rows=2, required=True, help_text=_("Something that somebody can do, in a few words."))
    owners = MembersField(_("Who sees to it"), required=False)
    due_on = day(_("By when"))
