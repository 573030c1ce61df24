"""Our statement as a letter to the leistende Träger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from budget.models import Teilnahme
from budget.states.teilnahme import STELLUNGNAHME, Teilnahmezustand
from budget.teilnahme import guards
from budget.teilnahme.queries import finde_teilnahme
from cases.antrag.schreiben.zustaendigkeit import traeger_anschrift
from cases.models import Schreiben
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.satz.brief import kopf_daten, unterzeichner_daten
from cases.states.inhalt import BRIEF, Inhalt
from recht.geld import format_schlicht
from recht.rechtsstand import Rechtsstand, rechtsstand_am

ART = "teilnahme_stellungnahme"


def stellungnahme_daten(anlass: Schreibanlass) -> dict[str, Any]:
    """Return what is printed: the request, the four topics, our part with its steps."""
    row: Teilnahme = anlass.gegenstand
    person, zeichnet = row.case.leistungsberechtigte_person, anlass.zeichnet or row.case.caseworker
    return {
        "kopf": kopf_daten(
            case=row.case,
            empfaenger=traeger_anschrift(row.traeger),
            datum=anlass.tag,
            ansprechpartner=row.case.caseworker,
            betreff="Stellungnahme zum Persönlichen Budget",
            ihr_zeichen=row.aktenzeichen_dort,
        ),
        "person": {"name": person.voller_name, "geburtsdatum": person.geburt},
        "angefordert_am": row.angefordert_am.isoformat(),
        "norm": STELLUNGNAHME.am(row.angefordert_am),
        "alt": rechtsstand_am(row.angefordert_am) is Rechtsstand.A,
        "bedarf": _lines(row.bedarf),
        "hoehe": _lines(row.hoehe),
        "ziele": _lines(row.ziele),
        "beratung": _lines(row.beratung),
        "betrag": format_schlicht(row.betrag) if row.betrag is not None else "",
        "grund": _lines(row.abweichung_grund),
        "rechenweg": row.rechenweg,
        "von": row.leistung_von.isoformat() if row.leistung_von else "",
        "bis": row.leistung_bis.isoformat() if row.leistung_bis else "",
        "unterzeichner": unterzeichner_daten(zeichnet),
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pruefungen(anlass: Schreibanlass) -> Iterator[Hindernis | None]:
    row: Teilnahme = anlass.gegenstand
    if row.state != Teilnahmezustand.ANGEFRAGT:
        yield Hindernis("Die Stellungnahme ist schon abgegeben.")
    yield guards.vier_themen_beantwortet(row)
    yield guards.teilbudget_bemessen(row)


def _ersetzt(schreiben: Schreiben) -> Hindernis | None:
    """§ 15 Abs. 2 SGB IX: only what we say now leaves the house."""
    if Teilnahme.objects.filter(schreiben=schreiben).exists():
        return None
    return Hindernis("Diese Stellungnahme ist geändert; das Schreiben darf nicht mehr hinaus.")


SCHREIBENART = Schreibenart(
    ART,
    "Stellungnahme als beteiligter Träger",
    "budget/teilnahme/schreiben.html",
    daten=stellungnahme_daten,
    finde=finde_teilnahme,
    seite=lambda anlass: reverse("teilnahmen", args=[anlass.case.pk]),
    pruefungen=_pruefungen,
    maengel=_ersetzt,
    an_dritte=True,
    an="der leistende Träger",
    ausloeser="ein anderer Träger leistet und fordert unsere Feststellungen an",
    norm="§ 15 Abs. 2 SGB IX",
    frist=(),
    inhalte=BRIEF | {Inhalt.BETRAEGE},
)
