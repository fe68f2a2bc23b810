"""Take replies to decisions, open them when enough have come, hand their notes to the reader, answer the themes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.analysis.instrument import AnswerScale, Instrument, Item, OpenLine, Scale
from colead.analysis.release import Hidden
from colead.answers import box
from colead.decisions.models import Decision
from colead.schools.actions import Refusal
from colead.schools.models import School
from colead.staffpage.models import Reaction, ReplyDesk, ReplyRound, ReplyTheme
from colead.staffpage.models.voices import LEAST
from colead.staffpage.queries.findings import on_page
from colead.staffpage.queries.telling import held_back
from colead.surveys.queries.people import may_read
from colead.texts.actions import save_new, save_text

TAKEN_FOR = timedelta(days=180)  # after that a decision is no news any more
REACTION, NOTE = "reaction", "note"
QUESTION = Item(key=REACTION, text="How is this decision for you?")
ASKED = Instrument(
    slug="reply",
    version=1,
    title="Reply to a decision",
    answers=AnswerScale(labels=tuple(reaction.name.lower() for reaction in Reaction)),
    scales=(Scale(key=REACTION, name=REACTION, average=False, items=(QUESTION,)),),
    open_lines=(OpenLine(key=NOTE, text="A note, if you like"),),
)
"""What the box keeps of the question. People read the names of `Reaction`, in their own language."""


class NotTheReader(Refusal):
    """Refuse an administrator of the school, or somebody from elsewhere, as the reader of notes."""

    reason = _("Notes are first read by somebody of this school, or its coach, who is not an administrator here.")


class TooFew(Refusal):
    """Refuse to show replies sooner than the box allows."""

    reason = _("It takes ten replies at least before any is shown. You can ask for more.")


class NotTaken(Refusal):
    """Refuse a reply to what takes none."""

    reason = _("Replies to this decision are not taken just now. Your words were not kept.")


class Flooded(Refusal):
    """Refuse more replies than can be held."""

    reason = _("As many replies wait as we can hold. Yours was not kept. Please try again in a week.")


class NoTheme(Refusal):
    """Refuse to let notes go without a word about what they say."""

    reason = _("Say in a sentence what the notes say, at least once. Afterwards the notes themselves are gone.")


@transaction.atomic
def set_desk(school: School, *, reader: User, minimum: int, is_open: bool, by: User, now: datetime) -> ReplyDesk:
    """Say who reads notes and how many replies it takes; rounds that run keep what people were told.

    Refuses with NotTheReader, TooFew.
    """
    if not may_read(school, reader):
        raise NotTheReader
    if minimum < LEAST:
        raise TooFew
    School.objects.select_for_update().get(pk=school.pk)
    facts = {"reader": reader, "minimum": minimum, "is_open": is_open, "set_by": by, "set_on": school.today(now)}
    return ReplyDesk.objects.update_or_create(school=school, defaults=facts)[0]


def takes_replies(decision: Decision, *, now: datetime) -> bool:
    """Say whether a decision is of the kind that takes replies: staff read it, it stands, and it is not too old."""
    if decision.state != Decision.State.DECIDED or decision.decided_on is None:
        return False
    if decision.decided_on < decision.team.today(now) - TAKEN_FOR:
        return False
    return on_page(decision, held_back(decision.team.school))


def open_rounds(school: School, *, now: datetime) -> int:
    """Begin to take replies to every decision that takes some; return how many rounds were begun.

    The timer does this and not the first reply, so that no date tells when that came.
    """
    desk = ReplyDesk.objects.filter(school=school, is_open=True).select_related("reader").first()
    if not desk:
        return 0
    decided = Decision.objects.filter(team__school=school, state=Decision.State.DECIDED)
    waiting = decided.exclude(reply_rounds__in=ReplyRound.objects.open()).select_related("team__school", "owner")
    return sum(_open_round(decision, desk, now) for decision in waiting if takes_replies(decision, now=now))


@transaction.atomic
def _open_round(decision: Decision, desk: ReplyDesk, now: datetime) -> bool:
    current = Decision.objects.select_for_update().get(pk=decision.pk)
    if current.reply_rounds.open().exists():
        return False
    today = decision.team.today(now)
    ref = box.open_replies(
        school=str(desk.school_id), instrument=ASKED, today=today, minimum=desk.minimum, reader=str(desk.reader_id)
    )
    current.reply_rounds.create(ref=ref, reader=desk.reader, opened_on=today)
    return True


def reply(decision: Decision, *, key: str, reaction: int, note: str, now: datetime) -> None:
    """Put a reply into the box; the same `key` again counts nothing. Nothing of it is kept anywhere else.

    Refuses with NotTaken, Flooded.
    """
    current = decision.reply_rounds.open().first()
    if not current or not takes_replies(decision, now=now):
        raise NotTaken
    try:
        box.put_reply(
            current.ref,
            key=key,
            answers={REACTION: int(reaction)},
            comments={NOTE: note},
            today=decision.team.today(now),
        )
    except box.Full:
        raise Flooded from None
    except (box.Closed, box.NotOpenYet):
        raise NotTaken from None


def seal_rounds(school: School, *, now: datetime) -> int:
    """Open every batch of replies that is large enough, and note what came out; return how many were sealed."""
    today = school.today(now)
    running = ReplyRound.objects.filter(decision__team__school=school).open()
    return sum(_note_result(round_, now) for round_ in running if box.seal_replies(round_.ref, today=today))


def _note_result(round_: ReplyRound, now: datetime) -> bool:
    """Write down what the box published of a round. Done again after a power cut it writes the same."""
    found, sealed_on = box.release_of(round_.ref), box.facts(round_.ref).sealed_on
    counted = found.scale(REACTION).items[0].counts
    round_.sealed_on = sealed_on
    round_.answered = None if isinstance(found.answered, Hidden) else found.answered
    round_.counts = None if isinstance(counted, Hidden) else list(counted)
    round_.notes = len(box.held_comments(round_.ref, reader=str(round_.reader_id)))
    round_.save(update_fields=["sealed_on", "answered", "counts", "notes"])
    return True


def notes_of(round_: ReplyRound, *, by: User) -> tuple[box.HeldComment, ...]:
    """Return the notes that wait for their reader. Refuses with box.NotTheReader, box.NotSealed."""
    return box.held_comments(round_.ref, reader=str(by.pk))


def keep_themes(
    round_: ReplyRound, *, sentences: Sequence[str], texts: Mapping[str, str], by: User, now: datetime
) -> tuple[ReplyTheme, ...]:
    """Let the notes in `texts` go as their reader leaves them, destroy all originals, and put up the themes.

    Refuses with NoTheme, box.NotTheReader, box.AlreadyReleased, box.NotAComment.
    """
    said = [sentence.strip() for sentence in sentences if sentence.strip()]
    if not said:
        raise NoTheme
    today = round_.decision.team.today(now)
    with transaction.atomic():
        round_.read_on = today
        round_.save(update_fields=["read_on"])
        made = [ReplyTheme(decision=round_.decision, sentence=sentence, found_on=today) for sentence in said]
        kept = tuple(save_new(theme, by=by, now=now) for theme in made)
        box.release_comments(round_.ref, reader=str(by.pk), texts=texts, today=today)  # last: it cannot be undone
        return kept


def answer_theme(theme: ReplyTheme, *, kind: str, answer: str, by: User, based_on: int, now: datetime) -> ReplyTheme:
    """Answer a theme, or say the answer better; its day stays the day of the first answer. Refuses with StaleSave."""
    on = theme.answered_on or theme.decision.team.today(now)
    return save_text(theme, based_on=based_on, by=by, now=now, kind=kind, answer=answer, answered_on=on)


def go_round(*, now: datetime) -> tuple[int, int]:
    """Do the timer's round for every school that takes replies: rounds sealed, rounds begun. Safe at any time."""
    schools = [desk.school for desk in ReplyDesk.objects.select_related("school").order_by("pk")]
    sealed = sum(seal_rounds(school, now=now) for school in schools)
    return sealed, sum(open_rounds(school, now=now) for school in schools)
