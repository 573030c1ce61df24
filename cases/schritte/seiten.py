"""The pages on which the steps of all tables are taken, and the places of hints beside them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from cases.registry.textstelle import HINWEIS, Textstelle
from cases.schritte import Schritttafel

_JEDER_SCHRITT = "bei jedem Schritt"


@cache
def step_tables() -> tuple[Schritttafel[Any], ...]:
    """Return the rows of all rooms, each table once, in the order of the floors."""
    found: dict[int, Schritttafel[Any]] = {}
    # An upper floor is named nowhere here: what is installed is looked through.
    own = [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    for app in own:
        for info in pkgutil.walk_packages([app.path], f"{app.name}."):
            if info.name.endswith(".schritte") and not info.name.endswith("views.schritte"):
                values = vars(importlib.import_module(info.name)).values()
                found |= {id(v): v for v in values if isinstance(v, Schritttafel)}
    return tuple(found.values())


@cache
def hinweisstellen() -> tuple[Textstelle, ...]:
    """Return where the authority's own hints may stand: each step that has a page.

    Before the steps of a table stands the place for all of them.
    """
    found: dict[str, Textstelle] = {}
    for tafel in step_tables():
        name = tafel.tafel.name
        schritte = [z.schritt for z in tafel.zeilen if _has_page(z)]
        if not schritte:
            continue
        gruppe = f"Arbeitshinweis: {name}"
        alle = f"{HINWEIS}{name}."
        found.setdefault(alle, Textstelle(alle, _JEDER_SCHRITT, gruppe))
        for schritt in schritte:
            uebergang = tafel.tafel.uebergang(schritt)
            norm = str(uebergang.norm_am() or "")
            stelle = Textstelle(f"{alle}{schritt}", uebergang.titel, gruppe, norm)
            found.setdefault(stelle.schluessel, stelle)
    return tuple(found.values())


@cache
def hint_places() -> Mapping[str, frozenset[str]]:
    """Return by the route of a page the keys of the places whose hints stand there."""
    found: dict[str, set[str]] = {}
    for tafel in step_tables():
        alle = f"{HINWEIS}{tafel.tafel.name}."
        for zeile in tafel.zeilen:
            if _has_page(zeile):
                found.setdefault(zeile.seite, set()).update({alle, f"{alle}{zeile.schritt}"})
    return {seite: frozenset(stellen) for seite, stellen in found.items()}


def _has_page(zeile: Any) -> bool:
    """Tell whether a step has a page to read before it is taken, not only a button."""
    return bool(zeile.methode == "get" or zeile.eingang)
