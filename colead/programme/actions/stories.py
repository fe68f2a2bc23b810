"""Build a story from a team's own records, ask those quoted, publish it, take it off; note an award."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models import Recognition, Story, StoryLine
from colead.schools.actions import Refusal
from colead.schools.models import Member, Team
from colead.texts.actions import save_new, save_text


class WithoutAYes(Refusal):
    """Refuse to publish the words of somebody who has not said yes, or not any more."""

    reason = _("Somebody is quoted who has not said yes. Ask them, or take the line out.")


class NothingToTell(Refusal):
    """Refuse to publish a story without a line."""

    reason = _("A story needs at least one line.")


class NobodySaidIt(Refusal):
    """Refuse a quote of nobody."""

    reason = _("Say who said it. If they do not want to be named, write what kind of work they do.")


class NotYourWords(Refusal):
    """Refuse to say yes for somebody else on the team."""

    reason = _("Only the person who said it can say yes: they are on the team and can do it here.")


class NotYourStory(Refusal):
    """Refuse to lean on the story of another team."""

    reason = _("Choose a story of your own team.")


def begin_story(
    team: Team, *, title: str, condition: str, opening: str, closing: str, by: User, now: datetime
) -> Story:
    """Begin a story. Nobody but the team reads it until it is published."""
    return save_new(
        Story(team=team, title=title, condition=condition, opening=opening, closing=closing), by=by, now=now
    )


def change_story(story: Story, *, by: User, based_on: int, now: datetime, **words: str) -> Story:
    """Change title, condition, opening or closing."""
    return save_text(story, based_on=based_on, by=by, now=now, **words)


@transaction.atomic
def draw_lines(story: Story, chosen: Iterable[tuple[str, str]], *, by: User, now: datetime) -> None:
    """Take lines over from the team's records: pairs of origin and words. One that is there already stays once."""
    there = set(story.lines.exclude(origin="").values_list("origin", flat=True))
    for origin, body in chosen:
        if origin not in there:
            save_new(StoryLine(story=story, place=_next_place(story), body=body, origin=origin), by=by, now=now)


@transaction.atomic
def add_line(story: Story, *, by: User, now: datetime, **facts: Any) -> StoryLine:
    """Add a line of one's own, or what somebody said: `body`, `is_quote`, `said_by`, `said_by_name` and their yes.

    Refuses with NobodySaidIt and NotYourWords.
    """
    _check_quote(facts)
    line = save_new(StoryLine(story=story, place=_next_place(story), **facts), by=by, now=now)
    if not line.may_be_shown:
        _take_off(story, by, now)
    return line


@transaction.atomic
def change_line(line: StoryLine, *, by: User, based_on: int, now: datetime, **facts: Any) -> StoryLine:
    """Change a line. A yes was to other words: it falls away, and the story comes off, where a quote changes.

    Refuses with NobodySaidIt and NotYourWords.
    """
    _check_quote(facts)
    yes = _yes_after(line, facts)
    changed = save_text(line, based_on=based_on, by=by, now=now, **facts, **yes)
    if not changed.may_be_shown:
        _take_off(changed.story, by, now)
    return changed


def _yes_after(line: StoryLine, facts: dict[str, Any]) -> dict[str, Any]:
    """Say what becomes of a yes when a line changes, and take it out of `facts`."""
    given, how = facts.pop("consent_on"), facts.pop("consent_how")
    before = (line.body, line.said_by, line.said_by_name, line.is_quote)
    if before == (facts["body"], facts["said_by"], facts["said_by_name"], facts["is_quote"]) and line.said_by_id:
        return {}
    if given == line.consent_on:  # no new yes: the old one was to the old words
        given = given if facts["body"] == line.body and facts["said_by_name"] == line.said_by_name else None
        return {"consent_on": given, "consent_how": how}
    return {"consent_on": given, "consent_how": how, "withdrawn_on": None if given else line.withdrawn_on}


def _check_quote(facts: dict[str, Any]) -> None:
    """Whoever is on the team says yes themselves; for others the team notes when and how they did."""
    if not facts["is_quote"]:
        facts |= {"said_by": None, "said_by_name": "", "consent_on": None, "consent_how": ""}
    elif not (facts["said_by"] or facts["said_by_name"].strip()):
        raise NobodySaidIt
    elif facts["said_by"] and facts["consent_on"]:
        raise NotYourWords


def _next_place(story: Story) -> int:
    last = story.lines.order_by("-place").values_list("place", flat=True).first()
    return (last or 0) + 1


def _change(text: Any, by: User, now: datetime, **facts: Any) -> Any:
    return save_text(text, based_on=text.version, by=by, now=now, **facts)


@transaction.atomic
def move_line(line: StoryLine, *, up: bool) -> None:
    """Let a line change places with the one before or after it."""
    row = list(line.story.lines.select_for_update())
    at = next(place for place, one in enumerate(row) if one.pk == line.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(row):
        row[at], row[to] = row[to], row[at]
        for place, one in enumerate(row, 1):
            StoryLine.objects.filter(pk=one.pk).update(place=place)


def drop_line(line: StoryLine) -> None:
    """Take a line out."""
    line.delete()


def say_yes(line: StoryLine, member: Member, *, now: datetime) -> StoryLine:
    """Say yes to being quoted, as the one who said it. Refuses with NotYourWords."""
    if line.said_by_id != member.pk:
        raise NotYourWords
    facts = {"consent_on": line.story.team.today(now), "consent_how": "", "withdrawn_on": None}
    return _change(line, member.user, now, **facts)


@transaction.atomic
def withdraw_yes(line: StoryLine, *, by: User, now: datetime) -> StoryLine:
    """Take a yes back, for oneself or for whoever asked; the story comes off at once."""
    changed = _change(line, by, now, withdrawn_on=line.story.team.today(now))
    _take_off(changed.story, by, now)
    return changed


@transaction.atomic
def publish_story(story: Story, *, by: User, now: datetime) -> Story:
    """Let the schools of the program and the office read it. Refuses with NothingToTell and WithoutAYes."""
    lines = story.lines.select_for_update()
    if not lines.exists():
        raise NothingToTell
    if lines.without_a_yes().exists():
        raise WithoutAYes
    return _change(story, by, now, published_on=story.team.today(now), published_by=by)


def take_story_off(story: Story, *, by: User, now: datetime) -> Story:
    """Take a story off: from now on only the team reads it."""
    _take_off(story, by, now)
    return story


def _take_off(story: Story, by: User, now: datetime) -> None:
    story.refresh_from_db()
    if story.published_on:
        _change(story, by, now, published_on=None, published_by=None)


def note_recognition(
    team: Team, *, award: str, given_by: str, given_on: date, story: Story | None, by: User, now: datetime
) -> Recognition:
    """Note an award. Schools of the program and the office see it. Refuses with NotYourStory."""
    _check_own(team, story)
    made = Recognition(team=team, award=award, given_by=given_by, given_on=given_on, story=story)
    return save_new(made, by=by, now=now)


def change_recognition(entry: Recognition, *, by: User, based_on: int, now: datetime, **facts: Any) -> Recognition:
    """Change what was noted about an award. Refuses with NotYourStory."""
    _check_own(entry.team, facts["story"])
    return save_text(entry, based_on=based_on, by=by, now=now, **facts)


def _check_own(team: Team, story: Story | None) -> None:
    if story and story.team_id != team.pk:
        raise NotYourStory
