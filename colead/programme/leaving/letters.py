"""The certificate on paper, and the letter that brings it."""

from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colead.documents import Document, Text, pdf
from colead.programme.models import Certificate


def certificate_paper(certificate: Certificate) -> Document:
    """Return the certificate on one page."""
    day = date_format(certificate.erased_on, "DATE_FORMAT")
    counts = (
        ngettext("%s record", "%s records", certificate.records) % certificate.records,
        ngettext("%s survey", "%s surveys", certificate.surveys) % certificate.surveys,
        ngettext("%s account", "%s accounts", certificate.accounts) % certificate.accounts,
    )
    school = ", ".join(part for part in (certificate.name, certificate.place) if part)
    words = _("On %(day)s everything that %(school)s had in Colead was deleted: %(counts)s.")
    rest = _("Nothing is left but this certificate. Backups of the server run out by the rule of whoever keeps them.")
    return Document(
        title=_("Certificate of deletion"),
        blocks=(Text(words % {"day": day, "school": school, "counts": ", ".join(counts)}), Text(rest)),
        school=certificate.name,
        date=day,
    )


def send_certificate(certificate: Certificate, *, to: Iterable[str]) -> None:
    """Send the certificate to the two people who agreed. Refuses with OSError, as the mail server does."""
    body = render_to_string("programme/mail/certificate.txt", {"certificate": certificate})
    for address in to:
        letter = EmailMessage(_("Deleted: %s") % certificate.name, body, to=[address])
        letter.attach("certificate.pdf", pdf(certificate_paper(certificate)), "application/pdf")
        letter.send()
