"""Judge a learning goal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models import LearningGoal
from colead.programme.queries.goals import colleagues
from colead.schools.models import School
from colead.texts.fields import day_of, label_of, text_of
from colead.texts.forms import BasedOnVersion


class GoalForm(BasedOnVersion):
    """What you want to learn this quarter."""

    what = text_of(LearningGoal, "what", rows=3, required=True)
    evidence = text_of(
        LearningGoal, "evidence", rows=3, required=True, help_text=_("About your work. Leave out names of students.")
    )
    support = text_of(LearningGoal, "support", rows=2, help_text=_("Time, a book, somebody to watch."))
    peer = forms.ModelChoiceField(
        User.objects.none(),
        label=label_of(LearningGoal, "peer"),
        required=False,
        empty_label=_("nobody: only I read it"),
        help_text=_("They can read all of it, from now on. Nobody else can."),
    )
    starts_on = day_of(LearningGoal, "starts_on", required=True)
    ends_on = day_of(LearningGoal, "ends_on", required=True)

    def __init__(self, *args: Any, school: School, owner: User, **facts: Any) -> None:
        super().__init__(*args, **facts)
        peer = self.fields["peer"]
        assert isinstance(peer, forms.ModelChoiceField)
        peer.queryset = colleagues(school, owner)


class HalfwayForm(BasedOnVersion):
    """How it goes."""

    halfway = text_of(LearningGoal, "halfway", rows=5, required=True)


class ClosingForm(BasedOnVersion):
    """What you learned."""

    closing = text_of(LearningGoal, "closing", rows=5, required=True)
