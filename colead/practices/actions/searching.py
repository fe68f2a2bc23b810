"""Ask the worker for a search, stop it, and what the worker itself writes down."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.practices import finding
from colead.practices.actions.scenarios import AlreadyDecided, take_places
from colead.practices.finding import Found
from colead.practices.models import Scenario, Search, Timetable
from colead.schools.actions import Refusal
from colead.schools.models import Team

SECONDS = 60
MOST_AT_ONCE = 3  # searches of one team that wait or run
MOST_TRIES = 2  # how often a search begins anew after its worker is gone
KEPT = 10  # searches of one scenario


class AlreadyLooking(Refusal):
    """Refuse a second search on a scenario while one is under way."""

    reason = _("We are looking already. Stop that search first.")


class TooMany(Refusal):
    """Refuse more searches of one team at once than the worker should bear."""

    reason = _("Your team has several searches under way. Let one end, or stop it.")


class NoTeams(Refusal):
    """Refuse to look for time for nobody."""

    reason = _("Name the teams that want time together first.")


class NothingThere(Refusal):
    """Refuse to take over an offer that the search does not have."""

    reason = _("This proposal is not there any more.")


def ask_search(scenario: Scenario, *, aim: str = Search.Aim.SHIFT, by: User, now: datetime) -> Search:
    """Ask for a search. Refuses with AlreadyDecided, NoTeams, TooMany and AlreadyLooking."""
    if scenario.decision_id:
        raise AlreadyDecided
    check_room(scenario.timetable)
    try:
        with transaction.atomic():
            return Search.objects.create(scenario=scenario, aim=aim, seconds=SECONDS, asked_by=by, asked_at=now)
    except IntegrityError:
        raise AlreadyLooking from None


def aim_of(word: str) -> str:
    """Read what a search is asked for; the smallest change where nothing else is said."""
    return Search.Aim.SCRATCH if word == Search.Aim.SCRATCH else Search.Aim.SHIFT


def check_room(timetable: Timetable) -> None:
    """Refuse with NoTeams or TooMany where a search could not begin."""
    if not timetable.schedule["teams"]:
        raise NoTeams
    if under_way(timetable.team) >= MOST_AT_ONCE:
        raise TooMany


def under_way(team: Team) -> int:
    """Count the searches of a team that wait or run."""
    return Search.objects.under_way().filter(scenario__timetable__team=team).count()


def stop_search(search: Search, *, now: datetime) -> None:
    """Stop a search: one that waits ends at once, a running one as soon as the worker hears of it."""
    waiting = Search.objects.filter(pk=search.pk, state=Search.State.WAITING)
    if not waiting.update(state=Search.State.STOPPED, ended_at=now, wish_to_stop=True):
        Search.objects.filter(pk=search.pk, state=Search.State.RUNNING).update(wish_to_stop=True)


def take_offer(search: Search, key: str, *, by: User, now: datetime) -> Scenario:
    """Take a proposal over into its scenario, as one step. Refuses with NothingThere and as `take_places` does."""
    offer = finding.unpacked(search.found).offer(key)
    if not offer:
        raise NothingThere
    return take_places(search.scenario, offer.places, by=by, now=now)


def claim_search(*, now: datetime) -> Search | None:
    """Take the search that waits longest into the worker's hands; None where nothing waits.

    Two workers never get the same one: whoever changes its state first has it.
    """
    _revive(now)
    for search in Search.objects.filter(state=Search.State.WAITING).order_by("asked_at", "id")[:5]:
        mine = Search.objects.filter(pk=search.pk, state=Search.State.WAITING)
        facts = {"started_at": now, "heartbeat_at": now, "tries": search.tries + 1}
        if mine.update(state=Search.State.RUNNING, **facts):
            search.refresh_from_db()
            return search
    return None


def _revive(now: datetime) -> None:
    """Put searches back into line whose worker is gone; after a second time they are given up."""
    gone = Search.objects.all().abandoned(now)
    over = Q(tries__gte=MOST_TRIES) | Q(wish_to_stop=True)
    gone.filter(over).update(state=Search.State.FAILED, ended_at=now)
    gone.exclude(over).update(state=Search.State.WAITING)


def beat(search: Search, *, now: datetime) -> bool:
    """Say that the worker is alive; return whether it should go on."""
    mine = Search.objects.filter(pk=search.pk, state=Search.State.RUNNING, tries=search.tries)
    return bool(mine.filter(wish_to_stop=False).update(heartbeat_at=now))


def note_found(search: Search, found: Found, *, now: datetime) -> None:
    """Write down what was found so far, while the search is in this worker's hands."""
    mine = Search.objects.filter(pk=search.pk, state=Search.State.RUNNING, tries=search.tries)
    mine.update(found=finding.packed(found), heartbeat_at=now)


def end_search(search: Search, found: Found, *, failed: bool = False, now: datetime) -> None:
    """Write down how a search ended; older searches of the scenario are forgotten."""
    with transaction.atomic():
        mine = Search.objects.select_for_update().filter(pk=search.pk, state=Search.State.RUNNING, tries=search.tries)
        current = mine.first()
        if not current:
            return
        ended = Search.State.STOPPED if current.wish_to_stop else Search.State.DONE
        current.state = Search.State.FAILED if failed else ended
        current.found, current.ended_at = finding.packed(found), now
        current.save()
        _forget_older(search.scenario)


def _forget_older(scenario: Scenario) -> None:
    kept = list(scenario.searches.values_list("pk", flat=True)[:KEPT])
    scenario.searches.exclude(pk__in=kept).delete()


def is_worker_here(*, now: datetime) -> bool:
    """Say whether a worker has been heard of lately, or nothing has waited for one."""
    waits = Search.objects.filter(state=Search.State.WAITING, asked_at__lt=now - timedelta(seconds=20))
    return not waits.exists() or Search.objects.filter(heartbeat_at__gt=now - timedelta(minutes=2)).exists()
