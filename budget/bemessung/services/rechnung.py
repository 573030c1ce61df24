"""How an amount is found from what a person asks for; nothing is stored here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from budget.bemessung import guards
from budget.bemessung.guards import WERKSTATT
from budget.bemessung.queries import (
    Richtwert,
    add_kombination,
    comparable_richtwert,
    price_positionen,
    satzschritte,
)
from budget.models import PersoenlichesBudget
from budget.models.angaben import Zusatz
from budget.states import Auszahlungsform, Bemessungsart
from cases.behoerde.queries.eigener_wert import wochenfaktor
from cases.guards import refuse
from cases.states.tafel import SchrittUnzulaessig
from gesamtplan.models import Leistung
from recht.bemessung import NORM_BEMESSUNG, werkstatt
from recht.fehler import RechtFehler
from recht.geld import BETRAG_HOECHSTENS, format_euro
from recht.rechenweg import Schritt
from recht.rundung import auf_cent

_FREIZEITNORM = "KVJS-Leitfaden 2010 Nr. 3.2"


_MITGETEILT = "Vom Leistungsträger mitgeteilt"
_NACH_SATZ = frozenset({Bemessungsart.SATZ, Bemessungsart.GUTSCHEIN})


@dataclass(frozen=True)
class Wunsch:
    """What a person asks for: how the amount is to be found, and what was typed."""

    schluessel: str
    bemessungsart: str
    betrag: Decimal | None
    positionen: Sequence[Mapping[str, Any]]
    parameter_schluessel: str
    satz_grund: str
    grund: str
    zusatz: Zusatz = field(default_factory=Zusatz)


@dataclass(frozen=True)
class Bemessung:
    """An amount in euro a month with its Rechenweg and all that it was computed from."""

    betrag: Decimal
    form: str
    richtwert: Richtwert | None
    grund: str
    rechenweg: list[Schritt]
    eingegeben: Decimal | None = None
    positionen: Sequence[Mapping[str, Any]] = ()
    parameter_schluessel: str = ""
    satz_grund: str = ""


def price_teilbudget(budget: PersoenlichesBudget, leistung: Leistung, wunsch: Wunsch) -> Bemessung:
    """Return the amount of a Teilbudget; nothing is stored.

    Raises SchrittUnzulaessig when something is missing, contradicts itself or is not lawful.
    """
    ergebnis = _add_zusatz(budget, wunsch, _price(budget, leistung, wunsch))
    if ergebnis.betrag > BETRAG_HOECHSTENS:
        raise SchrittUnzulaessig(
            f"{format_euro(ergebnis.betrag)} im Monat sind zu hoch, möglich sind höchstens "
            f"{format_euro(BETRAG_HOECHSTENS)}. Bitte prüfen Sie Stunden und Satz."
        )
    return ergebnis


def _add_zusatz(budget: PersoenlichesBudget, wunsch: Wunsch, ergebnis: Bemessung) -> Bemessung:
    """Cap a Werkstatt and say what the amount contains."""
    zusatz, betrag, schritte = wunsch.zusatz, ergebnis.betrag, list(ergebnis.rechenweg)
    refuse(guards.werkstatt_verglichen(wunsch.schluessel, zusatz.werkstatt_kosten))
    if wunsch.schluessel in WERKSTATT and zusatz.werkstatt_kosten is not None:
        grenze = werkstatt(betrag, zusatz.werkstatt_kosten)
        betrag = grenze.betrag
        schritte.extend(grenze.rechenweg)
    refuse(guards.beratung_im_betrag(zusatz.beratung, betrag, budget.beginn))
    if zusatz.beratung:
        text = f"Darin für Budgetberatung und Unterstützung: {format_euro(zusatz.beratung)}"
        schritte.append(Schritt(text, NORM_BEMESSUNG[budget.rechtsstand]))
    if zusatz.freizeit_grund.strip():
        text = f"Freizeit, nur was die Behinderung zusätzlich kostet: {zusatz.freizeit_grund}"
        schritte.append(Schritt(text.strip(), _FREIZEITNORM))
    return replace(ergebnis, betrag=betrag, rechenweg=schritte)


def _price(budget: PersoenlichesBudget, leistung: Leistung, wunsch: Wunsch) -> Bemessung:
    if wunsch.betrag is not None:
        _require_amount(wunsch.betrag)
    refuse(guards.begruendung_ohne_rechnung(wunsch.grund, budget.beginn))
    if wunsch.bemessungsart in _NACH_SATZ:
        return _nach_satz(budget, leistung, wunsch)
    person = budget.case.leistungsberechtigte_person
    richtwert = comparable_richtwert(person, leistung, wunsch.schluessel, budget.beginn)
    if wunsch.bemessungsart == Bemessungsart.PAUSCHALE:
        return _als_pauschale(budget.beginn, richtwert, wunsch.betrag)
    if wunsch.bemessungsart == Bemessungsart.STUNDEN:
        return _nach_stunden(budget.beginn, richtwert, wunsch)
    if wunsch.betrag is None:
        raise SchrittUnzulaessig("Bitte geben Sie den Betrag im Monat an.")
    schritte = [Schritt(f"{_woher(leistung)}: {format_euro(wunsch.betrag)}")]
    return _compare(budget.beginn, richtwert, wunsch.betrag, wunsch, schritte)


def _require_amount(betrag: Decimal) -> None:
    """Refuse what is no amount in euro and cent: nothing is rounded without a word."""
    if not betrag.is_finite() or betrag != auf_cent(betrag):
        raise SchrittUnzulaessig("Ein Betrag hat höchstens zwei Stellen nach dem Komma.")
    if betrag <= 0:
        raise SchrittUnzulaessig("Der Betrag muss größer als 0,00 € sein.")


def _woher(leistung: Leistung) -> str:
    """Who has set an amount that is not computed here."""
    if leistung.leistungstraeger.eigener:
        return "Im Einzelfall festgesetzt"
    return _MITGETEILT


def _als_pauschale(
    stichtag: date, richtwert: Richtwert | None, betrag: Decimal | None
) -> Bemessung:
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
    return Bemessung(richtwert.betrag, "", richtwert, "", list(richtwert.rechenweg))


def _nach_stunden(stichtag: date, richtwert: Richtwert | None, wunsch: Wunsch) -> Bemessung:
    """Compute hours times rate and Sachkosten; the factor of the day is kept with each position."""
    if not wunsch.positionen:
        raise SchrittUnzulaessig("Bitte geben Sie Stunden mit ihrem Satz oder Sachkosten an.")
    faktor = wochenfaktor(stichtag)
    gespeichert = [
        {**zeile, "wochenfaktor": str(faktor.normalize()) if faktor is not None else ""}
        if zeile["art"] == "stunden" and zeile["je"] == "woche"
        else dict(zeile)
        for zeile in wunsch.positionen
    ]
    try:
        ergebnis = price_positionen(gespeichert, stichtag)
    except RechtFehler as error:
        raise SchrittUnzulaessig(str(error)) from error
    if ergebnis.betrag <= 0:
        raise SchrittUnzulaessig("Der Betrag muss größer als 0,00 € sein.")
    schritte = list(ergebnis.rechenweg)
    return _compare(stichtag, richtwert, ergebnis.betrag, wunsch, schritte, gespeichert)


def _compare(
    stichtag: date,
    richtwert: Richtwert | None,
    betrag: Decimal,
    wunsch: Wunsch,
    schritte: list[Schritt],
    positionen: Sequence[Mapping[str, Any]] = (),
) -> Bemessung:
    """Set an amount beside the Richtwert; where they differ the reason must be there."""
    grund = wunsch.grund
    eingegeben = None if positionen else betrag
    if richtwert is None:
        if grund:
            schritte.append(Schritt(f"Grund: {grund}"))
        return Bemessung(betrag, "", None, grund, schritte, eingegeben, positionen)
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
    return Bemessung(betrag, "", richtwert, grund, schritte, eingegeben, positionen)


def _nach_satz(budget: PersoenlichesBudget, leistung: Leistung, wunsch: Wunsch) -> Bemessung:
    gutschein = wunsch.bemessungsart == Bemessungsart.GUTSCHEIN
    satz, eingegeben = wunsch.parameter_schluessel, wunsch.betrag
    schritte: list[Schritt] = []
    betrag = eingegeben
    if satz:
        refuse(guards.satz_passt_zur_leistung(wunsch.schluessel, satz))
        schritte, hoechstens = satzschritte(budget, satz, wunsch.satz_grund)
        if wunsch.schluessel == "pk_kombination_geld":
            hoechstens = add_kombination(budget, satz, schritte) or hoechstens
        if eingegeben is not None and eingegeben > hoechstens:
            raise SchrittUnzulaessig(
                f"Der Betrag ist höher als der gesetzliche Betrag von {format_euro(hoechstens)}.",
                schritte[0].norm,
            )
        # Typing the whole rate is taking the rate.
        eingegeben = None if eingegeben == hoechstens else eingegeben
        betrag = hoechstens if eingegeben is None else eingegeben
    if betrag is None:
        raise SchrittUnzulaessig("Bitte geben Sie den Betrag oder den gesetzlichen Satz an.")
    woher = "Festgesetzt" if leistung.leistungstraeger.eigener else _MITGETEILT
    schritte.append(Schritt(f"{woher}: {format_euro(betrag)} im Monat"))
    return Bemessung(
        betrag,
        Auszahlungsform.GUTSCHEIN.value if gutschein else "",
        None,
        wunsch.grund,
        schritte,
        eingegeben,
        parameter_schluessel=satz,
        satz_grund=wunsch.satz_grund if satz else "",
    )
