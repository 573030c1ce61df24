"""The step buttons of the case page that this floor offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from cases import guards
from cases.models import Case, User
from cases.registry import Hindernis, Schritt, registry
from cases.states import FALL

_SEITEN = {
    "zustaendigkeit_feststellen": "zustaendigkeit",
    "weiterleiten": "weiterleiten",
    "ueberpruefen": "ueberpruefung",
    "fortfuehren": "fortfuehren",
    "beenden": "beenden",
}


def fallschritte(case: Case, user: User, stichtag: date) -> list[Schritt]:
    """Return the steps of the case's own table that this role may take in this state."""
    steps = []
    for zeile in FALL.schritte(case.state):
        seite = _SEITEN.get(zeile.schritt)
        if seite is None or not user.rollen & zeile.rollen:
            continue
        check = _CHECKS.get(zeile.schritt)
        hindernisse = check(case, stichtag) if check else []
        steps.append(
            Schritt(zeile.titel, reverse(seite, args=[case.pk]), hindernisse=tuple(hindernisse))
        )
    return steps


def _forward(case: Case, stichtag: date) -> list[Hindernis]:
    hindernis = guards.weiterleitung_innerhalb_der_frist(case, stichtag)
    return [hindernis] if hindernis else []


def _end(case: Case, stichtag: date) -> list[Hindernis]:
    return [h for source in registry.abschlusshindernisse for h in source(case, stichtag)]


_CHECKS: dict[str, Callable[[Case, date], list[Hindernis]]] = {
    "weiterleiten": _forward,
    "beenden": _end,
}
