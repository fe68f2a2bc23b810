from django.urls import path

from colead.decisions import views

urlpatterns = [
    path("t/<int:team_id>/decisions/", views.decisions, name="decisions"),
    path("t/<int:team_id>/decisions/<int:decision_id>/", views.decision, name="decision"),
]
