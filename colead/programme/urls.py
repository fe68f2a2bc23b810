"""Where the office follows its schools."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
