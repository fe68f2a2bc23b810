"""Judge what people type about schools, people and staff lists."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from colead.accounts.names import LineField
from colead.schools import wording, zones
from colead.schools.models import Invitation, RosterEntry
from colead.schools.roster import FileRefused, Org, Reason, words
from colead.schools.roster.plan import Entry
from colead.schools.roster.read import MOST_BYTES
from colead.schools.roster.tables import FORMULA

ROLE = Invitation.Role
# States, territories and the Bureau of Indian Education, as the first two digits of an NCES ID.
_STATES = {f"{number:02d}" for number in range(1, 57)} - {"03", "07", "14", "43", "52"}
_STATES |= {"58", "59", "60", "61", "63", "66", "69", "72", "78"}

TEAM_ROLES = (
    (ROLE.MEMBER, _("a member of the team")),
    (ROLE.LEAD, _("a member who leads it")),
    (ROLE.PRINCIPAL, _("the principal, on the team")),
)
SCHOOL_ROLES = (
    (ROLE.STAFF, _("school staff")),
    (ROLE.PRINCIPAL, _("principal")),
    (ROLE.COACH, _("coach: reads along and does not write")),
)
OFFICE_ROLES = ((ROLE.OFFICE, _("a colleague in the office")),)
LASTS = ((0, _("today")), (7, _("7 days")), (30, _("30 days")))

Choices = tuple[tuple[str, Any], ...]


class SchoolForm(forms.Form):
    """The facts of a school."""

    name = LineField(label=_("Name of the school"), max_length=200)
    place = LineField(label=_("Town and state"), max_length=200, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones.choices, initial=zones.USUAL)
    nces_id = forms.CharField(
        label=_("NCES school ID"),
        max_length=20,
        required=False,
        help_text=_("12 digits, if you have it at hand. It keeps two schools of one name apart."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_nces_id(self) -> str:
        """Accept the twelve digits of a public school, spaces and hyphens aside."""
        given = re.sub(r"[\s-]", "", self.cleaned_data["nces_id"])
        if given and not (re.fullmatch(r"[0-9]{12}", given) and given[:2] in _STATES):
            raise forms.ValidationError(
                _("An NCES school ID has 12 digits and begins with the number of a state. Look again, or leave it out.")
            )
        return given


class NewSchoolForm(SchoolForm):
    """A school, who begins it, and its first team."""

    who = forms.ChoiceField(
        label=_("I am"),
        choices=(("staff", _("a teacher or other staff")), ("principal", _("the principal"))),
        widget=forms.RadioSelect,
    )
    team_name = LineField(label=_("What do you call your team?"), max_length=200, initial=_("Our leadership team"))


class TeamForm(forms.Form):
    """A new team at a school."""

    name = LineField(label=_("Name of the team"), max_length=200)


class InviteForm(forms.Form):
    """Somebody to write to, and as what they are invited."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Invite them as"))

    prefix = "mail"

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["role"].initial = roles[0][0]
        if len(roles) == 1:
            self.fields["role"].widget = forms.HiddenInput()


class CodeForm(forms.Form):
    """How long a join code works, and for how many people."""

    prefix = "code"

    days = forms.TypedChoiceField(label=_("It works for"), choices=LASTS, coerce=int, initial=7)
    most_uses = forms.IntegerField(label=_("How often can it be used?"), min_value=1, max_value=500, initial=30)


class TypedCodeForm(forms.Form):
    """A join code as people type it; the whole link will do."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """Take the code out of a pasted link, without the spaces and hyphens that make it readable."""
        given = self.cleaned_data["code"].strip().rstrip("/").rpartition("/")[2]
        code = re.sub(r"[\s-]", "", given) if len(given) < 16 else given
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code):
            raise forms.ValidationError(_("A code has eight letters and digits, such as K7PX-2QRM."))
        return code


class AnswerForm(forms.Form):
    """What a lead says to somebody who waits."""

    do = forms.ChoiceField(choices=(("let_in", ""), ("decline", "")))


class MemberForm(forms.Form):
    """What a lead does about somebody on the team."""

    do = forms.ChoiceField(choices=(("make_lead", ""), ("take_lead_back", ""), ("remove_member", "")))


class RosterLineForm(forms.Form):
    """One line of the staff list."""

    name = LineField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    job = forms.ChoiceField(label=_("Role"), choices=RosterEntry.Job)
    grades = forms.CharField(
        label=_("Grades"), max_length=100, required=False, help_text=_("As you would say it: K-2, or 4 and 5.")
    )
    subjects = LineField(label=_("Subjects"), max_length=300, required=False)

    def clean_name(self) -> str:
        """Refuse a name that a spreadsheet would run as a formula."""
        name: str = self.cleaned_data["name"]
        if name.startswith(FORMULA):
            raise forms.ValidationError(_("A name cannot begin with = + - or @."))
        return name

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_grades(self) -> str:
        """Put grades in order, each once."""
        try:
            return words.grades_of(self.cleaned_data["grades"])
        except ValueError as wrong:
            raise forms.ValidationError(
                _("We do not know the grade “%(grade)s”. Write PK, K or 1 to 12, as in “K-2, 4”."),
                params={"grade": str(wrong)[:60]},
            ) from wrong


class RosterFileForm(forms.Form):
    """A staff list to look at."""

    file = forms.FileField(
        label=_("Your staff list"),
        help_text=_("A CSV or Excel file (.xlsx), or OneRoster files in a zip. At most 5 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.zip"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file that is too big before it is read."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > MOST_BYTES:
            raise forms.ValidationError(wording.why(FileRefused(Reason.TOO_BIG, most=MOST_BYTES // 1024 // 1024)))
        return given


class OrgForm(forms.Form):
    """Which of the schools in a OneRoster file is ours; what was read travels along, sealed."""

    parcel = forms.CharField(widget=forms.HiddenInput)
    org = forms.ChoiceField(label=_("Which of these is your school?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, orgs: tuple[Org, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["org"].choices = [(org.id, org.name or org.id) for org in orgs]  # type: ignore[attr-defined]
        self.fields["org"].required = bool(orgs)


class TakeInForm(OrgForm):
    """What a dry run compared with, and who, of those missing from the file, is to be marked as gone."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    leaving = forms.TypedMultipleChoiceField(
        label=_("Who of them no longer works here?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, roster: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["org"].widget = forms.HiddenInput()
        self.fields["leaving"].choices = [(entry.id, entry.name) for entry in roster]  # type: ignore[attr-defined]
