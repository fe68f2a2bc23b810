"""Judge a reply, what the reader of notes does with each, an answer to a theme, and how a school takes replies."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.answers.box import LONGEST_COMMENT, HeldComment
from colead.schools.models import School
from colead.staffpage.models import Reaction, ReplyDesk, ReplyTheme
from colead.staffpage.models.voices import LEAST
from colead.surveys.queries.people import readers
from colead.texts.fields import choice_of, label_of, number_of, text_of
from colead.texts.forms import BasedOnVersion

LONGEST_NOTE = 500
THEMES = 5
MANY = 200  # replies: a school that asks for more would never see any


class ReplyForm(forms.Form):
    """One reply: a reaction, and a note if somebody likes."""

    reaction = forms.TypedChoiceField(
        label=_("How is this decision for you?"),
        choices=[(reaction.value, capfirst(reaction.label)) for reaction in Reaction],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four.")},
    )
    note = forms.CharField(
        label=_("A note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What works for you, what does not, what you would need. Leave names out."),
    )
    key = forms.RegexField(
        r"\A[0-9a-f]{32}\Z",
        widget=forms.HiddenInput,
        error_messages={"required": _("Please send it once more."), "invalid": _("Please send it once more.")},
    )


class DeskForm(forms.Form):
    """Who reads the notes first, and how many replies it takes."""

    reader = forms.ModelChoiceField(
        User.objects.none(),
        label=label_of(ReplyDesk, "reader"),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("Somebody whom people trust, and no administrator. Their name stands above every reply."),
    )
    minimum = number_of(
        ReplyDesk,
        "minimum",
        least=LEAST,
        most=MANY,
        required=True,
        help_text=_("Until so many have come nothing is shown, not even their number. Ten is the least."),
    )
    is_open = forms.BooleanField(label=_("Staff can reply to decisions"), required=False)

    def __init__(self, *args: Any, school: School, **facts: Any) -> None:
        super().__init__(*args, **facts)
        reader = self.fields["reader"]
        assert isinstance(reader, forms.ModelChoiceField)
        reader.queryset = User.objects.filter(pk__in=[person.pk for person in readers(school)]).order_by(
            "name", "email"
        )


class NotesForm(forms.Form):
    """For each note its words, which the reader may shorten, and whether they go on; and what the notes say."""

    def __init__(self, *args: Any, held: Sequence[HeldComment], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.held = held
        for place in range(1, THEMES + 1):
            label = _("What they say, in a sentence") if place == 1 else _("Another thing they say")
            words = forms.Textarea(attrs={"rows": 2})
            self.fields[f"theme-{place}"] = forms.CharField(
                label=label, required=place == 1, max_length=LONGEST_NOTE, widget=words
            )
        for one in held:
            self._add_note(one)

    def _add_note(self, one: HeldComment) -> None:
        words = forms.Textarea(attrs={"rows": 3})
        label = _("Their words; take names out")
        self.fields[f"text-{one.id}"] = forms.CharField(
            label=label, max_length=LONGEST_COMMENT, initial=one.text, widget=words, required=False
        )
        self.fields[f"show-{one.id}"] = forms.BooleanField(
            label=_("People of the school may read this"), required=False, initial=True
        )

    def themes(self) -> list[forms.BoundField]:
        """Return the fields for what the notes say."""
        return [self[f"theme-{place}"] for place in range(1, THEMES + 1)]

    def notes(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each note's two fields."""
        return [(self[f"text-{one.id}"], self[f"show-{one.id}"]) for one in self.held]

    def sentences(self) -> list[str]:
        """Return what the notes say."""
        return [self.cleaned_data[f"theme-{place}"] for place in range(1, THEMES + 1)]

    def let_go(self) -> dict[str, str]:
        """Return the words that people of the school may read, by note."""
        facts = self.cleaned_data
        shown = [one for one in self.held if facts[f"show-{one.id}"] and facts[f"text-{one.id}"]]
        return {one.id: facts[f"text-{one.id}"] for one in shown}


class ThemeAnswerForm(BasedOnVersion):
    """What the team says to a theme."""

    kind = choice_of(ReplyTheme, "kind")
    answer = text_of(
        ReplyTheme,
        "answer",
        rows=4,
        required=True,
        help_text=_("What you do, or why not now, and by when people see it. All staff read this."),
    )
