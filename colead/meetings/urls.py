"""Norms, meetings and timed protocols."""

from django.urls import path

from colead.meetings.views import items, meetings, norms, protocols, running

TEAM = "t/<int:team_id>/"
NORMS = f"{TEAM}norms/"
LOOK = f"{NORMS}looks/<int:check_id>/"
ALL = f"{TEAM}meetings/"
ONE = f"{ALL}<int:meeting_id>/"
ITEM = f"{ONE}items/<int:item_id>/"
PROTOCOLS = f"{TEAM}protocols/"

urlpatterns = [
    path(NORMS, norms.norms, name="norms"),
    path(f"{NORMS}agree/", norms.agree, name="norms_agree"),
    path(f"{NORMS}norms.<slug:form>", norms.on_paper, name="norms_paper"),
    path(f"{NORMS}looks/begin/", norms.begin, name="norms_begin"),
    path(LOOK, norms.look, name="norms_look"),
    path(f"{LOOK}reveal/", norms.reveal, name="norms_reveal"),
    path(f"{LOOK}changes/", norms.changes, name="norms_changes"),
    path(ALL, meetings.meetings, name="meetings"),
    path(f"{ALL}new/", meetings.new, name="meeting_new"),
    path(f"{ALL}rhythm/", meetings.rhythm, name="rhythm"),
    path(ONE, meetings.meeting, name="meeting"),
    path(f"{ONE}edit/", meetings.edit, name="meeting_edit"),
    path(f"{ONE}roles/", meetings.roles, name="meeting_roles"),
    path(f"{ONE}drop/", meetings.drop, name="meeting_drop"),
    path(f"{ONE}start/", running.start, name="meeting_start"),
    path(f"{ONE}clock/", running.clock, name="meeting_clock"),
    path(f"{ONE}press/<slug:what>/", running.press, name="meeting_press"),
    path(f"{ONE}end/", running.end, name="meeting_end"),
    path(f"{ONE}meeting.ics", meetings.calendar, name="meeting_calendar"),
    path(f"{ONE}meeting.<slug:form>", meetings.on_paper, name="meeting_paper"),
    path(f"{ONE}items/new/", items.new, name="item_new"),
    path(ITEM, items.edit, name="item_edit"),
    path(f"{ITEM}move/<slug:way>/", items.move, name="item_move"),
    path(f"{ITEM}drop/", items.drop, name="item_drop"),
    path(f"{ITEM}park/", items.park, name="item_park"),
    path(f"{ITEM}note/", items.note, name="item_note"),
    path(f"{ITEM}decide/", items.decide, name="item_decide"),
    path(f"{ITEM}step/", items.step, name="item_step"),
    path(PROTOCOLS, protocols.protocols, name="protocols"),
    path(f"{PROTOCOLS}<slug:slug>/", protocols.protocol, name="protocol"),
    path(f"{PROTOCOLS}<slug:slug>/run/", protocols.run, name="protocol_run"),
    path(f"{PROTOCOLS}<slug:slug>/sheet.<slug:form>", protocols.on_paper, name="protocol_paper"),
]
