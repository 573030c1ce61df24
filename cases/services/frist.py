"""Fristen start, end and are lifted here; their dates come from `recht.fristen` only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from django.db import models

from cases.models import Behoerde, Case, EigenerWert, Frist, User
from cases.models.eigener_wert import tage_text
from cases.queries.eigener_wert import eigener_wert
from cases.services.ereignis import gegenstand_of
from cases.states import Friststufe, Fristwirkung, Fristzustand
from recht.fristen import Fristergebnis, berechne_frist, katalog
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand

# Who acts according to the catalogue: only then does an open end mean work for the authority.
_TRAEGER = ("T", "RT")


def land() -> str:
    """Return the Land of the authority; its holidays decide where a Frist ends."""
    return Behoerde.objects.values_list("land", flat=True).get(pk=1)


def start_frist(
    *,
    case: Case,
    regel: str,
    gegenstand: models.Model,
    ausloeser: date,
    by: User | None,
    rechtsstand: Rechtsstand | None = None,
    laenge: str | None = None,
    geltend_bis: date | None = None,
    pausen: Sequence[tuple[date, date]] = (),
) -> Frist:
    """Compute and store one Frist; calling it again for the same object returns the stored row.

    Raises `recht.fehler.RechtFehler` when the law knows no such Frist on that day, so that no
    plausible but wrong date is ever stored.
    """
    key = gegenstand_of(gegenstand)
    known = (
        Frist.objects.filter(case=case, regel=regel, gegenstand=key)
        .exclude(state=Fristzustand.AUFGEHOBEN)
        .first()
    )
    if known is not None:
        return known
    ergebnis = calculate_frist(
        regel,
        ausloeser,
        land(),
        rechtsstand=rechtsstand,
        laenge=laenge,
        geltend_bis=geltend_bis,
        pausen=pausen,
    )
    return Frist.objects.create(
        case=case, regel=regel, gegenstand=key, **frist_values(ergebnis, wirkung_of(regel))
    )


def calculate_frist(regel: str, ausloeser: date, land: str, **angaben: Any) -> Fristergebnis:
    """Compute one Frist with the lead time that the authority has set for itself, if it has.

    The own lead time counts when it holds on the trigger day; it moves the reminder only, never
    the end, and the account names it. `angaben` are those of `recht.fristen.berechne_frist`.
    """
    wert = eigener_wert(f"vorlauf.{regel}", ausloeser)
    if wert is None or wert.zahl is None:
        return berechne_frist(regel, ausloeser, land, **angaben)
    tage = int(wert.zahl)
    ergebnis = berechne_frist(regel, ausloeser, land, vorlauf_tage=tage, **angaben)
    *davor, wiedervorlage = ergebnis.schritte
    return replace(ergebnis, schritte=(*davor, _vorlauf_schritt(wert, regel, tage), wiedervorlage))


def _vorlauf_schritt(wert: EigenerWert, regel: str, tage: int) -> Schritt:
    ueblich = tage_text(katalog()[regel].vorlauf_tage)
    return Schritt(
        f"Vorlauf der Wiedervorlage: {tage_text(tage)}, eigener Wert der Behörde ab "
        f"{wert.gueltig_ab:%d.%m.%Y} (ohne ihn: {ueblich})."
    )


def frist_values(ergebnis: Fristergebnis, wirkung: Fristwirkung) -> dict[str, object]:
    """Return the columns of a Frist row for a computed result."""
    if ergebnis.ende is None or ergebnis.ende_rechnerisch is None:
        raise ValueError(f"{ergebnis.frist} hat kein Ende und wird nicht als Frist geführt.")
    regel = katalog()[ergebnis.frist]
    eskalation = None
    if wirkung == Fristwirkung.HANDLUNG:
        eskalation = ergebnis.ende + timedelta(days=regel.eskalation_tage or 1)
    return {
        "bezeichnung": ergebnis.bezeichnung,
        "ausloeser_datum": ergebnis.ausloeser,
        "ende_rechnerisch": ergebnis.ende_rechnerisch,
        "ende": ergebnis.ende,
        "anzeige": ergebnis.anzeige,
        "verschoben_wegen": ergebnis.verschoben_wegen,
        "wiedervorlage": ergebnis.wiedervorlage,
        "eskalation": eskalation,
        "norm": str(ergebnis.norm),
        "rechtsstand": ergebnis.rechtsstand.value,
        "schritte": [asdict(s) for s in ergebnis.schritte],
        "wirkung": wirkung,
        "stufe": Friststufe.GEPLANT,
    }


def wirkung_of(regel: str) -> Fristwirkung:
    """Tell whether the authority has to act in this Frist or only watches it run out."""
    wer = katalog()[regel].wer.replace("+", " ").replace("/", " ").split()
    handelt = any(wort in _TRAEGER for wort in wer)
    return Fristwirkung.HANDLUNG if handelt else Fristwirkung.ABLAUF


def keep_frist(*, case: Case, regel: str, at: date, durch: str) -> int:
    """Mark the open Fristen of a rule as met (or as missed, when the end has passed).

    Returns the number of rows changed; none is not an error, the step may have come first.
    """
    rows = Frist.objects.filter(case=case, regel=regel, state=Fristzustand.OFFEN)
    kept = rows.filter(ende__gte=at).update(
        state=Fristzustand.GEWAHRT, erledigt_am=at, erledigt_durch=durch
    )
    missed = rows.filter(ende__lt=at).update(
        state=Fristzustand.VERSAEUMT, erledigt_am=at, erledigt_durch=durch
    )
    return kept + missed


def lift_frist(*, case: Case, regel: str, at: date, grund: str) -> int:
    """Lift open Fristen of a rule that have lost their ground; they stay readable."""
    return Frist.objects.filter(case=case, regel=regel, state=Fristzustand.OFFEN).update(
        state=Fristzustand.AUFGEHOBEN, erledigt_am=at, erledigt_durch=grund
    )
