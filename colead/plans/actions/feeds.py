"""Make and take back the private addresses under which a calendar can be subscribed to."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from colead.accounts.models import User
from colead.plans.models import Feed
from colead.schools.models import Member, Team
from colead.schools.secrets import hash_of, new_token


@dataclass(frozen=True)
class MadeFeed:
    """A new address: its token is known only here and now."""

    feed: Feed
    token: str


@transaction.atomic
def make_feed(team: Team, *, member: Member | None, by: User, now: datetime) -> MadeFeed:
    """Make the address of the team's calendar, or of one member's own steps; the one before stops working."""
    Team.objects.select_for_update().get(pk=team.pk)
    revoke_feeds(team, member=member, now=now)
    token = new_token()
    feed = Feed.objects.create(team=team, member=member, token_hash=hash_of(token), made_at=now, made_by=by)
    return MadeFeed(feed, token)


def revoke_feeds(team: Team, *, member: Member | None, now: datetime) -> int:
    """Stop the team's address, or one member's; return how many stopped."""
    return team.feeds.filter(member=member, revoked_at=None).update(revoked_at=now)
