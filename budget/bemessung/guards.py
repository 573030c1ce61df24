"""Legal preconditions of the Bemessung: citation first."""

from __future__ import annotations

from collections.abc import Sequence

from budget.models import PersoenlichesBudget
from budget.states import Auszahlungsform, Budgetzustand
from cases.models import Traegerart
from cases.registry.schritt import Hindernis
from gesamtplan.models import Leistung
from gesamtplan.states import Leistungsform
from recht.bemessung import NORM_BEMESSUNG
from recht.eingliederungshilfe import genannte_paragrafen
from recht.geld import format_euro
from recht.rechtsstand import norm_am

_NUR_GUTSCHEIN = frozenset({"36", "38", "41"})

_PFLEGEGELD = "37"


def teilbudgets_vorhanden(
    budget: PersoenlichesBudget, leistungen: Sequence[Leistung]
) -> Hindernis | None:
    """§ 29 Abs. 2 S. 6 SGB IX: every budgetfähige Leistung of the plan has its Teilbudget."""
    norm = norm_am(budget.beginn, "§ 17 Abs. 3 S. 3 SGB IX a.F.", "§ 29 Abs. 2 S. 6 SGB IX")
    teilbudgets = list(budget.teilbudgets.all())
    if not any(not t.ergaenzend for t in teilbudgets):
        return Hindernis("Es ist noch kein Teilbudget festgesetzt.", norm)
    gesetzt = {t.leistung_id for t in teilbudgets}
    offen = [
        leistung.bezeichnung
        for leistung in leistungen
        if leistung.leistungsform == Leistungsform.PERSOENLICHES_BUDGET
        and leistung.pk not in gesetzt
    ]
    if not offen:
        return None
    return Hindernis(f"Noch nicht bemessen: {', '.join(offen)}.", norm)


def deckel_eingehalten(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 29 Abs. 2 S. 7 SGB IX: the budget should not cost more than the Leistungen without it."""
    norm = norm_am(budget.beginn, "§ 17 Abs. 3 S. 4 SGB IX a.F.", "§ 29 Abs. 2 S. 7 SGB IX")
    if budget.deckel_ausnahme.strip():
        return None
    if budget.vergleichssumme is None:
        return Hindernis(
            "Es fehlt der Betrag, den die Leistungen ohne Persönliches Budget im Monat kosten "
            "würden. Ohne ihn lässt sich die Obergrenze nicht prüfen.",
            norm,
        )
    teil = budget.summe(ergaenzende=False)
    if teil <= budget.vergleichssumme:
        return None
    return Hindernis(
        f"Das Persönliche Budget von {format_euro(teil)} übersteigt die Kosten der Leistungen ohne "
        f"Persönliches Budget ({format_euro(budget.vergleichssumme)}) um "
        f"{format_euro(teil - budget.vergleichssumme)}. Eine höhere Summe braucht einen Grund.",
        norm,
    )


def pflegesachleistung_nur_als_gutschein(
    traegerart: str, norm: str, auszahlungsform: str
) -> Hindernis | None:
    """§ 35a SGB XI: benefits under §§ 36, 38, 41 SGB XI are handed out as vouchers only."""
    genannt = genannte_paragrafen(norm, "SGB XI")
    if (
        traegerart != Traegerart.PFLEGEKASSE
        or auszahlungsform != Auszahlungsform.GELD
        or not genannt & _NUR_GUTSCHEIN
        or _PFLEGEGELD in genannt
    ):
        return None
    return Hindernis(
        "Pflegesachleistungen der Pflegekasse dürfen im Persönlichen Budget nur als Gutschein "
        "erbracht werden, nicht als Geld.",
        "§ 35a SGB XI",
    )


def pflegesachleistungen_als_gutschein(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 35a SGB XI: no Teilbudget of a Pflegekasse pays money for what is due as a voucher."""
    for t in budget.teilbudgets.all():
        hindernis = pflegesachleistung_nur_als_gutschein(
            t.leistungstraeger.art, t.leistung.norm, t.auszahlungsform
        )
        if hindernis is not None:
            return hindernis
    return None


def bemessung_abgeschlossen(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 29 Abs. 2 S. 6 SGB IX: what is agreed and decided are amounts that have been measured."""
    if budget.state != Budgetzustand.BEANTRAGT:
        return None
    return Hindernis(
        "Die Bemessung der Teilbudgets ist noch nicht abgeschlossen.",
        NORM_BEMESSUNG[budget.rechtsstand],
    )


def stellungnahmen_der_traeger(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 15 Abs. 2 SGB IX: each other Leistungsträger has stated need and amount of its part."""
    fehlend = sorted(
        {
            t.leistungstraeger.name
            for t in budget.teilbudgets.all()
            if not t.leistungstraeger.eigener and t.stellungnahme_vom is None
        }
    )
    if not fehlend:
        return None
    return Hindernis(
        f"Das Datum der Stellungnahme fehlt: {', '.join(fehlend)}.",
        norm_am(budget.beginn, "§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 SGB IX"),
    )
