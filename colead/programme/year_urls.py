"""Addresses of the year's report and of what goes to people outside."""

from django.urls import path

from colead.programme.views import years

YEARS = "office/<int:office_id>/program/<int:programme_id>/years/"

urlpatterns = [
    path(YEARS, years.years, name="years"),
    path(f"{YEARS}<int:begins>/", years.year, name="year"),
    path(f"{YEARS}<int:begins>.<slug:form>", years.year_sheet, name="year_sheet"),
    path(f"{YEARS}package/<slug:what>.zip", years.package, name="programme_package"),
]
