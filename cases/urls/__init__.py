"""URLs of the floor `cases`, each with its roles and its object rule; one module per noun."""

from __future__ import annotations

from cases.urls import (
    antrag,
    chronik,
    einwilligung,
    entwurf,
    person,
    stamm,
    tisch,
    uebergabe,
    uebernahme,
    unterlage,
    verzeichnis,
    zugang,
    zustaendigkeit,
)

urlpatterns = [
    *stamm.urlpatterns,
    *antrag.urlpatterns,
    *zustaendigkeit.urlpatterns,
    *person.urlpatterns,
    *verzeichnis.urlpatterns,
    *entwurf.urlpatterns,
    *einwilligung.urlpatterns,
    *zugang.urlpatterns,
    *chronik.urlpatterns,
    *unterlage.urlpatterns,
    *uebergabe.urlpatterns,
    *tisch.urlpatterns,
    *uebernahme.urlpatterns,
]
