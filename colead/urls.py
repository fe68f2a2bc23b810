"""Every address, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("colead.web.urls")),
    path("", include("colead.accounts.urls")),
    path("", include("colead.schools.urls")),
    path("s/", include("colead.surveys.answering.urls")),
    path("", include("colead.surveys.urls")),
    path("", include("colead.decisions.urls")),
    path("", include("colead.plans.urls")),
    path("", include("colead.practices.urls")),
    path("", include("colead.playbook.urls")),
    path("", include("colead.meetings.urls")),
    path("", include("colead.staffpage.urls")),
    path("", include("colead.programme.urls")),
]
