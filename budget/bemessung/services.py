"""The Bemessung: Teilbudgets with the Richtwert beside them and their Rechenweg; its end."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from budget.bemessung import guards
from budget.bemessung.schritte import BEMESSUNGSSCHRITTE, Bemessungslage
from budget.models import PersoenlichesBudget, Teilbudget
from budget.states import Auszahlungsform, Bemessungsart, Nachweisart
from budget.verfahren.schritte import BUDGETSCHRITTE, Budgetlage
from budget.verfahren.services import advance_budget, lock_budget
from cases.guards import refuse
from cases.models import LeistungsberechtigtePerson, User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Leistung
from recht.bemessung import BEHINDERUNGSARTEN, pauschale
from recht.eingliederungshilfe import is_eingliederungshilfe
from recht.fehler import RechtFehler
from recht.geld import format_euro
from recht.parameter import parameter, reihe
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, rechtsstand_am


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
    try:
        betrag = pauschale(gruppe, person.behinderungsart, stichtag)
        gilt = True
        ab = parameter(_schluessel(gruppe, person), stichtag).gueltig_ab
    except RechtFehler:
        ab = reihe(_schluessel(gruppe, person)).deckung_von
        if stichtag >= ab:
            return None
        betrag = pauschale(gruppe, person.behinderungsart, ab)
        gilt = False
    return Richtwert(betrag.betrag, ab, gilt, betrag.rechenweg)


def _schluessel(gruppe: int, person: LeistungsberechtigtePerson) -> str:
    spalte = BEHINDERUNGSARTEN[person.behinderungsart]
    return f"kvjs_richtwert.hbg{gruppe}.{spalte}"


# What the form of a Teilbudget shows and stores; its mark covers these.
ANGABEN = (
    "bemessungsart",
    "betrag",
    "abweichung_grund",
    "auszahlungsform",
    "stellungnahme_vom",
    "nachweisart",
    "nachweis",
)


@dataclass(frozen=True)
class _Bemessung:
    betrag: Decimal
    form: str
    richtwert: Richtwert | None
    grund: str
    rechenweg: list[Schritt]


@transaction.atomic
def set_teilbudget(
    *,
    budget: PersoenlichesBudget,
    leistung: Leistung,
    bemessungsart: str,
    by: User,
    tag: date,
    betrag: Decimal | None = None,
    auszahlungsform: str = "",
    abweichung_grund: str = "",
    parameter_schluessel: str = "",
    stellungnahme_vom: date | None = None,
    nachweisart: str = Nachweisart.BELEGE,
    nachweis: str = "",
    gesehen: str = "",
) -> Teilbudget:
    """Set the Teilbudget of one Leistung of the plan, per month in euro; again: change it.

    `pauschale` takes the Richtwert of the first day of the budget. `individuell` takes `betrag`
    and asks for a reason where a Richtwert says otherwise. `satz` and `gutschein` take the
    statutory value `parameter_schluessel` of that day, or `betrag`. `gesehen` is the mark of the
    Teilbudget as the form showed it, also while there was none. Raises SchrittUnzulaessig.
    """
    budget = lock_budget(budget)
    BUDGETSCHRITTE.require(Budgetlage(by, tag, budget), "bearbeiten")
    bisher = Teilbudget.objects.filter(persoenliches_budget=budget, leistung=leistung).first()
    refuse_stale(bisher, gesehen=gesehen, jetzt=stand_of(bisher, ANGABEN))
    if leistung.gesamtplan_id != budget.gesamtplan_id:
        raise SchrittUnzulaessig("Die Leistung steht nicht im Gesamtplan dieses Budgets.")
    if stellungnahme_vom is not None and stellungnahme_vom > tag:
        raise SchrittUnzulaessig("Das Datum der Stellungnahme liegt in der Zukunft.")
    ergebnis = _bemesse(
        budget, leistung, bemessungsart, betrag, abweichung_grund, parameter_schluessel
    )
    form = ergebnis.form or auszahlungsform or Auszahlungsform.GELD
    refuse(
        guards.pflegesachleistung_nur_als_gutschein(
            leistung.leistungstraeger.art, leistung.norm, form
        )
    )
    vergleich = ergebnis.richtwert
    teilbudget, neu = Teilbudget.objects.update_or_create(
        persoenliches_budget=budget,
        leistung=leistung,
        defaults={
            "leistungstraeger": leistung.leistungstraeger,
            "bemessungsart": bemessungsart,
            "auszahlungsform": form,
            "betrag": ergebnis.betrag,
            "richtwert": vergleich.betrag if vergleich else None,
            "richtwert_ab": vergleich.gueltig_ab if vergleich else None,
            "abweichung_grund": ergebnis.grund,
            "rechenweg": [asdict(schritt) for schritt in ergebnis.rechenweg],
            "ergaenzend": leistung.ergaenzend,
            "stellungnahme_vom": stellungnahme_vom,
            "nachweisart": nachweisart,
            "nachweis": nachweis,
        },
    )
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="teilbudget",
        text=f"Teilbudget {'festgesetzt' if neu else 'geändert'}: {leistung.bezeichnung}, "
        f"{format_euro(ergebnis.betrag)} im Monat",
        gegenstand=teilbudget,
    )
    return teilbudget


def _bemesse(
    budget: PersoenlichesBudget,
    leistung: Leistung,
    bemessungsart: str,
    betrag: Decimal | None,
    grund: str,
    schluessel: str,
) -> _Bemessung:
    if betrag is not None and betrag <= 0:
        raise SchrittUnzulaessig("Der Betrag muss größer als 0,00 € sein.")
    if bemessungsart in {Bemessungsart.SATZ, Bemessungsart.GUTSCHEIN}:
        return _nach_satz(budget.beginn, bemessungsart, betrag, schluessel, grund)
    person = budget.case.leistungsberechtigte_person
    richtwert = (
        richtwert_of(person, budget.beginn)
        if is_eingliederungshilfe(leistung.norm, budget.beginn) and not leistung.ergaenzend
        else None
    )
    if bemessungsart == Bemessungsart.PAUSCHALE:
        return _als_pauschale(budget.beginn, richtwert, betrag)
    if betrag is None:
        raise SchrittUnzulaessig("Bitte geben Sie den Betrag im Monat an.")
    return _im_einzelfall(budget.beginn, richtwert, betrag, grund.strip())


def _als_pauschale(
    stichtag: date, richtwert: Richtwert | None, betrag: Decimal | None
) -> _Bemessung:
    if richtwert is None or not richtwert.gilt:
        raise SchrittUnzulaessig(
            f"Für den {stichtag:%d.%m.%Y} gibt es für diese Leistung keinen Richtwert. Setzen Sie "
            "den Betrag im Einzelfall fest.",
            "KVJS-Leitfaden 2010 Anlage 3",
        )
    if betrag is not None and betrag != richtwert.betrag:
        raise SchrittUnzulaessig(
            f"Die Pauschale beträgt {format_euro(richtwert.betrag)}. Wählen Sie für einen anderen "
            "Betrag „im Einzelfall festgesetzt“ und begründen Sie die Abweichung.",
            "KVJS-Leitfaden 2010 Anlage 3",
        )
    return _Bemessung(richtwert.betrag, "", richtwert, "", list(richtwert.rechenweg))


def _im_einzelfall(
    stichtag: date, richtwert: Richtwert | None, betrag: Decimal, grund: str
) -> _Bemessung:
    schritte = [Schritt(f"Im Einzelfall festgesetzt: {format_euro(betrag)}")]
    if richtwert is None:
        if grund:
            schritte.append(Schritt(f"Grund: {grund}"))
        return _Bemessung(betrag, "", None, grund, schritte)
    if not richtwert.gilt:
        schritte.append(
            Schritt(
                f"Am {stichtag:%d.%m.%Y} gab es noch keinen Richtwert; die Tabelle ab "
                f"{richtwert.gueltig_ab:%d.%m.%Y} dient nur dem Vergleich.",
                "KVJS-Leitfaden 2010 Anlage 3",
            )
        )
    schritte.extend(richtwert.rechenweg)
    if betrag != richtwert.betrag:
        if not grund:
            raise SchrittUnzulaessig(
                f"Der Betrag weicht vom Richtwert {format_euro(richtwert.betrag)} ab. Bitte "
                "begründen Sie die Abweichung.",
                "KVJS-Leitfaden 2010 Anlage 3",
            )
        nach = "unter" if betrag < richtwert.betrag else "über"
        abstand = format_euro(abs(betrag - richtwert.betrag))
        schritte.append(Schritt(f"Der Betrag liegt {abstand} {nach} dem Richtwert: {grund}"))
    return _Bemessung(betrag, "", richtwert, grund, schritte)


def _nach_satz(
    stichtag: date, bemessungsart: str, betrag: Decimal | None, schluessel: str, grund: str
) -> _Bemessung:
    form = Auszahlungsform.GUTSCHEIN.value if bemessungsart == Bemessungsart.GUTSCHEIN else ""
    schritte: list[Schritt] = []
    if schluessel:
        satz = parameter(schluessel, stichtag)
        name = reihe(schluessel).bezeichnung
        schritte.append(
            Schritt(f"{name} am {stichtag:%d.%m.%Y}: {format_euro(satz.wert)}", satz.norm)
        )
        if betrag is not None and betrag > satz.wert:
            raise SchrittUnzulaessig(
                f"Der Betrag ist höher als der gesetzliche Betrag von {format_euro(satz.wert)}.",
                satz.norm,
            )
        betrag = satz.wert if betrag is None else betrag
    if betrag is None:
        raise SchrittUnzulaessig("Bitte geben Sie den Betrag oder den gesetzlichen Satz an.")
    schritte.append(Schritt(f"Festgesetzt: {format_euro(betrag)} im Monat"))
    return _Bemessung(betrag, form, None, grund.strip(), schritte)


@transaction.atomic
def remove_teilbudget(*, teilbudget: Teilbudget, by: User, tag: date) -> None:
    """Take a Teilbudget away while the budget is being measured."""
    budget = lock_budget(teilbudget.persoenliches_budget)
    BUDGETSCHRITTE.require(Budgetlage(by, tag, budget), "bearbeiten")
    bezeichnung = teilbudget.leistung.bezeichnung
    Teilbudget.objects.filter(pk=teilbudget.pk).delete()
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="teilbudget",
        text=f"Teilbudget entfernt: {bezeichnung}",
        gegenstand=budget,
    )


@transaction.atomic
def finish_bemessung(*, budget: PersoenlichesBudget, by: User, tag: date) -> PersoenlichesBudget:
    """Close the measuring: all Teilbudgets are set, within the ceiling, with Stellungnahmen."""
    budget = lock_budget(budget)
    BEMESSUNGSSCHRITTE.require(Bemessungslage(by, tag, budget), "bemessen")
    advance_budget(budget, "bemessen", by)
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="bemessung",
        text="Teilbudgets bemessen",
        gegenstand=budget,
    )
    return budget
