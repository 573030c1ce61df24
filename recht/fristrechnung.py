"""The ways in which the end of a Frist is found, one function per way.

Each takes an ``Auftrag`` and returns the computed last day with the steps that led to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from recht.eingabe import write_datum, write_monat, write_tag
from recht.fehler import EingabeUngueltig
from recht.feiertag import EIN_TAG
from recht.fristkatalog import Fassung, Fristregel
from recht.laenge import Laenge, gehemmtes_ende, letzter_tag, monatsende, plus_monate
from recht.parameter import parameter
from recht.rechenweg import Schritt

_ENDE_NORM = {
    "tage": "§ 188 Abs. 1 BGB",
    "stunden": "§ 188 Abs. 1 BGB",
    "arbeitstage": "§ 188 Abs. 1 BGB",
    "wochen": "§ 188 Abs. 2 BGB",
    "monate": "§ 188 Abs. 2 BGB",
    "jahre": "§ 188 Abs. 2 BGB",
    "kalendermonate": "§ 188 Abs. 2 BGB",
}


@dataclass(frozen=True, slots=True)
class Auftrag:
    """What is asked: the rule, its version, the trigger and what the authority has set."""

    regel: Fristregel
    fassung: Fassung
    ausloeser: date
    land: str
    tagesbeginn: bool
    laenge: Laenge | None
    festgelegt: bool
    pausen: tuple[tuple[date, date], ...]
    geltend_bis: date | None


Rechenergebnis = tuple[date | None, list[Schritt]]


def _beginn(auftrag: Auftrag) -> Schritt:
    if auftrag.tagesbeginn:
        return Schritt(
            f"Beginn am {write_tag(auftrag.ausloeser)}. Dieser Tag zählt mit.",
            "§ 26 Abs. 1 SGB X, § 187 Abs. 2 BGB",
        )
    return Schritt(
        f"Auslöser am {write_tag(auftrag.ausloeser)}: {auftrag.regel.ausloeser}."
        " Dieser Tag zählt nicht mit.",
        auftrag.regel.beginn_norm,
    )


def _laenge(auftrag: Auftrag) -> Laenge:
    if auftrag.laenge is None:
        raise EingabeUngueltig(
            f"Die Länge der Frist {auftrag.regel.id} ({auftrag.regel.bezeichnung}) legt die"
            " Behörde fest; erforderlich ist eine Angabe wie „14 Tage“ oder „2 Wochen“.",
            "laenge",
        )
    return auftrag.laenge


def _laengenschritt(auftrag: Auftrag, laenge: Laenge) -> Schritt:
    if auftrag.festgelegt:
        return Schritt(f"Die festgelegte Länge beträgt {laenge}.", auftrag.fassung.norm)
    return Schritt(f"Die Frist beträgt {laenge}.", auftrag.fassung.norm)


def _monate(auftrag: Auftrag) -> int:
    laenge = _laenge(auftrag)
    if not laenge.monate:
        raise EingabeUngueltig(
            f"Die Frist {auftrag.regel.id} rechnet in Monaten oder Jahren, nicht mit {laenge};"
            " zulässig sind Angaben wie „6 Monate“ oder „1 Jahr“.",
            "laenge",
        )
    return laenge.monate


def _pausennorm(auftrag: Auftrag) -> str:
    """Where a pause is allowed: in the agreement that sets the Frist, else by law."""
    gruende = [grund for grund in auftrag.regel.pausen if not grund.nur_bestand]
    if not gruende:
        return "§ 209 BGB"
    return gruende[0].norm or auftrag.fassung.norm


def _hemme(auftrag: Auftrag, ende: date, laenge: Laenge, schritte: list[Schritt]) -> date:
    beginn = auftrag.ausloeser if auftrag.tagesbeginn else auftrag.ausloeser + EIN_TAG
    ende, wirksam = gehemmtes_ende(beginn, ende, auftrag.pausen, laenge, auftrag.land)
    norm = _pausennorm(auftrag)
    einheit = "Arbeitstag" if laenge.einheit == "arbeitstage" else "Tag"
    for von, bis, tage in wirksam:
        zaehlt = f"{tage} {einheit}e zählen" if tage != 1 else f"1 {einheit} zählt"
        text = f"Pause vom {write_datum(von)} bis {write_datum(bis)}: {zaehlt} nicht mit."
        schritte.append(Schritt(text, norm))
    if not wirksam:
        schritte.append(Schritt("Die angegebenen Pausen liegen außerhalb der Frist.", norm))
    else:
        schritte.append(Schritt(f"Ende mit Pausen: {write_tag(ende)}.", norm))
    return ende


def verlaengere(regel: Fristregel, ende: date | None, bis: date, schritte: list[Schritt]) -> date:
    """Put the later end in place of the one before (§ 190 BGB); raises ``EingabeUngueltig``."""
    if ende is None or not regel.verlaengerungen:
        raise EingabeUngueltig(
            f"Die Frist {regel.id} ({regel.bezeichnung}) lässt sich nicht verlängern;"
            " zulässig ist das nur, wo eine Vorschrift es vorsieht."
        )
    if bis <= ende:
        raise EingabeUngueltig(
            f"Das neue Ende am {write_datum(bis)} liegt nicht nach dem bisherigen am"
            f" {write_datum(ende)}; zulässig ist ein späterer Tag."
        )
    schritte.append(
        Schritt(
            f"Verlängert bis {write_tag(bis)}: Die neue Frist schließt an das bisherige Ende am"
            f" {write_datum(ende)} an.",
            regel.verlaengerung_norm,
        )
    )
    return bis


def laufend(auftrag: Auftrag) -> Rechenergebnis:
    """A length counted from the trigger (§§ 187, 188 BGB), moved by pauses."""
    laenge = _laenge(auftrag)
    ausloeser = auftrag.ausloeser
    ende = letzter_tag(ausloeser, laenge, tagesbeginn=auftrag.tagesbeginn, land=auftrag.land)
    schritte = [_beginn(auftrag), _laengenschritt(auftrag, laenge)]
    if laenge.einheit in ("monate", "jahre") and plus_monate(ausloeser, laenge.monate).day != (
        ausloeser.day
    ):
        schritte.append(
            Schritt(
                f"Der {write_monat(ende)} hat keinen {ausloeser.day}. Tag;"
                f" die Frist endet am letzten Tag des Monats: {write_tag(ende)}.",
                "§ 188 Abs. 3 BGB",
            )
        )
    else:
        schritte.append(
            Schritt(f"Rechnerisches Ende: {write_tag(ende)}.", _ENDE_NORM[laenge.einheit])
        )
    if auftrag.pausen:
        ende = _hemme(auftrag, ende, laenge, schritte)
    return ende, schritte


def keine(auftrag: Auftrag) -> Rechenergebnis:
    """No length in the law; if the authority has set one, it is counted."""
    if auftrag.laenge is not None:
        return laufend(auftrag)
    regel = auftrag.regel
    return None, [
        Schritt(f"Auslöser am {write_tag(auftrag.ausloeser)}: {regel.ausloeser}."),
        Schritt(f"Eine feste Länge gibt es nicht. {regel.folge}", auftrag.fassung.norm),
    ]


def tag(auftrag: Auftrag) -> Rechenergebnis:
    """The trigger itself is the last day, unless a length is given."""
    if auftrag.laenge is not None:
        return laufend(auftrag)
    return auftrag.ausloeser, [
        Schritt(
            f"Maßgeblich ist der Tag selbst: {write_tag(auftrag.ausloeser)}.",
            auftrag.fassung.norm,
        )
    ]


def bis_tag(auftrag: Auftrag) -> Rechenergebnis:
    """The end is the given day: set by the authority, the agreement or another Frist."""
    ende = auftrag.geltend_bis
    if ende is None:
        raise EingabeUngueltig(
            f"Die Frist {auftrag.regel.id} ({auftrag.regel.bezeichnung}) hat keine eigene Länge;"
            " erforderlich ist der Tag, bis zu dem sie gilt.",
            "geltend_bis",
        )
    if ende < auftrag.ausloeser:
        raise EingabeUngueltig(
            f"Der letzte Tag {write_datum(ende)} liegt vor dem Auslöser"
            f" {write_datum(auftrag.ausloeser)}; zulässig ist ein Tag ab dem Auslöser.",
            "geltend_bis",
        )
    return ende, [Schritt(f"Festgelegter letzter Tag: {write_tag(ende)}.", auftrag.fassung.norm)]


def monat(auftrag: Auftrag) -> Rechenergebnis:
    """A month is agreed, not a day: the month that many months after the trigger."""
    ende = monatsende(plus_monate(auftrag.ausloeser.replace(day=1), _monate(auftrag)))
    return ende, [
        Schritt(f"Auslöser am {write_tag(auftrag.ausloeser)}: {auftrag.regel.ausloeser}."),
        _laengenschritt(auftrag, _laenge(auftrag)),
        Schritt(f"Vereinbart ist ein Monat, kein Tag: {write_monat(ende)}.", auftrag.fassung.norm),
    ]


def rueckwaerts(auftrag: Auftrag) -> Rechenergebnis:
    """A period that lies before the trigger; the result is its first day."""
    erster = plus_monate(auftrag.ausloeser, -_monate(auftrag))
    return erster, [
        Schritt(f"Auslöser am {write_tag(auftrag.ausloeser)}: {auftrag.regel.ausloeser}."),
        Schritt(
            f"Zurückgerechnet: {_laenge(auftrag)}; der Zeitraum beginnt am {write_tag(erster)}.",
            auftrag.fassung.norm,
        ),
    ]


def monatsanfang(auftrag: Auftrag) -> Rechenergebnis:
    """The first day of the month of the trigger."""
    erster = auftrag.ausloeser.replace(day=1)
    return erster, [
        Schritt(f"Auslöser am {write_tag(auftrag.ausloeser)}: {auftrag.regel.ausloeser}."),
        Schritt(f"Maßgeblich ist der Erste des Monats: {write_tag(erster)}.", auftrag.fassung.norm),
    ]


def jahresende(auftrag: Auftrag) -> Rechenergebnis:
    """Years counted from the end of the year of the trigger."""
    jahre = _monate(auftrag) // 12
    ende = plus_monate(date(auftrag.ausloeser.year, 12, 31), jahre * 12)
    return ende, [
        Schritt(f"Auslöser am {write_tag(auftrag.ausloeser)}: {auftrag.regel.ausloeser}."),
        Schritt(
            f"Die Frist beträgt {_laenge(auftrag)} ab dem 31.12.{auftrag.ausloeser.year}"
            f" und endet am {write_tag(ende)}.",
            auftrag.fassung.norm,
        ),
    ]


def jahresanfang_rueckwaerts(auftrag: Auftrag) -> Rechenergebnis:
    """Years counted back from the beginning of the year of the trigger."""
    jahre = _monate(auftrag) // 12
    erster = date(auftrag.ausloeser.year - jahre, 1, 1)
    return erster, [
        Schritt(f"Auslöser am {write_tag(auftrag.ausloeser)}: {auftrag.regel.ausloeser}."),
        Schritt(
            f"Zurückgerechnet: {_laenge(auftrag)} vom 01.01.{auftrag.ausloeser.year} aus;"
            f" erster Tag ist {write_tag(erster)}.",
            auftrag.fassung.norm,
        ),
    ]


def stichtag(auftrag: Auftrag) -> Rechenergebnis:
    """The next of the fixed days of the year after the trigger."""
    jahr = auftrag.ausloeser.year
    kandidaten = [
        date(eines, fester.monat, fester.tag)
        for eines in (jahr, jahr + 1)
        for fester in auftrag.fassung.stichtage
        if eines <= fester.letztes_jahr
    ]
    ende = min(kandidat for kandidat in kandidaten if kandidat > auftrag.ausloeser)
    return ende, [
        Schritt(f"Auslöser am {write_tag(auftrag.ausloeser)}: {auftrag.regel.ausloeser}."),
        Schritt(f"Der nächste feste Tag ist {write_tag(ende)}.", auftrag.fassung.norm),
    ]


def aus_parameter(auftrag: Auftrag) -> Rechenergebnis:
    """A number of days that is a dated value."""
    wert = parameter(auftrag.regel.parameter, auftrag.ausloeser)
    ende = letzter_tag(
        auftrag.ausloeser, Laenge(int(wert.wert), "tage"), tagesbeginn=False, land=auftrag.land
    )
    return ende, [
        _beginn(auftrag),
        Schritt(
            f"Der {wert.wert}. Tag danach ist {write_tag(ende)}"
            f" (Regel ab {write_datum(wert.gueltig_ab)}).",
            wert.norm,
            wert.grad,
        ),
    ]


RECHNUNGEN: dict[str, Callable[[Auftrag], Rechenergebnis]] = {
    "laufend": laufend,
    "keine": keine,
    "tag": tag,
    "bis_tag": bis_tag,
    "monat": monat,
    "rueckwaerts": rueckwaerts,
    "monatsanfang": monatsanfang,
    "jahresende": jahresende,
    "jahresanfang_rueckwaerts": jahresanfang_rueckwaerts,
    "stichtag": stichtag,
    "parameter": aus_parameter,
}
