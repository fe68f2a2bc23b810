"""What all staff read."""

from django.urls import path

from colead.staffpage.views import public

LINK = "p/<str:token>/"  # what staff open, without an account

urlpatterns = [
    path(LINK, public.staff_page, name="staff_page"),
]
