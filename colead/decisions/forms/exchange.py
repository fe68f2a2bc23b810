"""The stop list and hand-overs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.forms.fields import MemberField, MembersField, OfTeam
from colead.decisions.models import Decision, HandOver, LetGo
from colead.schools.models import Team
from colead.texts.fields import day_of, label_of, line_of, number_of, text_of
from colead.texts.forms import BasedOnVersion

WEEK = 7 * 24 * 60  # minutes
MANY = 10_000  # people: more than any school has


class LetGoForm(BasedOnVersion):
    """Something you stopped doing."""

    what = text_of(LetGo, "what", rows=2, required=True, help_text=_("A meeting, a form, a duty, a report."))
    since = day_of(LetGo, "since", required=True)
    to_whom = line_of(
        LetGo, "to_whom", required=True, help_text=_("A group or role, such as “classroom teachers”. No names.")
    )
    minutes_each = number_of(
        LetGo, "minutes_each", most=WEEK, least=1, required=True, help_text=_("A good guess will do.")
    )
    people = number_of(LetGo, "people", most=MANY, least=1, required=True)
    in_place = text_of(
        LetGo,
        "in_place",
        rows=2,
        required=True,
        help_text=_("Nothing, or the one thing the time is for. Freed time fills up again unless you say so."),
    )
    look_on = day_of(LetGo, "look_on")
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("Which decision says so?"),
        required=False,
        empty_label=_("not recorded yet"),
        help_text=_("So that people can see who decided it, and why."),
    )
    note = text_of(LetGo, "note", rows=2)

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        decision = self.fields["decision"]
        assert isinstance(decision, forms.ModelChoiceField)
        decision.queryset = team.decisions.decided()


class CheckForm(BasedOnVersion):
    """Whether something has stayed gone."""

    is_back = forms.ChoiceField(
        label=_("Has it stayed gone?"),
        choices=[("no", _("yes, it is still gone")), ("yes", _("no, it has crept back"))],
        widget=forms.RadioSelect,
    )
    back_since = day_of(LetGo, "back_since", help_text=_("Only if it has crept back."))
    look_on = forms.DateField(
        label=_("When do you look again?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    note = text_of(LetGo, "note", rows=2)

    def clean(self) -> dict[str, Any] | None:
        back = self.cleaned_data.get("is_back") == "yes"
        if back and not self.cleaned_data.get("back_since") and "back_since" not in self.errors:
            self.add_error("back_since", _("Say since when, roughly."))
        if not back:
            self.cleaned_data["back_since"] = None
        return self.cleaned_data


class HandOverForm(OfTeam, BasedOnVersion):
    """A task that changes hands, for something in exchange."""

    task = text_of(HandOver, "task", rows=2, required=True)
    from_member = MemberField(label_of(HandOver, "from_member"), empty=_("nobody on the team"))
    from_role = line_of(HandOver, "from_role")
    to_member = MemberField(label_of(HandOver, "to_member"), empty=_("nobody on the team"))
    to_role = line_of(HandOver, "to_role")
    minutes = number_of(HandOver, "minutes", most=WEEK)
    taken_off = text_of(
        HandOver,
        "taken_off",
        rows=2,
        required=True,
        help_text=_("Something they do now and will not do any more. “Nothing” is no exchange."),
    )
    minutes_off = number_of(HandOver, "minutes_off", most=WEEK)
    agreed_by = MembersField(_("Who agreed"), help_text=_("Whoever takes it on is among them."))
    handed_on = day_of(HandOver, "handed_on", required=True)
