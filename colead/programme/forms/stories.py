"""Judge a story, its lines and who may be quoted, and awards."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.forms.fields import MemberField, OfTeam
from colead.programme.forms.visits import condition_choices
from colead.programme.models import Recognition, Story, StoryLine
from colead.programme.queries.stories import Record
from colead.schools.models import Team
from colead.texts.fields import day_of, label_of, line_of, text_of
from colead.texts.forms import BasedOnVersion


class StoryForm(BasedOnVersion):
    """What a story is about, and its words around the lines."""

    title = line_of(Story, "title", required=True)
    condition = forms.ChoiceField(label=label_of(Story, "condition"), choices=condition_choices)
    opening = text_of(Story, "opening", rows=4, help_text=_("Where you were, and what bothered people."))
    closing = text_of(Story, "closing", rows=3)

    def clean_condition(self) -> str:
        if not self.cleaned_data["condition"]:
            raise forms.ValidationError(_("Choose the condition under which others will find it."))
        return self.cleaned_data["condition"]


class PickForm(forms.Form):
    """Which records a story takes over, line by line."""

    chosen = forms.MultipleChoiceField(label=_("Lines"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, records: Sequence[Record], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.records = records
        chosen = self.fields["chosen"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(record.origin, record.words) for record in records]

    def groups(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return the records kind by kind, each with whether it is ticked."""
        ticked = self["chosen"].value() or []
        found: dict[str, list[dict[str, Any]]] = {record.kind: [] for record in self.records}
        for number, record in enumerate(self.records):
            line = {"record": record, "ticked": record.origin in ticked, "id": f"{self['chosen'].auto_id}_{number}"}
            found[record.kind].append(line)
        return list(found.items())


class LineForm(OfTeam, BasedOnVersion):
    """A line, and whose words it is."""

    body = text_of(StoryLine, "body", rows=3, required=True, help_text=_("No student can be recognized in it."))
    is_quote = forms.BooleanField(label=_("This is what somebody said"), required=False)
    said_by = MemberField(
        label_of(StoryLine, "said_by"),
        empty=_("nobody on the team"),
        help_text=_("They say yes here themselves, after you save."),
    )
    said_by_name = line_of(StoryLine, "said_by_name", help_text=_("A name, or a role such as “a parent”."))
    consent_on = day_of(
        StoryLine, "consent_on", help_text=_("For somebody else: the day they said yes to exactly these words.")
    )
    consent_how = line_of(StoryLine, "consent_how", help_text=_("In writing, by phone, in the hallway."))


class RecognitionForm(BasedOnVersion):
    """An award."""

    award = line_of(Recognition, "award", required=True)
    given_by = line_of(Recognition, "given_by", required=True)
    given_on = day_of(Recognition, "given_on", required=True)
    story = forms.ModelChoiceField(
        Story.objects.none(), label=label_of(Recognition, "story"), required=False, empty_label=_("none yet")
    )

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        story = self.fields["story"]
        assert isinstance(story, forms.ModelChoiceField)
        story.queryset = team.stories.all()
