"""What is said about a change of the carrier: to the new carrier, and why our grant ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse

from budget.models import Traegerwechsel
from budget.states import Auszahlungsform
from budget.states.traegerwechsel import Wechselzustand
from budget.traegerwechsel.queries import finde_wechsel, reasons_of
from cases.antrag.schreiben.zustaendigkeit import traeger_anschrift
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.satz.brief import kopf_daten, unterzeichner_daten
from cases.states.inhalt import BRIEF, Inhalt
from recht.geld import format_schlicht

ART = "traegerwechsel"
_EIN_TAG = timedelta(days=1)


def sachverhalt_of(row: Traegerwechsel) -> str:
    """Return what has happened, for the decision that ends our grant."""
    zusage = ""
    if row.uebernimmt_ab is not None and row.zusage_vom is not None:
        zusage = (
            f" {row.an.name} hat am {row.zusage_vom:%d.%m.%Y} zugesagt, ab dem "
            f"{row.uebernimmt_ab:%d.%m.%Y} zu leisten."
        )
    return (
        f"Seit dem {row.ab:%d.%m.%Y} ist {row.an.name} für Ihre Leistungen zuständig. Das wissen "
        f"wir seit dem {row.bekannt_seit:%d.%m.%Y}. {row.begruendung}{zusage}"
    )


def gruende_of(row: Traegerwechsel) -> str:
    """Return why our grant ends and what the person can rely on."""
    wechsel, _ = reasons_of(row)
    return (
        f"{wechsel.text.rstrip('.')} ({wechsel.norm}). Damit haben sich die Verhältnisse "
        "wesentlich geändert, auf denen unser Bescheid beruht (§ 48 Abs. 1 S. 1 SGB X). Wir "
        "leisten weiter, bis "
        f"{row.an.name} die Leistung fortsetzt (§ 2 Abs. 3 S. 1 SGB X). Ihr Anspruch richtet sich "
        f"danach gegen {row.an.name}. Einen neuen Antrag bei uns brauchen Sie nicht zu stellen."
    )


def mitteilung_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return what the new carrier reads: person, grant, why, until when we render, our claim."""
    row: Traegerwechsel = anlass.gegenstand
    budget = row.persoenliches_budget
    case = budget.case
    person, zeichnet = case.leistungsberechtigte_person, anlass.zeichnet or case.caseworker
    wechsel, erstattung = reasons_of(row)
    bis = row.uebernimmt_ab - _EIN_TAG if row.uebernimmt_ab else None
    letzter = budget.letzter_tag
    return {
        "kopf": kopf_daten(
            case=case,
            empfaenger=traeger_anschrift(row.an),
            datum=anlass.tag,
            ansprechpartner=case.caseworker,
            betreff="Wechsel der Zuständigkeit für ein Persönliches Budget",
            ihr_zeichen=row.aktenzeichen_dort,
        ),
        "person": {"name": person.voller_name, "geburtsdatum": person.geburt},
        "ab": row.ab.isoformat(),
        "grund": wechsel.text,
        "norm": wechsel.norm,
        "begruendung": [z.strip() for z in row.begruendung.splitlines() if z.strip()],
        "beginn": budget.beginn.isoformat(),
        "ende": letzter.isoformat() if letzter else "",
        "betrag": format_schlicht(budget.summe(form=Auszahlungsform.GELD)),
        "uebernimmt_ab": row.uebernimmt_ab.isoformat() if row.uebernimmt_ab else "",
        "wir_bis": bis.isoformat() if bis else "",
        "erstattung": erstattung.text,
        "erstattungsnorm": erstattung.norm,
        "unterzeichner": unterzeichner_daten(zeichnet),
    }


def _pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    row: Traegerwechsel = anlass.gegenstand
    if row.state == Wechselzustand.ABGEGEBEN:
        yield Hindernis("Der Fall ist schon abgegeben.")


SCHREIBENART = Schreibenart(
    ART,
    "Wechsel der Zuständigkeit",
    "budget/traegerwechsel/schreiben.html",
    daten=mitteilung_daten,
    finde=finde_wechsel,
    seite=lambda anlass: reverse("traegerwechsel", args=[anlass.case.pk]),
    pruefungen=_pruefungen,
    an_dritte=True,
    an="der neue Träger",
    ausloeser="ein anderer Träger wird während der Leistung zuständig",
    norm="§ 69 Abs. 1 Nr. 1 SGB X",
    frist=(),
    inhalte=BRIEF | {Inhalt.BETRAEGE},
)
