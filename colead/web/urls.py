from django.urls import path

from colead.web import views

urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
]
