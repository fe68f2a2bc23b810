"""Put away what has been read."""

from datetime import datetime

from colead.schools.models import Team


def put_notes_away(team: Team, *, now: datetime) -> None:
    """Remember that the team has read the notes that come before the first guide."""
    if not team.seen_notes_on:
        team.seen_notes_on = team.today(now)
        team.save(update_fields=["seen_notes_on"])
