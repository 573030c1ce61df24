"""The Bescheid as a letter: the data that are printed, for draft and release alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from budget.bemessung.schreiben import summen_of, teilbudget_zeilen
from budget.bescheid.queries import bescheid_of
from budget.bescheid.schreiben.rechtsbehelf import rechtsbehelfsbelehrung
from budget.models import Bescheid, PersoenlichesBudget, Zielvereinbarung
from budget.verfahren.queries import get_budget
from budget.zielvereinbarung.schreiben import absaetze
from cases.models import Behoerde, Case, Schreiben, User
from cases.person.guards.adressat import zustellung_am
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.schreiben.satz.brief import kopf_daten
from cases.schreiben.services.schreiben import empfaenger_of
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.rechtsstand import Rechtsstand

ART = "bescheid"
# § 159 Abs. 5 SGB IX a.F.
_RECHTSANSPRUCH_AB = date(2008, 1, 1)
_NORM = {
    Rechtsstand.A: "§ 17 SGB IX",
    Rechtsstand.UE: "§ 29 SGB IX",
    Rechtsstand.B: "§ 29 SGB IX",
}


def titel_of(budget: PersoenlichesBudget) -> str:
    """Return what the letter calls itself: for several carriers it is a Gesamtbescheid."""
    traeger = {t.leistungstraeger_id for t in budget.teilbudgets.all()}
    wort = "Gesamtbescheid" if len(traeger) > 1 else "Bescheid"
    return f"{wort} über Ihr Persönliches Budget"


def first_begruendung(budget: PersoenlichesBudget) -> str:
    """Return a first text of the grounds that a Fallmanager completes (§ 35 Abs. 1 SGB X)."""
    plan = budget.gesamtplan
    return (
        f"{_anspruch(budget)}\n\n"
        "Ihr Bedarf wurde gemeinsam mit Ihnen am "
        f"{plan.bedarfsermittlung.datum:%d.%m.%Y} ermittelt und im Gesamtplan vom "
        f"{plan.datum:%d.%m.%Y} festgehalten. Die Teilbudgets sind so bemessen, dass dieser Bedarf "
        "einschließlich der nötigen Beratung und Unterstützung gedeckt ist."
    )


def _anspruch(budget: PersoenlichesBudget) -> str:
    """Return on what the form rests: until 2007 on discretion, since then on a claim."""
    if budget.rechtsstand is Rechtsstand.A and budget.beginn < _RECHTSANSPRUCH_AB:
        return (
            "Nach § 17 Abs. 2 SGB IX können Leistungen zur Teilhabe auch durch ein Persönliches "
            "Budget ausgeführt werden. Bei der Entscheidung wurde Ihr Wunsch nach mehr "
            "Selbstbestimmung gegen die Interessen der beteiligten Leistungsträger abgewogen."
        )
    norm = "§ 29 Abs. 1 S. 1 SGB IX"
    if budget.rechtsstand is Rechtsstand.A:
        norm = "§ 17 Abs. 2 S. 1 in Verbindung mit § 159 Abs. 5 SGB IX"
    return (
        "Auf Ihren Antrag werden die Leistungen zur Teilhabe in der Form eines Persönlichen "
        f"Budgets ausgeführt ({norm})."
    )


def bescheid_daten(
    *, bescheid: Bescheid, datum: date, empfaenger: list[str], unterzeichner: User | None = None
) -> dict[str, Any]:
    """Return all that is printed; `datum` is the day of the Bescheid.

    Raises SchrittUnzulaessig when no Rechtsbehelfsbelehrung covers the day, and
    `recht.fehler.RechtFehler` when a Frist cannot be computed.
    """
    budget = bescheid.persoenliches_budget
    case = budget.case
    behoerde = Behoerde.objects.get(pk=1)
    stand = budget.rechtsstand
    zeilen = teilbudget_zeilen(budget)
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=empfaenger,
            datum=datum,
            ansprechpartner=case.caseworker,
            betreff=f"{titel_of(budget)} ({_NORM[stand]})",
        ),
        "rechtsstand": stand.value,
        "alt": stand is Rechtsstand.A,
        "gesamtbescheid": titel_of(budget).startswith("Gesamtbescheid"),
        "anrede": zustellung_am(case.leistungsberechtigte_person, datum).anrede,
        "antrag_vom": budget.antrag.eingang.isoformat(),
        "beginn": budget.beginn.isoformat(),
        "ende": budget.ende.isoformat() if budget.ende else "",
        "befristungsgrund": budget.befristungsgrund,
        "verfahren": budget.get_verfahrensart_display(),
        "teilbudgets": zeilen,
        "summen": summen_of(budget),
        "andere_traeger": sorted({z["traeger"] for z in zeilen if not z["eigener"]}),
        "stellungnahmen": _stellungnahmen(zeilen),
        "grundlage": _grundlage(budget),
        "deckel": {
            "vergleichssumme": f"{budget.vergleichssumme:.2f}" if budget.vergleichssumme else "",
            "ausnahme": budget.deckel_ausnahme,
        },
        "zielvereinbarung": _vereinbarung(bescheid.zielvereinbarung),
        "anlagen": _anlagen(bescheid),
        "auszahlung": {
            "erste": bescheid.erste_auszahlung.isoformat(),
            "iban": _masked(bescheid.iban),
        },
        "fristen": _fristen(bescheid, behoerde.land),
        "abgelehnt": absaetze(bescheid.abgelehnte_leistungen),
        "nebenbestimmungen": absaetze(bescheid.nebenbestimmungen),
        "begruendung": absaetze(bescheid.begruendung),
        "rechtsbehelf": rechtsbehelfsbelehrung(datum, behoerde),
        "unterzeichner": {
            "name": unterzeichner.get_full_name() if unterzeichner else "",
            "funktion": unterzeichner.funktion if unterzeichner else "",
        },
    }


def _anlagen(bescheid: Bescheid) -> list[dict[str, str]]:
    """Return the frozen letters that go out with the Bescheid (§ 121 Abs. 5 SGB IX)."""
    vereinbarung, plan = bescheid.zielvereinbarung, bescheid.persoenliches_budget.gesamtplan
    anlagen = []
    if vereinbarung is not None and vereinbarung.schreiben is not None:
        vom = vereinbarung.unterzeichnet_traeger_am or vereinbarung.schreiben.datum
        anlagen.append(_anlage("Zielvereinbarung", vom, vereinbarung.schreiben))
    if plan.schreiben is not None:
        titel = f"Gesamtplan, Version {plan.version},"
        anlagen.append(_anlage(titel, plan.datum, plan.schreiben))
    return anlagen


def _anlage(titel: str, vom: date, schreiben: Schreiben) -> dict[str, str]:
    return {
        "titel": titel,
        "vom": vom.isoformat(),
        "schreiben": schreiben.nummer,
        "sha256": schreiben.pdf_sha256,
    }


def _masked(iban: str) -> str:
    """Return enough of an IBAN to recognise it; the frozen data are not encrypted."""
    return f"{iban[:4]}\u00a0…\u00a0{iban[-4:]}" if iban else ""


def _stellungnahmen(zeilen: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {"traeger": traeger, "vom": vom}
        for traeger, vom in sorted(
            {
                (z["traeger"], z["stellungnahme_vom"])
                for z in zeilen
                if not z["eigener"] and z["stellungnahme_vom"]
            }
        )
    ]


def _grundlage(budget: PersoenlichesBudget) -> dict[str, Any]:
    person = budget.case.leistungsberechtigte_person
    return {
        "gesamtplan_vom": budget.gesamtplan.datum.isoformat(),
        "gesamtplan_version": budget.gesamtplan.version,
        "gespraech_vom": budget.gesamtplan.bedarfsermittlung.datum.isoformat(),
        "hilfebedarfsgruppe": person.hilfebedarfsgruppe_am(budget.beginn) or 0,
        "behinderungsart": person.get_behinderungsart_display(),
    }


def _vereinbarung(zielvereinbarung: Zielvereinbarung | None) -> dict[str, str]:
    if zielvereinbarung is None:
        return {}
    beide = [
        tag
        for tag in (
            zielvereinbarung.unterzeichnet_person_am,
            zielvereinbarung.unterzeichnet_traeger_am,
        )
        if tag
    ]
    return {
        "vom": max(beide).isoformat() if beide else "",
        "vorbehalt": zielvereinbarung.vorbehalt,
    }


def _fristen(bescheid: Bescheid, land: str) -> dict[str, str]:
    budget = bescheid.persoenliches_budget
    stand = budget.rechtsstand
    bindung = compute_frist(Regel.BINDUNG_BUDGET, budget.bindung_ab, land, rechtsstand=stand)
    pruefung = compute_frist(
        Regel.ERSTE_UEBERPRUEFUNG, bescheid.erste_auszahlung, land, rechtsstand=stand
    )
    return {
        "bindung_ab": budget.bindung_ab.isoformat(),
        "bindung_bis": bindung.ende.isoformat() if bindung.ende else "",
        "ueberpruefung": pruefung.anzeige,
    }


def _finde(case: Case, teile: Mapping[str, int]) -> Bescheid | None:
    budget = get_budget(case)
    return bescheid_of(budget) if budget else None


def _daten(anlass: Schreibanlass) -> dict[str, Any]:
    return bescheid_daten(
        bescheid=anlass.gegenstand,
        datum=anlass.tag,
        empfaenger=empfaenger_of(anlass.case, anlass.tag),
        unterzeichner=anlass.zeichnet,
    )


SCHREIBENART = Schreibenart(
    ART,
    "Bescheid",
    "budget/bescheid/schreiben.html",
    daten=_daten,
    titel_of=lambda anlass: titel_of(anlass.gegenstand.persoenliches_budget),
    finde=_finde,
    seite=lambda anlass: reverse("bescheid", args=[anlass.case.pk]),
    einmal=True,
    rechtsbehelf=True,
    zeigt_teil="bescheid",
)
