from django.apps import AppConfig

from colead.answers import checks  # noqa: F401  # registers itself


class AnswersConfig(AppConfig):
    name = "colead.answers"
