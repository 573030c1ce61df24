"""Beitrag to the Eingliederungshilfe since 2020 (§§ 135-140 SGB IX)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from recht.bemessung import NULL, Betrag
from recht.eingabe import check_ganzzahl
from recht.fehler import EingabeUngueltig
from recht.geld import check_betrag, format_euro
from recht.kataloge import alle_eintraege
from recht.parameter import Wert, parameter
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand
from recht.rundung import auf_cent, auf_stufe_abgerundet
from recht.vorgriff import PAKET, Wertebestand

EINKOMMENSARTEN = MappingProxyType(
    {
        "sv": "sozialversicherungspflichtiger Beschäftigung oder selbständiger Tätigkeit",
        "nicht_sv": "nicht sozialversicherungspflichtiger Beschäftigung oder anderen Einkünften",
        "rente": "Renteneinkünften",
    }
)
PARTNER = (None, "unter_grenze", "ueber_grenze")
# The Beitrag exists since 2020; days before are refused, so this file cites that law only.
RECHTSSTAENDE = (Rechtsstand.B,)
NORM = "§ 136 SGB IX, § 137 SGB IX"
NORM_RECHNUNG = "§ 137 Abs. 2 SGB IX"
NORM_ABZUG = "§ 137 Abs. 3 SGB IX"
_HUNDERT = Decimal(100)
_HOECHSTZAHL = 30
_LEBENSUNTERHALT = "frei_lebensunterhalt"


@dataclass(frozen=True, slots=True)
class Beitragsergebnis:
    """Monthly Beitrag with the yearly limit above which it is due."""

    jahr: int
    einkommen: Decimal
    grenze: Decimal
    beitrag: Decimal
    rechenweg: tuple[Schritt, ...]
    norm: str = NORM


@dataclass(frozen=True, slots=True)
class Leistungsteil:
    """A benefit of the Eingliederungshilfe; ``frei`` is a key of the catalogue ``beitragsfrei``."""

    bezeichnung: str
    betrag: Decimal
    frei: str = ""


def _check(jahr: int, einkommen: Decimal, art: str, partner: str | None, kinder: int) -> None:
    check_ganzzahl(jahr, "Jahr", 1, 9999)
    check_betrag(einkommen, "Einkommen")
    if art not in EINKOMMENSARTEN:
        raise EingabeUngueltig(
            f"Die Art des Einkommens „{art}“ gibt es nicht;"
            f" zulässig sind {', '.join(EINKOMMENSARTEN)}."
        )
    if partner not in PARTNER:
        raise EingabeUngueltig(
            f"Die Angabe „{partner}“ zum Partner gibt es nicht; zulässig sind keine Angabe,"
            " unter_grenze und ueber_grenze."
        )
    check_ganzzahl(kinder, "Kinder", 0, _HOECHSTZAHL)


@cache
def _prozent(schluessel: str, tag: date) -> Wert:
    return parameter(f"einkommensgrenze_prozent.{schluessel}", tag)


def _erhoehungen(
    tag: date, partner: str | None, kinder: int, minderjaehrige: int
) -> list[tuple[str, Wert, int]]:
    """Increases of the limit: text, percentage and how often it counts."""
    if minderjaehrige:
        return [
            (
                "minderjährige leistungsberechtigte Person",
                _prozent("minderjaehrig", tag),
                minderjaehrige,
            )
        ]
    if partner == "ueber_grenze":
        je_kind = _prozent("kind_partner_ueber_grenze", tag)
        return [("Kind, Einkommen des Partners über der Grenze", je_kind, kinder)]
    erhoehungen = [("Kind", _prozent("kind", tag), kinder)]
    if partner == "unter_grenze":
        erhoehungen.insert(0, ("Partner", _prozent("partner", tag), 1))
    return erhoehungen


def compute_beitrag(
    jahr: int,
    einkommen: Decimal,
    art: str,
    *,
    partner: str | None = None,
    kinder: int = 0,
    minderjaehrige: int = 0,
    werte: Wertebestand = PAKET,
) -> Beitragsergebnis:
    """Monthly Beitrag of a year.

    ``einkommen`` is the sum of the income of the year before last (§ 135); ``art`` says where it
    mostly comes from. ``partner`` tells whether the partner's own income stays below the limit of
    Abs. 2. ``minderjaehrige``: number of minors entitled who live with their parents, whose income
    then counts; partner and children are not looked at (§ 136 Abs. 5 S. 2). ``werte`` are the
    values of the law with those that were entered ahead.
    """
    _check(jahr, einkommen, art, partner, kinder)
    check_ganzzahl(minderjaehrige, "Minderjährige", 0, _HOECHSTZAHL)
    tag = date(jahr, 1, 1)
    grundwert = _prozent(art, tag)
    bezugsgroesse = werte.am("bezugsgroesse", tag)
    prozent = grundwert.wert
    schritte = [
        Schritt(
            f"Bezugsgröße {jahr}: {format_euro(bezugsgroesse.wert)}",
            bezugsgroesse.norm,
            bezugsgroesse.grad,
        ),
        Schritt(
            f"Grenze bei Einkommen überwiegend aus {EINKOMMENSARTEN[art]}: {prozent} %",
            grundwert.norm,
            grundwert.grad,
        ),
    ]
    for text, wert, anzahl in _erhoehungen(tag, partner, kinder, minderjaehrige):
        if anzahl:
            prozent += wert.wert * anzahl
            schritte.append(
                Schritt(f"Erhöhung um {anzahl} × {wert.wert} % ({text})", wert.norm, wert.grad)
            )
    if minderjaehrige and (partner is not None or kinder):
        schritte.append(
            Schritt("Partner und Kinder erhöhen die Grenze hier nicht.", "§ 136 Abs. 5 S. 2 SGB IX")
        )
    grenze = auf_cent(bezugsgroesse.wert * prozent / _HUNDERT)
    schritte.append(
        Schritt(f"Grenze: {prozent} % der Bezugsgröße = {format_euro(grenze)}", "§ 136 SGB IX")
    )
    beitrag = _beitrag(einkommen, grenze, tag, schritte)
    return Beitragsergebnis(jahr, einkommen, grenze, beitrag, tuple(schritte))


def _beitrag(einkommen: Decimal, grenze: Decimal, tag: date, schritte: list[Schritt]) -> Decimal:
    """2 percent of what exceeds the limit, down to full ten Euro."""
    if einkommen <= grenze:
        schritte.append(
            Schritt(
                f"Das Einkommen von {format_euro(einkommen)} übersteigt die Grenze nicht;"
                " es ist kein Beitrag aufzubringen.",
                NORM_RECHNUNG,
            )
        )
        return auf_cent(NULL)
    satz = parameter("beitrag_prozent", tag).wert
    stufe = parameter("beitrag_stufe", tag).wert
    ueber = einkommen - grenze
    roh = ueber * satz / _HUNDERT
    beitrag = auf_cent(auf_stufe_abgerundet(roh, stufe))
    schritte.append(
        Schritt(
            f"{format_euro(einkommen)} − {format_euro(grenze)} = {format_euro(ueber)};"
            f" davon {satz} % = {format_euro(roh)}",
            NORM_RECHNUNG,
        )
    )
    schritte.append(
        Schritt(f"Abgerundet auf volle {stufe} Euro: {format_euro(beitrag)}", NORM_RECHNUNG)
    )
    return beitrag


@cache
def _befreiungen() -> MappingProxyType[str, str]:
    return MappingProxyType(
        {eintrag.schluessel: eintrag.norm for eintrag in alle_eintraege("beitragsfrei")}
    )


def abziehbarer_beitrag(beitrag: Decimal, teile: Sequence[Leistungsteil]) -> Betrag:
    """Beitrag that may be deducted: never more than the Leistungen that are not exempt.

    One benefit for the Lebensunterhalt at the same time frees all of them (§ 138 Abs. 1 Nr. 8).
    """
    check_betrag(beitrag, "Beitrag")
    befreiungen = _befreiungen()
    pflichtig = NULL
    schritte = []
    for teil in teile:
        betrag = auf_cent(check_betrag(teil.betrag, teil.bezeichnung))
        if not teil.frei:
            pflichtig += betrag
            continue
        if teil.frei not in befreiungen:
            raise EingabeUngueltig(
                f"Die Befreiung „{teil.frei}“ gibt es nicht; zulässig sind"
                f" {', '.join(befreiungen)}."
            )
        schritte.append(
            Schritt(f"{teil.bezeichnung}: kein Beitrag aufzubringen.", befreiungen[teil.frei])
        )
    if any(teil.frei == _LEBENSUNTERHALT for teil in teile):
        pflichtig = NULL
    abzug = min(auf_cent(beitrag), pflichtig)
    schritte.append(
        Schritt(
            f"Beitrag {format_euro(beitrag)}, beitragspflichtige Leistungen"
            f" {format_euro(pflichtig)}: abgezogen werden {format_euro(abzug)}.",
            "§ 137 Abs. 3 SGB IX, § 138 Abs. 1 SGB IX",
        )
    )
    return Betrag(auf_cent(abzug), tuple(schritte))


def einmaliger_beitrag(beitrag: Decimal, anschaffung: Decimal, stichtag: date) -> Betrag:
    """One-off Beitrag for things used at least a year: at most four monthly ones."""
    check_betrag(beitrag, "Beitrag")
    check_betrag(anschaffung, "Bedarfsgegenstand")
    faktor = parameter("beitrag_einmalig_faktor", stichtag)
    hoechst = auf_cent(beitrag * faktor.wert)
    betrag = min(hoechst, auf_cent(anschaffung))
    text = f"Höchstens {faktor.wert} × {format_euro(beitrag)} = {format_euro(hoechst)}"
    return Betrag(
        betrag, (Schritt(f"{text}; angesetzt {format_euro(betrag)}", faktor.norm, faktor.grad),)
    )


def bestandsschutz(neu: Decimal, alt: Decimal) -> Betrag:
    """Old limits stay as long as the new Beitrag would be higher (§ 150 SGB IX)."""
    check_betrag(neu, "Beitrag nach neuem Recht")
    check_betrag(alt, "Einsatz nach früherem Recht")
    betrag = auf_cent(min(neu, alt))
    text = f"Neues Recht {format_euro(neu)}, früheres Recht {format_euro(alt)}"
    return Betrag(betrag, (Schritt(f"{text}: es gilt {format_euro(betrag)}", "§ 150 SGB IX"),))
