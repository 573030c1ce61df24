"""Legal preconditions of the values that the authority sets for itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cases.models import (
    EigenerWert,
    User,
    Wertschluessel,
    wertschluessel,
)
from cases.models.eigener_wert import AUSWAHL
from cases.registry.schritt import Hindernis
from cases.states.wert import Wertzustand
from recht.bemessung import stunden
from recht.fehler import RechtFehler
from recht.parameter import alle_parameter, reihe
from recht.rechtsstand import rechtsstand_am

# Own values outside these bounds are slips of the pen; no norm sets them.
_VORLAUF_HOECHSTENS = 365


_BETRAG_HOECHSTENS = Decimal("99999.99")


_ANZAHL_HOECHSTENS = 1000


def wert_einstellbar(schluessel: str) -> Hindernis | None:
    """§ 31 SGB I: what a norm fixes, the authority cannot set for itself."""
    if schluessel in wertschluessel():
        return None
    for gesetzlich in alle_parameter():
        if gesetzlich.schluessel == schluessel:
            letzter = gesetzlich.werte[-1]
            return Hindernis(
                f"„{gesetzlich.bezeichnung}“ ist vorgegeben und kann nicht durch einen eigenen "
                "Wert ersetzt werden.",
                letzter.norm,
            )
    return Hindernis(
        f"„{schluessel}“ gehört nicht zu den Werten, die eine Behörde selbst festlegt.",
        "§ 31 SGB I",
    )


def richtwert_nach_der_tabelle(schluessel: str, gueltig_ab: date) -> Hindernis | None:
    """KVJS-Leitfaden 2010 Anlage 3: an own Richtwert begins when the published table has ended."""
    art, _, rest = schluessel.partition(".")
    if art != "richtwert":
        return None
    tabelle = reihe(f"kvjs_richtwert.{rest}")
    if gueltig_ab > tabelle.deckung_bis:
        return None
    return Hindernis(
        f"Bis zum {tabelle.deckung_bis:%d.%m.%Y} gilt die Tabelle des KVJS. Ein eigener Richtwert "
        "kann erst danach beginnen.",
        "KVJS-Leitfaden 2010 Anlage 3",
    )


def wert_im_rahmen(
    schluessel: str, zahl: Decimal | None, auswahl: str | None, gueltig_ab: date
) -> Hindernis | None:
    """§ 29 Abs. 2 S. 6 SGB IX: a value that is to meet the need must be possible at all."""
    art = wertschluessel()[schluessel]
    try:
        rechtsstand_am(gueltig_ab)
        text = _outside(art, zahl, auswahl, gueltig_ab)
    except RechtFehler as error:
        text = str(error)
    return Hindernis(text, art.norm) if text else None


def _outside(
    art: Wertschluessel, zahl: Decimal | None, auswahl: str | None, gueltig_ab: date
) -> str:
    """Return what is wrong with the value, empty when nothing is; may raise RechtFehler."""
    if art.ist_auswahl:
        passt = auswahl in AUSWAHL[art.schluessel].values
        return "" if passt else f"Bitte wählen Sie aus: {art.titel}."
    if zahl is None:
        return "Bitte geben Sie den Wert als Zahl an."
    if art.einheit == "Tage":
        ganz = zahl == zahl.to_integral_value()
        # On its last day a Frist is due; it is the supervisor's matter from the next day on.
        mindestens = 1 if art.schluessel.startswith("eskalation.") else 0
        if not ganz or not mindestens <= zahl <= _VORLAUF_HOECHSTENS:
            return f"Möglich sind ganze Tage von {mindestens} bis {_VORLAUF_HOECHSTENS}."
    elif art.einheit == "Anzahl":
        if zahl != zahl.to_integral_value() or not 1 <= zahl <= _ANZAHL_HOECHSTENS:
            return f"Eine Grenze ist eine ganze Zahl von 1 bis {_ANZAHL_HOECHSTENS}."
    elif art.einheit == "Faktor":
        stunden(Decimal(1), Decimal(1), "woche", gueltig_ab, wochenfaktor=zahl)
        if zahl != round(zahl, 4):
            return "Der Wochenfaktor hat höchstens vier Stellen nach dem Komma."
    elif not 0 < zahl <= _BETRAG_HOECHSTENS or zahl != round(zahl, 2):
        return "Ein Betrag liegt über 0 € und unter 100.000 €, mit höchstens zwei Stellen."
    return ""


def wert_durch_zweite_person(wert: EigenerWert, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz zu § 31 SGB I: who proposed a value does not release it."""
    if wert.vorgeschlagen_von_id != by.pk:
        return None
    return Hindernis(
        "Sie haben diesen Wert selbst vorgeschlagen. Freigeben muss ihn eine zweite Person der "
        "Fachadministration oder der Sachgebietsleitung.",
        "Vier-Augen-Grundsatz",
    )


def wert_einmal_je_tag(schluessel: str, gueltig_ab: date) -> Hindernis | None:
    """§ 31 SGB I: on one day one value holds; a second one from the same day would be a choice."""
    if not EigenerWert.objects.filter(
        schluessel=schluessel, gueltig_ab=gueltig_ab, state=Wertzustand.FREIGEGEBEN
    ).exists():
        return None
    return Hindernis(
        f"Ab dem {gueltig_ab:%d.%m.%Y} ist dieser Wert bereits freigegeben. "
        "Eine Änderung ist ein neuer Wert von einem anderen Tag an."
    )


def wert_noch_nicht_in_kraft(wert: EigenerWert, stichtag: date) -> Hindernis | None:
    """§ 31 SGB I: what has been in force stays on record; a later value ends it."""
    if wert.gueltig_ab > stichtag:
        return None
    return Hindernis(
        f"Der Wert gilt seit dem {wert.gueltig_ab:%d.%m.%Y} und bleibt nachvollziehbar. "
        "Eine Änderung ist ein neuer Wert von einem späteren Tag an."
    )
