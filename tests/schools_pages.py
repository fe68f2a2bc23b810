"""What the tests of the schools' pages share: addresses, and an answer's words."""

from django.http import HttpResponse

from tests.cast import Cast


def body(answer: HttpResponse) -> str:
    return answer.content.decode()


def people_url(cast: Cast) -> str:
    return f"/t/{cast.north_team.pk}/people/"


def school_url(cast: Cast) -> str:
    return f"/schools/{cast.north.pk}/"
