"""The demo, loaded once for a file of tests and undone at the end: its two schools, or 24 over three years."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.test import Client
from django.utils import timezone

from colead.accounts.models import User
from colead.programme.demo.load import load_demo
from colead.programme.models import Cohort, Programme
from colead.schools.models import Office
from tests.cast import NOW


@dataclass(frozen=True)
class World:
    office: Office
    programme: Programme
    oldest: Cohort
    today: date
    dana: Client
    sam: Client


@contextmanager
def undone() -> Iterator[None]:
    """Undo at the end what is written inside."""
    with transaction.atomic(), transaction.atomic(using="ballots"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="ballots")


@contextmanager
def demo_of_two() -> Iterator[None]:
    """Load North and South."""
    with undone():
        load_demo(now=NOW)
        yield


@contextmanager
def many_schools() -> Iterator[World]:
    """Yield the loaded demo: its programme, its oldest cohort, and the browsers of the office and of a colleague."""
    with undone():
        load_demo(now=timezone.now(), many=24)
        dana, sam = Client(), Client()
        dana.force_login(User.objects.get(name="Dana Wells"))
        sam.force_login(User.objects.get(name="Sam Doyle"))
        programme = Programme.objects.get()
        oldest = programme.cohorts.order_by("starts_on").first()
        assert oldest
        yield World(programme.office, programme, oldest, timezone.localdate(), dana, sam)
