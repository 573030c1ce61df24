"""What is measured, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from budget.models import PersoenlichesBudget, Teilbudget
from budget.states import (
    Auszahlungsform,
    Bemessungsart,
)
from cases.behoerde.queries.gesetzeswert import werte_des_rechts
from cases.models import LeistungsberechtigtePerson, Traegerbeteiligung
from cases.models.person import angabe_am
from cases.models.stand import werte_of
from cases.states.tafel import SchrittUnzulaessig
from cases.vordruck import rows_of
from gesamtplan.models import Gesamtplan, Leistung
from gesamtplan.states import Leistungsform
from recht.bemessung import (
    BEHINDERUNGSARTEN,
    Betrag,
    Gesamtbudget,
    Teil,
    gesamtbudget,
    pauschale,
    summe,
)
from recht.budgetrechnung import Position, price_position
from recht.entscheidung import Entscheidungsrolle, Zuordnung, decide_rolle
from recht.fehler import RechtFehler
from recht.geld import format_euro
from recht.leistung import is_eingliederungshilfe, leistung_of
from recht.parameter import parameter, reihe
from recht.pflege import Pflegeanteil, pflegegeldanteil, satz_of_stufe, stufe_of_satz
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, rechtsstand_am
from recht.vorgriff import Wertebestand

# How many lines of hours one Teilbudget may have.
STUNDENZEILEN = (1, 2)
_GEZEIGT = (
    "katalogschluessel",
    "bemessungsart",
    "parameter_schluessel",
    "satz_grund",
    "abweichung_grund",
    "auszahlungsform",
    "entscheidung",
    "entscheidung_grund",
    "stellungnahme_vom",
    "nachweisart",
    "nachweis",
    "sachleistung_kosten",
    "sachleistung_quelle",
    "beratung",
    "freizeit_grund",
    "werkstatt_kosten",
)


def werte_of_teilbudget(row: Teilbudget | None) -> dict[str, Any]:
    """Return what the form shows of a Teilbudget: what was typed, never what was computed."""
    werte = werte_of(row, _GEZEIGT)
    werte["betrag"] = row.betrag_eingegeben if row is not None else None
    for n in STUNDENZEILEN:
        werte |= dict.fromkeys((f"stunden_{n}", f"satz_{n}", f"wofuer_{n}"))
        # What an empty row of the form offers, so that nobody is asked about it.
        werte[f"je_{n}"] = "woche"
    werte |= {"sachkosten": None, "sachkosten_wofuer": None}
    nummer = 0
    for zeile in row.positionen if row is not None else ():
        if zeile["art"] == "sachkosten":
            werte["sachkosten"] = Decimal(zeile["betrag"])
            werte["sachkosten_wofuer"] = zeile.get("bezeichnung", "")
            continue
        nummer += 1
        werte[f"stunden_{nummer}"] = zeile["anzahl"].replace(".", ",")
        werte[f"je_{nummer}"] = zeile["je"]
        werte[f"satz_{nummer}"] = Decimal(zeile["satz"])
        werte[f"wofuer_{nummer}"] = zeile.get("bezeichnung", "")
    return werte


def answered_at(budget: PersoenlichesBudget, leistung: Leistung) -> date | None:
    """Return when the carrier of a Leistung has answered, for a Teilbudget that is not set yet."""
    rows = Traegerbeteiligung.objects.filter(
        antrag=budget.antrag_id, traeger=leistung.leistungstraeger_id
    )
    return rows.values_list("eingegangen_am", flat=True).first()


@dataclass(frozen=True)
class Kostenvergleich:
    """What the Leistungen cost as budget and as Sachleistung, euro a month (§ 29 Abs. 2 S. 7).

    `zeilen` are (Teilbudget, how much cheaper the budget is); `offen` names those without a cost.
    """

    zeilen: tuple[tuple[Teilbudget, Decimal], ...]
    budget: Decimal
    sachleistung: Decimal
    offen: tuple[str, ...]

    @property
    def unterschied(self) -> Decimal:
        """Return how much cheaper the budget is in all."""
        return self.sachleistung - self.budget


def kostenvergleich_of(budget: PersoenlichesBudget) -> Kostenvergleich | None:
    """Return the comparison of the Teilbudgets whose cost as Sachleistung is known; else None."""
    teile = [t for t in budget.teilbudgets.all() if not t.ergaenzend]
    bekannt = [(t, t.sachleistung_kosten) for t in teile if t.sachleistung_kosten is not None]
    if not bekannt:
        return None
    return Kostenvergleich(
        tuple((t, kosten - t.betrag) for t, kosten in bekannt),
        sum((t.betrag for t, _ in bekannt), Decimal("0.00")),
        sum((kosten for _, kosten in bekannt), Decimal("0.00")),
        tuple(t.leistung.bezeichnung for t in teile if t.sachleistung_kosten is None),
    )


def list_daneben(gesamtplan: Gesamtplan) -> Sequence[Leistung]:
    """Return what the plan grants as Sach- or Dienstleistung beside the budget, not joining it."""
    return rows_of(_daneben, plan=gesamtplan.pk)


def _daneben(plan: int) -> QuerySet[Leistung]:
    return Leistung.objects.filter(
        gesamtplan_id=plan,
        leistungsform__in=(Leistungsform.SACHLEISTUNG, Leistungsform.DIENSTLEISTUNG),
        ergaenzend=False,
    )


def gesamtbudget_of(budget: PersoenlichesBudget) -> Gesamtbudget | None:
    """Return the sums of the Teilbudgets with their Rechenweg; None while there is none."""
    teile = [
        Teil(
            bezeichnung=t.leistung.bezeichnung,
            traeger=t.leistungstraeger.name,
            betrag=t.betrag,
            form="gutschein" if t.auszahlungsform == Auszahlungsform.GUTSCHEIN else "geld",
            ergaenzend=t.ergaenzend,
        )
        for t in budget.teilbudgets.all()
    ]
    return gesamtbudget(teile, stichtag=budget.beginn) if teile else None


def planned_schluessel(leistung: Leistung, stichtag: date) -> str:
    """Return which Leistung of the catalogue the plan names, empty where the day's law has none.

    A plan of old names none; one that reaches into another law is assigned anew by hand.
    """
    eintrag = leistung_of(leistung.katalogschluessel)
    return eintrag.schluessel if eintrag is not None and eintrag.gilt_am(stichtag) else ""


def zuordnung_of(leistung: Leistung, schluessel: str) -> Zuordnung:
    """Return what the law asks of a Leistung to say who decides about it."""
    traeger = leistung.leistungstraeger
    return Zuordnung(schluessel, traeger.art, traeger.eigener)


def planned_rolle(
    leistung: Leistung, schluessel: str, stichtag: date
) -> tuple[Entscheidungsrolle, str]:
    """Return who decides about a Leistung as its plan says it, else the law; and the reason."""
    if leistung.entscheidung:
        return Entscheidungsrolle(leistung.entscheidung), leistung.entscheidung_grund
    return decide_rolle(zuordnung_of(leistung, schluessel), stichtag), ""


@dataclass(frozen=True)
class Richtwert:
    """The Richtwert of a person and the first day of its table; `gilt` on the day asked for."""

    betrag: Decimal
    gueltig_ab: date
    gilt: bool
    rechenweg: tuple[Schritt, ...]


def richtwert_of(person: LeistungsberechtigtePerson, stichtag: date) -> Richtwert | None:
    """Return the Richtwert for the person on the day; None where there is none to compare with.

    Before the first table (2010) its values serve for comparison only: `gilt` is False. After
    the old law had ended there is no comparison either.
    """
    gruppe = person.hilfebedarfsgruppe_am(stichtag)
    if gruppe is None or person.behinderungsart not in BEHINDERUNGSARTEN:
        return None
    if rechtsstand_am(stichtag) is not Rechtsstand.A:
        return None
    schluessel = f"kvjs_richtwert.hbg{gruppe}.{BEHINDERUNGSARTEN[person.behinderungsart]}"
    try:
        betrag = pauschale(gruppe, person.behinderungsart, stichtag)
        gilt = True
        ab = parameter(schluessel, stichtag).gueltig_ab
    except RechtFehler:
        ab = reihe(schluessel).deckung_von
        if stichtag >= ab:
            return None
        betrag = pauschale(gruppe, person.behinderungsart, ab)
        gilt = False
    return Richtwert(betrag.betrag, ab, gilt, betrag.rechenweg)


def comparable_richtwert(
    person: LeistungsberechtigtePerson, leistung: Leistung, schluessel: str, stichtag: date
) -> Richtwert | None:
    """Return the Richtwert with which a Leistung is compared: one of the Eingliederungshilfe."""
    if leistung.ergaenzend or not is_eingliederungshilfe(schluessel):
        return None
    return richtwert_of(person, stichtag)


def stufe_of(person: LeistungsberechtigtePerson, stichtag: date) -> str:
    """Return the Pflegestufe or Pflegegrad of the person on the day, as `recht.pflege` names it.

    Empty where none is entered, or none that opens a benefit of its own.
    """
    zeile = angabe_am(person.pflegeeinstufungen.all(), stichtag)
    return zeile.stand.replace("_", "") if zeile and zeile.stand != "keiner" else ""


def own_satz(person: LeistungsberechtigtePerson, schluessel: str, stichtag: date) -> str:
    """Return the statutory amount of a Leistung for the own Pflegegrad of the day, else empty."""
    satz = satz_of_stufe(schluessel, stufe_of(person, stichtag))
    try:
        werte_des_rechts().am(satz, stichtag)
    except RechtFehler:
        return ""
    return satz


def is_other_stufe(
    person: LeistungsberechtigtePerson, parameter_schluessel: str, stichtag: date
) -> bool:
    """Tell whether an amount is that of another Pflegegrad than the one entered for the person."""
    eigene, gewaehlt = stufe_of(person, stichtag), stufe_of_satz(parameter_schluessel)
    return bool(eigene and gewaehlt and eigene != gewaehlt)


def position_of(zeile: Mapping[str, Any]) -> Position:
    """Return a stored position as `recht` computes it."""
    faktor = zeile.get("wochenfaktor") or ""
    return Position(
        art=zeile["art"],
        bezeichnung=zeile.get("bezeichnung", ""),
        anzahl=Decimal(zeile.get("anzahl") or "0"),
        je=zeile.get("je", ""),
        satz=Decimal(zeile.get("satz") or "0"),
        wochenfaktor=Decimal(faktor) if faktor else None,
        betrag=Decimal(zeile.get("betrag") or "0"),
    )


def price_positionen(positionen: Sequence[Mapping[str, Any]], stichtag: date) -> Betrag:
    """Compute the amount of stored positions, rounded once; raises RechtFehler."""
    return summe([price_position(position_of(zeile), stichtag) for zeile in positionen])


def kombination_of(
    budget: PersoenlichesBudget, satz: str, werte: Wertebestand
) -> Pflegeanteil | None:
    """Return the share of the Pflegegeld beside the voucher of this budget (§ 38 SGB XI).

    None where this budget has no such voucher. Raises EingabeUngueltig where the voucher is above
    the highest amount of the Pflegegrad.
    """
    sach = [
        t.betrag
        for t in budget.teilbudgets.all()
        if t.katalogschluessel == "pk_kombination_sachleistung"
    ]
    return pflegegeldanteil(satz, sach[0] if sach else None, budget.beginn, werte)


def add_kombination(
    budget: PersoenlichesBudget, satz: str, schritte: list[Schritt]
) -> Decimal | None:
    """Add how the share of the Pflegegeld is found; return it, None where there is no voucher.

    Raises SchrittUnzulaessig where the voucher is above the highest amount (§ 38 SGB XI).
    """
    try:
        anteil = kombination_of(budget, satz, werte_des_rechts())
    except RechtFehler as error:
        raise SchrittUnzulaessig(str(error), "§ 38 SGB XI") from error
    schritte += anteil.rechenweg if anteil else ()
    return anteil.geld if anteil else None


def satzschritte(
    budget: PersoenlichesBudget, satz: str, grund: str
) -> tuple[list[Schritt], Decimal]:
    """Return the steps of a statutory amount and the amount.

    Raises SchrittUnzulaessig for the amount of another Pflegegrad without a reason.
    """
    stichtag, person = budget.beginn, budget.case.leistungsberechtigte_person
    wert = werte_des_rechts().am(satz, stichtag)
    schritte = [
        Schritt(
            f"{reihe(satz).bezeichnung} am {stichtag:%d.%m.%Y}: {format_euro(wert.wert)}",
            wert.norm,
            wert.grad,
        )
    ]
    if is_other_stufe(person, satz, stichtag):
        if not grund:
            raise SchrittUnzulaessig(
                "Für die Person ist am Beginn des Budgets eine andere Einstufung erfasst. Wählen "
                "Sie deren Betrag oder begründen Sie die Abweichung.",
                "§ 15 SGB XI",
            )
        schritte.append(Schritt(f"Andere Einstufung als erfasst: {grund}", "§ 15 SGB XI"))
    return schritte, wert.wert


def recompute(teilbudget: Teilbudget, stichtag: date, werte: Wertebestand | None = None) -> Decimal:
    """Compute the amount of a Teilbudget again from what it rests on, as of the day.

    An amount that a person has typed is what was typed. Raises RechtFehler where the law of the
    day has no such value any more.
    """
    betrag = _recompute(teilbudget, stichtag, werte)
    grenze = teilbudget.werkstatt_kosten
    return betrag if grenze is None else min(betrag, grenze)


def _recompute(teilbudget: Teilbudget, stichtag: date, werte: Wertebestand | None) -> Decimal:
    eingegeben, satz = teilbudget.betrag_eingegeben, teilbudget.parameter_schluessel
    if teilbudget.bemessungsart == Bemessungsart.STUNDEN:
        return price_positionen(teilbudget.positionen, stichtag).betrag
    if satz:
        bestand = werte or werte_des_rechts()
        wert = bestand.am(satz, stichtag).wert
        if teilbudget.katalogschluessel == "pk_kombination_geld":
            anteil = kombination_of(teilbudget.persoenliches_budget, satz, bestand)
            wert = anteil.geld if anteil else wert
        return wert if eingegeben is None else min(eingegeben, wert)
    if teilbudget.bemessungsart == Bemessungsart.PAUSCHALE and teilbudget.richtwert is not None:
        return teilbudget.richtwert
    return teilbudget.betrag if eingegeben is None else eingegeben


def recompute_all(budget: PersoenlichesBudget) -> dict[int, Decimal | None]:
    """Return per Teilbudget the amount computed again, None where that is not possible."""
    ergebnis: dict[int, Decimal | None] = {}
    werte = werte_des_rechts()
    for teilbudget in budget.teilbudgets.all():
        try:
            ergebnis[teilbudget.pk] = recompute(teilbudget, budget.beginn, werte)
        except RechtFehler:
            ergebnis[teilbudget.pk] = None
    return ergebnis
