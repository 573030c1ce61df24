"""The Zielvereinbarung as a letter: its first wording, and the data that are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from budget.bemessung.schreiben import summen_of, teilbudget_zeilen
from budget.models import PersoenlichesBudget, Teilbudget, Zielvereinbarung
from budget.states import Nachweisart
from budget.verfahren.queries import get_budget
from budget.zielvereinbarung.queries import zielvereinbarung_of
from cases.models import Behoerde, Case
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import kopf_daten
from cases.schreiben.services.schreiben import empfaenger_of, wohnanschrift_of
from recht.fehler import ParameterUnbekannt
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.geld import format_schlicht
from recht.inhalte import Pflichtinhalt, pflichtinhalte
from recht.parameter import parameter
from recht.rechtsstand import Rechtsstand

ART = "zielvereinbarung"
TITEL = "Zielvereinbarung zum Persönlichen Budget"

UNTERBRECHUNG = Pflichtinhalt(
    schluessel="unterbrechung",
    nummer="5",
    bezeichnung="Angefangene Monate, Unterbrechungen, Restmittel",
    hinweis="Was gilt für Teilmonate, bei einem Aufenthalt im Krankenhaus und für nicht "
    "verbrauchtes Geld?",
    norm="KVJS-Leitfaden 2010 Nr. 3.5",
    grad="U",
)


def inhalte_am(stichtag: date) -> tuple[Pflichtinhalt, ...]:
    """Return the contents of a Zielvereinbarung on a day: the required ones, then usual ones."""
    return (*pflichtinhalte("zielvereinbarung", stichtag), UNTERBRECHUNG)


def first_wording(
    budget: PersoenlichesBudget, ziele: Iterable[str], gespraech_monate: int
) -> dict[str, str]:
    """Return a first text per content that a Fallmanager can use as it is or change."""
    abstand = "halbjährlich" if gespraech_monate == 6 else "einmal im Jahr"
    liste = "\n".join(f"– {ziel}" for ziel in ziele)
    return {
        "ziele": (
            "Das Persönliche Budget soll ermöglichen, selbst zu bestimmen, wie, wann und von wem "
            "die Unterstützung geleistet wird. Vereinbart sind folgende Ziele:\n" + liste
        ).strip(),
        "nachweis": _nachweis_text(list(budget.teilbudgets.all())),
        "qualitaetssicherung": (
            f"Beide Seiten sprechen {abstand} miteinander. Gegenstand der Gespräche ist, wie "
            "zufrieden die leistungsberechtigte Person mit der Unterstützung ist, wie weit die "
            "Ziele erreicht sind und ob die Höhe der Teilbudgets ausreicht. Das Ergebnis wird "
            "schriftlich festgehalten."
        ),
        "hoehe": (
            "Die Teilbudgets decken den festgestellten Bedarf einschließlich der Beratung und "
            "Unterstützung beim Umgang mit dem Persönlichen Budget. Ändert sich der Bedarf "
            "wesentlich, werden die Teilbudgets neu bemessen."
        ),
        "unterbrechung": (
            "Beginnt oder endet das Persönliche Budget während eines Monats, wird für jeden Tag "
            "ein Dreißigstel gezahlt. Ein Aufenthalt im Krankenhaus oder in einer "
            "Rehabilitationseinrichtung von mehr als vier Wochen ist mitzuteilen; über die "
            "Auszahlung in dieser Zeit wird dann gesondert entschieden. Nicht verbrauchte Mittel "
            "dürfen im Bewilligungszeitraum angespart werden."
        ),
    }


def _nachweis_text(teilbudgets: list[Teilbudget]) -> str:
    frei = all(t.nachweisart == Nachweisart.KEIN_NACHWEIS for t in teilbudgets)
    if frei:
        return (
            "Die Verwendung des Geldes muss nicht belegt werden. Ob der Bedarf gedeckt ist, wird "
            "in den vereinbarten Gesprächen festgestellt."
        )
    return (
        "Die leistungsberechtigte Person zeigt halbjährlich, dass der festgestellte Bedarf gedeckt "
        "ist. Welcher Nachweis zu welchem Teilbudget gehört, steht in der folgenden Tabelle. Die "
        "Unterlagen werden drei Jahre aufbewahrt und auf Verlangen vorgelegt."
    )


def zielvereinbarung_daten(
    *, zielvereinbarung: Zielvereinbarung, datum: date, empfaenger: list[str]
) -> dict[str, Any]:
    """Return all that is printed; `datum` is the day of the Ausfertigung."""
    budget = zielvereinbarung.persoenliches_budget
    case = budget.case
    person = case.leistungsberechtigte_person
    behoerde = Behoerde.objects.get(pk=1)
    stand = budget.rechtsstand
    texte = {i.schluessel: i.text for i in zielvereinbarung.vereinbarungsinhalte.all()}
    bindung = compute_frist(
        Regel.BINDUNG_BUDGET, budget.bindung_ab, behoerde.land, rechtsstand=stand
    )
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=empfaenger,
            datum=datum,
            ansprechpartner=case.caseworker,
            betreff=TITEL,
        ),
        "rechtsstand": stand.value,
        "version": zielvereinbarung.version,
        "gueltig_ab": zielvereinbarung.gueltig_ab.isoformat(),
        "gueltig_bis": _iso(zielvereinbarung.gueltig_bis),
        "person": {
            "name": person.voller_name,
            "geburtsdatum": person.geburtsdatum.isoformat(),
            "anschrift": ", ".join(wohnanschrift_of(case, datum)),
        },
        "gesamtplan": {
            "version": budget.gesamtplan.version,
            "datum": budget.gesamtplan.datum.isoformat(),
        },
        "texte": {schluessel: absaetze(text) for schluessel, text in texte.items()},
        "teilbudgets": teilbudget_zeilen(budget),
        "summen": summen_of(budget),
        "gespraech_monate": zielvereinbarung.gespraech_monate,
        "minijob_grenze": _minijob_grenze(budget.beginn),
        "bindung_ab": budget.bindung_ab.isoformat(),
        "bindung_bis": _iso(bindung.ende),
        "alt": stand is Rechtsstand.A,
        "parteien": [
            {"name": person.voller_name, "rolle": "oder wer sie vertritt"},
            {"name": behoerde.name, "rolle": behoerde.amt},
        ],
    }


def absaetze(text: str) -> list[str]:
    """Return the lines of a text that carry words, as paragraphs."""
    return [zeile.strip() for zeile in text.splitlines() if zeile.strip()]


def _iso(tag: date | None) -> str:
    return tag.isoformat() if tag else ""


def _minijob_grenze(stichtag: date) -> str:
    try:
        return format_schlicht(parameter("minijob_grenze", stichtag).wert)
    except ParameterUnbekannt:
        # No value for the day: the notice is printed without an amount.
        return ""


def _finde(case: Case, teile: Mapping[str, int]) -> Zielvereinbarung | None:
    budget = get_budget(case)
    return zielvereinbarung_of(budget) if budget else None


def _daten(anlass: Schreibanlass) -> dict[str, Any]:
    return zielvereinbarung_daten(
        zielvereinbarung=anlass.gegenstand,
        datum=anlass.tag,
        empfaenger=empfaenger_of(anlass.case, anlass.tag),
    )


SCHREIBENART = Schreibenart(
    ART,
    "Zielvereinbarung",
    "budget/zielvereinbarung/schreiben.html",
    daten=_daten,
    titel_of=lambda anlass: TITEL,
    finde=_finde,
    seite=lambda anlass: reverse("zielvereinbarung", args=[anlass.case.pk]),
    einmal=True,
    zeigt_teil="zielvereinbarung",
)
