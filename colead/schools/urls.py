"""Addresses of schools, teams' people, ways in, offices and staff lists."""

from django.urls import path

from colead.schools.views import importing, joining, offices, roster, schools, teams

TEAM = "t/<int:team_id>/people/"
SCHOOL = "schools/<int:school_id>/"
OFFICE = "office/<int:office_id>/"

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/waiting/", joining.join_waiting, name="join_waiting"),
    path("join/<str:secret>/", joining.invitation, name="invitation"),
    path("schools/new/", schools.school_new, name="school_new"),
    path(SCHOOL, schools.school_page, name="school_page"),
    path(f"{SCHOOL}edit/", schools.school_edit, name="school_edit"),
    path(f"{SCHOOL}teams/new/", schools.team_new, name="team_new"),
    path(f"{SCHOOL}invite/", schools.school_invite, name="school_invite"),
    path(f"{SCHOOL}code/", schools.school_code, name="school_code"),
    path(f"{SCHOOL}invitations/<int:invitation_id>/close/", schools.school_invitation, name="school_invitation"),
    path(f"{SCHOOL}seats/<int:seat_id>/end/", schools.seat_end, name="seat_end"),
    path(f"{SCHOOL}link/", schools.school_link, name="school_link"),
    path(f"{SCHOOL}unlink/", schools.school_unlink, name="school_unlink"),
    path(f"{SCHOOL}roster/", roster.roster, name="roster"),
    path(f"{SCHOOL}roster/add/", roster.roster_add, name="roster_add"),
    path(f"{SCHOOL}roster/import/", importing.roster_import, name="roster_import"),
    path(f"{SCHOOL}roster/import/look/", importing.roster_look, name="roster_look"),
    path(f"{SCHOOL}roster/import/take-in/", importing.roster_take_in, name="roster_take_in"),
    path(f"{SCHOOL}roster/staff.<str:form>", roster.roster_export, name="roster_export"),
    path(f"{SCHOOL}roster/<int:entry_id>/", roster.roster_line, name="roster_line"),
    path(f"{SCHOOL}roster/<int:entry_id>/left/", roster.roster_left, name="roster_left"),
    path(TEAM, teams.team_people, name="team_people"),
    path(f"{TEAM}invite/", teams.team_invite, name="team_invite"),
    path(f"{TEAM}code/", teams.team_code, name="team_code"),
    path(f"{TEAM}leave/", teams.team_leave, name="team_leave"),
    path(f"{TEAM}invitations/<int:invitation_id>/close/", teams.team_invitation, name="team_invitation"),
    path(f"{TEAM}<int:member_id>/", teams.team_member, name="team_member"),
    path(f"{TEAM}<int:member_id>/answer/", teams.team_waiting, name="team_waiting"),
    path(f"{OFFICE}people/", offices.office_people, name="office_people"),
    path(f"{OFFICE}invite/", offices.office_invite, name="office_invite"),
    path(f"{OFFICE}code/", offices.office_code, name="office_code"),
    path(f"{OFFICE}invitations/<int:invitation_id>/close/", offices.office_invitation, name="office_invitation"),
]
