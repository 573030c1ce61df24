"""Reads of reviews and proofs of a budget, and the money that has to be proved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from budget.models import Budgetueberpruefung, PersoenlichesBudget, Teilbudget, Verwendungsnachweis
from budget.states import Auszahlungsform, Budgetzustand, Nachweisart
from budget.states.ueberpruefung import Budgetpruefstand, Nachweisstand
from cases.behoerde.queries.eigener_wert import teilmonat_modus
from cases.models import Case, Frist
from cases.models.stand import werte_of
from recht.bemessung import Betrag
from recht.fristkennung import Regel
from recht.laenge import monatsende, plus_monate
from recht.teilmonat import teilmonat

# As the first wording of the Zielvereinbarung has it.
_MODUS = "dreissigstel"
FELDER = (
    "gespraech_am",
    "beteiligte",
    "verwendung",
    "wirkung",
    "zufriedenheit",
    "umfeld",
    "zielerreichung",
    "stabilitaet",
    "beispiel",
)
_REGELN = (
    Regel.ERSTE_UEBERPRUEFUNG,
    Regel.ERPROBUNG,
    Regel.VERLAUFSGESPRAECH,
    Regel.VERWENDUNGSNACHWEIS,
    Regel.BEDARF_WIEDERHOLEN,
)


def begun_budgets(case: Case) -> list[PersoenlichesBudget]:
    """Return what was ever paid, the running one first, then the one that ended last; one query.

    One that is being prepared is not among them: nothing of it has been used yet.
    """
    rows = PersoenlichesBudget.objects.filter(
        case=case, state__in=(Budgetzustand.LAEUFT, Budgetzustand.BEENDET)
    )
    found = list(rows.select_related("gesamtplan").order_by("-beginn", "-id"))
    for row in found:
        row.case = case
    return sorted(found, key=lambda row: row.state != Budgetzustand.LAEUFT)


def last_paid_day(budget: PersoenlichesBudget) -> date | None:
    """Return the last day for which money was due, None while no end is known.

    A decision may have taken days of the grant, or the death of the person, whose month is paid.
    """
    tod = budget.case.leistungsberechtigte_person.verstorben_am
    tage = (budget.letzter_tag, monatsende(tod) if tod else None)
    return min((tag for tag in tage if tag is not None), default=None)


def werte_of_protokoll(row: Budgetueberpruefung) -> dict[str, Any]:
    """Return talk and protocol as the form shows them."""
    return werte_of(row, FELDER)


def ueberpruefungen_of(budget: PersoenlichesBudget) -> list[Budgetueberpruefung]:
    """Return the reviews of a budget, the newest first; one query."""
    rows = list(budget.ueberpruefungen.select_related("bearbeitet_von"))
    for row in rows:
        row.persoenliches_budget = budget
    return rows


def open_ueberpruefung(budget: PersoenlichesBudget) -> Budgetueberpruefung | None:
    """Return the review of a budget that is being written."""
    return budget.ueberpruefungen.filter(state=Budgetpruefstand.OFFEN).first()


def ueberpruefung_of(case: Case, kennung: int) -> Budgetueberpruefung | None:
    """Return one review of a budget of this case, None when there is none."""
    rows = Budgetueberpruefung.objects.filter(persoenliches_budget__case=case, pk=kennung)
    row = rows.select_related("bearbeitet_von", "persoenliches_budget__gesamtplan").first()
    if row is not None:
        row.persoenliches_budget.case = case
    return row


def nachweise_of(budget: PersoenlichesBudget) -> list[Verwendungsnachweis]:
    """Return the proofs of a budget, the newest stretch first; one query."""
    rows = list(budget.verwendungsnachweise.select_related("unterlage"))
    for row in rows:
        row.persoenliches_budget = budget
    return rows


def nachweis_of(case: Case, kennung: int) -> Verwendungsnachweis | None:
    """Return one proof of a budget of this case, None when there is none."""
    rows = Verwendungsnachweis.objects.filter(persoenliches_budget__case=case, pk=kennung)
    row = rows.select_related("persoenliches_budget", "unterlage", "bearbeitet_von").first()
    if row is not None:
        row.persoenliches_budget.case = case
    return row


def finde_nachweis(case: Case, teile: Mapping[str, int]) -> Verwendungsnachweis | None:
    """Return the proof that a letter is about."""
    return nachweis_of(case, teile["nachweis"])


def fristen_of_budget(budget: PersoenlichesBudget) -> list[Frist]:
    """Return F31 to F34 of the case, those that run first; one query."""
    rows = Frist.objects.filter(case=budget.case_id, regel__in=_REGELN)
    return list(rows.order_by("erledigt_am", "ende", "id"))


def proved_teile(budget: PersoenlichesBudget) -> list[Teilbudget]:
    """Return the Teilbudgets in money for which the agreement asks for a proof."""
    rows = budget.teilbudgets.select_related("leistung", "leistungstraeger")
    return [
        t
        for t in rows
        if t.auszahlungsform == Auszahlungsform.GELD
        and t.nachweisart != Nachweisart.KEIN_NACHWEIS
        and not t.ergaenzend
    ]


def amount_to_prove(budget: PersoenlichesBudget, von: date, bis: date) -> Decimal:
    """Return the euro of a stretch for which proof is owed; parts of months as they are paid.

    What the person contributes herself counts: she owes the proof for the whole agreed amount.
    Days after the last one that is paid count for nothing.
    """
    letzter = last_paid_day(budget)
    bis = min(bis, letzter) if letzter is not None else bis
    im_monat = sum((t.betrag for t in proved_teile(budget)), Decimal("0.00"))
    modus = teilmonat_modus(budget.beginn) or _MODUS
    summe, monat = Decimal("0.00"), von.replace(day=1)
    while im_monat and monat <= bis:
        erster, letzter = max(monat, von), min(monatsende(monat), bis)
        summe += teilmonat(Betrag(im_monat, ()), erster, modus, bis=letzter).betrag
        monat = plus_monate(monat, 1)
    return summe


def next_stretch(budget: PersoenlichesBudget, monate: int) -> tuple[date, date]:
    """Return the stretch that follows the last one asked for, as long as talks are apart."""
    letzter = max((row.bis for row in budget.verwendungsnachweise.all()), default=None)
    von = budget.beginn if letzter is None else plus_monate(letzter.replace(day=1), 1)
    bis = monatsende(plus_monate(von.replace(day=1), monate - 1))
    ende = last_paid_day(budget)
    return von, min(bis, ende) if ende else bis


def has_open_nachweis(budget: PersoenlichesBudget) -> bool:
    """Tell whether a proof is outstanding."""
    rows = budget.verwendungsnachweise
    return rows.exclude(state=Nachweisstand.GEPRUEFT).exists()
