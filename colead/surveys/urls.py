"""Addresses of surveys, results and findings inside a school; the pages staff answer on are in `answering.urls`."""

urlpatterns = []
