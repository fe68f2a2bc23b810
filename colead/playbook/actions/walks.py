"""Begin a walk, write privately, reveal together, note, decide, finish."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from colead.accounts.models import User
from colead.decisions.actions import amend_decision, record_decision
from colead.playbook.models import Answer, Discussion, Walk
from colead.schools.models import Member, Team
from colead.texts.actions import save_text


class NothingToReveal(Exception):
    """Refuse to reveal a question that nobody has answered."""


def begin_walk(team: Team, condition: str, *, version: int, now: datetime) -> Walk:
    """Return the newest walk through a guide (or the overview), finished or not; begin one where there is none."""
    return team.walks.filter(condition=condition).last() or _begin(team, condition, version, now)


def begin_again(team: Team, condition: str, *, version: int, now: datetime) -> Walk:
    """Return the unfinished walk through a guide; where the last one is finished, begin the next beside it."""
    newest = team.walks.filter(condition=condition).last()
    return newest if newest and not newest.finished_on else _begin(team, condition, version, now)


def _begin(team: Team, condition: str, version: int, now: datetime) -> Walk:
    last = team.walks.filter(condition=condition).aggregate(Max("number"))["number__max"] or 0
    walk, _ = Walk.objects.get_or_create(
        team=team,
        condition=condition,
        number=last + 1,
        defaults={"guide_version": version, "started_on": team.today(now)},
    )
    return walk


def finish_walk(walk: Walk, *, now: datetime) -> None:
    """Say that the team is through. All of it stays open to read and to change; choosing it anew begins the next."""
    Walk.objects.filter(pk=walk.pk, finished_on=None).update(finished_on=walk.team.today(now))


def reopen_walk(walk: Walk) -> None:
    """Take back that the team is through."""
    Walk.objects.filter(pk=walk.pk).update(finished_on=None)


def write_answer(walk: Walk, code: str, body: str, *, by: User, based_on: int, now: datetime) -> Answer | None:
    """Save what `by` writes to a question or sub-prompt. An empty text where none was begun makes no row."""
    answers = Answer.objects.filter(walk=walk, author=by, code=code)
    if not body.strip() and not answers.exists():
        return None
    answer, _ = answers.get_or_create(walk=walk, author=by, code=code, defaults={"written_at": now})
    return save_text(answer, based_on=based_on, by=by, now=now, body=body, written_at=now)


def discussion_of(walk: Walk, code: str) -> Discussion:
    """Return the question's place for what the team makes of it together."""
    discussion, _ = Discussion.objects.get_or_create(walk=walk, code=code)
    return discussion


def reveal_answers(walk: Walk, code: str, *, codes: tuple[str, ...], by: User, now: datetime) -> Discussion:
    """Show everybody's answers to everybody on the team. `codes` are the question's and its sub-prompts'.

    Whoever writes later is seen at once. Refuses with NothingToReveal.
    """
    if not written(walk, codes).exists():
        raise NothingToReveal
    discussion = discussion_of(walk, code)
    if not discussion.revealed_at:
        Discussion.objects.filter(pk=discussion.pk, revealed_at=None).update(revealed_at=now, revealed_by=by)
        discussion.refresh_from_db()
    return discussion


def written(walk: Walk, codes: tuple[str, ...]) -> QuerySet[Answer]:
    """Answers with words in them to any of `codes`."""
    return walk.answers.filter(code__in=codes).exclude(body__regex=r"^\s*$")


def write_note(walk: Walk, code: str, note: str, *, by: User, based_on: int, now: datetime) -> Discussion:
    """Save the team's note of a discussion."""
    return save_text(discussion_of(walk, code), based_on=based_on, by=by, now=now, note=note)


def decide(
    walk: Walk,
    code: str,
    *,
    question: str,
    decided: str,
    way: str,
    present: list[Member],
    concerns: str,
    decided_on: date,
    by: User,
    based_on: int,
    now: datetime,
) -> Discussion:
    """Record the decision point of a big question, or amend it."""
    with transaction.atomic():
        discussion = discussion_of(walk, code)
        facts = {"decided": decided, "way": way, "concerns": concerns, "decided_on": decided_on}
        if discussion.decision:
            amend_decision(discussion.decision, present=present, by=by, based_on=based_on, now=now, **facts)
            return discussion
        discussion.decision = record_decision(
            walk.team, question=question, about=code, present=present, by=by, now=now, **facts
        )
        discussion.save(update_fields=["decision"])
        return discussion


def add_to_note(walk: Walk, code: str, more: str, *, by: User, now: datetime) -> None:
    """Put more words below the note of a discussion."""
    if more:
        discussion = discussion_of(walk, code)
        write_note(walk, code, _below(discussion.note, more), by=by, based_on=discussion.version, now=now)


def add_to_answer(walk: Walk, code: str, more: str, *, by: User, now: datetime) -> None:
    """Put more words below one's own answer."""
    if more:
        mine = walk.answers.filter(author=by, code=code).first()
        body = _below(mine.body if mine else "", more)
        write_answer(walk, code, body, by=by, based_on=mine.version if mine else 0, now=now)


def _below(words: str, more: str) -> str:
    if more in words:
        return words
    return more if not words.strip() else f"{words.rstrip()}\n\n{more}"
