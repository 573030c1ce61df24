"""The Bescheid as a letter: the data that are printed, for draft and release alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse

from budget.bemessung.schreiben import entscheidungen_daten, summen_of, teilbudget_zeilen
from budget.bescheid.queries import bescheid_of
from budget.bescheid.schreiben.abzug import (
    abzug_daten,
    compute_abzug,
    vermoegen_daten,
    zahlungsplan_of,
)
from budget.bescheid.schreiben.aenderung import aenderung_daten
from budget.bescheid.schreiben.beilage import beilagen_of
from budget.bescheid.schreiben.einsatz import alter_satz, nachrang_saetze
from budget.bescheid.schreiben.gruende import gruende_of
from budget.bescheid.schreiben.rechtsbehelf import belehrung_mangel, rechtsbehelfsbelehrung
from budget.bescheid.schreiben.verfuegung import antrag_angaben, leistungssaetze
from budget.bescheid.schreiben.vorab import vorab_daten
from budget.bescheid.schreiben.vorschlag import texte_of
from budget.bescheid.schreiben.wandel import reaches, wandel_daten
from budget.models import Bescheid, PersoenlichesBudget, Zielvereinbarung
from budget.states.vereinbarung import ELEKTRONISCH
from budget.verfahren.queries import get_budget
from budget.zielvereinbarung.schreiben import absaetze
from cases.behoerde.queries.eigener_wert import aufenthalt_mitteilen
from cases.behoerde.queries.sitz import sitz
from cases.frist.queries import fristen_of
from cases.models import Behoerde, Case, Schreiben, User
from cases.person.guards.adressat import zustellung_am
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.satz.brief import kopf_daten, unterzeichner_daten
from cases.schreiben.services.schreiben import empfaenger_of
from cases.states.inhalt import BRIEF, Inhalt
from recht.auszahlung import angebrochene
from recht.entscheidung import DURCH_UNS, Entscheidungsrolle
from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.geld import format_schlicht
from recht.rechtsstand import Rechtsstand

ART = "bescheid"
# Credit transfers name the account by its IBAN (Art. 6 of Regulation (EU) No 260/2012).
_IBAN_AB = date(2014, 2, 1)
_NORM = {
    Rechtsstand.A: "§ 17 SGB IX",
    Rechtsstand.UE: "§ 29 SGB IX",
    Rechtsstand.B: "§ 29 SGB IX",
}


def titel_of(budget: PersoenlichesBudget) -> str:
    """Return what the letter calls itself: deciding for several carriers it is a Gesamtbescheid."""
    traeger = {
        t.leistungstraeger_id
        for t in budget.teilbudgets.all()
        if Entscheidungsrolle(t.entscheidung) in DURCH_UNS
    }
    wort = "Gesamtbescheid" if len(traeger) > 1 else "Bescheid"
    if budget.vorgaenger is None:
        return f"{wort} über Ihr Persönliches Budget"
    was = "Änderung" if reaches(budget.vorgaenger, budget.beginn) else "Weiterbewilligung"
    return f"{wort} über die {was} Ihres Persönlichen Budgets"


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
    texte = texte_of(bescheid)
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
        "wandel": wandel_daten(bescheid),
        "antrag": antrag_angaben(budget.antrag),
        "beginn": budget.beginn.isoformat(),
        "ende": budget.ende.isoformat() if budget.ende else "",
        "befristungsgrund": budget.befristungsgrund,
        "verfahren": budget.get_verfahrensart_display(),
        "teilbudgets": zeilen,
        "gutscheine": [zeile for zeile in zeilen if zeile["gutschein"]],
        "summen": summen_of(budget),
        "andere_traeger": sorted({z["traeger"] for z in zeilen if not z["eigener"]}),
        "entscheidungen": entscheidungen_daten(budget, behoerde),
        "stellungnahmen": _stellungnahmen(zeilen),
        "grundlage": _grundlage(budget),
        "deckel": _deckel(budget),
        "leistungen": leistungssaetze(budget),
        "einsatz": _einsatz(budget, texte["einkommen_vermoegen"].gilt),
        "gruende": gruende_of(bescheid),
        "beilagen": beilagen_of(bescheid, behoerde, datum),
        "zielvereinbarung": _vereinbarung(bescheid.zielvereinbarung),
        "anlagen": _anlagen(bescheid),
        **_geld(bescheid, datum),
        "teilhabeberatung": behoerde.teilhabeberatung,
        "fristen": _fristen(bescheid, sitz()),
        "abgelehnt": absaetze(bescheid.abgelehnte_leistungen),
        "nebenbestimmungen": absaetze(bescheid.nebenbestimmungen),
        "begruendung": absaetze(texte["begruendung"].gilt),
        "einfach": case.leistungsberechtigte_person.wuenscht_einfache_sprache,
        **_belehrung(bescheid, behoerde, datum),
        "unterzeichner": unterzeichner_daten(unterzeichner),
    }


def _einsatz(budget: PersoenlichesBudget, text: str) -> dict[str, Any]:
    return {
        "text": absaetze(text),
        "nachrang": nachrang_saetze(budget),
        "alter": alter_satz(budget),
    }


def _belehrung(bescheid: Bescheid, behoerde: Behoerde, datum: date) -> dict[str, Any]:
    """Return the Belehrung and the two facts that it was written for."""
    wie = {"ausland": bescheid.ausland, "zustellung": bescheid.zustellung}
    return {**wie, "rechtsbehelf": rechtsbehelfsbelehrung(datum, behoerde, **wie)}


def _geld(bescheid: Bescheid, datum: date) -> dict[str, Any]:
    """Return what is paid to which account, what is kept back, and what a change means for it."""
    return {
        "auszahlung": auszahlung_daten(bescheid, datum),
        "abzug": abzug_daten(bescheid),
        "vorab": vorab_daten(bescheid.persoenliches_budget, datum),
        "vermoegen": vermoegen_daten(bescheid, compute_abzug(bescheid)),
        "aenderung": aenderung_daten(bescheid),
        "aufenthalt_tage": aufenthalt_mitteilen(bescheid.persoenliches_budget.beginn),
    }


def _deckel(budget: PersoenlichesBudget) -> dict[str, str]:
    return {
        "vergleichssumme": _euro(budget.vergleichssumme),
        "daneben": _euro(budget.sachleistung_daneben),
        "ausnahme": budget.deckel_ausnahme,
        "ausnahme_art": str(budget.get_deckel_ausnahme_art_display())
        if budget.deckel_ausnahme_art
        else "",
    }


def auszahlung_daten(bescheid: Bescheid, datum: date) -> dict[str, Any]:
    """Return when the money comes, with the months that are not full, and what is paid later.

    `nachzahlung` is the last month that is over when the Bescheid is written, if there is one.
    """
    plan = zahlungsplan_of(bescheid)
    monat_davor = datum.replace(day=1) - timedelta(days=1)
    return {
        "teilmonate": [
            {"monat": rate.monat.isoformat(), "betrag": format_schlicht(rate.betrag)}
            for rate in (angebrochene(plan) if plan else ())
        ],
        "nachzahlung": _iso(monat_davor if bescheid.erste_auszahlung <= monat_davor else None),
        "erste": bescheid.erste_auszahlung.isoformat(),
        "iban": _masked(bescheid.iban),
        "konto": _account(bescheid.iban, bescheid.erste_auszahlung),
    }


def _euro(betrag: Decimal | None) -> str:
    return f"{betrag:.2f}" if betrag else ""


def _anlagen(bescheid: Bescheid) -> list[dict[str, str]]:
    """Return the frozen letters that go out with the Bescheid (§ 121 Abs. 5 SGB IX).

    Each is named by the day that stands on the copy; the Zielvereinbarung was signed later.
    """
    vereinbarung, plan = bescheid.zielvereinbarung, bescheid.persoenliches_budget.gesamtplan
    anlagen = []
    if vereinbarung is not None and vereinbarung.schreiben is not None:
        titel = f"Zielvereinbarung, Version {vereinbarung.version}"
        anlagen.append(_anlage(titel, vereinbarung.schreiben.datum, vereinbarung.schreiben))
    if plan.schreiben is not None:
        anlagen.append(_anlage(f"Gesamtplan, Version {plan.version}", plan.datum, plan.schreiben))
    return anlagen


def _anlage(titel: str, vom: date, schreiben: Schreiben) -> dict[str, str]:
    return {
        "titel": titel,
        "vom": vom.isoformat(),
        "schreiben": schreiben.nummer,
        "sha256": schreiben.pdf_sha256,
    }


def _account(iban: str, tag: date) -> str:
    """Return how the letter names the account: by its IBAN, before 2014 by number and Bankleitzahl.

    A German IBAN contains both.
    """
    if not iban or tag >= _IBAN_AB or not iban.startswith("DE"):
        return f"mit der IBAN {_masked(iban)}" if iban else ""
    blz = "\u00a0".join((iban[4:7], iban[7:10], iban[10:12]))
    return f"mit den letzten Ziffern {iban[-4:]} (Bankleitzahl {blz})"


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
        "ueberpruefung_am": _iso(budget.gesamtplan.ueberpruefung_am),
        "gespraech_vom": budget.gesamtplan.bedarfsermittlung.datum.isoformat(),
        "hilfebedarfsgruppe": person.hilfebedarfsgruppe_am(budget.beginn) or 0,
        "behinderungsart": person.get_behinderungsart_display(),
    }


def _vereinbarung(zielvereinbarung: Zielvereinbarung | None) -> dict[str, str]:
    """Return the days of the agreement: printed, signed by the person, signed by the authority."""
    if zielvereinbarung is None:
        return {}
    person_am = zielvereinbarung.unterzeichnet_person_am
    traeger_am = zielvereinbarung.unterzeichnet_traeger_am
    return {
        "vom": _iso(zielvereinbarung.ausgefertigt_am),
        "version": str(zielvereinbarung.version),
        "person_am": _iso(person_am),
        "person_durch": zielvereinbarung.unterzeichnet_person_durch,
        "traeger_am": _iso(traeger_am),
        "vorbehalt": zielvereinbarung.vorbehalt,
        "elektronisch": "ja" if zielvereinbarung.ruecklauf in ELEKTRONISCH else "",
    }


def _iso(tag: date | None) -> str:
    return tag.isoformat() if tag else ""


def _fristen(bescheid: Bescheid, land: str) -> dict[str, str]:
    budget = bescheid.persoenliches_budget
    stand = budget.rechtsstand
    bindung = compute_frist(Regel.BINDUNG_BUDGET, budget.bindung_ab, land, rechtsstand=stand)
    pruefung = compute_frist(
        Regel.ERSTE_UEBERPRUEFUNG, bescheid.erste_auszahlung, land, rechtsstand=stand
    )
    return {
        "bedarf_bis": _bedarf_bis(budget, land),
        "bindung_ab": budget.bindung_ab.isoformat(),
        "bindung_bis": bindung.ende.isoformat() if bindung.ende else "",
        "ueberpruefung": pruefung.anzeige,
        "weiter_ab": _weiter_ab(budget, land),
    }


def _weiter_ab(budget: PersoenlichesBudget, land: str) -> str:
    """Return the day from which the time after the end is talked about; empty without an end."""
    if budget.ende is None:
        return ""
    ende = compute_frist(Regel.ENDE_BEWILLIGUNG, budget.ende, land, rechtsstand=budget.rechtsstand)
    return _iso(ende.wiedervorlage)


def _bedarf_bis(budget: PersoenlichesBudget, land: str) -> str:
    """Return until when the Bedarf is found anew: the day of the case, else that of the law."""
    ermittlung = budget.gesamtplan.bedarfsermittlung
    frist = fristen_of(budget.case, ermittlung, Regel.BEDARF_WIEDERHOLEN).first()
    if frist is not None:
        return frist.ende.isoformat()
    stand = budget.rechtsstand
    return _iso(
        compute_frist(Regel.BEDARF_WIEDERHOLEN, ermittlung.datum, land, rechtsstand=stand).ende
    )


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


def _ersetzt(schreiben: Schreiben) -> Hindernis | None:
    """§ 39 Abs. 1 S. 2 SGB X: of a decision that was released anew only the last letter leaves."""
    if Bescheid.objects.filter(schreiben=schreiben).exists():
        return None
    return Hindernis(
        "Dieses Schreiben ist durch eine neue Freigabe des Bescheids ersetzt oder wird es noch; es "
        "darf nicht mehr hinaus.",
        "§ 39 Abs. 1 S. 2 SGB X",
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
    maengel=_ersetzt,
    belehrung=belehrung_mangel,
    zeigt_teil="bescheid",
    ausloeser="die Bewilligung wird freigegeben",
    norm="§ 33 SGB X, § 29 SGB IX",
    frist=(Regel.WIDERSPRUCH,),
    inhalte=BRIEF | {Inhalt.BETRAEGE, Inhalt.PLAN},
)
