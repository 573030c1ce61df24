"""Legal preconditions of the Bemessung: citation first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.urls import reverse

from budget.models import PersoenlichesBudget
from budget.states import Auszahlungsform, Bemessungsart, Budgetzustand
from cases.models import Traegerart
from cases.registry.schritt import Hindernis
from gesamtplan.models import Leistung
from gesamtplan.plan.guards import schluessel_passt
from gesamtplan.states import Leistungsform
from recht.bemessung import NORM_BEMESSUNG, Betrag, deckel
from recht.entscheidung import Entscheidungsrolle
from recht.fehler import RechtFehler
from recht.geld import format_euro
from recht.leistung import Bereich, leistung_of
from recht.pflege import SATZREIHEN, pflegegeldanteil
from recht.rechtsstand import Rechtsstand, gilt_in, norm_am, rechtsstand_am
from recht.vorgriff import Wertebestand

# A product of numbers, as in „8 × 41,25 × 4,33“.
_RECHNUNG = re.compile(r"\d\s*(?:[×*·]|\bx\b|\bmal\b)\s*\d")
_SACHLEISTUNG = frozenset({"pk_pflegesachleistung", "pk_kombination_sachleistung"})
_HILFSMITTEL = "pk_pflegehilfsmittel"
# Leistungen that are rendered in a Werkstatt, under the old law and since 2020.
WERKSTATT = frozenset({"a_werkstatt", "b_werkstatt"})
_OFFEN = frozenset(
    {Budgetzustand.BEANTRAGT, Budgetzustand.BEMESSEN, Budgetzustand.ZIELVEREINBARUNG}
)


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


def deckel_eingehalten(
    budget: PersoenlichesBudget, summe: Decimal | None = None
) -> Hindernis | None:
    """§ 29 Abs. 2 S. 7 SGB IX: the budget should not cost more than the Leistungen without it.

    `summe` stands for the sum of the Teilbudgets while another one is tried.
    """
    norm = norm_am(budget.beginn, "§ 17 Abs. 3 S. 4 SGB IX a.F.", "§ 29 Abs. 2 S. 7 SGB IX")
    ausnahme = budget.deckel_ausnahme
    if budget.vergleichssumme is None and ausnahme.strip():
        return None
    if budget.vergleichssumme is None:
        return Hindernis(
            "Es fehlt der Betrag, den die Leistungen ohne Persönliches Budget im Monat kosten "
            "würden. Ohne ihn lässt sich die Obergrenze nicht prüfen.",
            norm,
        )
    teil = budget.summe(ergaenzende=False) if summe is None else summe
    daneben = budget.sachleistung_daneben or Decimal(0)
    vergleich = budget.vergleichssumme
    ergebnis = deckel(
        Betrag(teil, ()), vergleich, budget.beginn, daneben=daneben, ausnahme=ausnahme
    )
    if not ergebnis.gedeckelt:
        return None
    was = f"Das Persönliche Budget von {format_euro(teil)} übersteigt"
    if daneben:
        was = (
            f"Das Persönliche Budget von {format_euro(teil)} und die Sachleistungen daneben von "
            f"{format_euro(daneben)} übersteigen zusammen"
        )
    return Hindernis(
        f"{was} die Kosten der Leistungen ohne Persönliches Budget ({format_euro(vergleich)}) um "
        f"{format_euro(teil + daneben - vergleich)}. Eine höhere Summe braucht einen Grund.",
        norm,
    )


def sachleistungen_beziffert(
    budget: PersoenlichesBudget, daneben: Sequence[Leistung]
) -> Hindernis | None:
    """§ 29 Abs. 2 S. 7 SGB IX: what stays Sachleistung is part of what is compared."""
    if not daneben or budget.sachleistung_daneben is not None or budget.deckel_ausnahme.strip():
        return None
    return Hindernis(
        f"Neben dem Budget bleibt Sachleistung: {', '.join(d.bezeichnung for d in daneben)}. Geben "
        "Sie in den Angaben zum Budget an, was sie im Monat kostet; ohne sie wäre der Vergleich "
        "mit der Obergrenze falsch.",
        norm_am(budget.beginn, "§ 17 Abs. 3 S. 4 SGB IX a.F.", "§ 29 Abs. 2 S. 7 SGB IX"),
    )


def leistungen_decken_zeitraum(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: each Leistung is granted for as long as the budget pays for it.

    The budget has one sum a month. A Leistung that begins later or ends before it would be paid
    for a time in which it is not granted. What was agreed before stays as it is.
    """
    if budget.state not in _OFFEN:
        return None
    bis = f"bis {budget.ende:%d.%m.%Y}" if budget.ende else "ohne Ende"
    for leistung in (t.leistung for t in budget.teilbudgets.all()):
        zu_spaet = leistung.beginn > budget.beginn
        zu_kurz = leistung.ende is not None and (budget.ende is None or leistung.ende < budget.ende)
        if zu_spaet or zu_kurz:
            ende = f"bis {leistung.ende:%d.%m.%Y}" if leistung.ende else "ohne Ende"
            return Hindernis(
                f"„{leistung.bezeichnung}“ ist im Gesamtplan vom {leistung.beginn:%d.%m.%Y} {ende} "
                f"vorgesehen, das Budget läuft vom {budget.beginn:%d.%m.%Y} {bis}: Es würde auch "
                "für Monate zahlen, in denen die Leistung nicht bewilligt ist. Passen Sie den "
                "Zeitraum des Budgets an; was später beginnt oder weiterläuft, folgt als Änderung.",
                "§ 33 Abs. 1 SGB X",
            )
    return None


def kombination_stimmt(budget: PersoenlichesBudget, werte: Wertebestand) -> Hindernis | None:
    """§ 38 SGB XI: beside Pflegesachleistung there is only the share of the Pflegegeld left.

    The share of the Sachleistung in its highest amount lowers the Pflegegeld by the same share.
    Where the Sachleistung is none of this budget, the Pflegekasse has fixed the share.
    """
    if budget.state not in _OFFEN:
        return None
    nach = {t.katalogschluessel: t for t in budget.teilbudgets.all()}
    if "pk_pflegegeld" in nach and nach.keys() & _SACHLEISTUNG:
        return Hindernis(
            "Das ganze Pflegegeld gibt es nicht neben der Pflegesachleistung. Ordnen Sie beides "
            "der Kombinationsleistung zu: Dann rechnet Fallwerk das anteilige Pflegegeld.",
            "§ 38 S. 1 SGB XI",
        )
    geld, sach = nach.get("pk_kombination_geld"), nach.get("pk_kombination_sachleistung")
    if geld is None or not geld.parameter_schluessel:
        return None
    try:
        anteil = pflegegeldanteil(
            geld.parameter_schluessel, sach.betrag if sach else None, budget.beginn, werte
        )
    except RechtFehler as error:
        return Hindernis(str(error), "§ 38 SGB XI")
    if anteil is None:
        if geld.betrag < werte.am(geld.parameter_schluessel, budget.beginn).wert:
            return None
        return Hindernis(
            "Das ganze Pflegegeld ist kein Anteil. Geben Sie den Betrag an, den die Pflegekasse "
            "bestimmt hat, oder setzen Sie zuerst die Pflegesachleistung fest.",
            "§ 38 S. 1 SGB XI",
        )
    if geld.betrag == anteil.geld:
        return None
    return Hindernis(
        f"Das anteilige Pflegegeld beträgt {format_euro(anteil.geld)}, festgesetzt sind "
        f"{format_euro(geld.betrag)}. Setzen Sie das Teilbudget neu fest.",
        "§ 38 S. 2 SGB XI",
    )


def leistungen_zugeordnet(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 120 Abs. 2 S. 2 SGB IX: the Bescheid names the preconditions of each Leistung.

    Which Leistung it is says its key. What was agreed before there were keys stays as it is.
    """
    if budget.state not in _OFFEN:
        return None
    offen = [t.leistung.bezeichnung for t in budget.teilbudgets.all() if not t.katalogschluessel]
    if offen:
        return Hindernis(
            f"Nicht zugeordnet ist, welche Leistung des Katalogs das ist: {', '.join(offen)}. "
            "Wählen Sie sie am Teilbudget aus.",
            norm_am(
                budget.beginn,
                "§ 35 Abs. 1 SGB X",
                "§ 120 Abs. 2 S. 2 SGB IX",
                ue="§ 143a Abs. 2 S. 2 SGB XII",
            ),
        )
    for t in budget.teilbudgets.all():
        hindernis = schluessel_passt(t.katalogschluessel, t.leistungstraeger, budget.beginn)
        if hindernis is not None:
            return hindernis
    return None


def pflegesachleistung_nur_als_gutschein(
    traegerart: str,
    schluessel: str,
    auszahlungsform: str,
    hilfsmittelform: str = Auszahlungsform.GUTSCHEIN,
) -> Hindernis | None:
    """§ 35a SGB XI: of a Pflegekasse only Pflegegeld and its share in a Kombination are money.

    In which form Pflegehilfsmittel for use up are given the law leaves open: `hilfsmittelform` is
    what the authority has set.
    """
    eintrag = leistung_of(schluessel)
    if traegerart != Traegerart.PFLEGEKASSE and not (
        eintrag is not None and eintrag.bereich is Bereich.PFLEGEVERSICHERUNG
    ):
        return None
    erlaubt = eintrag.form if eintrag is not None else Auszahlungsform.GUTSCHEIN
    if schluessel == _HILFSMITTEL:
        erlaubt = hilfsmittelform
    if auszahlungsform == erlaubt:
        return None
    if schluessel == _HILFSMITTEL:
        form = "Geld" if erlaubt == Auszahlungsform.GELD else "Gutschein"
        return Hindernis(
            f"Die Behörde hat festgelegt: Pflegehilfsmittel gibt es hier nur als {form} (Eigene "
            "Werte).",
            "§ 35a SGB XI",
        )
    if auszahlungsform == Auszahlungsform.GUTSCHEIN:
        return Hindernis(
            "Pflegegeld wird im Persönlichen Budget als Geld gezahlt, nicht als Gutschein.",
            "§ 35a SGB XI",
        )
    zusatz = "" if eintrag else " Ordnen Sie die Leistung zuerst dem Katalog zu."
    return Hindernis(
        "Als Geld zahlt die Pflegekasse im Persönlichen Budget nur Pflegegeld und den im Voraus "
        "bestimmten Anteil der Kombinationsleistung. Pflegesachleistungen werden nur als Gutschein "
        f"erbracht.{zusatz}",
        "§ 35a SGB XI",
    )


def pflegesachleistungen_als_gutschein(
    budget: PersoenlichesBudget, hilfsmittelform: str = Auszahlungsform.GUTSCHEIN
) -> Hindernis | None:
    """§ 35a SGB XI: no Teilbudget of a Pflegekasse pays money for what is due as a voucher.

    What was agreed before there were keys cannot be assigned any more; it stays as it is.
    """
    for t in budget.teilbudgets.all():
        if not t.katalogschluessel and budget.state not in _OFFEN:
            continue
        hindernis = pflegesachleistung_nur_als_gutschein(
            t.leistungstraeger.art, t.katalogschluessel, t.auszahlungsform, hilfsmittelform
        )
        if hindernis is not None:
            return hindernis
    return None


def satz_passt_zur_leistung(schluessel: str, parameter_schluessel: str) -> Hindernis | None:
    """§ 35a SGB XI: a statutory amount is that of its own Leistung, not of another one."""
    reihen = SATZREIHEN.get(schluessel, ())
    if parameter_schluessel.startswith(reihen or ("\0",)):
        return None
    eintrag = leistung_of(schluessel)
    was = f"„{eintrag.bezeichnung}“" if eintrag else "eine Leistung ohne Zuordnung zum Katalog"
    return Hindernis(f"Dieser gesetzliche Betrag gehört nicht zu {was}.", "§ 31 SGB I")


def begruendung_ohne_rechnung(text: str, beginn: date) -> Hindernis | None:
    """§ 29 Abs. 2 S. 6 SGB IX: hours times rate are computed; a text could say another result."""
    if not _RECHNUNG.search(text):
        return None
    return Hindernis(
        "Die Begründung enthält eine Rechnung. Wählen Sie „nach Stunden und Sachkosten berechnet“: "
        "Dann rechnet Fallwerk, und die Rechnung steht im Rechenweg.",
        norm_am(beginn, "§ 17 Abs. 3 S. 3 SGB IX a.F.", "§ 29 Abs. 2 S. 6 SGB IX"),
    )


@gilt_in(Rechtsstand.UE, Rechtsstand.B)
def getrennte_bewilligung_dokumentiert(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 15 Abs. 3 S. 1 SGB IX: in its own name another decides only where the plan documents it."""
    offen = [
        t.leistung.bezeichnung
        for t in budget.teilbudgets.all()
        if t.entscheidung == Entscheidungsrolle.EIGENER_NAME
        and t.leistung.entscheidung != Entscheidungsrolle.EIGENER_NAME
    ]
    if not offen:
        return None
    return Hindernis(
        f"Der Gesamtplan dokumentiert nicht, dass ein anderer Träger im eigenen Namen entscheidet: "
        f"{', '.join(offen)}. Schreiben Sie den Gesamtplan fort.",
        "§ 15 Abs. 3 S. 1 SGB IX",
    )


def individuell_hergeleitet(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 29 Abs. 2 S. 6 SGB IX: an amount set for the single case says from what it follows.

    What another carrier has fixed it has stated itself; what was agreed before stays as it is.
    """
    if budget.state not in _OFFEN:
        return None
    offen = [
        t.leistung.bezeichnung
        for t in budget.teilbudgets.all()
        if t.bemessungsart == Bemessungsart.INDIVIDUELL
        and t.leistungstraeger.eigener
        and not t.abweichung_grund.strip()
    ]
    if not offen:
        return None
    return Hindernis(
        f"Es fehlt, woraus sich der festgesetzte Betrag ergibt: {', '.join(offen)}. Tragen Sie "
        "beim Teilbudget die Herleitung ein.",
        NORM_BEMESSUNG[budget.rechtsstand],
    )


def werkstatt_verglichen(schluessel: str, kosten: Decimal | None) -> Hindernis | None:
    """KVJS-Leitfaden 2010 Nr. 2.4: a Werkstatt is paid up to the cost of the nearest one."""
    if schluessel not in WERKSTATT or (kosten is not None and kosten > 0):
        return None
    return Hindernis(
        "Bitte geben Sie an, was die nächstgelegene Werkstatt im Monat kostet. Mehr wird nicht "
        "anerkannt; den Rest trägt die Person selbst.",
        "KVJS-Leitfaden 2010 Nr. 2.4",
    )


def beratung_im_betrag(beratung: Decimal | None, betrag: Decimal, beginn: date) -> Hindernis | None:
    """§ 29 Abs. 2 S. 6 SGB IX: advice and support are part of the amount, not beside it."""
    if beratung is None or 0 <= beratung <= betrag:
        return None
    return Hindernis(
        f"Für Budgetberatung kann nicht mehr bestimmt sein als der ganze Betrag von "
        f"{format_euro(betrag)}.",
        NORM_BEMESSUNG[rechtsstand_am(beginn)],
    )


def betraege_nachgerechnet(
    budget: PersoenlichesBudget, nachgerechnet: Mapping[int, Decimal | None]
) -> Hindernis | None:
    """§ 29 Abs. 2 S. 6 SGB IX: each amount is what its Rechenweg gives on the first day.

    `nachgerechnet` gives the amount of each Teilbudget, None where it cannot be computed any more.
    """
    if budget.state not in _OFFEN:
        return None
    falsch = [
        t.leistung.bezeichnung
        for t in budget.teilbudgets.all()
        if nachgerechnet.get(t.pk) != t.betrag
    ]
    if not falsch:
        return None
    return Hindernis(
        f"Der Betrag ergibt sich am {budget.beginn:%d.%m.%Y} nicht mehr aus seiner Berechnung: "
        f"{', '.join(falsch)}. Setzen Sie das Teilbudget neu fest.",
        NORM_BEMESSUNG[budget.rechtsstand],
    )


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
            if not t.leistungstraeger.eigener
            and t.stellungnahme_vom is None
            and t.selbst_festgestellt_am is None
        }
    )
    if not fehlend:
        return None
    return Hindernis(
        f"Das Datum der Stellungnahme fehlt: {', '.join(fehlend)}.",
        norm_am(budget.beginn, "§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 SGB IX"),
        reverse("budget_traeger", args=[budget.case_id]),
    )
