from django.urls import path

from colead.plans.views import evidence

TEAM = "t/<int:team_id>/"

urlpatterns = [
    path(f"{TEAM}evidence/", evidence.evidence, name="evidence"),
]
