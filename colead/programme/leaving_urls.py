"""Addresses for a school that leaves."""

from django.urls import path

from colead.programme.views import leaving

HERE = "schools/<int:school_id>/leaving/"

urlpatterns = [
    path(HERE, leaving.leaving, name="leaving"),
    path(f"{HERE}file/", leaving.leaving_file, name="leaving_file"),
    path(f"{HERE}ask/<slug:what>/", leaving.leaving_ask, name="leaving_ask"),
    path(f"{HERE}<int:farewell_id>/", leaving.leaving_answer, name="leaving_answer"),
]
