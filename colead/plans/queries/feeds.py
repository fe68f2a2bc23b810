"""What stands in a calendar that somebody subscribed to."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from colead.documents import Event
from colead.plans.models import Feed, Step, Trial
from colead.schools.models import Member, Team
from colead.schools.secrets import hash_of
from colead.web.calendars import entry_id


def feed_behind(token: str) -> Feed | None:
    """Return the feed with this token, while it stands and its member is on the team; else None."""
    still = Q(member=None) | Q(member__left_on=None, member__waiting=False)
    feeds = Feed.objects.filter(still, token_hash=hash_of(token), revoked_at=None)
    return feeds.select_related("team__school", "member__user", "made_by").first()


def feeds_of(team: Team, member: Member | None) -> dict[str, Feed | None]:
    """Return the addresses that stand: the team's, and the member's own."""
    standing = list(team.feeds.filter(Q(member=None) | Q(member=member), revoked_at=None).select_related("made_by"))
    return {
        "team": next((feed for feed in standing if feed.member_id is None), None),
        "mine": next((feed for feed in standing if member and feed.member_id == member.pk), None),
    }


def calendar_name(feed: Feed) -> str:
    """Name a calendar as it shows on a phone."""
    return _("%s: my steps") % feed.team if feed.member else str(feed.team)


def events_of(feed: Feed) -> tuple[Event, ...]:
    """Return what stands in a calendar; only words of the timeline, nothing private."""
    steps = feed.team.steps.exclude(due_on=None).exclude(status=Step.Status.DROPPED)
    if feed.member:
        steps = steps.filter(owners=feed.member)
    found = list(_step_events(_stamped(steps.prefetch_related("owners__user"))))
    if not feed.member:
        found += _trial_events(_stamped(feed.team.trials.open()))
    return tuple(found)


def _stamped(texts: QuerySet) -> QuerySet:
    """Add when each text was last saved; its history says so, not the clock."""
    saves = texts.model.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    return texts.annotate(saved_at=Subquery(saves.values("history_date")[:1]))


def _step_events(steps: QuerySet) -> Iterator[Event]:
    for step in steps:
        done = step.status == Step.Status.DONE
        owners = ", ".join(str(owner) for owner in step.owners.all())
        lines = [owners, step.signs and _("How you will know: %s") % step.signs, step.blocker]
        summary = _("Done: %s") % step.what if done else step.what
        url = reverse("step", args=[step.team_id, step.pk])
        yield _event(f"step-{step.pk}", step, step.saved_at, summary, step.due_on, url, lines)


def _trial_events(trials: QuerySet) -> Iterator[Event]:
    for trial in trials:
        url = reverse("trial", args=[trial.team_id, trial.pk])
        watched = trial.review_on if trial.place == Trial.Place.WATCHING else None
        days = {
            "begins": (trial.begins_on, _("A test begins: %s")),
            "ends": (trial.ends_on, _("A test ends: %s")),
            "look-again": (watched, _("Look again: %s")),
        }
        for slug, (day, words) in days.items():
            if day:
                yield _event(f"test-{trial.pk}-{slug}", trial, trial.saved_at, words % trial.question, day, url, [])


def _event(
    slug: str, text: Step | Trial, saved_at: datetime, summary: str, day: date, url: str, lines: list[str]
) -> Event:
    return Event(
        uid=entry_id(slug),
        stamp=saved_at,
        summary=summary,
        first=day,
        last=day,
        description="\n".join(line for line in lines if line),
        url=settings.SITE_URL + url,
        sequence=max(text.version - 1, 0),
    )
