"""An application as its page shows it, and behind which link it stands."""

from dataclasses import dataclass

from django.utils.translation import get_language

from colead.accounts.models import User
from colead.content.loader import load_programme
from colead.programme.models import Application, Programme, Review
from colead.schools.secrets import hash_of


@dataclass(frozen=True)
class Read:
    """An application in the words of the form: (question, answer), and (line, whether it was ticked)."""

    application: Application
    answers: tuple[tuple[str, str], ...]
    ticks: tuple[tuple[str, bool], ...]
    reviews: tuple[Review, ...]
    mine: Review | None


def read(application: Application, user: User | None = None) -> Read:
    """Put an application together for its page; without a user nobody's review is in it."""
    text = load_programme(get_language() or "en")
    reviews = tuple(application.reviews.select_related("reviewer")) if user else ()
    return Read(
        application,
        tuple((one.text, application.answers.get(one.key, "")) for one in text.questions),
        tuple((one.text, one.key in application.ticks) for one in text.readiness),
        reviews,
        next((one for one in reviews if user and one.reviewer_id == user.pk), None),
    )


def behind(secret: str) -> Application | None:
    """Return the application that this link opens."""
    return Application.objects.filter(secret_hash=hash_of(secret)).select_related("programme__office").first()


def programme_at(slug: str) -> Programme | None:
    """Return the programme that takes applications at this address."""
    return Programme.objects.filter(slug=slug).select_related("office").first()
