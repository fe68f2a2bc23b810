"""Studios as their pages show them to somebody: what is on offer, who may read what, who has a place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from colead.accounts.models import User
from colead.plans.queries.reminders import who_want_mail
from colead.practices.models import SignUp, Studio
from colead.practices.models.studios import Studios
from colead.schools.models import School

Reader = SignUp.Reader


@dataclass(frozen=True)
class StudioSeen:
    """A studio as one person sees it. Others’ names are there only for whoever leads it or has a place."""

    studio: Studio
    mine: SignUp | None
    leads: bool
    taken: int
    waiting: int
    wait_place: int  # how many stand before this person and this person; 0: they have a place, or did not sign up
    names: tuple[str, ...]
    names_waiting: tuple[str, ...]  # for whoever leads it
    questions: tuple[SignUp, ...]
    take_aways: tuple[SignUp, ...]

    @property
    def free(self) -> int | None:
        """Return how many places are left; None where there is room for all."""
        return None if self.studio.places is None else max(self.studio.places - self.taken, 0)

    @property
    def is_inside(self) -> bool:
        """Say whether this person leads it or has a place."""
        return self.leads or bool(self.mine and not self.wait_place)


def with_people(school: School) -> Studios:
    """Return the school's studios, newest first, with their days and whoever has signed up and is still here."""
    places = Prefetch("sign_ups", SignUp.objects.of_people_here().select_related("user"))
    found = school.studios.select_related("leader", "school").prefetch_related("dates", places)
    return found.order_by("-id")


def who_wait(studio: Studio) -> frozenset[int]:
    """Return the people on the waiting list as it stands now."""
    _inside, waiting = _parted(list(studio.sign_ups.all().of_people_here()), studio)
    return frozenset(one.user_id for one in waiting)


def who_got_in(studio: Studio, waited: Collection[int]) -> QuerySet[User]:
    """Return those of the people who waited that have a place now and want our mails."""
    signed_up = studio.sign_ups.filter(user__in=waited).exclude(user__in=who_wait(studio))
    return who_want_mail(User.objects.filter(pk__in=signed_up.values("user"))).order_by("pk")


def sign_ups_of(user: User, school: School) -> QuerySet[SignUp]:
    """Return what somebody has signed up for at a school."""
    return SignUp.objects.filter(user=user, studio__school=school).select_related("studio__school")


def studios_seen(school: School, user: User) -> tuple[StudioSeen, ...]:
    """Return the school's studios as the user sees them, the newest first."""
    return tuple(studio_seen(studio, user) for studio in with_people(school))


def studio_seen(studio: Studio, user: User) -> StudioSeen:
    """Return one studio as the user sees it."""
    everybody = list(studio.sign_ups.all())
    inside, waiting = _parted(everybody, studio)
    mine = next((one for one in everybody if one.user_id == user.pk), None)
    leads = studio.leader_id == user.pk
    reads = leads or mine in inside
    return StudioSeen(
        studio=studio,
        mine=mine,
        leads=leads,
        taken=len(inside),
        waiting=len(waiting),
        wait_place=waiting.index(mine) + 1 if mine in waiting else 0,
        names=tuple(str(one.user) for one in inside) if reads else (),
        names_waiting=tuple(str(one.user) for one in waiting) if leads else (),
        questions=tuple(_shared(inside, "question", {Reader.STUDIO} if reads else set())),
        take_aways=tuple(_shared(everybody, "take_away", {Reader.SCHOOL, Reader.STUDIO} if reads else {Reader.SCHOOL})),
    )


def _parted(everybody: list[SignUp], studio: Studio) -> tuple[list[SignUp], list[SignUp]]:
    """Part those who have a place from those who wait: whoever signed up first has it, whoever leads needs none."""
    learn = [one for one in everybody if one.user_id != studio.leader_id]
    return (learn, []) if studio.places is None else (learn[: studio.places], learn[studio.places :])


def _shared(those: Iterable[SignUp], field: str, readers: set[str]) -> Iterable[SignUp]:
    return (one for one in those if getattr(one, field) and getattr(one, f"{field}_for") in readers)
