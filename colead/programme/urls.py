"""Addresses of the programme room. Those of the schools' company stand in a list of their own."""

from django.urls import URLPattern, path

from colead.programme import company_urls
from colead.programme.views import office, schools

OFFICE = "office/<int:office_id>/"
SCHOOL = "schools/<int:school_id>/programme/"

urlpatterns: list[URLPattern] = [
    path(OFFICE, office.office_home, name="office_home"),
    path(f"{OFFICE}school/<int:school_id>/", schools.office_school, name="office_school"),
    path(f"{OFFICE}school/<int:school_id>/result/<int:wave_id>/", schools.office_result, name="office_result"),
    path(SCHOOL, schools.school_programme, name="school_programme"),
    path(f"{SCHOOL}log/", schools.openings, name="openings"),
    path(f"{SCHOOL}priority/", schools.priority, name="shared_priority"),
    path(f"{SCHOOL}priority/end/", schools.priority_end, name="shared_priority_end"),
    path(f"{SCHOOL}results/<int:wave_id>/", schools.result_shown, name="result_shown"),
    *company_urls.urlpatterns,
]
