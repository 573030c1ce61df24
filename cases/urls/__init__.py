"""URLs of the floor `cases`, each with its roles and its object rule; one module per noun."""

from __future__ import annotations

from cases.urls import entwurf, stamm

urlpatterns = [
    *stamm.urlpatterns,
    *entwurf.urlpatterns,
]
