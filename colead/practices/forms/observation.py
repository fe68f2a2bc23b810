"""Judge rounds of open doors, doors, wishes, and the words around a visit."""

from collections.abc import Container, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.practices.models import (
    DoorsRound,
    NameInTimetable,
    OpenDoor,
    PeerVisit,
    VisitNotes,
    VisitReflection,
    VisitWish,
)
from colead.practices.queries.observation_plan import Desk
from colead.texts.fields import choice_of, day_of, label_of, line_of, number_of, text_of
from colead.texts.forms import BasedOnVersion
from colead.timetable import Schedule, Slot
from colead.timetable.words import clock

Choices = Sequence[tuple[str, str]]
MOST_WEEKS = 20
MOST_DAYS_OFF = 60


def ticks(model: Any, name: str, choices: Choices, *, help_text: Any = "") -> forms.MultipleChoiceField:
    """Return boxes to tick; none ticked is an answer too."""
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(
        label=label_of(model, name), choices=choices, required=False, widget=boxes, help_text=help_text
    )


def periods(schedule: Schedule, slots: Iterable[Slot]) -> Choices:
    """Return periods as boxes to tick: “Mon 3, 10:05–10:50”."""
    named = ((slot, schedule.period(slot)) for slot in slots)
    return [
        (f"{slot.day}-{slot.period}", f"{schedule.when(slot)}, {clock(period.start)}–{clock(period.end)}")
        for slot, period in named
    ]


def stored(ticked: Iterable[str]) -> list[list[int]]:
    """Return ticked periods as they are stored."""
    return [[int(number) for number in key.split("-")] for key in ticked]


def shown(slots: Iterable[Sequence[int]]) -> list[str]:
    """Return stored periods as they are ticked."""
    return [f"{day}-{period}" for day, period in slots]


class DaysField(forms.Field):
    """Dates, one to a line; kept as ISO 8601."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> list[str]:
        day = forms.DateField()
        lines = [line.strip() for line in (value or "").replace(",", "\n").splitlines() if line.strip()]
        if len(lines) > MOST_DAYS_OFF:
            raise ValidationError(_("That is more than sixty days."))
        try:
            return sorted({day.clean(line).isoformat() for line in lines})
        except ValidationError:
            raise ValidationError(_("Write each day like this: 2027-01-18, one to a line.")) from None

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class RoundForm(forms.Form):
    """What a round is called, and when it is. `places` are the timetables it can be on; none: it stays where it is."""

    place = forms.ChoiceField(label=_("On which timetable"))
    title = line_of(DoorsRound, "title", required=True)
    focus = text_of(
        DoorsRound, "focus", rows=2, help_text=_("One shared goal, in your own words. You can leave it open.")
    )
    collect_until = day_of(DoorsRound, "collect_until", required=True)
    begins_on = day_of(DoorsRound, "begins_on", required=True)
    weeks = number_of(DoorsRound, "weeks", least=1, most=MOST_WEEKS, required=True)
    days_off = DaysField(
        label=label_of(DoorsRound, "days_off"),
        required=False,
        help_text=_("No visit falls on them. One date to a line, such as 2027-01-18."),
    )

    def __init__(self, *args: Any, places: Choices = (), **facts: Any) -> None:
        super().__init__(*args, **facts)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = places
        if not places:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        until, begins = found.get("collect_until"), found.get("begins_on")
        if until and begins and until > begins:
            self.add_error("collect_until", _("Doors and wishes come in before the first visit."))
        return found


class NameForm(forms.Form):
    """Which name in the timetable is yours."""

    NONE = "-"

    name = forms.ChoiceField(label=_("Which name in the timetable is yours?"))
    role = choice_of(NameInTimetable, "role", required=False, help_text=_("Only if your name is not in the timetable."))

    def __init__(self, *args: Any, names: Iterable[str], **facts: Any) -> None:
        super().__init__(*args, **facts)
        field = self.fields["name"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(self.NONE, _("I am not in it")), *((name, name) for name in names)]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("name") == self.NONE:
            found["name"] = ""
            if not found.get("role"):
                self.add_error("role", _("Say what you are, or choose your name above."))
        return found


class FirstAndMore(forms.Form):
    """A form that asks for what matters first; `later` waits folded up until somebody wants to be choosy."""

    later: tuple[str, ...] = ()
    more_title: Any = ""

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.later]

    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in self.later]

    def is_narrow(self) -> bool:
        """Say whether something that is folded up has been ticked before."""
        return any(isinstance(self.initial.get(name), list) and self.initial[name] for name in self.later)


class DoorForm(FirstAndMore):
    """“Come and watch”. Who has nothing to watch in the timetable opens times of their own."""

    later = ("most_a_week", "at_once", "subjects")
    more_title = _("How many, and which lessons")

    look_for = line_of(
        OpenDoor, "look_for", help_text=_("One line that colleagues read. For example: who speaks, and who does not.")
    )
    shows = line_of(OpenDoor, "shows", required=True, help_text=_("For example: a data meeting, a parent evening."))
    most_a_week = number_of(OpenDoor, "most_a_week", least=1, most=5, required=True)
    at_once = number_of(OpenDoor, "at_once", least=1, most=4, required=True)

    def __init__(self, *args: Any, desk: Desk, **facts: Any) -> None:
        super().__init__(*args, **facts)
        subjects = [(name, name) for name in desk.mine]
        if desk.mine:
            del self.fields["shows"]
            any_of_them = _("Tick none to open every lesson of yours.")
            self.fields["subjects"] = ticks(OpenDoor, "subjects", subjects, help_text=any_of_them)
        else:
            self.fields["slots"] = ticks(OpenDoor, "slots", periods(desk.schedule, desk.free))
            self.fields["slots"].required = True

    def facts(self) -> dict[str, Any]:
        """What was said, as it is stored."""
        found = {"subjects": [], "shows": "", **self.cleaned_data}
        return {**found, "slots": stored(found.get("slots", ()))}


class HostsField(forms.ModelMultipleChoiceField):
    """Colleagues to tick; `doors` are the numbers of those whose door is open, and each of them is marked."""

    doors: Container[int] = ()

    def label_from_instance(self, obj: User) -> str:
        return _now("%s, door open") % obj if obj.pk in self.doors else str(obj)


class WishForm(FirstAndMore):
    """What you would like to see."""

    later = ("hosts", "subjects", "not_at")
    more_title = _("Whom, which subject, and when not")

    visits = number_of(VisitWish, "visits", least=1, most=6, required=True)
    different = forms.BooleanField(
        label=label_of(VisitWish, "different"), required=False, help_text=_("Of use when you wish for more than one.")
    )
    hosts = HostsField(
        User.objects.none(),
        label=label_of(VisitWish, "hosts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to see anybody."),
    )

    def __init__(self, *args: Any, desk: Desk, colleagues: Any, doors: Container[int], **facts: Any) -> None:
        super().__init__(*args, **facts)
        hosts = self.fields["hosts"]
        assert isinstance(hosts, HostsField)
        hosts.queryset, hosts.doors = colleagues, doors
        subjects = [(name, name) for name in desk.everything]
        self.fields["subjects"] = ticks(VisitWish, "subjects", subjects, help_text=_("Tick none to see any."))
        free = periods(desk.schedule, desk.free)
        help_text = _("You are free then. Tick what you would rather keep.")
        self.fields["not_at"] = ticks(VisitWish, "not_at", free, help_text=help_text)

    def facts(self) -> dict[str, Any]:
        """What was said, as it is stored."""
        found = self.cleaned_data
        return {**found, "hosts": list(found["hosts"]), "not_at": stored(found["not_at"])}


class QuestionForm(BasedOnVersion):
    """What the observed person would like to know."""

    question = text_of(
        PeerVisit,
        "question",
        rows=3,
        required=True,
        help_text=_("One thing you want to find out about your work."),
    )
    look_for = text_of(
        PeerVisit, "look_for", rows=3, help_text=_("What your visitor can count, hear or write down word for word.")
    )


class NotesForm(BasedOnVersion):
    """What the visitor saw and heard."""

    body = text_of(
        VisitNotes,
        "body",
        rows=12,
        required=True,
        help_text=_("What happened and what was said, not what you think of it. No names of students."),
    )


class DebriefForm(BasedOnVersion):
    """What the two talked about."""

    debrief = text_of(PeerVisit, "debrief", rows=6, required=True)


class ReflectionForm(BasedOnVersion):
    """What the observed person makes of it."""

    body = text_of(VisitReflection, "body", rows=5, required=True)
    goal = text_of(VisitReflection, "goal", rows=2)


class MoveForm(forms.Form):
    """Another time at which both can."""

    time = forms.ChoiceField(label=_("Another time that suits you both"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, times: Iterable[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        field = self.fields["time"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(times)
