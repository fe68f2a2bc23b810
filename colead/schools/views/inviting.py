"""What teams, schools and offices do alike when they invite: a letter, a code, taking either back."""

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.schools import actions, emails
from colead.schools.doors import KnownRequest
from colead.schools.forms import CodeForm
from colead.schools.models import Invitation, Office, School, Team
from colead.schools.posters import poster
from colead.web.page import page


def invite(request: KnownRequest, place: School | Team | Office, form: django_forms.Form) -> bool:
    """Write to the address in the form. False when something is wrong; the form then says what."""
    if not form.is_valid():
        return False
    try:
        made = actions.invite_by_mail(place, **form.cleaned_data, by=request.user, now=timezone.now())
    except actions.AddressWritten as refusal:
        form.add_error("email", str(refusal.reason))
        return False
    return _send(request, made, form)


def _send(request: KnownRequest, made: actions.Made, form: django_forms.Form) -> bool:
    try:
        emails.send_invitation(made)
    except emails.MailNotSent:
        actions.unsend(made)
        form.add_error(None, _("The mail could not be sent just now. Nothing was saved. Try again in a few minutes."))
        return False
    actions.close_older(made, now=timezone.now())
    messages.success(request, _("A letter is on its way to %(email)s.") % {"email": made.invitation.email})
    return True


def show_code(
    request: KnownRequest, place: School | Team | Office, form: CodeForm, *, role: str, back: str
) -> HttpResponse:
    """Make the code that the form describes, and show it: this once, since only its hash is kept."""
    now = timezone.now()
    expires_at = actions.end_of_day(place, days=form.cleaned_data["days"], now=now)
    most_uses = form.cleaned_data["most_uses"]
    made = actions.make_code(place, role=role, most_uses=most_uses, expires_at=expires_at, by=request.user, now=now)
    return page(request, "schools/code.html", {"poster": poster(made), "place": place, "back": back})


def take_back(request: KnownRequest, invitation: Invitation) -> None:
    """Make an invitation useless from now on."""
    actions.revoke(invitation, now=timezone.now())
    messages.success(request, _("That way in is closed."))
