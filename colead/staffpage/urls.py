"""What all staff read."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
