from django.urls import path

from colead.decisions.views import consent, exchange, pages, records, table, votes

TEAM = "t/<int:team_id>/"
ALL = f"{TEAM}decisions/"
ONE = f"{ALL}<int:decision_id>/"
BALLOT = f"{ONE}vote/<int:ballot_id>/"
STOP = f"{TEAM}stop-list/"
HAND = f"{TEAM}hand-overs/"

urlpatterns = [
    path(ALL, pages.decisions, name="decisions"),
    path(f"{ALL}new/", records.new, name="decision_new"),
    path(f"{ALL}quick/", records.quick, name="decision_quick"),
    path(f"{ALL}blank.<slug:form>", pages.blank, name="decision_blank"),
    path(f"{ALL}list.<slug:form>", pages.sheet, name="decisions_sheet"),
    path(ONE, pages.decision, name="decision"),
    path(f"{ONE}history/", pages.history, name="decision_history"),
    path(f"{ONE}decision.<slug:form>", pages.filled, name="decision_paper"),
    path(f"{ONE}edit/", records.edit, name="decision_edit"),
    path(f"{ONE}way/", records.way, name="decision_way"),
    path(f"{ONE}begin/", records.begin, name="decision_begin"),
    path(f"{ONE}stop/", records.stop, name="decision_stop"),
    path(f"{ONE}settle/", records.settle, name="decision_settle"),
    path(f"{ONE}owner/", records.owner, name="decision_owner"),
    path(f"{ONE}message/", records.message, name="decision_message"),
    path(f"{ONE}review/", records.review, name="decision_review"),
    path(f"{ONE}review/<int:review_id>/", records.review_words, name="decision_review_words"),
    path(f"{ONE}options/new/", table.option_new, name="decision_option_new"),
    path(f"{ONE}options/<int:option_id>/", table.option, name="decision_option"),
    path(f"{ONE}input/new/", table.heard_new, name="decision_input_new"),
    path(f"{ONE}input/<int:input_id>/", table.heard, name="decision_input"),
    path(f"{ONE}against/new/", table.dissent_new, name="decision_dissent_new"),
    path(f"{ONE}against/<int:dissent_id>/", table.dissent, name="decision_dissent"),
    path(f"{ONE}proposal/", consent.propose, name="decision_propose"),
    path(f"{ONE}proposal/<int:round_id>/amend/", consent.amend, name="decision_amend"),
    path(f"{ONE}proposal/<int:round_id>/<slug:step>/", consent.step, name="decision_step"),
    path(f"{ONE}vote/", votes.start, name="decision_vote_open"),
    path(BALLOT, votes.vote, name="decision_vote"),
    path(f"{BALLOT}close/", votes.close, name="decision_vote_close"),
    path(f"{BALLOT}call-off/", votes.call_off, name="decision_vote_call_off"),
    path(STOP, exchange.stopped, name="stop_list"),
    path(f"{STOP}new/", exchange.let_go, name="let_go"),
    path(f"{STOP}<int:let_go_id>/", exchange.change_let_go, name="let_go_change"),
    path(f"{STOP}<int:let_go_id>/check/", exchange.check_on, name="let_go_check"),
    path(f"{STOP}list.<slug:form>", exchange.stop_sheet, name="stop_list_sheet"),
    path(f"{STOP}<slug:kind>.<slug:form>", exchange.stop_paper, name="stop_list_paper"),
    path(HAND, exchange.handed, name="hand_overs"),
    path(f"{HAND}new/", exchange.hand_over, name="hand_over_new"),
    path(f"{HAND}<int:hand_over_id>/", exchange.change_hand_over, name="hand_over_change"),
    path(f"{HAND}list.<slug:form>", exchange.hand_sheet, name="hand_overs_sheet"),
    path(f"{HAND}<slug:kind>.<slug:form>", exchange.hand_paper, name="hand_overs_paper"),
]
