"""The record of working with other bodies: what went where on which ground, what came back.

Nothing is typed for it. Letters to others, parts of the file handed on, findings, Gutachten and
reports are on record already; here they stand in one order of days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.models import Case, Einwilligung, Traegerbeteiligung, Versand
from cases.registry.beitrag import registry
from gesamtplan.gutachten.guards import gutachtennorm_am
from gesamtplan.models import Gutachten, Planabstimmung, Uebermittlung, Verlaufsbericht
from gesamtplan.stellen.guards import EINWILLIGUNGSNORM
from gesamtplan.teilhabeplan.guards import NORM as PLANNORM
from gesamtplan.ueberpruefung.guards import pruefnorm_am
from recht.rechtsstand import norm_am

HIN, HER = "an", "von"


@dataclass(frozen=True)
class Mitteilung:
    """One transmission: its day, whether it went to somebody or came from there, what, why."""

    am: date
    richtung: str
    stelle: str
    was: str
    grundlage: str


def mitteilungen_of(case: Case) -> list[Mitteilung]:
    """Return all transmissions of a case, the newest first; seven queries, however many rows."""
    alle = [
        *_briefe(case),
        *_traeger(case),
        *_gutachten(case),
        *_berichte(case),
        *_plaene(case),
        *_gespraeche(case),
    ]
    return sorted(alle, key=lambda eine: (eine.am, eine.richtung, eine.stelle), reverse=True)


def _briefe(case: Case) -> Iterator[Mitteilung]:
    """Letters to others that have left the house: by consent where they stand on one."""
    an_dritte = {art.schluessel: art for art in registry.schreibenarten.values() if art.an_dritte}
    rows = list(
        Versand.objects.filter(
            schreiben__case=case, aufgabe_am__isnull=False, schreiben__art__in=an_dritte
        ).select_related("schreiben")
    )
    gebraucht = {row.pk: _einwilligung_of(row) for row in rows}
    erteilt = dict(
        Einwilligung.objects.filter(pk__in=[n for n in gebraucht.values() if n]).values_list(
            "pk", "erteilt_am"
        )
    )
    for row in rows:
        tag = erteilt.get(gebraucht[row.pk])
        grund = an_dritte[row.schreiben.art].norm
        if tag is not None:
            grund = f"Einwilligung vom {tag:%d.%m.%Y} (§ 67b Abs. 1 SGB X)"
        if row.aufgabe_am is not None:
            empfaenger = row.schreiben.empfaenger or row.an
            stelle = str(empfaenger[0]) if empfaenger else ""
            yield Mitteilung(row.aufgabe_am, HIN, stelle, row.schreiben.titel, grund)


def _einwilligung_of(row: Versand) -> int:
    nummer = row.schreiben.daten.get("uebermittlung", {}).get("einwilligung")
    return nummer if isinstance(nummer, int) else 0


def _traeger(case: Case) -> Iterator[Mitteilung]:
    """Parts of the Antrag that went to carriers, and what they have found."""
    rows = Traegerbeteiligung.objects.filter(antrag__case=case).select_related("traeger")
    for row in rows:
        if row.unterlagen_am is not None:
            was = f"Antragsunterlagen: {row.unterlagen}"
            grund = "Einwilligung der Person (§ 67b Abs. 1 SGB X)"
            yield Mitteilung(row.unterlagen_am, HIN, row.traeger.name, was, grund)
        if row.eingegangen_am is not None:
            grund = (
                norm_am(row.eingegangen_am, "§ 10 Abs. 1 SGB IX a.F.", "§ 15 Abs. 2 SGB IX")
                if row.gruppen
                else norm_am(row.eingegangen_am, "§ 3 Abs. 1 BudgetV", "§ 29 Abs. 3 S. 3 SGB IX")
            )
            yield Mitteilung(row.eingegangen_am, HER, row.traeger.name, "Feststellungen", grund)


def _gutachten(case: Case) -> Iterator[Mitteilung]:
    rows = Gutachten.objects.filter(case=case, eingegangen_am__isnull=False)
    for row in rows.prefetch_related("sachverstaendige"):
        if row.eingegangen_am is not None:
            yield Mitteilung(
                row.eingegangen_am,
                HER,
                str(row.gewaehlt),
                "Gutachten",
                gutachtennorm_am(row.eingegangen_am),
            )


def _berichte(case: Case) -> Iterator[Mitteilung]:
    rows = Verlaufsbericht.objects.filter(
        ueberpruefung__case=case, eingegangen_am__isnull=False
    ).select_related("leistungserbringer")
    for row in rows:
        if row.eingegangen_am is not None:
            stelle, grund = row.leistungserbringer.name, pruefnorm_am(row.eingegangen_am)
            yield Mitteilung(row.eingegangen_am, HER, stelle, "Bericht zu den Zielen", grund)


def _plaene(case: Case) -> Iterator[Mitteilung]:
    """What other carriers have said to a Teilhabeplan."""
    rows = Planabstimmung.objects.filter(
        gesamtplan__case=case, erklaert_am__isnull=False
    ).select_related("traeger")
    for row in rows:
        if row.erklaert_am is not None:
            was = f"Teilhabeplan: {row.get_state_display()}"
            yield Mitteilung(row.erklaert_am, HER, row.traeger.name, was, PLANNORM)


def _gespraeche(case: Case) -> Iterator[Mitteilung]:
    """What was said without a letter."""
    rows = Uebermittlung.objects.filter(case=case).select_related("einwilligung")
    for row in rows:
        grund = row.get_grund_display()
        if row.einwilligung is not None:
            grund = f"Einwilligung vom {row.einwilligung.erteilt_am:%d.%m.%Y} ({EINWILLIGUNGSNORM})"
        was = f"{row.get_weg_display()}: {row.inhalt}"
        yield Mitteilung(row.am, row.richtung, row.stelle, was, grund)
