"""The addresses of the time finder."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
