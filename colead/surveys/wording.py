"""What this room says in more than one place: refusals of the box and of files, in words for the person who asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colead.answers import box
from colead.schools.actions import Refusal

BOX: dict[type[Exception], str | Promise] = {
    box.NeverLower: _("The least number of people can be raised, never lowered."),
    box.AlreadyOpen: _("The survey has begun. What people were told stays."),
    box.NeverReopened: _("This survey is over. A survey that is over never opens again."),
    box.NoSpareLeft: _("All spare codes have been handed out."),
    box.TooManyCodes: _("Everybody on the staff list has a code already."),
    box.StillOpen: _("People can still answer this survey."),
    box.Leak: _("One figure could have given somebody away, so nothing was published. Nothing is lost; ask for help."),
}


REFUSALS: tuple[type[Exception], ...] = (Refusal, *BOX)


def said_of(trouble: Exception) -> str | Promise:
    """Return the words for a refusal of this room or of the box; its own, where there are none of ours."""
    if isinstance(trouble, Refusal):
        return trouble.reason
    return BOX.get(type(trouble), str(trouble))
