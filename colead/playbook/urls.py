from django.urls import path

from colead.playbook.views import assessments, conditions, guides, papers, portable, printing, questions, reading, room

TEAM = "t/<int:team_id>/"

urlpatterns = [
    path("home/", room.home, name="home"),
    path("playbook/", reading.contents, name="playbook"),
    path("playbook/glossary/", reading.glossary, name="glossary"),
    path("playbook/print/<slug:kind>/<slug:name>.<slug:form>", printing.blank, name="print_blank"),
    path("playbook/<slug:condition>/", reading.condition, name="condition"),
    path(TEAM, room.team_room, name="team_room"),
    path(f"{TEAM}left-off/", room.left_off, name="left_off"),
    path(f"{TEAM}before/", room.before, name="before"),
    path(f"{TEAM}before/put-away/", room.put_away, name="put_notes_away"),
    path(f"{TEAM}overview/", guides.overview, name="overview"),
    path(f"{TEAM}conditions/", conditions.conditions, name="conditions"),
    path(f"{TEAM}felt/", conditions.felt, name="felt"),
    path(f"{TEAM}choose/", conditions.choose, name="choose"),
    path(f"{TEAM}assess/<slug:condition>/", assessments.assess, name="assess"),
    path(f"{TEAM}assess/<slug:condition>/start/", assessments.start, name="start_assessment"),
    path(f"{TEAM}assess/<slug:condition>/reveal/", assessments.reveal, name="reveal_assessment"),
    path(f"{TEAM}assess/<slug:condition>/finish/", assessments.finish, name="finish_assessment"),
    path(f"{TEAM}assess/<slug:condition>/paper/", papers.rubric, name="rubric_paper"),
    path(f"{TEAM}assess/<slug:condition>/<str:code>/", assessments.criterion, name="criterion"),
    path(f"{TEAM}guides/<slug:condition>/", guides.guide, name="guide"),
    path(f"{TEAM}guides/<slug:condition>/finish/", guides.finish, name="finish_walk"),
    path(f"{TEAM}guides/<slug:condition>/<slug:part>/paper/", papers.guide_part, name="paper"),
    path(f"{TEAM}q/<str:code>/", questions.question, name="question"),
    path(f"{TEAM}q/<str:code>/reveal/", questions.reveal, name="reveal"),
    path(f"{TEAM}q/<str:code>/note/", questions.note, name="note"),
    path(f"{TEAM}q/<str:code>/decide/", questions.decide, name="decide"),
    path(f"{TEAM}task/<str:code>/", guides.task, name="task"),
    path(f"{TEAM}portable/", portable.portable, name="portable"),
    path(f"{TEAM}portable/team.json", portable.export, name="export_team"),
    path(f"{TEAM}print/<slug:kind>/<slug:name>.<slug:form>", printing.filled, name="print_filled"),
]
