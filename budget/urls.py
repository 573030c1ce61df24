"""URLs of the floor `budget`, each with its roles and its object rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import URLPattern

from budget.bemessung import views as teilbudget
from budget.bescheid import views as bescheid
from budget.uebersicht.views import budget as uebersicht
from budget.verfahren import views as persoenliches_budget
from budget.zahlung import views as auszahlung
from budget.zielvereinbarung import views as zielvereinbarung
from cases.access import SCHREIBROLLEN
from cases.registry.routen import FALL, route
from cases.schreiben.views.vorschau import vorschau
from cases.states.rolle import Rolle

LESEN = (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.REVISION)
NUR_LEITUNG = (Rolle.LEITUNG,)


def _seite(muster: str, view: Callable[..., Any], name: str) -> URLPattern:
    return route(f"faelle/<int:fall>/{muster}", view, name=name, rollen=LESEN, objekt=FALL)


def _schritt(
    muster: str, view: Callable[..., Any], name: str, rollen: Iterable[str] = SCHREIBROLLEN
) -> URLPattern:
    return route(
        f"faelle/<int:fall>/{muster}", view, name=name, rollen=rollen, objekt=FALL, schreibt=True
    )


_b, _t, _z, _e = persoenliches_budget, teilbudget, zielvereinbarung, bescheid

urlpatterns = [
    _seite("budget/", uebersicht.budget, "budget"),
    _schritt("budget/neu/", _b.budget_neu, "budget_neu"),
    _schritt("budget/bearbeiten/", _b.budget_bearbeiten, "budget_bearbeiten"),
    _schritt("budget/bemessen/", _t.budget_bemessen, "budget_bemessen"),
    _schritt("budget/ohne-vereinbarung/", _z.budget_ohne_vereinbarung, "budget_ohne_vereinbarung"),
    _schritt("budget/beenden/", _b.budget_beenden, "budget_beenden", NUR_LEITUNG),
    _schritt("budget/teilbudget/<int:leistung>/", _t.teilbudget, "teilbudget"),
    _schritt(
        "budget/teilbudget/<int:leistung>/entfernen/",
        _t.teilbudget_entfernen,
        "teilbudget_entfernen",
    ),
    _seite("zielvereinbarung/", _z.zielvereinbarung, "zielvereinbarung"),
    _seite("zielvereinbarung/pdf/", vorschau("zielvereinbarung"), "zielvereinbarung_pdf"),
    _schritt("zielvereinbarung/neu/", _z.zielvereinbarung_neu, "zielvereinbarung_neu"),
    _schritt(
        "zielvereinbarung/bearbeiten/",
        _z.zielvereinbarung_bearbeiten,
        "zielvereinbarung_bearbeiten",
    ),
    _schritt(
        "zielvereinbarung/ausfertigen/",
        _z.zielvereinbarung_ausfertigen,
        "zielvereinbarung_ausfertigen",
    ),
    _schritt(
        "zielvereinbarung/unterschriften/",
        _z.zielvereinbarung_unterschriften,
        "zielvereinbarung_unterschriften",
    ),
    _schritt(
        "zielvereinbarung/neu-verhandeln/",
        _z.zielvereinbarung_neu_verhandeln,
        "zielvereinbarung_neu_verhandeln",
    ),
    _seite("bescheid/", _e.bescheid, "bescheid"),
    _seite("bescheid/pdf/", vorschau("bescheid"), "bescheid_pdf"),
    _schritt("bescheid/neu/", _e.bescheid_neu, "bescheid_neu"),
    _schritt("bescheid/bearbeiten/", _e.bescheid_bearbeiten, "bescheid_bearbeiten"),
    _schritt("bescheid/vorlegen/", _e.bescheid_vorlegen, "bescheid_vorlegen"),
    route(
        "faelle/<int:fall>/bescheid/freigabe/",
        _e.bescheid_freigabe,
        name="bescheid_freigabe",
        rollen=NUR_LEITUNG,
        objekt=FALL,
        schreibt=True,
        bestaetigt=True,
    ),
    _schritt(
        "bescheid/zurueckgeben/", _e.bescheid_zurueckgeben, "bescheid_zurueckgeben", NUR_LEITUNG
    ),
    route(
        "auszahlungen/",
        auszahlung.auszahlungen,
        name="auszahlungen",
        rollen=(Rolle.KASSE, Rolle.LEITUNG),
        menue="Auszahlungen",
    ),
]
