from django.urls import path

from colead.plans import views

urlpatterns = [
    path("t/<int:team_id>/evidence/", views.evidence, name="evidence"),
]
