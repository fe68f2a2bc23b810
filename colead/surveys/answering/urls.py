"""Addresses of the pages that staff answer on. Short, since people type them."""

from django.urls import path

from colead.surveys.views import answering

urlpatterns = [
    path("", answering.start, name="answer_start"),
    path("<slug:tag>/", answering.answer, name="answer"),
    path("<slug:tag>/receipts/", answering.receipts, name="receipts"),
    path("<slug:tag>/kept/", answering.notice, name="survey_kept"),
    path("<slug:tag>/in/<slug:language>/", answering.answer, name="answer_in"),
]
