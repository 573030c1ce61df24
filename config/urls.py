"""The URL tree: every pattern has its row in the list of routes, see cases/registry.py."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
    path("", include("cases.urls")),
]
