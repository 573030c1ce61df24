"""What the person contributes each month and what of it is kept back from the payment.

Since 2020 it is the Beitrag to the Eingliederungshilfe (§§ 135-138 SGB IX), for benefits of the
Sozialhilfe the Einsatz of income (§ 85 SGB XII); until 2019 the latter only. What of the assets
lies above their limit pays first, month by month, until it is used. The letter, the gate of the
release and the Kasse rest on the same sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from budget.bemessung.queries import stufe_of
from budget.models import Bescheid, PersoenlichesBudget, Teilbudget
from budget.states import Auszahlungsform
from budget.states.einkommen import Beitragsfreiheit, Partnerangabe
from cases.behoerde.queries.eigener_wert import teilmonat_modus
from cases.behoerde.queries.gesetzeswert import werte_des_rechts
from cases.models.person import angabe_am
from cases.models.personenangabe import Merkzeichen
from recht.auszahlung import Vermoegensteil, Zahlungsplan, verbrauch
from recht.beitrag import (
    NORM_ABZUG,
    Beitragsergebnis,
    Leistungsteil,
    abziehbarer_beitrag,
    compute_beitrag,
)
from recht.beitragsfrei import befreiung_of
from recht.bemessung import Betrag
from recht.fehler import RechtFehler
from recht.geld import format_euro, format_schlicht
from recht.grenzen import einkommenseinsatz, vermoegensgrenze, vermoegensgrenze_pflege
from recht.leistung import Bereich, leistung_of
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, gilt_in

NULL = Decimal("0.00")
# As the first wording of the Zielvereinbarung has it.
MODUS = "dreissigstel"
# Of whom less than all above the limit may be asked (§ 87 Abs. 1 S. 3 SGB XII).
_GESCHONT = frozenset({"stufe3", "haertefall", "grad4", "grad5"})
NORM_EINSATZ = "§ 19 Abs. 3 SGB XII"
# What the calculation of the Beitrag asks of the partner; words of `recht.beitrag`.
_PARTNER: Mapping[str, str] = {p: p for p in (Partnerangabe.UNTER.value, Partnerangabe.UEBER.value)}
_SOZIALHILFE = {
    Rechtsstand.A: frozenset({Bereich.EINGLIEDERUNGSHILFE, Bereich.HILFE_ZUR_PFLEGE}),
    Rechtsstand.UE: frozenset({Bereich.EINGLIEDERUNGSHILFE, Bereich.HILFE_ZUR_PFLEGE}),
    Rechtsstand.B: frozenset({Bereich.HILFE_ZUR_PFLEGE}),
}


@dataclass(frozen=True)
class Abzug:
    """The monthly sums kept back, with their steps; `rechnung` is what the Beitrag rests on."""

    beitrag: Decimal = NULL
    einsatz: Decimal = NULL
    rechnung: Beitragsergebnis | None = None
    schritte: tuple[Schritt, ...] = ()
    verbrauch: Mapping[date, Decimal] = field(default_factory=dict)

    @property
    def betrag(self) -> Decimal:
        """Return all that is kept back in a month."""
        return self.beitrag + self.einsatz

    @property
    def vermoegen(self) -> Decimal:
        """Return what the assets pay in all."""
        return sum(self.verbrauch.values(), NULL)

    @property
    def zeilen(self) -> list[list[str]]:
        """Return what the assets pay by month, as a Bescheid keeps it."""
        return [[monat.isoformat(), str(betrag)] for monat, betrag in self.verbrauch.items()]


def lebensunterhalt(budget: PersoenlichesBudget) -> list[str]:
    """Return the names of the benefits for the Lebensunterhalt in the plan, with their norm."""
    # A plan of old has no key; then that of the Teilbudget counts.
    prefetch_related_objects([budget.gesamtplan], "leistungen")  # asked for more than once a page
    keys = {t.leistung_id: t.katalogschluessel for t in budget.teilbudgets.all()}
    return [
        f"„{row.bezeichnung}“ ({row.norm})"
        for row in budget.gesamtplan.leistungen.all()
        if _bereich_of(keys.get(row.pk) or row.katalogschluessel) is Bereich.LEBENSUNTERHALT
    ]


def gets_lebensunterhalt(budget: PersoenlichesBudget) -> bool:
    """Tell whether the plan holds a benefit for the Lebensunterhalt at the same time."""
    return bool(lebensunterhalt(budget))


def _bereich_of(schluessel: str) -> Bereich | None:
    eintrag = leistung_of(schluessel)
    return eintrag.bereich if eintrag else None


def _own(budget: PersoenlichesBudget, bereiche: Iterable[Bereich]) -> list[Teilbudget]:
    """Return the own Teilbudgets of these kinds."""
    erlaubt, stand = set(bereiche), budget.rechtsstand
    return [
        teil
        for teil in budget.teilbudgets.all()
        if teil.leistungstraeger.eigener and _bereich_of_teil(teil, stand) in erlaubt
    ]


def _bereich_of_teil(teil: Teilbudget, stand: Rechtsstand) -> Bereich | None:
    """Return the kind of a Teilbudget; of an old one without a key its carrier tells."""
    if teil.katalogschluessel:
        return _bereich_of(teil.katalogschluessel)
    if stand is not Rechtsstand.B or teil.leistungstraeger.art == "eingliederungshilfe":
        return Bereich.EINGLIEDERUNGSHILFE
    return None


def geld_fuer_beitrag(budget: PersoenlichesBudget) -> Decimal:
    """Return the money from which a Beitrag can be kept back."""
    return _geld(_own(budget, (Bereich.EINGLIEDERUNGSHILFE,)))


def geld_fuer_einsatz(budget: PersoenlichesBudget) -> Decimal:
    """Return the money from which an Einsatz of income can be kept back."""
    return _geld(_own(budget, _SOZIALHILFE[budget.rechtsstand]))


def _geld(teile: Iterable[Teilbudget]) -> Decimal:
    return sum((t.betrag for t in teile if t.auszahlungsform == Auszahlungsform.GELD), NULL)


def compute_rechnung(bescheid: Bescheid, ab: date | None = None) -> Beitragsergebnis | None:
    """Return the Beitrag of the income; None while a fact or a value of the law is missing.

    `ab` is the day whose values count, else the first one of the budget.
    """
    stand = bescheid.persoenliches_budget.rechtsstand
    if stand is not Rechtsstand.B or bescheid.einkommen is None or not bescheid.einkommensart:
        return None
    if not bescheid.partner and not bescheid.minderjaehrige:
        return None
    try:
        return compute_beitrag(
            (ab or bescheid.persoenliches_budget.beginn).year,
            bescheid.einkommen,
            bescheid.einkommensart,
            partner=_PARTNER.get(bescheid.partner),
            kinder=bescheid.kinder,
            minderjaehrige=bescheid.minderjaehrige,
            werte=werte_des_rechts(),
        )
    except RechtFehler:
        return None


def compute_vermoegensgrenze(bescheid: Bescheid, ab: date | None = None) -> Betrag:
    """Return the free assets on a day, else on the first one of the budget.

    Raises RechtFehler where a value of the law is missing. Partner and maintained persons count
    until 2019 only.
    """
    return vermoegensgrenze(
        ab or bescheid.persoenliches_budget.beginn,
        partner=bescheid.partner not in (Partnerangabe.OFFEN, Partnerangabe.KEINER),
        unterhaltene=bescheid.unterhaltene,
        werte=werte_des_rechts(),
    )


def compute_vermoegensgrenze_pflege(bescheid: Bescheid, ab: date | None = None) -> Betrag:
    """Return the free assets for Hilfe zur Pflege; raises RechtFehler where a value is missing."""
    return vermoegensgrenze_pflege(
        ab or bescheid.persoenliches_budget.beginn,
        partner=bescheid.partner not in (Partnerangabe.OFFEN, Partnerangabe.KEINER),
        unterhaltene=bescheid.unterhaltene,
        erwerb=bescheid.vermoegen_erwerb,
    )


def rests_on_income(bescheid: Bescheid) -> bool:
    """Tell whether what is kept back was asked of income that another year may change."""
    if gets_lebensunterhalt(bescheid.persoenliches_budget):
        return False
    fakten = (bescheid.einkommen, bescheid.monatseinkommen, bescheid.einkommenseinsatz)
    return any(wert is not None for wert in fakten)


def has_sozialhilfe(budget: PersoenlichesBudget) -> bool:
    """Tell whether the own Teilbudgets hold one for which § 85 SGB XII asks the income."""
    return bool(_own(budget, _SOZIALHILFE[budget.rechtsstand]))


def is_geschont(budget: PersoenlichesBudget, ab: date | None = None) -> bool:
    """Tell whether the law leaves a share of the income free: care of the highest kinds, blind."""
    person, tag = budget.case.leistungsberechtigte_person, ab or budget.beginn
    if stufe_of(person, tag) in _GESCHONT:
        return True
    ausweis = angabe_am(person.schwerbehinderungen.all(), tag)
    return ausweis is not None and Merkzeichen.BL in ausweis.merkzeichen


def compute_einsatz(bescheid: Bescheid, ab: date | None = None) -> Betrag | None:
    """Return what of the income follows from the facts; None while one of them is missing."""
    einkommen, unterkunft = bescheid.monatseinkommen, bescheid.unterkunft
    prozent, budget = bescheid.einsatz_prozent, bescheid.persoenliches_budget
    if einkommen is None or unterkunft is None or prozent is None:
        return None
    try:
        return einkommenseinsatz(
            ab or budget.beginn,
            einkommen,
            unterkunft,
            bescheid.angehoerige,
            prozent,
            geschont=is_geschont(budget, ab),
            werte=werte_des_rechts(),
        )
    except RechtFehler:
        return None


def compute_abzug(bescheid: Bescheid, ab: date | None = None) -> Abzug:
    """Return what is kept back each month; also for a Bescheid that is not stored yet.

    `ab` is the day whose values count and from which assets are used, else the first day of the
    budget. Nothing is kept back where the plan holds a benefit for the Lebensunterhalt.
    """
    budget = bescheid.persoenliches_budget
    if gets_lebensunterhalt(budget):
        return Abzug()
    rechnung = compute_rechnung(bescheid, ab)
    beitrag, schritte = (NULL, ()) if rechnung is None else _deduct(bescheid, rechnung)
    berechnet = compute_einsatz(bescheid, ab)
    einsatz = bescheid.einkommenseinsatz or NULL
    if berechnet is not None:
        einsatz, schritte = berechnet.betrag, (*schritte, *berechnet.rechenweg)
    elif einsatz:
        text = f"Einsatz des Einkommens im Monat: {format_euro(einsatz)}"
        schritte = (*schritte, Schritt(text, "§ 85 SGB XII, § 87 SGB XII"))
    verbraucht = _verbrauch(bescheid, beitrag, einsatz, ab)
    return Abzug(beitrag, einsatz, rechnung, schritte, verbraucht)


def zahlungsplan_of(bescheid: Bescheid) -> Zahlungsplan | None:
    """Return what this Bescheid lets be paid month by month; None where there is no money."""
    budget, abzug = bescheid.persoenliches_budget, compute_abzug(bescheid)
    geld = budget.summe(form=Auszahlungsform.GELD)
    if geld <= abzug.betrag:
        return None
    return Zahlungsplan(
        geld,
        budget.beginn,
        budget.ende,
        bescheid.erste_auszahlung,
        None,
        teilmonat_modus(budget.beginn) or MODUS,
        abzug.betrag,
        abzug.verbrauch,
    )


def _verbrauch(
    bescheid: Bescheid, beitrag: Decimal, einsatz: Decimal, ab: date | None
) -> dict[date, Decimal]:
    """Return what the assets pay first: of each kind of benefit what lies above its own limit."""
    budget, vermoegen = bescheid.persoenliches_budget, bescheid.vermoegen
    if vermoegen is None:
        return {}
    try:
        grenzen = {
            Bereich.EINGLIEDERUNGSHILFE: compute_vermoegensgrenze(bescheid, ab).betrag,
            Bereich.HILFE_ZUR_PFLEGE: compute_vermoegensgrenze_pflege(bescheid, ab).betrag,
        }
    except RechtFehler:
        return {}
    geld = {
        Bereich.EINGLIEDERUNGSHILFE: _geld(_nicht_frei(bescheid)),
        Bereich.HILFE_ZUR_PFLEGE: _geld(_own(budget, (Bereich.HILFE_ZUR_PFLEGE,))),
    }
    for bereich, abzug in _abzuege(budget.rechtsstand, beitrag, einsatz, geld).items():
        geld[bereich] = max(geld[bereich] - abzug, NULL)
    teile = [Vermoegensteil(geld[b], max(vermoegen - grenzen[b], NULL)) for b in grenzen]
    erster = ab or budget.beginn
    return verbrauch(teile, erster, budget.ende, teilmonat_modus(erster) or MODUS)


def _abzuege(
    stand: Rechtsstand, beitrag: Decimal, einsatz: Decimal, geld: Mapping[Bereich, Decimal]
) -> dict[Bereich, Decimal]:
    """Return from which money Beitrag and Einsatz are kept back."""
    if stand is Rechtsstand.B:
        return {Bereich.EINGLIEDERUNGSHILFE: beitrag, Bereich.HILFE_ZUR_PFLEGE: einsatz}
    zuerst = min(einsatz, geld[Bereich.EINGLIEDERUNGSHILFE])
    return {Bereich.EINGLIEDERUNGSHILFE: zuerst, Bereich.HILFE_ZUR_PFLEGE: einsatz - zuerst}


def _nicht_frei(bescheid: Bescheid) -> list[Teilbudget]:
    """Return the own Teilbudgets of the Eingliederungshilfe before which assets are to be used.

    Since 2020 what is free of the Beitrag is free here, too (§ 140 Abs. 3 SGB IX).
    """
    teile = _own(bescheid.persoenliches_budget, (Bereich.EINGLIEDERUNGSHILFE,))
    if bescheid.persoenliches_budget.rechtsstand is not Rechtsstand.B:
        return teile
    angabe = bescheid.beitragsfrei
    if angabe == Beitragsfreiheit.ANDERWEITIG:
        angabe = ""
    return [t for t in teile if not befreiung_of(t.katalogschluessel, angabe)]


@gilt_in(Rechtsstand.B)
def _deduct(bescheid: Bescheid, rechnung: Beitragsergebnis) -> tuple[Decimal, tuple[Schritt, ...]]:
    """Return what of the Beitrag may be deducted: no more than the Leistungen that are not free."""
    if not rechnung.beitrag:
        return NULL, rechnung.rechenweg
    if bescheid.beitragsfrei == Beitragsfreiheit.ANDERWEITIG:
        text = (
            "Der Beitrag wird schon bei einer anderen Leistung abgezogen, hier nicht noch einmal."
        )
        return NULL, (*rechnung.rechenweg, Schritt(text, "§ 138 Abs. 2 SGB IX"))
    teile = [
        Leistungsteil(
            t.leistung.bezeichnung,
            t.betrag,
            befreiung_of(t.katalogschluessel, bescheid.beitragsfrei),
        )
        for t in _own(bescheid.persoenliches_budget, (Bereich.EINGLIEDERUNGSHILFE,))
    ]
    abzug = abziehbarer_beitrag(rechnung.beitrag, teile)
    return abzug.betrag, (*rechnung.rechenweg, *abzug.rechenweg)


def vermoegen_daten(bescheid: Bescheid, abzug: Abzug) -> dict[str, Any]:
    """Return what the letter says of the assets that pay first; nothing where there are none."""
    if not abzug.verbrauch:
        return {}
    monate = list(abzug.verbrauch)
    voll = bescheid.persoenliches_budget.summe(form=Auszahlungsform.GELD) - abzug.betrag
    return {
        "betrag": format_schlicht(abzug.vermoegen),
        "von": monate[0].isoformat(),
        "bis": monate[-1].isoformat(),
        "einer": len(monate) == 1,
        "monate": [
            {"monat": monat.isoformat(), "betrag": format_schlicht(betrag)}
            for monat, betrag in abzug.verbrauch.items()
        ],
        "letzter": format_schlicht(abzug.verbrauch[monate[-1]]),
        "voll": format_schlicht(max(voll, NULL)),
        "norm": "§ 140 Abs. 1 SGB IX"
        if bescheid.persoenliches_budget.rechtsstand is Rechtsstand.B
        and geld_fuer_beitrag(bescheid.persoenliches_budget)
        else "§ 90 SGB XII",
    }


def abzug_daten(bescheid: Bescheid) -> dict[str, Any]:
    """Return what the letter says of the deduction: whose, how much, what is paid; else nothing."""
    abzug = compute_abzug(bescheid)
    if not abzug.betrag:
        return {}
    teile, normen = [], []
    if abzug.beitrag:
        teile.append("den Beitrag Ihrer Eltern" if bescheid.minderjaehrige else "Ihren Beitrag")
        normen.append(NORM_ABZUG)
    if abzug.einsatz:
        teile.append("den Einsatz Ihres Einkommens")
        normen.append(NORM_EINSATZ)
    geld = bescheid.persoenliches_budget.summe(form=Auszahlungsform.GELD)
    return {
        "was": " und ".join(teile),
        "norm": ", ".join(normen),
        "betrag": format_schlicht(abzug.betrag),
        "geld": format_schlicht(geld),
        "ausgezahlt": format_schlicht(max(geld - abzug.betrag, NULL)),
    }
