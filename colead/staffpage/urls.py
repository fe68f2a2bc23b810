"""What all staff read; and the pages on which a team looks after it."""

from django.urls import path

from colead.staffpage import urls_public
from colead.staffpage.urls_voices import inside as voices
from colead.staffpage.views import links, team

TEAM = "t/<int:team_id>/staff-page/"
SCHOOL = "schools/<int:school_id>/staff-page/"

urlpatterns = [
    *urls_public.urlpatterns,
    # The link, for those who hand it out.
    path(SCHOOL, links.staff_link, name="staff_link"),
    path(f"{SCHOOL}make/", links.staff_link_make, name="staff_link_make"),
    path(f"{SCHOOL}off/", links.staff_link_off, name="staff_link_off"),
    path(f"{SCHOOL}poster.pdf", links.staff_poster, name="staff_poster"),
    path(f"{SCHOOL}days/<int:day_id>/drop/", links.day_off_drop, name="day_off_drop"),
    # What the team puts on it.
    path(TEAM, team.staff_room, name="staff_room"),
    path(f"{TEAM}preview/", team.staff_preview, name="staff_preview"),
    path(f"{TEAM}hold/", team.staff_hold, name="staff_hold"),
    path(f"{TEAM}write/<slug:kind>/", team.notice_new, name="notice_new"),
    path(f"{TEAM}<int:notice_id>/", team.notice, name="notice"),
    path(f"{TEAM}<int:notice_id>/off/", team.notice_off, name="notice_off"),
    path("t/<int:team_id>/findings/<int:finding_id>/came/", team.finding_came, name="finding_came"),
    *voices,
]
