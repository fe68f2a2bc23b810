"""A first draft of what staff are told, from what the record says already."""

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from colead.decisions.models import Decision, Input


def draft_message(decision: Decision) -> str:
    """Return the message in a few lines: asked, heard, decided, because, who to ask, when you look again."""
    parts = [_("The question was: %s") % decision.question, *_heard(decision)]
    if decision.decided:
        parts.append(_("We decided: %s") % decision.decided)
    if decision.because:
        parts.append(_("Because: %s") % decision.because)
    if decision.owner:
        parts.append(_("Ask %s if it does not work.") % decision.owner)
    if decision.review_on:
        parts.append(_("We look at it again on %s.") % date_format(decision.review_on))
    return "\n\n".join(parts)


def _heard(decision: Decision) -> list[str]:
    """Say what came in and where it went, each in a line."""
    told = decision.inputs.exclude(said="").exclude(fate=Input.Fate.WAITING)
    lines = [
        _("%(who)s: “%(said)s” %(fate)s") % {"who": each.who, "said": each.said, "fate": _fate(each)} for each in told
    ]
    return [_("We heard:") + "\n" + "\n".join(f"- {line}" for line in lines)] if lines else []


def _fate(each: Input) -> str:
    fate = capfirst(each.get_fate_display())
    return f"{fate}: {each.went}" if each.went else f"{fate}."
