"""Addresses of what schools do in company: modules, check-ins, visits, help, stories, learning goals."""

from django.urls import path

from colead.programme.views import checkins, gatherings, modules, network

NETWORK = "t/<int:team_id>/network/"
ONE = f"{NETWORK}gatherings/<int:gathering_id>/"
OFFICE = "office/<int:office_id>/"
GATHERING = f"{OFFICE}gatherings/<int:gathering_id>/"

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
]
