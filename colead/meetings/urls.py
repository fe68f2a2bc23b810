"""Norms, meetings and timed protocols."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
