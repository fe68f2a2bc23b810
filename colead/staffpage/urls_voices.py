"""Addresses of replies, of the register of voices, and of the circle."""

from django.urls import path

from colead.staffpage.views import voices, voices_desk, voices_register

REPLY = "p/<str:token>/decisions/<int:decision_id>/reply/"
DESK = "schools/<int:school_id>/replies/"
REGISTER = "t/<int:team_id>/voices/"

public = [
    path(REPLY, voices.staff_reply, name="staff_reply"),
    path(f"{REPLY}thanks/", voices.staff_replied, name="staff_replied"),
]
inside = [
    path(DESK, voices_desk.reply_desk, name="reply_desk"),
    path(f"{DESK}how/", voices_desk.reply_desk_set, name="reply_desk_set"),
    path(f"{DESK}decision/<int:decision_id>/", voices_desk.reply_list, name="reply_list"),
    path(f"{DESK}notes/<int:reply_round_id>/", voices_desk.reply_notes, name="reply_notes"),
    path("schools/<int:school_id>/circle/", voices_register.voices_circle, name="voices_circle"),
    path(REGISTER, voices_register.voices_register, name="voices_register"),
    path(f"{REGISTER}asked/new/", voices_register.asking_new, name="voices_asked_new"),
    path(f"{REGISTER}asked/new/<int:decision_id>/", voices_register.asking_new, name="voices_asked_about"),
    path(f"{REGISTER}asked/<int:asking_id>/", voices_register.asking_edit, name="voices_asked"),
    path(f"{REGISTER}messages/new/", voices_register.message_new, name="voices_message_new"),
    path(f"{REGISTER}messages/new/<int:decision_id>/", voices_register.message_new, name="voices_message_about"),
    path(f"{REGISTER}messages/<int:message_id>/", voices_register.message_edit, name="voices_message"),
    path(f"{REGISTER}themes/<int:reply_theme_id>/answer/", voices_desk.theme_answer, name="reply_theme_answer"),
]
urlpatterns = [*public, *inside]
