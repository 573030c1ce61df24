"""One real letter of every template about a plan, its reviews and its conference."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from cases.models import Case, Leistungserbringer, User
from cases.registry.beitrag import registry
from cases.schreiben.services.schreiben import daten_of
from gesamtplan.gutachten import services as gutachtenschritte
from gesamtplan.konferenz import services as konferenz
from gesamtplan.models import Planabstimmung, Ueberpruefung, Verlaufsbericht
from gesamtplan.models.angaben import Gutachtenangaben, Sachverstaendigenangabe
from gesamtplan.plan.queries.ausschnitt import abschnitte_of_daten
from gesamtplan.plan.queries.gesamtplan import get_plan, version_of
from gesamtplan.plan.services.gesamtplan import continue_gesamtplan
from gesamtplan.plan.services.mehrausfertigung import create_mehrausfertigung
from gesamtplan.vereinbarung.services import create_planvereinbarung
from tests.cases.schreiben.proben import make_anlass
from tests.fabriken import HEUTE, make_traeger
from tests.gesamtplan.bausteine import make_planeinwilligung


def of_plan(case: Case, by: User) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return kind and data of each of these letters in a case whose plan is released."""
    plan = version_of(case, 1)
    assert plan is not None
    plan = get_plan(plan.pk)
    assert plan.schreiben is not None
    auszug = create_mehrausfertigung(
        gesamtplan=plan,
        einwilligung=make_planeinwilligung(case, by),
        abschnitte=[key for key, _ in abschnitte_of_daten(plan.schreiben.daten)],
        zweck="Assistenz planen",
        by=by,
        tag=HEUTE,
    )
    row = Ueberpruefung.objects.create(
        case=case, gesamtplan=plan, anlass="verlauf", begonnen_am=HEUTE, bearbeitet_von=by
    )
    erbringer = Leistungserbringer.objects.create(
        name="Lebensnah gGmbH", strasse="Weg 1", plz="70999", ort="Musterau"
    )
    bericht = Verlaufsbericht.objects.create(
        ueberpruefung=row,
        leistungserbringer=erbringer,
        angefordert_am=HEUTE,
        bis=HEUTE + timedelta(days=14),
    )
    vereinbarung = create_planvereinbarung(
        gesamtplan=plan,
        beitrag_person="Ich übe zu Hause.",
        beitrag_traeger="Das Fallmanagement fragt jeden Monat nach.",
        gilt_bis=HEUTE + timedelta(days=200),
        by=by,
        tag=HEUTE,
    )
    neu = continue_gesamtplan(gesamtplan=plan, anlass="Umzug", datum=HEUTE, by=by, tag=HEUTE)
    for ziel in neu.teilhabeziele.all():
        ziel.leichte_sprache, ziel.text = "Ich koche selbst.", f"{ziel.text} Auch am Abend."
        ziel.save()
    teilnahme = _teilnahme(case, by)
    gutachten = _gutachten(case, by)
    abstimmung = Planabstimmung.objects.create(
        gesamtplan=neu,
        traeger=make_traeger("rentenversicherung", "DRV Probe"),
        angefragt_am=HEUTE,
        bis=HEUTE + timedelta(days=14),
        bearbeitet_von=by,
    )
    teile = {
        "planvereinbarung": {"planvereinbarung": vereinbarung.pk},
        "mehrausfertigung": {"mehrausfertigung": auszug.pk},
        "gespraechsleitfaden": {"ueberpruefung": row.pk},
        "berichtsanforderung": {"bericht": bericht.pk},
        "konferenzeinladung": {"teilnahme": teilnahme},
        "konferenzniederschrift": {"teilnahme": teilnahme},
        "teilhabeplan": {"version": 2},
        "teilhabeplan_abstimmung": {"planabstimmung": abstimmung.pk},
        "gutachterwahl": {"gutachten": gutachten},
        "gutachtenauftrag": {"gutachten": gutachten},
        "aenderungsblatt": {"version": 2, "mit": 1},
        "gesamtplan_kurz": {"version": 2},
        "gesamtplan_leicht": {"version": 2},
    }
    return {
        art: (art, daten_of(registry.schreibenarten[art], make_anlass(case, by, art, HEUTE, **t)))
        for art, t in teile.items()
    }


def _teilnahme(case: Case, by: User) -> int:
    row = konferenz.create_konferenz(
        case=case,
        art="gesamtplan",
        vorgeschlagen_von="Emil Muster",
        vorgeschlagen_am=HEUTE,
        elternfall=False,
        by=by,
        tag=HEUTE,
    )
    row = konferenz.update_konferenz(
        konferenz=row,
        zustimmung_am=HEUTE,
        termin=HEUTE,
        uhrzeit=time(14, 30),
        ort="Rathaus",
        tagesordnung=row.tagesordnung,
        ergebnis="",
        abweichend="",
        by=by,
        tag=HEUTE,
    )
    return konferenz.add_teilnahme(
        konferenz=row,
        name="AOK Musterau",
        rolle="pflegekasse",
        anschrift="Weg 1\n70999 Musterau",
        zustimmung_am=HEUTE,
        by=by,
        tag=HEUTE,
    ).pk


def _gutachten(case: Case, by: User) -> int:
    namen = ("Dr. Ahn", "Dr. Bopp", "Dr. Czech")
    angaben = Gutachtenangaben(
        "Die Person hat Assistenz beim Wohnen beantragt und lebt seit dem Sommer allein.",
        "Welche Assistenz ist beim Kochen und im Haushalt nötig?\n\nWie lange?",
        tuple(
            Sachverstaendigenangabe(
                name, "Weg 1\n70999 Musterau", "Psychiatrie", "Zehn Minuten mit dem Bus, Aufzug."
            )
            for name in namen
        ),
        neu_grund="Der Befund in der Akte ist vier Jahre alt.",
    )
    row = gutachtenschritte.create_gutachten(case=case, angaben=angaben, by=by, tag=HEUTE)
    row = gutachtenschritte.issue_benennung(gutachten=row, by=by, tag=HEUTE)
    return gutachtenschritte.record_wahl(
        gutachten=row, wahl=2, durch="person", grund="", am=HEUTE, by=by, tag=HEUTE
    ).pk
