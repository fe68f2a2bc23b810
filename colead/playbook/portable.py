"""The whole file of a team: what the rooms below tell, and its walks, talks, tasks, self-assessments and choices.

What somebody wrote leaves only where the team has revealed it, as it stands: earlier drafts stay. The format itself is
told in `plans.portable.format`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Func, OuterRef, Q, Value

from colead.accounts.models import User
from colead.plans.portable import FORMAT, Imported, export_team, import_team, list_of, to_bytes
from colead.playbook.models import Answer, Assessment, Choice, CriterionAnswer, CriterionLine, Discussion, Task, Walk
from colead.schools.models import Team

LETTERS = "abcdefghijklmnopqrstuvwxyz"  # a sub-prompt is called like its question, with a letter behind it
QUESTION = Func(OuterRef("code"), Value(LETTERS), function="RTRIM")
REVEALED = Q(Exists(Discussion.objects.filter(walk=OuterRef("walk"), code=QUESTION, revealed_at__isnull=False)))

WALKED = (
    list_of("walks", Walk, "team", "condition number guide_version started_on finished_on"),
    list_of("answers", Answer, "walk__team", "version walk author code body written_at", only=REVEALED,
            drafts_stay=True),
    list_of("discussions", Discussion, "walk__team", "version walk code note revealed_at revealed_by decision"),
    list_of("tasks", Task, "walk__team", "version walk code state owner due_on note", "evidence"),
    list_of("assessments", Assessment, "team",
            "condition number rubric_version started_on revealed_at revealed_by agreed_on"),
    list_of("views", CriterionAnswer, "assessment__team", "version assessment author code growth evidence written_at",
            only=Q(assessment__revealed_at__isnull=False), drafts_stay=True),
    list_of("lines", CriterionLine, "assessment__team", "version assessment code line tag", "evidence"),
    list_of("choices", Choice, "team", "condition basis reason data_used felt decision walk"),
)  # fmt: skip
WHOLE = (*FORMAT, *WALKED)


def write_whole(team: Team) -> bytes:
    """Return all that a team has made as one file: the same work gives the same bytes."""
    return to_bytes(export_team(team, WHOLE)[0])


@transaction.atomic
def read_whole(whole: Mapping[str, Any], *, now: datetime, users: Mapping[str, User] | None = None) -> Imported:
    """Make a team out of its whole file, all of it or nothing. Refuses with CannotImport, as `import_team` does."""
    imported = import_team(whole, now=now, users=users, kinds=WHOLE)
    for model in (Answer, CriterionAnswer):
        _begin_history(model, imported.made[model])
    return imported


def _begin_history(model: Any, texts: list[Any]) -> None:
    """Begin the history of texts that came without one, so that a later save has something to stand against."""
    for text in texts:
        text._history_user, text._history_date = text.author, text.written_at
    model.history.bulk_history_create([text for text in texts if text.version])
