"""A letter from its data: the same dictionary is printed, attached to the PDF and frozen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from cases.models import BarrierefreiesFormat, Behoerde, Bildart, Case, User
from cases.person.guards.adressat import zustellung_am
from cases.registry.beitrag import registry
from cases.schreiben.satz.bilder import bild_daten, bilder_of
from cases.schreiben.satz.schrift import fit_anschrift, printable
from cases.schreiben.satz.setzerei import set_letter
from cases.schreiben.satz.umbruch import keep_together
from cases.states.rolle import Rolle
from recht.rechtsstand import rechtsstand_am


@dataclass(frozen=True)
class Gerendert:
    """A letter as HTML and PDF with their SHA-256 (hex)."""

    html: str
    html_sha256: str
    pdf: bytes
    pdf_sha256: str
    seiten: int


def kopf_daten(
    *,
    case: Case,
    empfaenger: list[str],
    datum: date,
    ansprechpartner: User,
    betreff: str,
    ihr_zeichen: str = "",
) -> dict[str, Any]:
    """Return the part of the data that stands under `kopf` in every letter."""
    behoerde = Behoerde.objects.get(pk=1)
    wunsch = case.leistungsberechtigte_person.barrierefreies_format
    dienststelle = _dienststelle(case)
    return {
        "behoerde": {
            "name": behoerde.name,
            "traeger_bezeichnung": behoerde.bezeichnung_am(rechtsstand_am(datum)),
            "amt": behoerde.amt,
            "strasse": behoerde.strasse,
            "plz": behoerde.plz,
            "ort": behoerde.ort,
            "telefon": behoerde.telefon,
            "email": behoerde.email,
            "elektronischer_zugang": behoerde.elektronischer_zugang,
            **bild_daten(Bildart.LOGO),
        },
        **({"dienststelle": dienststelle} if dienststelle else {}),
        "aktenzeichen": case.aktenzeichen,
        "ihr_zeichen": ihr_zeichen,
        "anschrift": list(empfaenger),
        "vertretung": _vertretung(case, empfaenger, datum),
        "abdrucke": _abdrucke(case, empfaenger, datum),
        "datum": datum.isoformat(),
        "betreff": betreff,
        "ansprechpartner": {
            "name": ansprechpartner.get_full_name(),
            "funktion": ansprechpartner.funktion,
            "zimmer": ansprechpartner.zimmer,
            "telefon": ansprechpartner.telefon or dienststelle.get("telefon") or behoerde.telefon,
            "email": ansprechpartner.email or behoerde.email,
        },
        "grossdruck": wunsch == BarrierefreiesFormat.GROSSDRUCK,
    }


def unterzeichner_daten(user: User | None) -> dict[str, str]:
    """Return who signs and with which addition; the only place that says so.

    The rule of the authority goes by role. Who has several signs with the highest one, the
    Sachgebietsleitung before the Fallmanagement. A draft that nobody has released yet has no name
    and the addition of the Sachgebietsleitung, who will release it.
    """
    leitung = user is None or user.has_rolle(Rolle.LEITUNG)
    behoerde = Behoerde.objects.get(pk=1)
    return {
        "name": user.get_full_name() if user else "",
        "funktion": user.funktion if user else "",
        **behoerde.zeichnung(leitung=leitung),
    }


def unterschriftszeile(user: User | None) -> dict[str, Any]:
    """Return the line on which is signed by hand for the authority; the only place that says so.

    Below it stand the authority and, by the same rule as in print, in whose name and who signs.
    It has no seal: that belongs to the printed signature of a Verwaltungsakt, and here the hand
    stands for itself.
    """
    behoerde = Behoerde.objects.get(pk=1)
    return {"name": behoerde.name, "rolle": behoerde.amt, "von": unterzeichner_daten(user)}


def _signed_by_hand(daten: dict[str, Any]) -> bool:
    """Tell whether the data have lines on which is signed."""
    return "unterschriften" in daten or "parteien" in daten


def with_siegel(daten: dict[str, Any], *, bescheid: bool) -> dict[str, Any]:
    """Return the data with the seal where the authority wants it beside the signature.

    `bescheid` is a letter with a Verwaltungsakt. What nobody signs for the authority in print
    carries no printed seal either, nor does what is signed by hand.
    """
    if "unterzeichner" not in daten or _signed_by_hand(daten):
        return daten
    if not Behoerde.objects.get(pk=1).siegelt(bescheid=bescheid):
        return daten
    kopf = daten["kopf"]
    behoerde = {**kopf["behoerde"], **bild_daten(Bildart.SIEGEL)}
    return {**daten, "kopf": {**kopf, "behoerde": behoerde}}


def _dienststelle(case: Case) -> dict[str, str]:
    """Return where the team of the case sits; empty where that is the house of the authority."""
    team = case.team
    if not team.dienststelle:
        return {}
    return {
        "name": team.dienststelle,
        "strasse": team.strasse,
        "plz": team.plz,
        "ort": team.ort,
        "telefon": team.telefon,
        "sprechzeiten": team.sprechzeiten,
    }


def _vertretung(case: Case, empfaenger: list[str], datum: date) -> dict[str, str]:
    """Return whom a letter to a representative concerns; empty when the person gets it."""
    person = case.leistungsberechtigte_person
    zustellung = zustellung_am(person, datum)
    if zustellung.vertretung is None or tuple(empfaenger) != zustellung.zeilen:
        return {}
    return {
        "fuer": person.voller_name,
        "geburtsdatum": person.geburt,
        "als": str(zustellung.vertretung.get_art_display()),
    }


def _abdrucke(case: Case, empfaenger: list[str], datum: date) -> list[str]:
    """Return who gets a copy beside the addressee; nobody of a letter to somebody else."""
    zustellung = zustellung_am(case.leistungsberechtigte_person, datum)
    return list(zustellung.abdrucke) if tuple(empfaenger) == zustellung.zeilen else []


def json_of(daten: dict[str, Any]) -> bytes:
    """Return the data as attached to the PDF; equal data give equal bytes."""
    return json.dumps(daten, ensure_ascii=False, indent=1, sort_keys=True).encode()


def render_html(*, art: str, titel: str, daten: dict[str, Any], entwurf: bool = False) -> str:
    """Return the HTML of a letter; the template sees the data only as JSON keeps them."""
    vorlage = registry.schreibenarten[art].template
    gespeichert = json.loads(json_of(daten))
    kopf = gespeichert["kopf"]
    anschrift, eng = fit_anschrift([printable(zeile) for zeile in kopf["anschrift"]])
    html = render_to_string(
        vorlage,
        {
            "d": gespeichert,
            "kopf": kopf,
            "titel": titel,
            "anschrift": anschrift,
            "anschrift_eng": eng,
            "entwurf": entwurf,
        },
    )
    return printable(html)


def render_brief(
    *, art: str, titel: str, daten: dict[str, Any], entwurf: bool = False
) -> Gerendert:
    """Set a letter of a registered kind; `entwurf` marks every page as not sent.

    Raises SchreibenFehler when the address does not fit its window, a character cannot be
    printed or the renderer warns, TypeError when `daten` is not plain JSON.
    """
    html = render_html(art=art, titel=titel, daten=daten, entwurf=entwurf)
    satz = set_letter(
        keep_together(html),
        anlage=json_of(daten),
        anlage_name=f"{art}.json",
        datum=date.fromisoformat(daten["kopf"]["datum"]),
        bilder=bilder_of(daten["kopf"]),
    )
    return Gerendert(
        html=html,
        html_sha256=hashlib.sha256(html.encode()).hexdigest(),
        pdf=satz.pdf,
        pdf_sha256=hashlib.sha256(satz.pdf).hexdigest(),
        seiten=satz.seiten,
    )
