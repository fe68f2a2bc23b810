"""Addresses of peer observation."""

from django.urls import path

from colead.practices.views import observation, observation_visits

ALL = "schools/<int:school_id>/doors/"
ONE = f"{ALL}<int:doors_id>/"
VISIT = f"{ALL}visits/<int:peer_visit_id>/"

urlpatterns = [
    path(ALL, observation.doors, name="doors"),
    path(f"{ALL}new/", observation.doors_new, name="doors_new"),
    path(ONE, observation.doors_round, name="doors_round"),
    path(f"{ONE}edit/", observation.doors_edit, name="doors_edit"),
    path(f"{ONE}erase/", observation.doors_drop, name="doors_drop"),
    path(f"{ONE}name/", observation.doors_name, name="doors_name"),
    path(f"{ONE}mine/", observation.doors_mine, name="doors_mine"),
    path(f"{ONE}mine/close/", observation.doors_close, name="doors_close"),
    path(f"{ONE}wish/", observation.doors_wish, name="doors_wish"),
    path(f"{ONE}wish/drop/", observation.doors_unwish, name="doors_unwish"),
    path(f"{ONE}match/", observation.doors_match, name="doors_match"),
    path(f"{ONE}publish/", observation.doors_publish, name="doors_publish"),
    path(f"{ONE}visits.ics", observation_visits.doors_calendar, name="doors_calendar"),
    path(VISIT, observation_visits.peer_visit, name="peer_visit"),
    path(f"{VISIT}question/", observation_visits.peer_question, name="peer_question"),
    path(f"{VISIT}notes/", observation_visits.peer_notes, name="peer_notes"),
    path(f"{VISIT}notes/give/", observation_visits.peer_notes_give, name="peer_notes_give"),
    path(f"{VISIT}notes/erase/", observation_visits.peer_notes_erase, name="peer_notes_erase"),
    path(f"{VISIT}talk/", observation_visits.peer_talk, name="peer_talk"),
    path(f"{VISIT}reflection/", observation_visits.peer_reflection, name="peer_reflection"),
    path(f"{VISIT}move/", observation_visits.peer_move, name="peer_move"),
    path(f"{VISIT}off/", observation_visits.peer_off, name="peer_off"),
    path(f"{VISIT}visit.ics", observation_visits.peer_calendar, name="peer_calendar"),
    path(f"{VISIT}visit.<slug:form>", observation_visits.peer_paper, name="peer_paper"),
]
