"""Addresses of surveys, results and findings inside a school; the pages staff answer on are in `answering.urls`."""

from django.urls import path

from colead.surveys.views import brought, codes, findings, instruments, results, waves

ALL = "schools/<int:school_id>/surveys/"
ONE = f"{ALL}<int:wave_id>/"
FINDINGS = "t/<int:team_id>/findings/"

urlpatterns = [
    path("privacy/survey/", waves.survey_privacy, name="survey_privacy"),
    path(ALL, waves.surveys, name="surveys"),
    path(f"{ALL}new/", waves.wave_new, name="wave_new"),
    path(f"{ALL}what/", instruments.catalogue, name="instruments"),
    path(f"{ALL}what/new/", instruments.instrument_new, name="instrument_new"),
    path(f"{ALL}what/<int:instrument_id>/drop/", instruments.instrument_drop, name="instrument_drop"),
    path(f"{ALL}inquiry/", instruments.inquiry_new, name="inquiry_new"),
    path(f"{ALL}inquiry/<slug:condition>/", instruments.inquiry_plan, name="inquiry_plan"),
    path(f"{ALL}bring/", brought.brought_new, name="brought_new"),
    path(f"{ALL}bring/look/", brought.brought_look, name="brought_look"),
    path(ONE, waves.wave, name="wave"),
    path(f"{ONE}edit/", waves.wave_edit, name="wave_edit"),
    path(f"{ONE}kept/", waves.wave_kept, name="wave_kept"),
    path(f"{ONE}drop/", waves.wave_drop, name="wave_drop"),
    path(f"{ONE}end/", waves.wave_end, name="wave_end"),
    path(f"{ONE}ask/<slug:what>/", waves.wave_ask, name="wave_ask"),
    path(f"{ONE}asked/<int:ask_id>/take-back/", waves.wave_unask, name="wave_unask"),
    path(f"{ONE}asked/<int:ask_id>/agree/", waves.wave_confirm, name="wave_confirm"),
    path(f"{ONE}codes/", codes.wave_codes, name="wave_codes"),
    path(f"{ONE}codes/slips/", codes.wave_slips, name="wave_slips"),
    path(f"{ONE}codes/mail/", codes.wave_mail, name="wave_mail"),
    path(f"{ONE}codes/remind/", codes.wave_remind, name="wave_remind"),
    path(f"{ONE}codes/spoilt/", codes.wave_spoilt, name="wave_spoilt"),
    path(f"{ONE}poster.pdf", codes.wave_poster, name="wave_poster"),
    path(f"{ONE}comments/", results.wave_comments, name="wave_comments"),
    path(f"{ONE}<slug:name>.<slug:form>", results.wave_file, name="wave_file"),
    path("schools/<int:school_id>/findings/", findings.school_findings, name="findings"),
    path(f"{FINDINGS}from/<int:wave_id>/", findings.finding_new, name="finding_new"),
    path(f"{FINDINGS}from/<int:wave_id>/<slug:about>/", findings.finding_new, name="finding_about"),
    path(f"{FINDINGS}<int:finding_id>/edit/", findings.finding_edit, name="finding_edit"),
]
