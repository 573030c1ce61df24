"""Legal preconditions of the values that the authority sets for itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cases.guards import konten_der_person
from cases.models import (
    Behoerde,
    EigenerWert,
    User,
    Wertschluessel,
    wertschluessel,
)
from cases.models.wertschluessel import AUSWAHL, GEBIET, GESETZ, SITZ, SITZ_WEITERE
from cases.registry.schritt import Hindernis
from cases.states.wert import Wertzustand
from recht.bemessung import stunden
from recht.fehler import RechtFehler
from recht.feiertag import LAENDER
from recht.gebiet import read_gebiet
from recht.ortsfeiertag import ORTSFEIERTAGE, read_ortstage
from recht.parameter import alle_parameter, reihe
from recht.rechtsstand import rechtsstand_am

# Own values outside these bounds are slips of the pen; no norm sets them.
_VORLAUF_HOECHSTENS = 365


_BETRAG_HOECHSTENS = Decimal("99999.99")


_ANZAHL_HOECHSTENS = 1000


_TEXT_HOECHSTENS = 2000


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


def feiertag_des_landes(schluessel: str) -> Hindernis | None:
    """§ 26 Abs. 3 S. 1 SGB X: a local holiday is one of the Land in which the authority sits."""
    if not schluessel.startswith(SITZ):
        return None
    feiertag = ORTSFEIERTAGE[schluessel.removeprefix(SITZ)]
    land = Behoerde.objects.values_list("land", flat=True).get(pk=1)
    if land in feiertag.normen:
        return None
    wo = " und ".join(LAENDER[eines] for eines in feiertag.normen)
    return Hindernis(
        f"{feiertag.bezeichnung} ist in {LAENDER[land]} kein örtlicher Feiertag; ihn gibt es nur "
        f"in einzelnen Gemeinden in {wo}.",
        "§ 26 Abs. 3 S. 1 SGB X",
    )


def gesetzeswert_der_kommenden_zeit(schluessel: str, gueltig_ab: date) -> Hindernis | None:
    """§ 31 SGB I: only where the package has no value yet may one be entered ahead."""
    if not schluessel.startswith(GESETZ):
        return None
    eine = reihe(schluessel.removeprefix(GESETZ))
    if gueltig_ab > eine.deckung_bis:
        return None
    return Hindernis(
        f"Bis zum {eine.deckung_bis:%d.%m.%Y} enthält die Software den Wert. Eingegeben werden "
        "kann nur ein veröffentlichter Wert für spätere Tage.",
        eine.werte[-1].norm,
    )


def gesetzeswert_mit_quelle(
    schluessel: str, quelle: str, geprueft_am: date | None, stichtag: date
) -> Hindernis | None:
    """§ 31 SGB I: a value of the law is entered from its publication, not from memory."""
    if not schluessel.startswith(GESETZ):
        return None
    norm = reihe(schluessel.removeprefix(GESETZ)).werte[-1].norm
    if not quelle.strip() or geprueft_am is None:
        return Hindernis(
            "Bitte geben Sie an, wo der Wert veröffentlicht ist (Bundesgesetzblatt) und an welchem "
            "Tag Sie ihn dort geprüft haben.",
            norm,
        )
    if geprueft_am > stichtag:
        return Hindernis(f"Der Tag der Prüfung ({geprueft_am:%d.%m.%Y}) ist noch nicht da.", norm)
    return None


def wert_weicht_ab(wert: EigenerWert) -> Hindernis | None:
    """§ 31 SGB I: there is something to decide only while the package has another value."""
    if wert.paketwert is not None:
        return None
    return Hindernis("Die Software enthält für diese Tage keinen anderen Wert.")


def wert_im_rahmen(
    schluessel: str, zahl: Decimal | None, auswahl: str | None, gueltig_ab: date, text: str = ""
) -> Hindernis | None:
    """§ 29 Abs. 2 S. 6 SGB IX: a value that is to meet the need must be possible at all."""
    art = wertschluessel()[schluessel]
    try:
        rechtsstand_am(gueltig_ab)
        fehler = (
            _wording(schluessel, text) if art.ist_text else _outside(art, zahl, auswahl, gueltig_ab)
        )
    except RechtFehler as error:
        fehler = str(error)
    return Hindernis(fehler, art.norm) if fehler else None


def _wording(schluessel: str, text: str) -> str:
    """Return what is wrong with a wording, empty when nothing is; may raise RechtFehler."""
    if not text.strip():
        return "Bitte geben Sie den Wortlaut an."
    if len(text) > _TEXT_HOECHSTENS:
        return f"Der Wortlaut hat höchstens {_TEXT_HOECHSTENS} Zeichen."
    if schluessel == SITZ_WEITERE:
        read_ortstage(text)
    if schluessel == GEBIET:
        read_gebiet(text)
    return ""


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
        mindestens = 0 if art.schluessel.startswith("vorlauf.") else 1
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
    if wert.vorgeschlagen_von_id not in konten_der_person(by):
        return None
    return Hindernis(
        "Sie haben diesen Wert selbst vorgeschlagen. Über ihn entscheidet eine zweite Person der "
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
