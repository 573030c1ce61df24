"""The Teilbudgets as rows of a letter, with their sums and the ground of each Leistung."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from budget.bemessung.queries import gesamtbudget_of
from budget.models import PersoenlichesBudget, Teilbudget
from budget.states import Auszahlungsform
from cases.models import Traegerart
from recht.eingliederungshilfe import genannte_paragrafen, is_eingliederungshilfe
from recht.geld import format_schlicht
from recht.rechtsstand import Rechtsstand, rechtsstand_am

_GRUNDSICHERUNG = frozenset({"41", "42"})
_PFLEGE = frozenset({"61", "62", "63", "64", "64b", "65"})

VORAUSSETZUNG_EINGLIEDERUNGSHILFE = {
    Rechtsstand.A: (
        "Sie sind durch Ihre Behinderung wesentlich in Ihrer Fähigkeit eingeschränkt, am Leben in "
        "der Gesellschaft teilzuhaben, und die Aufgabe der Eingliederungshilfe kann mit dieser "
        "Leistung erfüllt werden (§ 53 SGB XII)."
    ),
    Rechtsstand.UE: (
        "Sie sind durch Ihre Behinderung wesentlich in Ihrer Fähigkeit eingeschränkt, an der "
        "Gesellschaft teilzuhaben, und die Leistung ist nach dem Gesamtplan erforderlich "
        "(§ 53 SGB XII)."
    ),
    Rechtsstand.B: (
        "Sie gehören zum leistungsberechtigten Personenkreis der Eingliederungshilfe "
        "(§ 99 SGB IX), Sie haben die Leistung beantragt (§ 108 SGB IX), und sie ist nach dem "
        "Gesamtplan erforderlich, um Ihre Teilhabeziele zu erreichen."
    ),
}


def voraussetzung_of(teilbudget: Teilbudget, stichtag: date) -> str:
    """Return the sentence on the Leistungsvoraussetzungen (§ 120 Abs. 2 S. 2 SGB IX)."""
    norm = teilbudget.leistung.norm
    sozialhilfe = genannte_paragrafen(norm, "SGB XII")
    if is_eingliederungshilfe(norm, stichtag):
        return VORAUSSETZUNG_EINGLIEDERUNGSHILFE[rechtsstand_am(stichtag)]
    if teilbudget.leistungstraeger.art == Traegerart.PFLEGEKASSE:
        return (
            "Sie sind pflegebedürftig im Sinne der §§ 14 und 15 SGB XI; die Pflegekasse hat dies "
            "festgestellt."
        )
    if sozialhilfe & _GRUNDSICHERUNG:
        return (
            "Sie können Ihren notwendigen Lebensunterhalt nicht aus eigenem Einkommen und Vermögen "
            "bestreiten (§ 41 SGB XII). Diese Leistung tritt zum Persönlichen Budget hinzu und ist "
            "nicht dessen Teil."
        )
    if sozialhilfe & _PFLEGE:
        return (
            "Sie sind pflegebedürftig, und die Leistungen der Pflegekasse decken Ihren Bedarf "
            "nicht vollständig (§§ 61, 63 SGB XII)."
        )
    return (
        f"{teilbudget.leistungstraeger.name} hat festgestellt, dass die Voraussetzungen dieser "
        f"Leistung vorliegen ({norm})."
    )


def teilbudget_zeilen(budget: PersoenlichesBudget) -> list[dict[str, Any]]:
    """Return one dictionary of plain values per Teilbudget, budgetfähige ones first."""
    teilbudgets = sorted(budget.teilbudgets.all(), key=lambda t: t.ergaenzend)
    return [_zeile(t, budget.beginn) for t in teilbudgets]


def _zeile(teilbudget: Teilbudget, stichtag: date) -> dict[str, Any]:
    leistung = teilbudget.leistung
    abweichung = teilbudget.abweichung
    vom = teilbudget.stellungnahme_vom
    return {
        "bezeichnung": leistung.bezeichnung,
        "umfang": leistung.umfang,
        "norm": leistung.norm,
        "ziel": leistung.teilhabeziel.text.strip().rstrip("."),
        "traeger": teilbudget.leistungstraeger.name,
        "eigener": teilbudget.leistungstraeger.eigener,
        "gutschein": teilbudget.auszahlungsform == Auszahlungsform.GUTSCHEIN,
        "form": teilbudget.get_auszahlungsform_display(),
        "bemessung": teilbudget.get_bemessungsart_display(),
        "betrag": format_schlicht(teilbudget.betrag),
        "ergaenzend": teilbudget.ergaenzend,
        "eingliederungshilfe": is_eingliederungshilfe(leistung.norm, stichtag),
        "voraussetzung": voraussetzung_of(teilbudget, stichtag),
        "richtwert": _schlicht(teilbudget.richtwert),
        "richtwert_ab": teilbudget.richtwert_ab.isoformat() if teilbudget.richtwert_ab else "",
        "richtwert_gilt": teilbudget.richtwert_gilt,
        "abweichung": _schlicht(abs(abweichung) if abweichung else None),
        "abweichung_nach": "unten" if abweichung is not None and abweichung < 0 else "oben",
        "abweichung_grund": teilbudget.abweichung_grund,
        "stellungnahme_vom": vom.isoformat() if vom else "",
        "nachweisart": teilbudget.get_nachweisart_display(),
        "nachweis": teilbudget.nachweis,
    }


def _schlicht(betrag: Decimal | None) -> str:
    return "" if betrag is None else format_schlicht(betrag)


def summen_of(budget: PersoenlichesBudget) -> dict[str, str]:
    """Return the sums as plain strings: gesamt, geld, gutscheine, ohne_ergaenzende, ergaenzende."""
    gesamt = gesamtbudget_of(budget)
    if gesamt is None:
        null = format_schlicht(Decimal(0))
        return dict.fromkeys(
            ("gesamt", "geld", "gutscheine", "ohne_ergaenzende", "ergaenzende"), null
        )
    return {
        "gesamt": format_schlicht(gesamt.gesamt),
        "geld": format_schlicht(gesamt.geld),
        "gutscheine": format_schlicht(gesamt.gutscheine),
        "ohne_ergaenzende": format_schlicht(gesamt.ohne_ergaenzende),
        "ergaenzende": format_schlicht(gesamt.gesamt - gesamt.ohne_ergaenzende),
    }
