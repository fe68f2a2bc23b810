"""Judge what people ask for in a scenario, how much rules count, and what they say about it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.decisions.forms.fields import MemberField, MembersField, OfTeam
from colead.decisions.models import Way
from colead.practices.models import Comment, Scenario
from colead.texts.fields import choice_of, day, line_of, text_of
from colead.texts.forms import BasedOnVersion, words
from colead.timetable import Rule, Schedule, Strength

STRENGTHS = (
    (Strength.MUST.value, _("Must hold")),
    (Strength.KEEP.value, _("Keep if it holds today")),
    (Strength.PREFER.value, _("Would be nice")),
)


class WordsForm(BasedOnVersion):
    """What a scenario is called and what it is after."""

    title = line_of(Scenario, "title", required=True)
    note = text_of(Scenario, "note", rows=3)


class AskForm(forms.Form):
    """What each team asks for: minutes a week, the shortest block, blocks a day, days."""

    def __init__(self, *args: Any, schedule: Schedule, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.schedule = schedule
        days = [(str(n), f"{day.week} {day.name}".strip()) for n, day in enumerate(schedule.days)]
        for n, team in enumerate(schedule.teams):
            chosen = {str(slot.day) for slot in team.window} or {day for day, _name in days}
            self.fields |= {
                f"minutes_{n}": _number(_("Minutes a week"), 0, 3000, team.minutes),
                f"least_block_{n}": _number(_("Shortest block that counts, in minutes"), 0, 600, team.least_block),
                f"most_blocks_{n}": _number(_("Most blocks a day (0: no limit)"), 0, 20, team.most_blocks),
                f"days_{n}": forms.MultipleChoiceField(
                    label=_("On these days"),
                    choices=days,
                    widget=forms.CheckboxSelectMultiple,
                    initial=[day for day, _name in days if day in chosen],
                ),
            }

    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Yield each team with its fields."""
        for n, team in enumerate(self.schedule.teams):
            yield team.name, [self[f"{name}_{n}"] for name in ("minutes", "least_block", "most_blocks", "days")]

    def asked(self) -> dict[str, dict[str, Any]]:
        """Return the wishes by the teams' names, only where something differs from the timetable."""
        found: dict[str, dict[str, Any]] = {}
        for n, team in enumerate(self.schedule.teams):
            wish = {name: self.cleaned_data[f"{name}_{n}"] for name in ("minutes", "least_block", "most_blocks")}
            if f"days_{n}" in self.changed_data:
                wish["days"] = sorted(int(day) for day in self.cleaned_data[f"days_{n}"])
            found[team.name] = wish
        return found


def _number(label: Any, low: int, high: int, now: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=low, max_value=high, initial=now)


class RulesForm(forms.Form):
    """How much each rule counts."""

    def __init__(self, *args: Any, rules: tuple[Rule, ...], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.rules = rules
        for n, rule in enumerate(rules):
            self.fields[f"rule_{n}"] = forms.ChoiceField(
                label=rule.key, choices=STRENGTHS, widget=forms.RadioSelect, initial=rule.strength.value
            )

    def parts(self) -> Iterator[tuple[Rule, forms.BoundField]]:
        """Yield each rule with its field."""
        for n, rule in enumerate(self.rules):
            yield rule, self[f"rule_{n}"]

    def strengths(self) -> dict[str, str]:
        """Return how much the rules shown here count, by their keys."""
        return {rule.key: self.cleaned_data[f"rule_{n}"] for n, rule in enumerate(self.rules)}


class CommentForm(BasedOnVersion):
    """Whether one could live with a scenario, and why not."""

    stance = choice_of(Comment, "stance")
    body = text_of(Comment, "body", rows=3)

    def __init__(self, *args: Any, is_open: bool, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["body"].help_text = (
            _("What it would mean for you. Everybody who works at the school can read it, with your name.")
            if is_open
            else _("What it would mean for you. Everybody on the team reads it.")
        )

    def clean(self) -> dict[str, Any] | None:
        """Ask for the reason where somebody worries."""
        stance = self.cleaned_data.get("stance")
        if stance and stance != Comment.Stance.FINE and not self.cleaned_data.get("body"):
            self.add_error("body", _("Say why, so that the others can look for a way."))
        return self.cleaned_data


class DecideForm(OfTeam):
    """Make a scenario the team's decision."""

    question = words(_("What you decide on"), rows=2, required=True)
    decided = words(_("What you decided"), rows=3, required=True)
    because = words(_("Because"), rows=2)
    way = forms.ChoiceField(label=_("How you decided"), choices=Way.choices, widget=forms.RadioSelect)
    present = MembersField(_("Who was present"))
    concerns = words(_("Open concerns"), rows=3)
    decided_on = day(_("Date"), required=True)
    starts_on = day(_("The new timetable holds from"))
    owner = MemberField(_("Who answers for it"), empty=_("nobody yet"))
    review_on = day(_("Look at it again on"))


class FoundForm(forms.Form):
    """The minutes a decided scenario finds, for the stop list."""

    what = words(_("What you let go"), rows=2, required=True)
    since = day(_("Since when"), required=True)
    minutes_each = forms.IntegerField(label=_("Minutes a week for each person"), min_value=1, max_value=3000)
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=2000)
    to_whom = forms.CharField(label=_("Who gets the time back"), max_length=200)
    in_place = words(_("What takes its place"), rows=2, required=True)
