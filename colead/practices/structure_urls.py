"""Addresses of the eight ways of working together."""

from django.urls import path

from colead.practices.views import structures

ALL = "t/<int:team_id>/structures/"
ONE = f"{ALL}kinds/<slug:kind>/"

urlpatterns = [
    path(ALL, structures.structures, name="structures"),
    path(f"{ALL}begin/", structures.begin, name="structures_begin"),
    path(f"{ALL}close/", structures.close, name="structures_close"),
    path(f"{ALL}past/<int:number>/", structures.past, name="structures_past"),
    path(f"{ALL}list.<slug:form>", structures.listed, name="structures_list"),
    path(f"{ALL}blank.<slug:form>", structures.blank, name="structures_blank"),
    path(ONE, structures.structure, name="structure"),
    path(f"{ONE}barrier/", structures.to_barrier, name="structure_to_barrier"),
    path(f"{ONE}idea/", structures.to_idea, name="structure_to_idea"),
]
