"""Judge what people write about a studio."""

from django import forms
from django.utils.translation import gettext_lazy as _

from colead.practices.models import SignUp, Studio, StudioDate
from colead.texts.fields import choice_of, day_of, line_of, number_of, text_of, time_of
from colead.texts.forms import BasedOnVersion

MOST_PLACES = 500
MOST_MINUTES = 600


class StudioForm(BasedOnVersion):
    """What somebody offers."""

    title = line_of(Studio, "title", required=True)
    question = text_of(
        Studio, "question", rows=2, required=True, help_text=_("One that you do not know the answer to yet.")
    )
    doing = text_of(Studio, "doing", rows=3, help_text=_("What people do there with their hands, eyes and classes."))
    places = number_of(
        Studio,
        "places",
        most=MOST_PLACES,
        least=1,
        help_text=_("Empty for as many as come. When it is full, people wait."),
    )


class DateForm(forms.Form):
    """A day on which it meets."""

    held_on = day_of(StudioDate, "held_on", required=True)
    starts_at = time_of(StudioDate, "starts_at", required=True)
    minutes = number_of(StudioDate, "minutes", most=MOST_MINUTES, least=5, required=True)
    place = line_of(StudioDate, "place")


class OwnQuestionForm(forms.Form):
    """What somebody wants to find out for their own work."""

    question = text_of(SignUp, "question", rows=2, help_text=_("From your own classes or work. It may change."))
    question_for = choice_of(SignUp, "question_for")


class TakeAwayForm(forms.Form):
    """What somebody takes along."""

    take_away = text_of(SignUp, "take_away", rows=3, help_text=_("One thing you do differently, or want to try."))
    take_away_for = choice_of(SignUp, "take_away_for", help_text=_("Whoever reads it sees your name with it."))


class ClosingForm(BasedOnVersion):
    """What came of a studio as a whole."""

    closing = text_of(Studio, "closing", rows=3, help_text=_("For everybody at school. No names, no grades."))
