"""Letters about the proof of use: asked for, reminded of, checked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.urls import reverse

from budget.models import Verwendungsnachweis
from budget.states.ueberpruefung import Nachweisstand, nachweisnorm_of
from budget.ueberpruefung.guards import nachweis_ueberfaellig
from budget.ueberpruefung.queries import finde_nachweis, proved_teile
from cases.models import Schreiben
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.satz.brief import unterzeichner_daten
from cases.states.inhalt import BRIEF, Inhalt

ANFORDERUNG = "nachweis_anforderung"
ERINNERUNG = "nachweis_erinnerung"
ERGEBNIS = "nachweis_ergebnis"


def nachweis_daten(row: Verwendungsnachweis) -> dict[str, Any]:
    """Return what the letters say: stretch, amount, what is to be shown, and the result."""
    budget = row.persoenliches_budget
    ansprechpartner = budget.case.caseworker
    return {
        "zeitraum": {"von": row.von.isoformat(), "bis": row.bis.isoformat()},
        "faellig_am": row.faellig_am.isoformat(),
        "angefordert_am": row.angefordert_am.isoformat() if row.angefordert_am else "",
        "betrag": str(row.zu_belegen),
        "norm": nachweisnorm_of(budget.beginn),
        "teile": [
            {
                "bezeichnung": t.leistung.bezeichnung,
                "betrag": str(t.betrag),
                "nachweis": str(t.get_nachweisart_display()),
                "naeher": t.nachweis.strip(),
            }
            for t in proved_teile(budget)
        ],
        "ergebnis": _ergebnis(row),
        "unterzeichner": unterzeichner_daten(ansprechpartner),
    }


def _ergebnis(row: Verwendungsnachweis) -> dict[str, Any]:
    if row.state != Nachweisstand.GEPRUEFT:
        return {}
    return {
        "verwendet": str(row.verwendet),
        "angespart": str(row.angespart),
        "zurueck": str(row.zurueck),
        "text": [zeile.strip() for zeile in row.ergebnis.splitlines() if zeile.strip()],
    }


def _anforderung(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    row: Verwendungsnachweis = anlass.gegenstand
    if row.state != Nachweisstand.VERLANGT:
        norm = nachweisnorm_of(row.persoenliches_budget.beginn)
        yield Hindernis(f"Der Nachweis ist schon {row.get_state_display()}.", norm)


def _erinnerung(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    yield nachweis_ueberfaellig(anlass.gegenstand, anlass.tag)


def _geprueft(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    row: Verwendungsnachweis = anlass.gegenstand
    if row.state != Nachweisstand.GEPRUEFT:
        norm = nachweisnorm_of(row.persoenliches_budget.beginn)
        yield Hindernis("Der Nachweis ist noch nicht geprüft.", norm)


def _nicht_mehr_verlangt(schreiben: Schreiben) -> Hindernis | None:
    """§ 29 Abs. 4 S. 2 Nr. 2 SGB IX: nobody is asked for what is not owed any more."""
    kennung = schreiben.gegenstand.partition(":")[2]
    rows = Verwendungsnachweis.objects.filter(state=Nachweisstand.ZURUECKGENOMMEN)
    if not rows.filter(pk=int(kennung)).exists():
        return None
    return Hindernis("Dieser Nachweis wird nicht mehr verlangt; das Schreiben darf nicht hinaus.")


_art = partial(
    Schreibenart,
    maengel=_nicht_mehr_verlangt,
    daten=lambda anlass: nachweis_daten(anlass.gegenstand),
    finde=finde_nachweis,
    seite=lambda anlass: reverse("budget_ueberpruefung", args=[anlass.case.pk]),
    einmal=True,
    inhalte=BRIEF | {Inhalt.BETRAEGE},
)
_ORT = "budget/ueberpruefung/schreiben_"
SCHREIBENARTEN = (
    _art(
        ANFORDERUNG,
        "Bitte um den Verwendungsnachweis",
        f"{_ORT}anforderung.html",
        pruefungen=_anforderung,
        ausloeser="die Zielvereinbarung verlangt einen Nachweis",
        norm="§ 29 Abs. 4 S. 2 Nr. 2 SGB IX",
    ),
    _art(
        ERINNERUNG,
        "Erinnerung an den Verwendungsnachweis",
        f"{_ORT}erinnerung.html",
        pruefungen=_erinnerung,
        ausloeser="der Nachweis ist überfällig",
        norm="§ 29 Abs. 4 S. 2 Nr. 2 SGB IX",
    ),
    _art(
        ERGEBNIS,
        "Ergebnis der Prüfung Ihres Nachweises",
        f"{_ORT}ergebnis.html",
        pruefungen=_geprueft,
        ausloeser="der Nachweis ist geprüft",
        norm="§ 29 Abs. 4 S. 2 Nr. 2 SGB IX",
    ),
)
