"""Delete schools whose people agreed to that and waited: for a timer, once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from colead.programme.actions.leaving import erase_due
from colead.programme.leaving.letters import send_certificate
from colead.programme.models import Farewell


class Command(BaseCommand):
    help = "Delete every school whose two people agreed thirty days ago, and send them the certificate."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        waiting = Farewell.objects.standing().filter(what=Farewell.What.ERASE)
        for farewell in waiting.select_related("school", "asked_by", "agreed_by"):
            if not Farewell.objects.due(farewell.school.today(now)).filter(pk=farewell.pk).exists():
                continue
            addresses = [one.email for one in (farewell.asked_by, farewell.agreed_by) if one]
            certificate = erase_due(farewell, now=now)
            send_certificate(certificate, to=addresses)
            self.stdout.write(f"{certificate}: deleted on {certificate.erased_on}.")
