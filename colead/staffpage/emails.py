"""Letters of this room: do you want our mail, what moved, what waits for your answer."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colead.plans.emails import send_stoppable, way_out_of
from colead.schools.models import School
from colead.staffpage.actions.following import stop_key, yes_key
from colead.staffpage.digesting import Letter
from colead.staffpage.links import address_of
from colead.staffpage.models import Follow, ReplyRound
from colead.staffpage.queries.following import Nudged

LONGEST_NAME = 80


def send_question(follow: Follow) -> None:
    """Ask an address whether it wants our mail. Refuses with OSError, as the mail server does."""
    stop = _link("follow_stop", stop_key(follow))
    facts = {"follow": follow, "school": follow.school, "yes": _link("follow_yes", yes_key(follow))}
    with translation.override(follow.language):
        subject = _("%(school)s: do you want our mail?") % {"school": _in_a_line(follow.school)}
        send_stoppable(subject, "staffpage/mail/question.txt", facts, follow.email, stop)


def send_digest(letter: Letter, school: School) -> None:
    """Tell a reader what moved, in their language. Refuses with OSError."""
    stop = _link("follow_stop", letter.to.stop)
    facts = {"letter": letter, "school": school, "page": address_of(school.staff_page)}
    with translation.override(letter.to.language), timezone.override(school.time_zone):
        count = len(letter.moves)
        subject = ngettext("%(school)s: %(n)s thing moved", "%(school)s: %(n)s things moved", count)
        subject %= {"school": _in_a_line(school), "n": count}
        send_stoppable(subject, "staffpage/mail/digest.txt", facts, letter.to.email, stop)


def send_nudge(nudged: Nudged) -> None:
    """Tell a lead which findings wait for an answer. Refuses with OSError."""
    stop = way_out_of(nudged.user.pk)
    findings = [(finding, due, _link("finding_came", finding.team_id, finding.pk)) for finding, due in nudged.findings]
    with translation.override(nudged.user.language or settings.LANGUAGE_CODE):
        count = len(findings)
        subject = ngettext("%s answer to staff is due", "%s answers to staff are due", count) % count
        facts = {"user": nudged.user, "findings": findings}
        send_stoppable(subject, "staffpage/mail/nudge.txt", facts, nudged.user.email, stop)


def send_notes_wait(round_: ReplyRound) -> None:
    """Tell the reader of notes that some wait, once. Refuses with OSError."""
    stop, school = way_out_of(round_.reader_id), round_.decision.team.school
    link = _link("reply_notes", school.pk, round_.pk)
    with translation.override(round_.reader.language or settings.LANGUAGE_CODE):
        subject = ngettext("%s note waits for you", "%s notes wait for you", round_.notes) % round_.notes
        facts = {"round": round_, "link": link}
        send_stoppable(subject, "staffpage/mail/notes.txt", facts, round_.reader.email, stop)


def _link(name: str, *args: object) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _in_a_line(school: School) -> str:
    """Return the school's name as it may stand in a subject: one line, not too long."""
    return " ".join(school.name.split())[:LONGEST_NAME]
