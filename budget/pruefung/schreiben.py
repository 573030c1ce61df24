"""Sentences that a review proposes for its Bescheid: what was shown, and why the sum changes."""

from __future__ import annotations

from decimal import Decimal

from budget.bescheid.schreiben.abzug import (
    Abzug,
    compute_abzug,
    gets_lebensunterhalt,
    vermoegen_daten,
)
from budget.models import Beitragspruefung, Bescheid
from recht.geld import format_euro
from recht.rechtsstand import Rechtsstand


def sachverhalt_of(row: Beitragspruefung) -> str:
    """Return what has happened: the turn of the year and the evidence, with their days."""
    fakten, jahr = row.fakten, row.ab.year
    saetze = []
    if fakten.einkommen is not None:
        saetze.append(
            f"Was von Ihrem Persönlichen Budget abzuziehen ist, hängt von der Bezugsgröße des "
            f"Jahres {jahr} und vom Einkommen des Jahres {jahr - 2} ab. Deshalb haben wir neu "
            "gerechnet."
        )
    else:
        saetze.append("Wir haben Einkommen und Vermögen neu geprüft.")
    saetze.append(f"Vorgelegen hat: {row.nachweis} vom {row.nachweis_vom:%d.%m.%Y}.")
    if fakten.einkommen is not None:
        saetze.append(
            f"Das Einkommen des Jahres {jahr - 2} beträgt {format_euro(fakten.einkommen)}."
        )
    if fakten.monatseinkommen is not None:
        saetze.append(f"Das Einkommen im Monat beträgt {format_euro(fakten.monatseinkommen)}.")
    if fakten.vermoegen is not None:
        saetze.append(f"Das Vermögen beträgt {format_euro(fakten.vermoegen)}.")
    return " ".join(saetze)


def _norm(row: Beitragspruefung) -> str:
    """Return on what the new sum rests: a norm for every part of it that is not zero."""
    fakten = row.fakten
    neu = compute_abzug(fakten, row.ab)
    vermoegen = vermoegen_daten(fakten, neu)
    beitrag = (
        "§§ 135 bis 138 SGB IX"
        if row.persoenliches_budget.rechtsstand is Rechtsstand.B and neu.beitrag
        else ""
    )
    normen = [
        norm
        for norm, gilt in (
            (beitrag, beitrag),
            ("§ 85 SGB XII, § 87 SGB XII", neu.einsatz),
            (vermoegen.get("norm", ""), vermoegen),
        )
        if gilt
    ]
    return ", ".join(normen) or _norm_of_nothing(row, fakten, neu)


def _norm_of_nothing(row: Beitragspruefung, fakten: Bescheid, neu: Abzug) -> str:
    """Return why nothing is kept back, and the assets pay nothing first."""
    if row.persoenliches_budget.rechtsstand is not Rechtsstand.B:
        return "§ 85 SGB XII, § 87 SGB XII"
    if gets_lebensunterhalt(row.persoenliches_budget):
        return "§ 138 Abs. 1 Nr. 8 SGB IX"
    nur_vermoegen = neu.rechnung is None and fakten.vermoegen is not None
    return "§ 140 Abs. 1 SGB IX" if nur_vermoegen else "§§ 135 bis 138 SGB IX"


def gruende_of(row: Beitragspruefung) -> str:
    """Return why the sum changes and from when, with the norm of the direction."""
    norm = _norm(row)
    saetze = [
        f"Nach der Berechnung in diesem Bescheid sind ab dem {row.ab:%d.%m.%Y} "
        f"{format_euro(row.abzug)} im Monat abzuziehen, bisher waren es "
        f"{format_euro(row.bisher)} ({norm})."
    ]
    if row.vermoegensverbrauch:
        summe = format_euro(sum(row.verbrauch.values(), Decimal(0)))
        saetze.append(
            f"Vom Vermögen sind zuerst {summe} einzusetzen; in diesen Monaten zahlen wir "
            "entsprechend weniger."
        )
    saetze.append(
        "Damit haben sich die Verhältnisse wesentlich geändert, auf denen der Bescheid beruht "
        "(§ 48 Abs. 1 S. 1 SGB X)."
    )
    if row.belastet:
        saetze.append("Die Änderung gilt nur für die Zeit nach der Bekanntgabe.")
    else:
        saetze.append(
            "Die Änderung ist günstig für Sie und gilt von dem Tag an, an dem sich die "
            "Verhältnisse geändert haben (§ 48 Abs. 1 S. 2 Nr. 1 SGB X)."
        )
    return " ".join(saetze)
