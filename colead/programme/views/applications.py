"""Schools apply without an account; the office reads together, and decides with reasons."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.programme import emails
from colead.programme.actions import applications as verbs
from colead.programme.doors import application_view, programme_view
from colead.programme.forms.applications import ApplyForm, DecideForm, ReviewerForm, ReviewForm
from colead.programme.models import Application, Programme
from colead.programme.queries import applications as queries
from colead.schools import actions as schools
from colead.schools import tries
from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest
from colead.schools.emails import MailNotSent, send_invitation
from colead.schools.models import Invitation
from colead.web.doors import anyone
from colead.web.page import page

MOST = 5  # applications an hour from one place


@anyone
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form behind the programme's link, and take an application in."""
    programme, now = queries.programme_at(slug), timezone.now()
    if not programme:
        raise Http404
    if not programme.takes_applications:
        return page(request, "programme/apply_closed.html", {"programme": programme})
    form = ApplyForm(request.POST or None)
    if form.is_valid():
        if tries.used_up("apply", tries.from_where(request), most=MOST, per=tries.HOUR, now=now):
            return page(request, "schools/slow_down.html", status=429)
        tries.count("apply", tries.from_where(request), per=tries.HOUR, now=now)
        made = verbs.apply(programme, form.sent(), today=timezone.localdate())
        emails.tell_received(made)
        return redirect("applied", made.secret)
    status = 422 if form.is_bound else 200
    return page(request, "programme/apply.html", {"programme": programme, "form": form}, status=status)


@anyone
def applied(request: HttpRequest, secret: str) -> HttpResponse:
    """Show whoever applied how it stands; they may take it back."""
    found = queries.behind(secret)
    if not found:
        raise Http404
    if request.method == "POST":
        try:
            verbs.withdraw(found)
        except Refusal as refused:
            messages.error(request, str(refused.reason))
        return redirect("applied", secret)
    return page(request, "programme/applied.html", {"found": queries.read(found), "secret": secret})


@programme_view
def applications(request: KnownRequest, programme: Programme) -> HttpResponse:
    """List applications in the order in which they came."""
    context = {"office": programme.office, "programme": programme, "applications": programme.applications.all()}
    return page(request, "programme/applications.html", context)


@application_view
def application(request: KnownRequest, application: Application) -> HttpResponse:
    """Show one application, what readers see in it, and the decision."""
    return _show(request, application)


def _show(request: KnownRequest, application: Application, *, status: int = 200, **given: object) -> HttpResponse:
    found = queries.read(application, request.user)
    forms = {
        "reviewer_form": ReviewerForm(application=application),
        "review_form": ReviewForm(initial={"words": found.mine.words if found.mine else ""}),
        "decide_form": DecideForm(application=application),
    }
    context = {"office": application.programme.office, "found": found, **forms, **given}
    return page(request, "programme/application.html", context, status=status)


@require_POST
@application_view
def reviewer(request: KnownRequest, application: Application) -> HttpResponse:
    """Ask somebody of the office to read it."""
    form = ReviewerForm(request.POST, application=application)
    if not form.is_valid():
        return _show(request, application, reviewer_form=form, status=422)
    verbs.ask_reviewer(application, form.cleaned_data["reviewer"], today=timezone.localdate())
    return redirect("application", application.programme.office_id, application.pk)


@require_POST
@application_view
def review(request: KnownRequest, application: Application) -> HttpResponse:
    """Write down what one sees in it."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _show(request, application, review_form=form, status=422)
    try:
        mine = verbs.ask_reviewer(application, request.user, today=timezone.localdate())
        verbs.write_review(mine, words=form.cleaned_data["words"], today=timezone.localdate())
    except Refusal as refused:
        messages.error(request, str(refused.reason))
    return redirect("application", application.programme.office_id, application.pk)


@require_POST
@application_view
def decide(request: KnownRequest, application: Application) -> HttpResponse:
    """Say yes or no, with reasons that the school reads."""
    form = DecideForm(request.POST, application=application)
    if not form.is_valid():
        return _show(request, application, decide_form=form, status=422)
    told, now = form.cleaned_data, timezone.now()
    try:
        if told["do"] == "accept":
            done = verbs.accept(application, told["cohort"], reasons=told["reasons"], by=request.user, now=now)
            _invite(request, done)
        else:
            verbs.decline(application, reasons=told["reasons"], by=request.user, today=timezone.localdate())
    except Refusal as refused:
        form.add_error(None, str(refused.reason))
        return _show(request, application, decide_form=form, status=422)
    emails.tell_decided(application)
    return redirect("application", application.programme.office_id, application.pk)


def _invite(request: KnownRequest, application: Application) -> None:
    """Send whoever applied the key to their school."""
    role = Invitation.Role.PRINCIPAL if application.is_principal else Invitation.Role.STAFF
    school, now = application.enrolment.school, timezone.now()
    try:
        made = schools.invite_by_mail(school, email=application.email, role=role, by=request.user, now=now)
        send_invitation(made)
    except (Refusal, MailNotSent):
        messages.error(
            request, _("The letter with the way in could not be sent. Send it again from the school’s page.")
        )


@require_POST
@programme_view
def taking(request: KnownRequest, programme: Programme) -> HttpResponse:
    """Open or close the door for applications."""
    verbs.take_applications(programme, yes=request.POST.get("do") == "open")
    return redirect("applications", programme.office_id, programme.pk)
