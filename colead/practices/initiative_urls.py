"""Addresses of what a school runs."""

from django.urls import path

from colead.practices.views import initiatives

ALL = "t/<int:team_id>/initiatives/"
ONE = f"{ALL}<int:row_id>/"

urlpatterns = [
    path(ALL, initiatives.initiatives, name="initiatives"),
    path(f"{ALL}start/", initiatives.start, name="initiatives_start"),
    path(f"{ALL}mine/", initiatives.mine, name="initiatives_mine"),
    path(f"{ALL}reveal/", initiatives.reveal, name="initiatives_reveal"),
    path(f"{ALL}add/", initiatives.add, name="initiative_add"),
    path(f"{ALL}paste/", initiatives.paste, name="initiatives_paste"),
    path(f"{ALL}close/", initiatives.close, name="initiatives_close"),
    path(f"{ALL}past/<int:number>/", initiatives.past, name="initiatives_past"),
    path(f"{ALL}list.<slug:form>", initiatives.listed, name="initiatives_list"),
    path(f"{ALL}blank.<slug:form>", initiatives.blank, name="initiatives_blank"),
    path(ONE, initiatives.initiative, name="initiative"),
    path(f"{ONE}decide/", initiatives.decide, name="initiative_decide"),
    path(f"{ONE}merge/", initiatives.merge, name="initiative_merge"),
    path(f"{ONE}part/", initiatives.part, name="initiative_part"),
    path(f"{ONE}stop/", initiatives.stop, name="initiative_stop"),
]
