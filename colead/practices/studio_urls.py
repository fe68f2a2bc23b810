"""Addresses of the studios."""

from django.urls import path

from colead.practices.views import studios

ALL = "schools/<int:school_id>/studios/"
ONE = f"{ALL}<int:studio_id>/"

urlpatterns = [
    path(ALL, studios.studios, name="studios"),
    path(f"{ALL}new/", studios.offer, name="studio_new"),
    path(f"{ALL}board.<slug:form>", studios.on_board, name="studios_board"),
    path(ONE, studios.studio, name="studio"),
    path(f"{ONE}edit/", studios.edit, name="studio_edit"),
    path(f"{ONE}dates/", studios.date_add, name="studio_date_add"),
    path(f"{ONE}dates/<int:date_id>/drop/", studios.date_drop, name="studio_date_drop"),
    path(f"{ONE}join/", studios.join, name="studio_join"),
    path(f"{ONE}leave/", studios.leave, name="studio_leave"),
    path(f"{ONE}question/", studios.question, name="studio_question"),
    path(f"{ONE}take-away/", studios.take_away, name="studio_take_away"),
    path(f"{ONE}close/", studios.close, name="studio_close"),
    path(f"{ONE}take-over/", studios.take_over, name="studio_take_over"),
    path(f"{ONE}take-back/", studios.take_back, name="studio_take_back"),
    path(f"{ONE}studio.ics", studios.calendar, name="studio_calendar"),
]
