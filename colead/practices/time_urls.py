"""The addresses of the time finder."""

from django.urls import path

from colead.practices.views import bringing, colleagues, handing, scenarios, searching, seeing, trying

ALL = "t/<int:team_id>/time/"
ONE = f"{ALL}<int:timetable_id>/"
IDEA = f"{ALL}ideas/<int:scenario_id>/"
SEARCH = f"{ALL}searches/<int:search_id>/"

urlpatterns = [
    path("schools/<int:school_id>/ideas/", colleagues.open_scenarios, name="open_scenarios"),
    path(ALL, bringing.finder, name="time_finder"),
    path(f"{ALL}new/", bringing.bring, name="time_bring"),
    path(f"{ALL}keep/", bringing.keep, name="time_keep"),
    path(f"{ALL}sample/", bringing.sample, name="time_sample"),
    path(ONE, seeing.timetable, name="time_seen"),
    path(f"{ONE}erase/", bringing.erase, name="time_erase"),
    path(f"{ONE}teams/", bringing.teams, name="time_teams"),
    path(f"{ONE}teams/suggested/", bringing.suggest, name="time_suggested"),
    path(f"{ONE}teams/drop/", bringing.drop_team, name="time_team_drop"),
    path(f"{ONE}begin/", scenarios.begin, name="time_begin"),
    path(f"{ONE}timetable.<slug:form>", handing.timetable_file, name="time_file"),
    path(IDEA, scenarios.scenario, name="scenario"),
    path(f"{IDEA}words/", scenarios.words, name="scenario_words"),
    path(f"{IDEA}ask/", scenarios.ask, name="scenario_ask"),
    path(f"{IDEA}rules/", scenarios.rules, name="scenario_rules"),
    path(f"{IDEA}find/", searching.find, name="scenario_find"),
    path(f"{IDEA}open/", colleagues.open_up, name="scenario_open"),
    path(f"{IDEA}copy/", scenarios.copy, name="scenario_copy"),
    path(f"{IDEA}drop/", scenarios.drop, name="scenario_drop"),
    path(f"{IDEA}comment/", scenarios.comment, name="scenario_comment"),
    path(f"{IDEA}compare/<int:other_id>/", scenarios.compare, name="scenario_compare"),
    path(f"{IDEA}decide/", scenarios.decide, name="scenario_decide"),
    path(f"{IDEA}minutes/", scenarios.count, name="scenario_count"),
    path(f"{IDEA}week/", trying.week, name="scenario_week"),
    path(f"{IDEA}lesson/", trying.lesson, name="lesson_try"),
    path(f"{IDEA}lesson/move/", trying.move, name="lesson_move"),
    path(f"{IDEA}lesson/pin/", trying.pin, name="lesson_pin"),
    path(f"{IDEA}undo/", trying.undo, name="scenario_undo"),
    path(f"{IDEA}cards.<slug:form>", handing.cards, name="scenario_cards"),
    path(f"{IDEA}changes.<slug:form>", handing.changes, name="scenario_changes"),
    path(f"{IDEA}timetable.<slug:form>", handing.scenario_file, name="scenario_file"),
    path(f"{IDEA}calendar.ics", handing.calendar, name="scenario_calendar"),
    path(SEARCH, searching.search, name="time_search"),
    path(f"{SEARCH}stop/", searching.stop, name="search_stop"),
    path(f"{SEARCH}take/<slug:key>/", searching.take, name="search_take"),
]
