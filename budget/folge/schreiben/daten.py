"""Further decisions as letters: the data that are printed, for draft and release alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from budget.bescheid.queries import nach_dem_tod
from budget.bescheid.schreiben.rechtsbehelf import belehrung_mangel, rechtsbehelfsbelehrung
from budget.bescheid.schreiben.wandel import wandel_of
from budget.folge.guards import wirkung as guards
from budget.folge.guards.geltung import KUENDIGUNG
from budget.folge.queries import (
    aufhebungen_fuer,
    expected_bekanntgabe,
    folgebescheid_of,
    norm_of,
    one_year,
    zeile_of,
)
from budget.folge.schreiben.beitrag import beitrag_daten
from budget.folge.schreiben.titel import titel_of
from budget.folge.schreiben.unterbrechung import unterbrechung_daten
from budget.folge.schreiben.vorlaeufig import vorlaeufig_daten
from budget.models import Bescheid, Folgebescheid, PersoenlichesBudget
from budget.states.anhoerung import Anhoerungsverzicht
from budget.states.faelle import KUENDIGUNG_DER_BEHOERDE
from budget.states.folge import Folgeart, Folgezustand
from budget.states.widerspruch import Wiedereinsetzung
from budget.zielvereinbarung.schreiben import absaetze
from cases.models import Behoerde, Case, Schreiben, User, Versand
from cases.person.guards.adressat import zustellung_am
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.satz.brief import kopf_daten, unterzeichner_daten
from cases.schreiben.services.schreiben import empfaenger_of
from cases.states.inhalt import BRIEF, Inhalt
from cases.states.versand import UNTERWEGS, Versandzustand
from recht.fristkennung import Regel

BESCHEID, MITTEILUNG, WIDERSPRUCHSBESCHEID, ANHOERUNG = (
    "folgebescheid",
    "folgemitteilung",
    "widerspruchsbescheid",
    "anhoerung",
)
_ENTSCHIEDEN = (Wiedereinsetzung.GEWAEHRT, Wiedereinsetzung.ABGELEHNT)


def folge_daten(
    *, row: Folgebescheid, datum: date, empfaenger: list[str], unterzeichner: User | None = None
) -> dict[str, Any]:
    """Return all that is printed; `datum` is the day of the decision.

    Raises SchrittUnzulaessig when no Rechtsbehelfsbelehrung covers the day.
    """
    behoerde = Behoerde.objects.get(pk=1)
    zeile = zeile_of(row)
    return {
        **_grundstock(row, datum, empfaenger, titel_of(row)),
        "norm": norm_of(row),
        "soll": zeile.soll,
        "fall_des_gesetzes": zeile.fall_im_satz(row.fall_des_gesetzes),
        "vergangen": zeile.vergangen,
        "kenntnis_am": _iso(row.kenntnis_am),
        "sachverhalt": absaetze(row.sachverhalt),
        "gruende": absaetze(row.gruende),
        "ermessen": absaetze(row.ermessen),
        "anhoerung": gehoert_daten(row),
        "hinweis": {"vom": _iso(row.hinweis_vom), "bis": _iso(row.hinweis_bis)},
        "zahlung_bis": _iso(row.zahlung_bis),
        "beitrag": beitrag_daten(row),
        "unterbrechung": unterbrechung_daten(row),
        "vorlaeufig": vorlaeufig_daten(row, datum),
        "nach_dem_tod": nach_dem_tod(row),
        "teilweise": row.teilweise,
        "sofort_vollziehbar": row.sofort_vollziehbar,
        "sofort_grund": absaetze(row.sofort_grund),
        "angegriffen": _angegriffen(row),
        "gericht": row.gericht,
        "klagefrist": "von drei Monaten" if row.ausland else "eines Monats",
        "ausland": row.ausland,
        "zustellung": row.zustellung,
        "einfach": row.case.leistungsberechtigte_person.wuenscht_einfache_sprache,
        "rechtsbehelf": (
            rechtsbehelfsbelehrung(datum, behoerde, ausland=row.ausland, zustellung=row.zustellung)
            if zeile.verwaltungsakt
            else []
        ),
        "unterzeichner": unterzeichner_daten(unterzeichner),
    }


def anhoerung_daten(
    *, row: Folgebescheid, datum: date, empfaenger: list[str], unterzeichner: User | None = None
) -> dict[str, Any]:
    """Return the letter in which the person is heard about an intended decision."""
    return {
        **_grundstock(row, datum, empfaenger, f"Anhörung: {titel_of(row)}"),
        "absicht": True,
        "beitrag": beitrag_daten(row),
        "unterbrechung": unterbrechung_daten(row),
        "vorlaeufig": vorlaeufig_daten(row, datum),
        "norm": norm_of(row),
        "sachverhalt": absaetze(row.sachverhalt),
        "gruende": absaetze(row.gruende),
        "bis": _iso(row.anhoerung_bis),
        "unterzeichner": unterzeichner_daten(unterzeichner),
    }


def _grundstock(
    row: Folgebescheid, datum: date, empfaenger: list[str], betreff: str
) -> dict[str, Any]:
    """Return what the decision and its Anhörung share: head, salutation, what is intended."""
    case, zeile = row.case, zeile_of(row)
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=empfaenger,
            datum=datum,
            ansprechpartner=case.caseworker,
            betreff=betreff,
        ),
        "anrede": zustellung_am(case.leistungsberechtigte_person, datum).anrede,
        "art": row.art,
        "titel": titel_of(row),
        "antrag": {"vom": row.antrag.eingang.isoformat()} if row.antrag else {},
        "bewilligung": _bewilligung(row),
        "wirkt_ab": _iso(row.wirkt_ab),
        "beendet": zeile.beendet and not zeile.mit_nachfolger,
        "rueckwirkend": row.wirkt_ab is not None and row.wirkt_ab <= datum,
        "anspruch": row.anspruchsfolge,
        "gekuendigt": {
            "am": _iso(row.gekuendigt_am),
            "norm": KUENDIGUNG.am(row.gekuendigt_am or datum),
            "durch_uns": row.fall_des_gesetzes == KUENDIGUNG_DER_BEHOERDE,
        },
        "kuenftig": _kuenftig(row),
        "betrag": f"{row.betrag:.2f}" if row.betrag else "",
        "zeitraum": {"von": _iso(row.zeitraum_von), "bis": _iso(row.zeitraum_bis)},
    }


def _bewilligung(row: Folgebescheid) -> dict[str, str]:
    """Return the Bescheid that is lifted, asked back or confirmed."""
    if row.budget is None:
        return {}
    bescheid = Bescheid.objects.filter(persoenliches_budget=row.budget).first()
    return {
        "vom": bescheid.datum.isoformat() if bescheid else "",
        "beginn": row.budget.beginn.isoformat(),
        "summe": f"{row.budget.summe(ergaenzende=False):.2f}",
    }


def _kuenftig(row: Folgebescheid) -> dict[str, Any]:
    """Return what is intended in the place of the grant; empty where nothing takes it."""
    if row.art != Folgeart.AENDERUNG or row.budget is None or row.wirkt_ab is None:
        return {}
    neu = PersoenlichesBudget.objects.filter(vorgaenger=row.budget, beginn=row.wirkt_ab).last()
    wandel = wandel_of(neu) if neu else None
    if wandel is None:
        return {}
    return {
        "zeilen": [
            {
                "bezeichnung": zeile.bezeichnung,
                "alt": "" if zeile.alt is None else f"{zeile.alt:.2f}",
                "neu": "" if zeile.neu is None else f"{zeile.neu:.2f}",
            }
            for zeile in (*wandel.zeilen, wandel.summe)
        ]
    }


def gehoert_daten(row: Folgebescheid) -> dict[str, str]:
    """Return how the person was heard, or why not (§ 24 SGB X)."""
    schreiben = row.anhoerung_schreiben
    return {
        "vom": _iso(schreiben.datum if schreiben else None),
        "aeusserung_am": _iso(row.aeusserung_am),
        "aeusserung": row.aeusserung,
        "verzicht": Anhoerungsverzicht(row.anhoerung_verzicht).label
        if row.anhoerung_verzicht
        else "",
        "grund": row.verzicht_grund,
    }


def _angegriffen(row: Folgebescheid) -> dict[str, Any]:
    """Return the Widerspruch and the decision that it attacks."""
    widerspruch = row.widerspruch
    if widerspruch is None:
        return {}
    teilabhilfe = Folgebescheid.objects.filter(
        widerspruch=widerspruch, art=Folgeart.ABHILFE, teilweise=True, wirksam_am__isnull=False
    ).first()
    return {
        "eingang": widerspruch.eingang_am.isoformat(),
        "bei": widerspruch.andere_stelle,
        "frist_bis": _iso(widerspruch.frist_bis),
        "ein_jahr": "ja" if one_year(widerspruch.schreiben) else "",
        "teilabhilfe": _iso(teilabhilfe.datum if teilabhilfe else None),
        "verspaetet": "ja" if widerspruch.verspaetet else "",
        "zulaessig": "ja" if widerspruch.zulaessig else "",
        "wiedereinsetzung": widerspruch.wiedereinsetzung,
        "wiedereinsetzung_grund": (
            absaetze(widerspruch.wiedereinsetzung_grund)
            if widerspruch.wiedereinsetzung in _ENTSCHIEDEN
            else []
        ),
        "vorbringen": widerspruch.vorbringen,
        "bescheid": widerspruch.schreiben.titel,
        "bescheid_vom": widerspruch.schreiben.datum.isoformat(),
        "stellungnahme_von": widerspruch.stellungnahme_von,
        "stellungnahme_am": _iso(widerspruch.stellungnahme_am),
    }


def _iso(tag: date | None) -> str:
    return tag.isoformat() if tag else ""


def _finde(case: Case, teile: Mapping[str, int]) -> Folgebescheid | None:
    return folgebescheid_of(case, teile.get("bescheid", 0))


def _daten(anlass: Schreibanlass) -> dict[str, Any]:
    return folge_daten(
        row=anlass.gegenstand,
        datum=anlass.tag,
        empfaenger=empfaenger_of(anlass.case, anlass.tag),
        unterzeichner=anlass.zeichnet,
    )


def _anhoerungsdaten(anlass: Schreibanlass) -> dict[str, Any]:
    return anhoerung_daten(
        row=anlass.gegenstand,
        datum=anlass.tag,
        empfaenger=empfaenger_of(anlass.case, anlass.tag),
        unterzeichner=anlass.zeichnet,
    )


def _seite(anlass: Schreibanlass) -> str:
    return reverse("folgebescheid", args=[anlass.case.pk, anlass.gegenstand.pk])


def _ersetzt(schreiben: Schreiben) -> Hindernis | None:
    """§ 39 Abs. 1 S. 2 SGB X: only the letter of the decision leaves."""
    if Folgebescheid.objects.filter(schreiben=schreiben).exists():
        return None
    return Hindernis("Dieses Schreiben ist ersetzt; es darf nicht mehr hinaus.")


def _absicht_aufgegeben(schreiben: Schreiben) -> Hindernis | None:
    """§ 24 Abs. 1 SGB X: nobody is heard about what is not intended any more."""
    rows = Folgebescheid.objects.filter(anhoerung_schreiben=schreiben)
    if rows.exclude(state=Folgezustand.ABGESEHEN).exists():
        return None
    return Hindernis("Diese Absicht ist geändert oder aufgegeben; die Anhörung darf nicht hinaus.")


def _klagebelehrung(
    schreiben: Schreiben, am: date, ausland: bool, zugestellt: bool
) -> Hindernis | None:
    """§ 66 Abs. 2 SGG, § 87 Abs. 1 SGG: what the letter says about the Klagefrist must be right."""
    if bool(schreiben.daten.get("ausland")) == ausland:
        return None
    nennt, gilt = ("einen Monat", "drei Monate") if ausland else ("drei Monate", "einen Monat")
    wohin = "ins Ausland" if ausland else "im Inland"
    return Hindernis(
        f"Die Rechtsbehelfsbelehrung des Schreibens nennt für die Klage {nennt}; bei einer Sendung "
        f"{wohin} gilt {gilt} (§ 87 Abs. 1 SGG).",
        "§ 66 Abs. 2 SGG",
    )


_BELEHRUNG = {
    BESCHEID: belehrung_mangel,
    WIDERSPRUCHSBESCHEID: _klagebelehrung,
}


def verspaetung(schreiben: Schreiben, am: date) -> Hindernis | None:
    """§ 48 Abs. 1 S. 1 SGB X, § 50 Abs. 3 SGB X: what a letter orders must fit the day it leaves.

    Its effect lies after its Bekanntgabe, and so does the day to pay; money is asked back with or
    after what lifts the grant.
    """
    row = Folgebescheid.objects.filter(schreiben=schreiben).first()
    if row is None:
        return None
    aufhebungen = [r.schreiben_id for r in aufhebungen_fuer(row)]
    hinaus = Versand.objects.filter(
        schreiben__in=aufhebungen, state__in=[*UNTERWEGS, Versandzustand.AUFGEGEBEN]
    )
    bekannt = expected_bekanntgabe(am)
    return (
        guards.wirkt_nach_bekanntgabe(row, zeile_of(row), bekannt)
        or guards.nicht_vor_der_aufhebung(row, nach_dem_tod(row) or hinaus.exists())
        or guards.zahlungsziel_erreichbar(row, bekannt)
    )


FINDE, SEITE, INHALTE = _finde, _seite, BRIEF | {Inhalt.BETRAEGE}


def _art(schluessel: str, titel: str, *, rechtsbehelf: bool, **mehr: Any) -> Schreibenart:
    return Schreibenart(
        schluessel,
        titel,
        "budget/folge/schreiben.html",
        daten=_daten,
        titel_of=lambda anlass: titel_of(anlass.gegenstand),
        finde=FINDE,
        seite=SEITE,
        einmal=True,
        rechtsbehelf=rechtsbehelf,
        maengel=_ersetzt,
        verspaetung=verspaetung,
        belehrung=_BELEHRUNG.get(schluessel),
        zeigt_teil="bescheid",
        inhalte=INHALTE,
        **mehr,
    )


SCHREIBENARTEN = (
    _art(
        BESCHEID,
        "Weiterer Bescheid",
        rechtsbehelf=True,
        ausloeser="Ablehnung, Versagung, Aufhebung, Ruhen, Vorläufiges oder Erstattung",
        norm="§§ 31, 33 SGB X",
        frist=(Regel.WIDERSPRUCH,),
    ),
    _art(
        MITTEILUNG,
        "Mitteilung oder Abhilfe",
        rechtsbehelf=False,
        ausloeser="das Budget bleibt unverändert, oder dem Widerspruch wird abgeholfen",
        norm="§ 85 Abs. 1 SGG",
    ),
    _art(
        WIDERSPRUCHSBESCHEID,
        "Widerspruchsbescheid",
        rechtsbehelf=False,
        ausloeser="über den Widerspruch wird entschieden",
        norm="§ 85 SGG",
        frist=(Regel.KLAGE,),
    ),
)
ANHOERUNGSART = Schreibenart(
    ANHOERUNG,
    "Anhörung",
    "budget/folge/schreiben_anhoerung.html",
    daten=_anhoerungsdaten,
    titel_of=lambda anlass: f"Anhörung: {titel_of(anlass.gegenstand)}",
    maengel=_absicht_aufgegeben,
    finde=FINDE,
    seite=SEITE,
    inhalte=INHALTE,
    ausloeser="eine belastende Entscheidung ist beabsichtigt",
    norm="§ 24 SGB X",
    frist=(Regel.ANHOERUNG,),
)
