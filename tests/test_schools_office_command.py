"""An operator makes an office by name; its first person invites the rest."""

from django.core.management import call_command

from colead.schools.models import Office


def test_an_office_is_made_with_its_first_person(db, capsys):
    call_command("start_office", "Two Rivers Office", "Dana@Example.org")
    office = Office.objects.get()
    assert [seat.user.email for seat in office.seats.all()] == ["dana@example.org"]
    assert f"/office/{office.pk}/" in capsys.readouterr().out
