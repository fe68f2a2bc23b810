"""Judge what is noted in the register of voices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.staffpage.models import Asking, Message
from colead.staffpage.models.voices import BEYOND, ROLES
from colead.texts.fields import day_of, line_of, number_of, text_of
from colead.texts.forms import BasedOnVersion

MANY = 5_000  # people of one role: more than any school hears


class AskingForm(BasedOnVersion):
    """One time you asked: how, how many of each role, where it shows."""

    how = line_of(
        Asking,
        "how",
        required=True,
        help_text=_("“A round at the staff meeting”, “talks at the bus loop”, “slips in the lounge”."),
    )
    held_on = day_of(Asking, "held_on", required=True)
    reflected = text_of(
        Asking,
        "reflected",
        rows=3,
        help_text=_("Which words or which part came from it. Leave it open until you know."),
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for role in (*ROLES, *BEYOND):
            self.fields[role] = number_of(Asking, role, most=MANY)

    def clean(self) -> dict[str, Any]:
        """Read an empty number as nobody; ask for somebody, unless a number is wrong anyway."""
        facts = super().clean() or self.cleaned_data
        for role in (*ROLES, *BEYOND):
            if role not in self.errors:
                facts[role] = facts.get(role) or 0
        if not self.errors and not any(facts[role] for role in (*ROLES, *BEYOND)):
            self.add_error(None, _("Say how many people you heard, of one role at least."))
        return facts

    def about(self) -> list[forms.BoundField]:
        """Return the fields before and after the numbers."""
        return [self["version"], self["how"], self["held_on"], self["reflected"]]

    def people(self) -> list[forms.BoundField]:
        """Return the fields that count people."""
        return [self[role] for role in (*ROLES, *BEYOND)]


class MessageForm(BasedOnVersion):
    """What one audience is told."""

    audience = line_of(
        Message,
        "audience",
        required=True,
        help_text=_("“Families”, “the night shift”, “the union”. Groups, not names."),
    )
    words = text_of(Message, "words", rows=5, required=True)  # type: ignore[assignment]  # views.typed knows
    channel = line_of(Message, "channel", help_text=_("“Newsletter”, “at the door”, “staff meeting”."))
    told_on = day_of(Message, "told_on", help_text=_("Leave it open until it is done."))
