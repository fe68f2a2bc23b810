from django.apps import AppConfig


class StaffpageConfig(AppConfig):
    name = "colead.staffpage"
