"""A team's side of the monthly check-in: its share, what it offers and asks, what it promised."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, authored, facts_of, sent
from colead.programme import emails
from colead.programme.actions import checkins as verbs
from colead.programme.exports.checkins import pre_read_paper
from colead.programme.forms.checkins import FollowUpChangeForm, FollowUpForm, OfferForm, ShareForm
from colead.programme.models import FollowUp, Gathering, Share, Visit
from colead.programme.queries import checkins
from colead.programme.queries.drafts import draft_share
from colead.programme.queries.modules import gatherings_for
from colead.schools.doors import KnownRequest, TeamRequest, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.files import paper

MONTH = 35  # days to look back for the first share


def _around(team: Team, gathering: Gathering, title: str, **more: Any) -> dict[str, Any]:
    back = {"back_url": reverse("gathering", args=[team.pk, gathering.pk]), "back_text": _("Monthly check-in")}
    return {"team": team, "gathering": gathering, "title": title, **back, **more}


def _check_in(team: Team, gathering_id: int) -> Gathering:
    return get_object_or_404(gatherings_for(team).check_ins(), pk=gathering_id)


@team_view
def share(request: TeamRequest, team: Team, gathering_id: int) -> HttpResponse:
    """Write this month's share: drafted from the team's own moves, sent when the team says so."""
    found = _check_in(team, gathering_id)
    written = checkins.share_of(found, team)
    form = ShareForm(sent(request), initial=_initial(team, found, written))

    def save() -> Share:
        facts = authored(request, form)
        if request.POST.get("do") == "send":
            return verbs.send_share(found, team, chosen=form.chosen_parts(), **facts)
        return verbs.keep_share(found, team, **facts)

    context = _around(team, found, _("This month’s share"), share=written)
    context["changes"] = changes(written) if written and written.version else ()
    template = "programme/checkin_share.html"
    return answer(request, form, save, onward=lambda _s: context["back_url"], context=context, template=template)


def _initial(team: Team, gathering: Gathering, written: Share | None) -> dict[str, Any]:
    """Return what is kept already; before anything is, a draft that is not ticked."""
    if written and written.version:
        return {**facts_of(ShareForm, written), "chosen": written.chosen if written.sent_on else []}
    today = team.today(timezone.now())
    before = checkins.last_check_in_before(gathering)
    return draft_share(team, since=before or today - timedelta(days=MONTH))


@require_POST
@team_view
def share_back(request: TeamRequest, team: Team, gathering_id: int) -> HttpResponse:
    """Take a share back."""
    found = _check_in(team, gathering_id)
    written = get_object_or_404(found.shares.filter(sent_on__isnull=False), team=team)
    onward = reverse("gathering", args=[team.pk, found.pk])
    return act(request, lambda: verbs.take_share_back(written, by=request.user, now=timezone.now()), onward)


@team_view
def offer_new(request: TeamRequest, team: Team, gathering_id: int) -> HttpResponse:
    """Offer the other schools something, or ask something of them."""
    found = _check_in(team, gathering_id)
    form = OfferForm(sent(request), initial={"kind": request.GET.get("kind", "offer")})

    def save() -> object:
        made = verbs.offer_or_ask(found, team, **form.words(), by=request.user, now=timezone.now())
        emails.tell_cohort(made, by=request.user)
        return made

    lead = _("All schools of your cohort and the office can read it as soon as you save.")
    context = _around(team, found, _("Offer or ask"), lead=lead, submit=_("Put it on the list"))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_view
def offer(request: TeamRequest, team: Team, offer_id: int) -> HttpResponse:
    """Change what you offer or ask."""
    entry = get_object_or_404(team.offers_and_asks.select_related("gathering"), pk=offer_id)
    form = OfferForm(sent(request), initial=facts_of(OfferForm, entry))

    def save() -> object:
        return verbs.reword_offer(entry, **authored(request, form))

    context = _around(team, entry.gathering, _("Change what you offer or ask"), changes=changes(entry))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@require_POST
@team_view
def offer_close(request: TeamRequest, team: Team, offer_id: int) -> HttpResponse:
    """Take an offer or an ask off the list."""
    entry = get_object_or_404(team.offers_and_asks, pk=offer_id)
    onward = reverse("gathering", args=[team.pk, entry.gathering_id])
    return act(request, lambda: verbs.close_offer(entry, by=request.user, now=timezone.now()), onward)


def promise(
    request: KnownRequest, gathering: Gathering, team: Team | None, context: dict[str, Any], visit: Visit | None = None
) -> HttpResponse:
    """Promise something until the next check-in, as a team or (no team) as the office."""
    form = FollowUpForm(sent(request))

    def save() -> FollowUp:
        facts: dict[str, Any] = {"visit": visit, "by": request.user, "now": timezone.now()}
        return verbs.promise(gathering, team, **form.words(), **facts)

    whole = {"submit": _("Promise it"), **context}
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=whole)


def say_what_became(request: KnownRequest, entry: FollowUp, context: dict[str, Any]) -> HttpResponse:
    """Say what became of a promise."""
    form = FollowUpChangeForm(sent(request), initial=facts_of(FollowUpChangeForm, entry))

    def save() -> FollowUp:
        return verbs.change_follow_up(entry, **authored(request, form))

    whole = {"changes": changes(entry), **context}
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=whole)


@team_view
def follow_up_new(request: TeamRequest, team: Team, gathering_id: int) -> HttpResponse:
    """Promise something until the next time."""
    found = _check_in(team, gathering_id)
    lead = _("It stands on every next agenda, for all schools of your cohort to read, until you say that it is done.")
    return promise(request, found, team, _around(team, found, _("What we will do"), lead=lead))


@team_view
def follow_up(request: TeamRequest, team: Team, follow_up_id: int) -> HttpResponse:
    """Say what became of a promise."""
    entry = get_object_or_404(team.follow_ups.select_related("gathering"), pk=follow_up_id)
    return say_what_became(request, entry, _around(team, entry.gathering, _("What became of it?")))


@team_view
def pre_read_sheet(request: TeamRequest, team: Team, gathering_id: int, form: str) -> HttpResponse:
    """Answer with the pre-read on paper."""
    found = _check_in(team, gathering_id)
    return paper(pre_read_paper(checkins.pre_read(found)), form, "check-in")
