"""What moved on a school's page, and when, for the feed and the mail: read from the history of what stands there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from colead.decisions.models import Decision, LetGo, Review
from colead.plans.models import Trial
from colead.staffpage.models import Notice, ReplyTheme
from colead.staffpage.queries.page import Contents
from colead.surveys.models import Finding
from colead.texts.models import TeamText


@dataclass(frozen=True)
class Move:
    """One thing that moved: what and when, in a title and a text, where on the page, for which findings."""

    key: str  # "answered/12": never changes, for the feed's ids
    at: datetime
    title: str
    text: str
    anchor: str
    findings: frozenset[int] = field(default_factory=frozenset)


def moves(contents: Contents) -> tuple[Move, ...]:
    """Return everything that moved among what stands on the page, the newest first."""
    found = [
        *_of_findings(contents),
        *_of_decisions(contents),
        *_of_replies(contents),
        *_of_let_gos(contents),
        *_of_notices(contents),
        *_of_tests(contents),
        *_of_results(contents),
    ]
    return tuple(sorted(found, key=lambda move: (move.at, move.key), reverse=True))


Saves = Mapping[int, list[dict[str, Any]]]


def _saves(text: type[TeamText], numbers: Iterable[int], *fields: str) -> Saves:
    """Return the saves of each record, the oldest first, with these fields as they then were."""
    rows = text.history.filter(id__in=list(numbers)).order_by("history_id")
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows.values("id", "history_date", *fields):
        found.setdefault(row["id"], []).append(row)
    return found


def _of_findings(contents: Contents) -> Iterator[Move]:
    numbers = [finding.id for finding in contents.findings]
    saves = _saves(Finding, numbers, "state", "answer_text")
    for finding in contents.findings:
        mine, only = saves.get(finding.id, []), frozenset({finding.id})
        anchor, found = f"finding-{finding.id}", mine[:1]
        for save in found:
            yield Move(f"found/{finding.id}", save["history_date"], _("We heard this"), finding.sentence, anchor, only)
        for number, save in enumerate(_answers(mine)):
            title = _("Answered: %s") if number == 0 else _("The answer changed: %s")
            key = f"answered/{finding.id}" + (f"/{number}" if number else "")
            yield Move(key, save["history_date"], title % finding.sentence, save["answer_text"], anchor, only)


def _answers(saves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the saves with which the answer got the words it then had."""
    befores = ["", *(save["answer_text"] for save in saves)]
    pairs = zip(befores, saves, strict=False)
    return [save for before, save in pairs if save["answer_text"] and save["answer_text"] != before]


def _of_decisions(contents: Contents) -> Iterator[Move]:
    numbers = [decision.id for decision in contents.decisions]
    answered = _answered_by(contents)
    saves = _saves(Decision, numbers, "state", "because", "owner_id", "review_on")
    looked = Review.history.filter(decision_id__in=numbers, version=1).order_by("history_id")
    reviews = looked.values("id", "decision_id", "history_date", "seen")
    for decision in contents.decisions:
        anchor, touches = f"decision-{decision.id}", answered.get(decision.id, frozenset())
        for save in [save for save in saves.get(decision.id, []) if _is_finished(save)][:1]:
            title = _("Decided: %s") % decision.question
            text = f"{decision.decided}\n\n{_('Because: %s') % decision.because}"
            yield Move(f"decided/{decision.id}", save["history_date"], title, text, anchor, touches)
        for review in reviews:
            if review["decision_id"] == decision.id:
                title = _("Looked at again: %s") % decision.question
                key = f"looked/{review['id']}"
                yield Move(key, review["history_date"], title, review["seen"], anchor, touches)


def _answered_by(contents: Contents) -> dict[int, frozenset[int]]:
    """Return which findings each decision answers."""
    found: dict[int, frozenset[int]] = {}
    for finding in contents.findings:
        if finding.decision_id:
            found[finding.decision_id] = found.get(finding.decision_id, frozenset()) | {finding.id}
    return found


def _is_finished(save: dict[str, Any]) -> bool:
    decided = save["state"] in (Decision.State.DECIDED, Decision.State.REVIEWED)
    looks_again = save["review_on"] or save["state"] == Decision.State.REVIEWED
    return bool(decided and save["because"] and save["owner_id"] and looks_again)


def _of_replies(contents: Contents) -> Iterator[Move]:
    """Yield what replies say, and the answers; a theme goes by the day on which its reader wrote it."""
    themes = {
        one.theme.pk: f"decision-{decision.id}"
        for decision in contents.decisions
        if decision.replies
        for one in decision.replies.themes
    }
    saves = _saves(ReplyTheme, themes, "sentence", "answer")
    for number, anchor in themes.items():
        mine = saves.get(number, [])
        for save in mine[:1]:
            yield Move(f"replied/{number}", save["history_date"], _("Your replies say"), save["sentence"], anchor)
        for save in [save for save in mine if save["answer"]][:1]:
            title = _("Answered: %s") % save["sentence"]
            yield Move(f"reply-answered/{number}", save["history_date"], title, save["answer"], anchor)


def _of_let_gos(contents: Contents) -> Iterator[Move]:
    saves = _saves(LetGo, [entry.pk for entry in contents.let_gos], "back_since")
    for entry in contents.let_gos:
        mine, anchor = saves.get(entry.pk, []), f"let-go-{entry.pk}"
        for save in mine[:1]:
            title = _("Let go: %s") % entry.what
            yield Move(f"let-go/{entry.pk}", save["history_date"], title, entry.given_back, anchor)
        for save in [save for save in mine if save["back_since"]][:1]:
            title = _("Crept back: %s") % entry.what
            yield Move(f"back/{entry.pk}", save["history_date"], title, "", anchor)


def _of_notices(contents: Contents) -> Iterator[Move]:
    notices = (*contents.visions, *contents.wins, *contents.resources, *contents.skills)
    saves = _saves(Notice, [notice.pk for notice in notices])
    for notice in notices:
        anchor = f"vision-{notice.pk}" if notice.kind == Notice.Kind.VISION else f"notice-{notice.pk}"
        for save in saves.get(notice.pk, [])[:1]:
            title = str(Notice.Kind(notice.kind).label).capitalize()
            yield Move(f"notice/{notice.pk}", save["history_date"], title, notice.text, anchor)


def _of_tests(contents: Contents) -> Iterator[Move]:
    trials = [priority.trial for priority in contents.priorities if priority.trial]
    saves = _saves(Trial, [trial.pk for trial in trials], "state")
    for trial in trials:
        for save in [save for save in saves.get(trial.pk, []) if save["state"] == Trial.State.RUNNING][:1]:
            title = _("A test began: %s") % trial.question
            yield Move(f"test/{trial.pk}", save["history_date"], title, trial.prediction, f"test-{trial.pk}")


def _of_results(contents: Contents) -> Iterator[Move]:
    """Yield results as of the end of the day they were sealed on: no finer time of a survey is kept."""
    zone = ZoneInfo(contents.school.time_zone)
    for wave in contents.waves:
        if wave.sealed_on:
            at = datetime.combine(wave.sealed_on + timedelta(days=1), time(), zone).astimezone(UTC)
            yield Move(f"result/{wave.pk}", at, _("A result is out: %s") % wave.title, "", "results")
