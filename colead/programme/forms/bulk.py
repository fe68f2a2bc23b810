"""Judge a file of schools, and what travels from the look to the taking in."""

from dataclasses import asdict

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from colead.programme.bulk import Row
from colead.schools.roster.read import MOST_BYTES

LASTS = 3600  # seconds


class SchoolsFileForm(forms.Form):
    """A file of schools."""

    file = forms.FileField(
        label=_("Your schools"),
        help_text=_("CSV with a line of headings: name, NCES ID, place, time zone. The name is enough. At most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file that is too big before it is read."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return given


def seal(rows: tuple[Row, ...], cohort_id: int) -> str:
    """Pack and sign what was read, for this cohort only; nothing of it is stored between."""
    return signing.dumps([asdict(row) for row in rows], salt=f"colead.programme.schools:{cohort_id}", compress=True)


def unseal(parcel: str, cohort_id: int) -> tuple[Row, ...] | None:
    """Return what was sealed; None where it was changed, is over an hour old, or belongs elsewhere."""
    try:
        told = signing.loads(parcel, salt=f"colead.programme.schools:{cohort_id}", max_age=LASTS)
    except signing.BadSignature:
        return None
    return tuple(Row(**row) for row in told)
