"""Addresses of what schools do in company: modules, check-ins, visits, help, stories, learning goals."""

from django.urls import path

from colead.programme.views import (
    checkins,
    gatherings,
    goals,
    modules,
    network,
    office_stories,
    office_support,
    office_visits,
    stories,
    support,
    visits,
)

NETWORK = "t/<int:team_id>/network/"
ONE = f"{NETWORK}gatherings/<int:gathering_id>/"
OFFICE = "office/<int:office_id>/"
GATHERING = f"{OFFICE}gatherings/<int:gathering_id>/"
VISIT = f"{NETWORK}visits/<int:visit_id>/"
OFFICE_VISIT = f"{OFFICE}visits/<int:visit_id>/"
ASKS = "t/<int:team_id>/help/"
ASK = f"{ASKS}<int:ask_id>/"
STORIES = f"{NETWORK}stories/"
STORY = f"{STORIES}<int:story_id>/"
LINE = f"{STORY}lines/<int:line_id>/"
GOALS = "schools/<int:school_id>/goals/"
GOAL = f"{GOALS}<int:goal_id>/"
OFFICE_ASK = f"{OFFICE}help/<int:ask_id>/"

urlpatterns = [
    path("modules/", modules.catalogue, name="modules"),
    path("modules/<slug:module>/", modules.module, name="module"),
    path("modules/<slug:module>.<slug:form>", modules.module_sheet, name="module_sheet"),
    path(NETWORK, network.network, name="network"),
    path(ONE, modules.gathering, name="gathering"),
    path(f"{ONE}there/", modules.there, name="gathering_there"),
    path(f"{ONE}reflection/", modules.reflection, name="reflection"),
    path(f"{ONE}reflection/share/", modules.reflection_share, name="reflection_share"),
    path(f"{ONE}share/", checkins.share, name="share"),
    path(f"{ONE}share/back/", checkins.share_back, name="share_back"),
    path(f"{ONE}offers/new/", checkins.offer_new, name="offer_new"),
    path(f"{ONE}follow-ups/new/", checkins.follow_up_new, name="follow_up_new"),
    path(f"{ONE}pre-read.<slug:form>", checkins.pre_read_sheet, name="pre_read"),
    path(f"{NETWORK}offers/<int:offer_id>/", checkins.offer, name="offer"),
    path(f"{NETWORK}offers/<int:offer_id>/close/", checkins.offer_close, name="offer_close"),
    path(f"{NETWORK}follow-ups/<int:follow_up_id>/", checkins.follow_up, name="follow_up"),
    path(f"{OFFICE}gatherings/", gatherings.gatherings, name="office_gatherings"),
    path(f"{OFFICE}cohorts/<int:cohort_id>/plan/<slug:what>/", gatherings.plan, name="gathering_plan"),
    path(GATHERING, gatherings.gathering, name="office_gathering"),
    path(f"{GATHERING}edit/", gatherings.edit, name="gathering_edit"),
    path(f"{GATHERING}attendance/", gatherings.attendance, name="gathering_attendance"),
    path(f"{GATHERING}follow-ups/new/", gatherings.follow_up_new, name="office_follow_up_new"),
    path(f"{GATHERING}pre-read.<slug:form>", gatherings.pre_read_sheet, name="office_pre_read"),
    path(f"{OFFICE}follow-ups/<int:follow_up_id>/", gatherings.follow_up, name="office_follow_up"),
    path(f"{NETWORK}visits/", visits.visits, name="visits"),
    path(f"{NETWORK}visits/new/", visits.visit_new, name="visit_new"),
    path(VISIT, visits.visit, name="visit"),
    path(f"{VISIT}edit/", visits.visit_edit, name="visit_edit"),
    path(f"{VISIT}answer/", visits.visit_answer, name="visit_answer"),
    path(f"{VISIT}off/", visits.visit_off, name="visit_off"),
    path(f"{VISIT}note/", visits.visit_note, name="visit_note"),
    path(f"{VISIT}notes/<int:note_id>/reply/", visits.note_reply, name="visit_reply"),
    path(f"{VISIT}notes/<int:note_id>/<slug:step>/", visits.note_step, name="visit_note_step"),
    path(f"{VISIT}take-home/", visits.take_home, name="visit_take_home"),
    path(f"{VISIT}follow-up/", visits.visit_follow_up, name="visit_follow_up"),
    path(f"{OFFICE}visits/", office_visits.visits, name="office_visits"),
    path(f"{OFFICE}programs/<int:programme_id>/visits/new/", office_visits.visit_new, name="office_visit_new"),
    path(OFFICE_VISIT, office_visits.visit, name="office_visit"),
    path(f"{OFFICE_VISIT}edit/", office_visits.visit_edit, name="office_visit_edit"),
    path(f"{OFFICE_VISIT}answer/", office_visits.visit_answer, name="office_visit_answer"),
    path(f"{OFFICE_VISIT}off/", office_visits.visit_off, name="office_visit_off"),
    path(f"{OFFICE_VISIT}note/", office_visits.visit_note, name="office_visit_note"),
    path(f"{OFFICE_VISIT}notes/<int:note_id>/<slug:step>/", office_visits.note_step, name="office_visit_note_step"),
    path("help/", support.help_wanted, name="help"),
    path(ASKS, support.asks, name="asks"),
    path(f"{ASKS}new/", support.ask_new, name="ask_new"),
    path(ASK, support.ask, name="ask"),
    path(f"{ASK}edit/", support.ask_edit, name="ask_edit"),
    path(f"{ASK}step/", support.ask_step, name="ask_step"),
    path(f"{ASK}close/", support.ask_close, name="ask_close"),
    path(f"{ASK}helped/", support.ask_helped, name="ask_helped"),
    path(f"{OFFICE}help/", office_support.asks, name="office_asks"),
    path(OFFICE_ASK, office_support.ask, name="office_ask"),
    path(f"{OFFICE_ASK}take/", office_support.take, name="office_ask_take"),
    path(f"{OFFICE_ASK}step/", office_support.step, name="office_ask_step"),
    path(f"{OFFICE_ASK}close/", office_support.close, name="office_ask_close"),
    path(STORIES, stories.stories, name="stories"),
    path(f"{STORIES}new/", stories.story_new, name="story_new"),
    path(f"{NETWORK}library/<int:story_id>/", stories.read, name="story_read"),
    path(STORY, stories.story, name="story"),
    path(f"{STORY}edit/", stories.story_edit, name="story_edit"),
    path(f"{STORY}pick/", stories.pick, name="story_pick"),
    path(f"{STORY}lines/new/", stories.line_new, name="story_line_new"),
    path(LINE, stories.line, name="story_line"),
    path(f"{LINE}<slug:step>/", stories.line_step, name="story_line_step"),
    path(f"{STORY}publish/", stories.publish, name="story_publish"),
    path(f"{STORY}drop/", stories.drop, name="story_drop"),
    path(f"{NETWORK}recognitions/new/", stories.recognition_new, name="recognition_new"),
    path(f"{NETWORK}recognitions/<int:recognition_id>/", stories.recognition, name="recognition"),
    path(f"{OFFICE}stories/", office_stories.stories, name="office_stories"),
    path(f"{OFFICE}stories/<int:story_id>/", office_stories.story, name="office_story"),
    path(GOALS, goals.goals, name="goals"),
    path(f"{GOALS}new/", goals.goal_new, name="goal_new"),
    path(GOAL, goals.goal, name="goal"),
    path(f"{GOAL}edit/", goals.goal_edit, name="goal_edit"),
    path(f"{GOAL}halfway/", goals.goal_halfway, name="goal_halfway"),
    path(f"{GOAL}close/", goals.goal_close, name="goal_close"),
    path(f"{GOAL}drop/", goals.goal_drop, name="goal_drop"),
]
