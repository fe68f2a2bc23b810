"""What is promised to people who answer, and the test that proves each sentence. The page comes from here."""

from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Promise:
    """One sentence, and the test without which it may not be said. `kept` is off for what we cannot promise."""

    text: str | LazyText
    proof: str
    kept: bool = True


PROMISES = (
    Promise(
        _("We store your answers without your name, your code, a time, an address or anything about your device."),
        "test_answers_schema.py::test_no_field_holds_a_time_a_person_or_a_device",
    ),
    Promise(
        _("Nobody keeps a list of who has which code. What we store of a code cannot be turned back into it."),
        "test_answers_box.py::test_no_code_is_stored_as_it_was_handed_out",
    ),
    Promise(
        _("A code counts once, however often it is sent."),
        "test_answers_parallel.py::test_a_code_sent_fifty_times_at_once_counts_one_ballot",
    ),
    Promise(
        _("Nobody can see who has answered. The team sees a rough share, once a day."),
        "test_answers_sealed.py::test_progress_moves_once_a_day_in_steps_of_five",
    ),
    Promise(
        _("Nobody sees any answer while the survey is open, not even as a total."),
        "test_answers_sealed.py::test_nothing_is_shown_before_the_seal",
    ),
    Promise(
        _("When the survey is over, the codes and the single ballots are destroyed. This cannot be undone."),
        "test_answers_sealed.py::test_sealing_gives_one_release_and_a_board_and_leaves_nothing_else",
    ),
    Promise(
        _("After that, even somebody who holds the whole database cannot tell who said what."),
        "test_answers_relink.py::test_a_sealed_wave_gives_nobody_away",
    ),
    Promise(
        _("Nothing of a code or a ballot is left in the files, nor in the database's own log of changes."),
        "test_answers_relink.py::test_no_byte_of_a_code_or_a_ballot_is_left_after_sealing",
    ),
    Promise(
        _("Copies made while a survey runs differ by at least five people. We delete them after seven days."),
        "test_answers_copies.py::test_two_copies_differ_by_nobody_or_by_five",
    ),
    Promise(
        _("A figure is shown only when enough people stand behind it. The number may be raised, never lowered."),
        "test_answers_box.py::test_the_minimum_is_raised_before_opening_and_never_lowered",
    ),
    Promise(
        _("A survey that is over stays over. Nobody can slip in a late answer."),
        "test_answers_ballots.py::test_a_closed_wave_takes_no_more_answers",
    ),
    Promise(
        _("Comments are read first by the person named on the first page. Then the originals are destroyed."),
        "test_answers_comments.py::test_releasing_comments_destroys_the_originals",
    ),
    Promise(
        _("Your receipt is on the public list afterwards: it proves that you were counted, not what you said."),
        "test_answers_sealed.py::test_every_receipt_is_on_the_board_and_the_board_is_sorted",
    ),
    Promise(
        _("We cannot protect you from somebody who runs the server and reads its disk while the survey is open."),
        "test_answers_relink.py::test_before_sealing_the_disk_gives_people_away",
        kept=False,
    ),
    Promise(
        _("We cannot hide the way you write. Somebody who knows you may know your comment."),
        "test_answers_comments.py::test_a_comment_is_kept_word_for_word",
        kept=False,
    ),
)
