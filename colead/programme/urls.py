"""Addresses of the programme room. Those of the schools' company stand in a list of their own."""

from django.urls import URLPattern, path

from colead.programme import company_urls, leaving_urls, year_urls
from colead.programme.views import applications, bulk, cohorts, office, outcomes, programmes, rounds, schools

OFFICE = "office/<int:office_id>/"
SCHOOL = "schools/<int:school_id>/programme/"
PROGRAMME = f"{OFFICE}program/<int:programme_id>/"
PHASE = f"{PROGRAMME}phases/<int:phase_id>/"
COHORT = f"{OFFICE}cohort/<int:cohort_id>/"
DAY = f"{COHORT}days/<int:date_id>/"
ENROLMENT = f"{OFFICE}enrollment/<int:enrolment_id>/"
APPLICATION = f"{OFFICE}application/<int:application_id>/"

urlpatterns: list[URLPattern] = [
    path(OFFICE, office.office_home, name="office_home"),
    path(f"{OFFICE}school/<int:school_id>/", schools.office_school, name="office_school"),
    path(f"{OFFICE}school/<int:school_id>/result/<int:wave_id>/", schools.office_result, name="office_result"),
    path(SCHOOL, schools.school_programme, name="school_programme"),
    path(f"{SCHOOL}log/", schools.openings, name="openings"),
    path(f"{SCHOOL}priority/", schools.priority, name="shared_priority"),
    path(f"{SCHOOL}priority/end/", schools.priority_end, name="shared_priority_end"),
    path(f"{SCHOOL}results/<int:wave_id>/", schools.result_shown, name="result_shown"),
    path(f"{SCHOOL}calendar.ics", cohorts.school_calendar, name="school_calendar"),
    path(f"{OFFICE}school/<int:school_id>/invite/", schools.office_invite_principal, name="office_invite_principal"),
    path(f"{OFFICE}program/new/", programmes.programme_new, name="programme_new"),
    path(PROGRAMME, programmes.programme, name="programme"),
    path(f"{PROGRAMME}theory/", programmes.theory, name="programme_theory"),
    path(f"{PROGRAMME}strands/<int:strand_id>/", programmes.strand, name="strand"),
    path(f"{PROGRAMME}phases/new/", programmes.phase_new, name="phase_new"),
    path(PHASE, programmes.phase, name="phase"),
    path(f"{PHASE}move/", programmes.phase_move, name="phase_move"),
    path(f"{PROGRAMME}cohorts/new/", programmes.cohort_new, name="cohort_new"),
    path(f"{PROGRAMME}outcomes/", outcomes.outcomes, name="outcomes"),
    path(f"{PROGRAMME}outcomes.csv", outcomes.outcomes_file, name="outcomes_file"),
    path(f"{PROGRAMME}applications/", applications.applications, name="applications"),
    path(f"{PROGRAMME}applications/door/", applications.taking, name="applications_taking"),
    path(COHORT, cohorts.cohort, name="cohort"),
    path(f"{COHORT}edit/", cohorts.cohort_edit, name="cohort_edit"),
    path(f"{COHORT}schools/", cohorts.enrol, name="enrol"),
    path(f"{COHORT}schools/file/", bulk.schools_file, name="schools_file"),
    path(f"{COHORT}schools/take-in/", bulk.schools_take_in, name="schools_take_in"),
    path(f"{COHORT}days/", cohorts.days, name="days"),
    path(f"{COHORT}days.ics", cohorts.days_file, name="days_file"),
    path(f"{COHORT}days/new/", cohorts.day_new, name="day_new"),
    path(DAY, cohorts.day, name="day"),
    path(f"{DAY}drop/", cohorts.day_drop, name="day_drop"),
    path(f"{COHORT}rounds/new/", rounds.round_new, name="round_new"),
    path(f"{COHORT}rounds/<int:round_id>/", rounds.survey_round, name="round"),
    path(f"{COHORT}rounds/<int:round_id>/drop/", rounds.round_drop, name="round_drop"),
    path(f"{ENROLMENT}phase/", cohorts.enrolment_phase, name="enrolment_phase"),
    path(f"{ENROLMENT}leave/", cohorts.enrolment_leave, name="enrolment_leave"),
    path(APPLICATION, applications.application, name="application"),
    path(f"{APPLICATION}reviewer/", applications.reviewer, name="application_reviewer"),
    path(f"{APPLICATION}review/", applications.review, name="application_review"),
    path(f"{APPLICATION}decide/", applications.decide, name="application_decide"),
    path("apply/<slug:slug>/", applications.apply, name="apply"),
    path("applied/<str:secret>/", applications.applied, name="applied"),
    *company_urls.urlpatterns,
    *leaving_urls.urlpatterns,
    *year_urls.urlpatterns,
]
