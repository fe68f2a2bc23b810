"""The ways in, from the side of the person who comes."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from colead.accounts.models import User
from colead.schools import actions, forms, queries, tries, wording
from colead.schools.doors import KnownRequest
from colead.schools.models import Invitation, Member, OfficeSeat, Seat
from colead.web.doors import anyone, signed_in
from colead.web.page import page

SAID_YES = "said_yes_to"  # in the session: the hash of an invitation accepted before signing in


@anyone
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Take a typed code, and go to what it opens."""
    form = forms.TypedCodeForm(request.POST or None)
    if form.is_valid():
        if tries.codes_used_up(request, now=timezone.now()):
            return page(request, "schools/slow_down.html", status=429)
        code = form.cleaned_data["code"]
        if _find(request, code):
            return redirect("invitation", code)
        form.add_error("code", str(actions.WrongCode.reason))
    return page(request, "schools/join.html", {"form": form})


@anyone
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what an invitation opens. Only a POST accepts it: here, or just before signing in."""
    if tries.codes_used_up(request, now=timezone.now()):
        return page(request, "schools/slow_down.html", status=429)
    found = _find(request, secret)
    if not found:
        return page(request, "schools/no_invitation.html", {"reason": actions.WrongCode.reason}, status=404)
    if request.method == "POST" and not request.user.is_authenticated:
        request.session[SAID_YES] = found.secret_hash
        return redirect(_sign_in(request.path, found.email))
    if request.user.is_authenticated and (request.method == "POST" or _said_yes(request, found)):
        return _accept(request, request.user, found)
    return _show(request, found, for_another=_is_for_another(request, found))


def _find(request: HttpRequest, secret: str) -> Invitation | None:
    """Return the open invitation behind a secret; count a wrong try."""
    found = queries.open_invitation(secret, now=timezone.now())
    if not found:
        tries.count_wrong_code(request, now=timezone.now())
    return found


def _sign_in(onward: str, email: str) -> str:
    """Return the address of the page to sign in on, with the invited address filled in."""
    query = QueryDict(mutable=True)
    query.update({"next": onward, **({"email": email} if email else {})})
    return f"{reverse('account_login')}?{query.urlencode()}"


def _said_yes(request: HttpRequest, found: Invitation) -> bool:
    """Say whether this browser has just accepted this invitation, by POST, before signing in."""
    return request.method == "GET" and bool(request.session.pop(SAID_YES, "") == found.secret_hash)


def _is_for_another(request: HttpRequest, found: Invitation) -> bool:
    user = request.user
    return user.is_authenticated and bool(found.email) and found.email != user.email.lower()


def _show(request: HttpRequest, found: Invitation, *, for_another: bool, status: int = 200) -> HttpResponse:
    context = {"invitation": found, "gives": wording.what_it_gives(found), "for_another": for_another}
    return page(request, "schools/invitation.html", context, status=status)


def _accept(request: HttpRequest, user: User, found: Invitation) -> HttpResponse:
    try:
        given = actions.accept(found, user=user, now=timezone.now())
    except actions.WrongAddress:
        return _show(request, found, for_another=True, status=403)
    except actions.WrongCode as refusal:
        return page(request, "schools/no_invitation.html", {"reason": refusal.reason}, status=404)
    return redirect(_where(given))


def _where(given: Member | Seat | OfficeSeat) -> str:
    match given:
        case Member(waiting=True):
            return reverse("join_waiting")
        case Member():
            return reverse("team_room", args=[given.team_id])
        case Seat():
            return reverse("school_page", args=[given.school_id])
        case _:
            return reverse("office_home", args=[given.office_id])


@signed_in
def join_waiting(request: KnownRequest) -> HttpResponse:
    """Tell people who asked to join a team that a lead will let them in."""
    waiting = request.user.memberships.waiting().select_related("team__school")
    return page(request, "schools/waiting.html", {"waiting": waiting})
