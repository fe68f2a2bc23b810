"""The practices around the walk: what we run, when we meet, whom we watch."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
