from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "colead.decisions"
