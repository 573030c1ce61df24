"""The Teilbudgets as rows of a letter, with their sums and the ground of each Leistung."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from budget.bemessung.queries import gesamtbudget_of
from budget.models import PersoenlichesBudget, Teilbudget
from budget.states import Auszahlungsform, Nachweisart
from cases.behoerde.queries.eigener_wert import gemeinsames_schreiben
from cases.models import Behoerde
from gesamtplan.models import Teilhabeziel
from gesamtplan.models.zielbezug import ziele_of
from recht.entscheidung import DURCH_UNS, Entscheidungsrolle, is_rehabilitationstraeger
from recht.entscheidungstext import (
    Behoerdenrollen,
    Teil,
    has_fremde_entscheidung,
    in_sentence,
    write_entscheidungen,
    write_liste,
)
from recht.geld import format_schlicht
from recht.leistung import is_eingliederungshilfe
from recht.leistungsvoraussetzung import voraussetzung_of
from recht.rechtsstand import Normfolge, Rechtsstand

_GUTSCHEIN = Normfolge("§ 17 Abs. 3 S. 2 SGB IX", "§ 29 Abs. 2 S. 2 SGB IX")
# Where a voucher is taken, by key of the Leistung.
_EINLOESBAR = {
    "pk_pflegesachleistung": "bei zugelassenen Pflegediensten",
    "pk_kombination_sachleistung": "bei zugelassenen Pflegediensten",
    "pk_tagespflege": "bei zugelassenen Einrichtungen der Tages- und Nachtpflege",
    "pk_pflegehilfsmittel": "bei Stellen, die Pflegehilfsmittel mit der Pflegekasse abrechnen",
}
_EINLOESBAR_SONST = (
    "bei Stellen, die diese Leistung erbringen und mit dem Leistungsträger abrechnen"
)


def rollen_of(behoerde: Behoerde, stand: Rechtsstand) -> Behoerdenrollen:
    """Return the authority in the roles in which it decides under this law."""
    return Behoerdenrollen(
        behoerde.name, behoerde.bezeichnung_am(stand), behoerde.sozialhilfe_am(stand)
    )


def entscheidungsteile(budget: PersoenlichesBudget) -> list[Teil]:
    """Return the parts of the budget with who decides about each."""
    return [
        Teil(
            t.leistung.bezeichnung,
            t.leistungstraeger.name,
            Entscheidungsrolle(t.entscheidung),
            is_rehabilitationstraeger(t.leistungstraeger.art, budget.beginn),
        )
        for t in budget.teilbudgets.all()
    ]


def entscheidungen_daten(budget: PersoenlichesBudget, behoerde: Behoerde) -> dict[str, Any]:
    """Return the sentences on who decides, the same in every letter, and what goes with them.

    `rolle` is as what the authority gives Eingliederungshilfe, `gruende` says why a part is decided
    about in another way than the law has it as a rule; `gemeinsam` is the wording of one letter
    over parts that several carriers decide about.
    """
    teile, stichtag = entscheidungsteile(budget), budget.beginn
    fremd = has_fremde_entscheidung(teile)
    return {
        "rolle": in_sentence(behoerde.bezeichnung_am(budget.rechtsstand)),
        "saetze": write_entscheidungen(teile, rollen_of(behoerde, budget.rechtsstand), stichtag),
        "gruende": [
            {"bezeichnung": t.leistung.bezeichnung, "grund": t.entscheidung_grund}
            for t in budget.teilbudgets.all()
            if t.entscheidung_grund
        ],
        "gemeinsam": gemeinsames_schreiben(stichtag) if fremd else "",
    }


def teilbudget_zeilen(budget: PersoenlichesBudget) -> list[dict[str, Any]]:
    """Return one dictionary of plain values per Teilbudget, budgetfähige ones first."""
    teilbudgets = sorted(budget.teilbudgets.all(), key=lambda t: t.ergaenzend)
    alle = budget.gesamtplan.teilhabeziele.all()
    return [_zeile(t, ziele_of(t.leistung, alle), budget.beginn) for t in teilbudgets]


def _zeile(teilbudget: Teilbudget, ziele: Sequence[Teilhabeziel], stichtag: date) -> dict[str, Any]:
    leistung = teilbudget.leistung
    abweichung = teilbudget.abweichung
    vom = teilbudget.stellungnahme_vom
    return {
        "bezeichnung": leistung.bezeichnung,
        "umfang": leistung.umfang,
        "norm": leistung.norm,
        "ziele": write_liste(f"„{z.text.strip().rstrip('.')}“" for z in ziele),
        "mehrere_ziele": len(ziele) > 1,
        "traeger": teilbudget.leistungstraeger.name,
        "eigener": teilbudget.leistungstraeger.eigener,
        "gutschein": teilbudget.auszahlungsform == Auszahlungsform.GUTSCHEIN,
        "gutschein_norm": _gutschein_norm(teilbudget, stichtag),
        "einloesbar": _EINLOESBAR.get(teilbudget.katalogschluessel, _EINLOESBAR_SONST),
        "form": teilbudget.get_auszahlungsform_display(),
        "bemessung": teilbudget.get_bemessungsart_display(),
        "betrag": format_schlicht(teilbudget.betrag),
        "ergaenzend": teilbudget.ergaenzend,
        "eingliederungshilfe": is_eingliederungshilfe(teilbudget.katalogschluessel),
        "durch_uns": Entscheidungsrolle(teilbudget.entscheidung) in DURCH_UNS,
        "voraussetzung": voraussetzung_of(
            teilbudget.katalogschluessel,
            teilbudget.leistungstraeger.art,
            stichtag,
            eigener=teilbudget.leistungstraeger.eigener,
            traeger=teilbudget.leistungstraeger.name,
            norm=leistung.norm,
        ),
        "richtwert": _schlicht(teilbudget.richtwert),
        "richtwert_ab": teilbudget.richtwert_ab.isoformat() if teilbudget.richtwert_ab else "",
        "richtwert_gilt": teilbudget.richtwert_gilt,
        "abweichung": _schlicht(abs(abweichung) if abweichung else None),
        "abweichung_nach": "unten" if abweichung is not None and abweichung < 0 else "oben",
        "abweichung_grund": teilbudget.abweichung_grund,
        "stellungnahme_vom": vom.isoformat() if vom else "",
        "nachweisart": teilbudget.get_nachweisart_display(),
        "nachweis": teilbudget.nachweis.strip().rstrip("."),
        "ohne_nachweis": teilbudget.nachweisart == Nachweisart.KEIN_NACHWEIS,
    }


def _gutschein_norm(teilbudget: Teilbudget, stichtag: date) -> str:
    """Return why this is a voucher: for the Pflegekasse always, for others as an exception."""
    if teilbudget.leistungstraeger.art == "pflegekasse":
        return "§ 35a SGB XI"
    return _GUTSCHEIN.am(stichtag)


def _schlicht(betrag: Decimal | None) -> str:
    return "" if betrag is None else format_schlicht(betrag)


def summen_of(budget: PersoenlichesBudget) -> dict[str, str]:
    """Return the sums as plain strings: gesamt, geld, gutscheine, ohne_ergaenzende, ergaenzende.

    `andere` is what other carriers decide about themselves, `bewilligt` the rest of the sum.
    """
    gesamt = gesamtbudget_of(budget)
    if gesamt is None:
        null = format_schlicht(Decimal(0))
        return dict.fromkeys(
            (
                "gesamt",
                "geld",
                "gutscheine",
                "ohne_ergaenzende",
                "ergaenzende",
                "andere",
                "bewilligt",
            ),
            null,
        )
    andere = sum(
        (
            t.betrag
            for t in budget.teilbudgets.all()
            if Entscheidungsrolle(t.entscheidung) not in DURCH_UNS
        ),
        Decimal(0),
    )
    return {
        "andere": format_schlicht(andere),
        "bewilligt": format_schlicht(gesamt.gesamt - andere),
        "gesamt": format_schlicht(gesamt.gesamt),
        "geld": format_schlicht(gesamt.geld),
        "gutscheine": format_schlicht(gesamt.gutscheine),
        "ohne_ergaenzende": format_schlicht(gesamt.ohne_ergaenzende),
        "ergaenzende": format_schlicht(gesamt.gesamt - gesamt.ohne_ergaenzende),
    }
