"""One real letter of every kind that a form asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from budget.models import PersoenlichesBudget, Teilnahme, Traegerwechsel, Verwendungsnachweis
from budget.teilnahme.schreiben import ART as STELLUNGNAHME
from budget.traegerwechsel.schreiben import ART as WECHSEL
from cases.models import Case, Leistungstraeger, Schreiben, Unterlage, User
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import daten_of
from tests.cases.einwilligung.test_einwilligung import make_einwilligung
from tests.fabriken import HEUTE

_BIS = HEUTE + timedelta(days=28)
_AN = ["Gesundheitsamt Musterau", "Weg 1", "70999 Musterau"]
_SATZ = "Die Person lebt seit dem Umzug in einer Wohngemeinschaft und braucht am Abend Assistenz. "
_FRAGEN = "Welche Assistenz ist nötig?\n\nWie lange wird sie gebraucht?"


def of_nachweis(case: Case, by: User) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Return the letters about the Verwendungsnachweis of the budget of the case."""
    row = Verwendungsnachweis(
        persoenliches_budget=PersoenlichesBudget.objects.filter(case=case).latest("pk"),
        von=HEUTE - timedelta(days=180),
        bis=HEUTE,
        faellig_am=_BIS,
        angefordert_am=HEUTE,
        zu_belegen=Decimal("6000.00"),
        verwendet=Decimal("5200.00"),
        angespart=Decimal("500.00"),
        zurueck=Decimal("300.00"),
        ergebnis=_SATZ,
        state="geprueft",
    )
    for art in ("nachweis_anforderung", "nachweis_erinnerung", "nachweis_ergebnis"):
        anlass = Schreibanlass(case, HEUTE, by, row)
        yield art, (art, daten_of(registry.schreibenarten[art], anlass))


def of_teilnahme(case: Case, by: User) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Return our statement to a carrier that leads, with a part and without one."""
    traeger = Leistungstraeger.objects.filter(eigener=False).earliest("pk")
    themen = dict.fromkeys(("bedarf", "hoehe", "ziele", "beratung"), _SATZ)
    row = Teilnahme(
        case=case,
        traeger=traeger,
        aktenzeichen_dort="RV 12/26",
        angefordert_am=HEUTE,
        betrag=Decimal("1040.00"),
        rechenweg=[{"text": "6 Stunden je Woche × 40,00 € × 52/12 = 1.040,00 €", "norm": ""}],
        leistung_von=HEUTE,
        leistung_bis=_BIS,
        **themen,
    )
    nichts = Teilnahme(
        case=case, traeger=traeger, angefordert_am=HEUTE, abweichung_grund=_SATZ, **themen
    )
    for name, eine in (("mit Teil", row), ("ohne Teil", nichts)):
        anlass = Schreibanlass(case, HEUTE, by, eine)
        yield (
            f"{STELLUNGNAHME} {name}",
            (
                STELLUNGNAHME,
                daten_of(registry.schreibenarten[STELLUNGNAHME], anlass),
            ),
        )


def of_wechsel(case: Case, by: User) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Return the letter to a carrier that takes over, before its promise and after it."""
    zugesagt = {"aktenzeichen_dort": "N 12", "zusage_vom": HEUTE, "uebernimmt_ab": _BIS}
    for name, mehr in (("gefragt", {}), ("zugesagt", zugesagt)):
        row = Traegerwechsel(
            persoenliches_budget=PersoenlichesBudget.objects.get(case=case),
            an=Leistungstraeger.objects.filter(eigener=False).earliest("pk"),
            grund="vorrang",
            ab=HEUTE,
            bekannt_seit=HEUTE,
            begruendung=f"{_SATZ}\n\n{_SATZ}",
            **mehr,
        )
        anlass = Schreibanlass(case, HEUTE, by, row)
        yield f"{WECHSEL} {name}", (WECHSEL, daten_of(registry.schreibenarten[WECHSEL], anlass))


def of_forms(case: Case, by: User) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Return kind and data of each of these letters in a case that is decided."""
    bezug = Schreiben.objects.filter(case=case, art="bescheid").get()
    unterlage = Unterlage(case=case, art="befund", titel="Befund", datum=HEUTE, seiten=3)
    einwilligung = make_einwilligung(case, by, teile=["gutachten"])
    fragen = {"an": _AN, "ihr_zeichen": "5 C 7/26", "anlass": _SATZ, "fragen": _FRAGEN, "bis": _BIS}
    mangel = {"fehlt": "Kontoauszug\nMietvertrag", "bis": _BIS}
    fehler = {"falsch": "1.050 Euro", "richtig": "1.120 Euro", "offenbar": True}
    akte = {"schreiben": [bezug], "unterlagen": [unterlage], "nicht": _SATZ}
    angaben: dict[str, dict[str, Any]] = {
        "eingangsbestaetigung": {},
        "freies_schreiben": {"betreff": "Ihr Anruf", "text": f"{_SATZ}\n\n{_SATZ * 3}"},
        "freies_schreiben_stelle": {
            "an": _AN,
            "ihr_zeichen": "",
            "grundlage": "aufgabe",
            "betreff": "Nachfrage",
            "text": _SATZ,
        },
        "erinnerung": mangel,
        "erinnerung_stelle": mangel,
        "berichtigung": fehler,
        "berichtigung_stelle": fehler,
        "akteneinsicht": akte | {"grund": "einsicht"},
        "aktenuebersendung": akte | {"grund": "gericht", "an": _AN, "ihr_zeichen": ""},
        "datenauskunft": {"verlangt_am": HEUTE, "ohne": ""},
        "mitwirkung": {
            "pflicht": "beweise",
            "verlangt": "Kontoauszug\nMietvertrag",
            "warum": _SATZ,
            "bis": _BIS,
            "folge": "versagung",
        },
        "stellungnahme_bitte": fragen,
        "befund_bitte": fragen | {"einwilligung": einwilligung},
        "gespraechseinladung": {
            "thema": "Wir sprechen über Ihren Bedarf.",
            "termin": _BIS,
            "uhrzeit": time(10, 30),
            "ort": "Raum 3",
            "mitbringen": "Ausweis",
        },
        "ueberpruefungsankuendigung": {"text": _SATZ},
        "aushangbenachrichtigung": {},
    }
    for art, werte in angaben.items():
        kind = registry.schreibenarten[art]
        zu = kind.finde(case, {"schreiben": bezug.pk}) if kind.finde else None
        gegenstand = bezug if art.startswith(("erinnerung", "berichtigung")) else zu
        anlass = Schreibanlass(case, HEUTE, by, gegenstand, werte)
        yield art, (art, daten_of(kind, anlass))
