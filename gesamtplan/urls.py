"""URLs of the floor `gesamtplan`, each with its roles and its object rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern

from cases.access import FALLROLLEN, SCHREIBROLLEN
from cases.registry.routen import FALL, route
from cases.schreiben.views.vorschau import vorschau
from cases.states.rolle import Rolle
from gesamtplan.bedarf import views as bedarf
from gesamtplan.plan.schreiben import ART
from gesamtplan.plan.views import freigabe, gesamtplan, leistung, teilhabeziel

_BEDARF = "faelle/<int:fall>/bedarf/"
_PLAN = "faelle/<int:fall>/gesamtplan/"
_VERSION = f"{_PLAN}<int:version>/"


def _reads(muster: str, view: Callable[..., Any]) -> URLPattern:
    return route(muster, view, name=view.__name__, rollen=FALLROLLEN, objekt=FALL)


def _writes(
    muster: str, view: Callable[..., Any], rollen: tuple[Rolle, ...] = SCHREIBROLLEN
) -> URLPattern:
    return route(muster, view, name=view.__name__, rollen=rollen, objekt=FALL, schreibt=True)


urlpatterns = [
    _reads(_BEDARF, bedarf.bedarf),
    _writes(f"{_BEDARF}neu/", bedarf.bedarf_neu),
    _reads(f"{_BEDARF}<int:ermittlung>/", bedarf.bedarf_anzeigen),
    _writes(f"{_BEDARF}<int:ermittlung>/bearbeiten/", bedarf.bedarf_bearbeiten),
    _writes(f"{_BEDARF}<int:ermittlung>/abschliessen/", bedarf.bedarf_abschliessen),
    _reads(_PLAN, gesamtplan.gesamtplan),
    _writes(f"{_PLAN}neu/", gesamtplan.gesamtplan_neu),
    _reads(_VERSION, gesamtplan.gesamtplan_version),
    _reads(f"{_VERSION}vergleich/", gesamtplan.gesamtplan_vergleich),
    route(f"{_VERSION}pdf/", vorschau(ART), name="gesamtplan_pdf", rollen=FALLROLLEN, objekt=FALL),
    _writes(f"{_VERSION}inhalte/", gesamtplan.gesamtplan_inhalte),
    _writes(f"{_VERSION}fortschreiben/", gesamtplan.gesamtplan_fortschreiben),
    _writes(f"{_VERSION}ziele/neu/", teilhabeziel.teilhabeziel_neu),
    _writes(f"{_VERSION}ziele/<int:nummer>/", teilhabeziel.teilhabeziel_bearbeiten),
    _writes(f"{_VERSION}ziele/<int:nummer>/entfernen/", teilhabeziel.teilhabeziel_entfernen),
    _writes(f"{_VERSION}leistungen/neu/", leistung.leistung_neu),
    _writes(f"{_VERSION}leistungen/<int:leistung>/", leistung.leistung_bearbeiten),
    _writes(f"{_VERSION}leistungen/<int:leistung>/entfernen/", leistung.leistung_entfernen),
    _writes(f"{_VERSION}vorlegen/", freigabe.gesamtplan_vorlegen),
    route(
        f"{_VERSION}freigeben/",
        freigabe.gesamtplan_freigeben,
        name="gesamtplan_freigeben",
        rollen=(Rolle.LEITUNG,),
        objekt=FALL,
        schreibt=True,
        bestaetigt=True,
    ),
    _writes(f"{_VERSION}zurueckgeben/", freigabe.gesamtplan_zurueckgeben, (Rolle.LEITUNG,)),
]
