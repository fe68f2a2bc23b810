"""What staff open without an account. These addresses stand alone, so that `nobody` finds them without all others."""

from django.urls import path

from colead.staffpage.urls_voices import public as voices
from colead.staffpage.views import following, public

LINK = "p/<str:token>/"

urlpatterns = [
    path(LINK, public.staff_page, name="staff_page"),
    # From letters: the key in the address is what a reader shows.
    path("p/mail/<str:key>/yes/", following.follow_yes, name="follow_yes"),
    path("p/mail/<str:key>/stop/", following.follow_stop, name="follow_stop"),
    path(f"{LINK}bulletin.pdf", public.staff_bulletin, name="staff_bulletin"),
    path(f"{LINK}feed.xml", public.staff_feed, name="staff_feed"),
    path(f"{LINK}results/<str:tag>/", public.staff_result, name="staff_result"),
    path(f"{LINK}follow/", following.follow, name="follow_page"),
    path(f"{LINK}follow/<int:finding_id>/", following.follow, name="follow_finding"),
    *voices,
]
