"""Legal preconditions of the steps of a case: one function each, citation first."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from cases.models import (
    Behoerde,
    Case,
    EigenerWert,
    Frist,
    LeistungsberechtigtePerson,
    Schreiben,
    User,
    Wertschluessel,
    wertschluessel,
)
from cases.registry import Hindernis
from cases.states import Fristzustand, SchrittUnzulaessig, Wertzustand
from recht.bemessung import stunden
from recht.fehler import RechtFehler
from recht.feiertag import naechster_werktag
from recht.parameter import alle_parameter, reihe
from recht.rechtsstand import rechtsstand_am

# Own values outside these bounds are slips of the pen; no norm sets them.
_VORLAUF_HOECHSTENS = 365
_BETRAG_HOECHSTENS = Decimal("99999.99")
_ANZAHL_HOECHSTENS = 1000


def refuse(hindernis: Hindernis | None) -> None:
    """Raise what a guard has found; nothing found lets the step go on."""
    if hindernis is not None:
        raise SchrittUnzulaessig(hindernis.text, hindernis.norm)


def eingang_nicht_in_der_zukunft(eingang: date, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 1 S. 1 SGB IX: the Frist runs from the receipt, which must have happened."""
    if eingang > stichtag:
        return Hindernis(
            f"Der Eingang am {eingang:%d.%m.%Y} liegt in der Zukunft.", "§ 14 Abs. 1 S. 1 SGB IX"
        )
    return None


def weiterleitung_innerhalb_der_frist(case: Case, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 2 S. 1 SGB IX: after two weeks the authority is leistender Träger itself."""
    frist = Frist.objects.filter(case=case, regel="F01", state=Fristzustand.OFFEN).first()
    if frist is None:
        return None
    # "Unverzüglich" after the check means the next working day (BSG 3.11.2011 - B 3 KR 8/11 R).
    land = Behoerde.objects.values_list("land", flat=True).get(pk=1)
    if stichtag > naechster_werktag(frist.ende + timedelta(days=1), land):
        return Hindernis(
            f"Die Frist zur Prüfung der Zuständigkeit ist am {frist.ende:%d.%m.%Y} abgelaufen. "
            "Die Behörde bleibt leistender Träger und entscheidet selbst.",
            "§ 14 Abs. 2 S. 1 SGB IX",
        )
    return None


def email_zugang_eroeffnet(
    person: LeistungsberechtigtePerson, stichtag: date, adresse: str = ""
) -> Hindernis | None:
    """§ 36a Abs. 1 SGB I: e-mail only after the person has opened this way, and to that address.

    `adresse` is the one frozen when the dispatch was ordered; a changed or withdrawn one closes
    the way again.
    """
    if not person.email or person.email_zugang_seit is None:
        return Hindernis(
            "Die leistungsberechtigte Person hat keinen Zugang für E-Mail eröffnet. "
            "Bitte versenden Sie das Schreiben als Brief.",
            "§ 36a Abs. 1 SGB I",
        )
    if person.email_zugang_seit > stichtag:
        return Hindernis(
            f"Der Zugang für E-Mail ist erst ab {person.email_zugang_seit:%d.%m.%Y} eröffnet.",
            "§ 36a Abs. 1 SGB I",
        )
    if adresse and adresse != person.email:
        return Hindernis(
            "Die E-Mail-Adresse hat sich geändert, seit der Versand veranlasst wurde.",
            "§ 36a Abs. 1 SGB I",
        )
    return None


def aufgabe_nicht_in_der_zukunft(aufgabe_am: date, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: the Bekanntgabe counts from a posting that has happened."""
    if aufgabe_am > stichtag:
        return Hindernis(
            f"Der Tag der Aufgabe ({aufgabe_am:%d.%m.%Y}) liegt in der Zukunft.",
            "§ 37 Abs. 2 SGB X",
        )
    return None


def aufgabe_nicht_vor_dem_schreiben(schreiben: Schreiben, aufgabe_am: date) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: nothing can be posted before it was written."""
    if aufgabe_am < schreiben.datum:
        return Hindernis(
            f"Das Schreiben {schreiben.nummer} trägt das Datum {schreiben.datum:%d.%m.%Y}; "
            f"es kann nicht am {aufgabe_am:%d.%m.%Y} aufgegeben worden sein.",
            "§ 37 Abs. 2 SGB X",
        )
    return None


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
        return "" if auswahl else "Bitte wählen Sie aus, wie ein Monat geteilt wird."
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
