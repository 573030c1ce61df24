"""The step buttons of the case page that this floor offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from cases.fall.guards.case import (
    weiterleitung_innerhalb_der_frist,
    wiederaufnahme_nicht_nach_weiterleitung,
)
from cases.models import Case, User
from cases.registry.beitrag import registry
from cases.registry.schritt import Hindernis, Schritt
from cases.states.fall import FALL, Fallzustand
from cases.states.rolle import Rolle

_BEENDET = (Fallzustand.BEENDET, Fallzustand.WEITERGELEITET)
_SEITEN = {
    "antrag_stellen": "antrag_weiterer",
    "beratung_abschliessen": "beratung_abschliessen",
    "zustaendigkeit_feststellen": "zustaendigkeit",
    "weiterleiten": "weiterleiten",
    "ueberpruefen": "ueberpruefung",
    "fortfuehren": "fortfuehren",
    "beenden": "beenden",
}


def fallschritte(case: Case, user: User, stichtag: date) -> list[Schritt]:
    """Return the steps of the case's own table that this role may take in this state."""
    steps = []
    if case.state in _BEENDET and user.has_rolle(Rolle.LEITUNG):
        steps.append(_wiederaufnahme(case))
    for zeile in FALL.schritte(case.state):
        seite = _SEITEN.get(zeile.schritt)
        if seite is None or not user.rollen & zeile.rollen:
            continue
        check = _CHECKS.get(zeile.schritt)
        hindernisse = check(case, stichtag) if check else []
        steps.append(
            Schritt(
                zeile.titel,
                reverse(seite, args=[case.pk]),
                hindernisse=tuple(hindernisse),
                haupt=zeile.schritt == "zustaendigkeit_feststellen",
                gefahr=zeile.schritt == "beenden",
            )
        )
    return steps


def _wiederaufnahme(case: Case) -> Schritt:
    """Return the one step out of an ended case; a forwarded one says why there is none."""
    hindernis = wiederaufnahme_nicht_nach_weiterleitung(case)
    return Schritt(
        "Fall wieder aufnehmen",
        reverse("wiederaufnehmen", args=[case.pk]),
        hindernisse=(hindernis,) if hindernis else (),
    )


@dataclass(frozen=True)
class Schrittfolge:
    """The steps of a case as its page shows them: at most one is next."""

    naechster: Schritt | None
    weitere: tuple[Schritt, ...]
    verschlossen: tuple[Schritt, ...]
    endend: tuple[Schritt, ...]


def order_schritte(schritte: Iterable[Schritt]) -> Schrittfolge:
    """Sort steps: the first open main one is next; what ends something stands apart."""
    rows = list(schritte)
    endend = tuple(replace(s, haupt=False) for s in rows if s.gefahr)
    offen = [s for s in rows if not s.gefahr and not s.hindernisse]
    naechster = next((s for s in offen if s.haupt), None)
    return Schrittfolge(
        naechster=naechster,
        weitere=tuple(replace(s, haupt=False) for s in offen if s is not naechster),
        verschlossen=tuple(s for s in rows if not s.gefahr and s.hindernisse),
        endend=endend,
    )


def _forward(case: Case, stichtag: date) -> list[Hindernis]:
    """Every Antrag that could go is bound by its own Frist; one that may still go is enough."""
    found = [
        weiterleitung_innerhalb_der_frist(antrag, stichtag)
        for antrag in case.antraege.filter(weiterleitung__isnull=True).select_related("case")
    ]
    return [h for h in found if h] if all(found) else []


def _end(case: Case, stichtag: date) -> list[Hindernis]:
    return [h for source in registry.abschlusshindernisse for h in source(case, stichtag)]


_CHECKS: dict[str, Callable[[Case, date], list[Hindernis]]] = {
    "weiterleiten": _forward,
    "beenden": _end,
}
