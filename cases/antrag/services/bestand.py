"""The applications of many new cases at once, as an import of existing cases brings them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cases.antrag.guards.antrag import antragserfordernis, eingang_nicht_in_der_zukunft
from cases.antrag.services.antrag import own_office
from cases.frist.services.bestand import Fristbeginn, start_fristen
from cases.guards import refuse
from cases.models import Antrag, Antragsbogen, User
from cases.services.ereignis import draft_ereignis, record_ereignisse
from recht.fristkatalog import katalog
from recht.fristkennung import Regel
from recht.rechtsstand import rechtsstand_am


def record_antraege(
    antraege: Sequence[tuple[Antrag, Sequence[Regel]]], *, by: User, tag: date
) -> None:
    """Enter the first application of new cases and start the Fristen named with each.

    As `record_antrag` does for one, of an application in German. Raises SchrittUnzulaessig when a
    receipt lies in the future.
    """
    for antrag, _ in antraege:
        refuse(eingang_nicht_in_der_zukunft(antrag.eingang, tag))
        refuse(antragserfordernis(antrag.antragsteller, antrag.eingang))
        antrag.aufgenommen_von = by
    rows = [antrag for antrag, _ in antraege]
    Antrag.objects.bulk_create(rows)
    stelle = own_office()
    Antragsbogen.objects.bulk_create(
        [Antragsbogen(antrag=antrag, aufnehmende_stelle=stelle) for antrag in rows]
    )
    record_ereignisse(
        [
            draft_ereignis(
                case=antrag.case,
                by=by,
                tag=tag,
                art="antrag",
                text=f"Antrag eingegangen am {antrag.eingang:%d.%m.%Y}",
                gegenstand=antrag,
            )
            for antrag in rows
        ]
    )
    start_fristen([b for antrag, regeln in antraege for b in _beginne(antrag, regeln)], by=by)


def _beginne(antrag: Antrag, regeln: Sequence[Regel]) -> list[Fristbeginn]:
    """Return what starts with the receipt; the law of that day need not know every Frist."""
    found = []
    for regel in regeln:
        zeile = katalog()[regel]
        ausloeser = antrag.antragstag if zeile.ab_antrag else antrag.eingang
        if rechtsstand_am(ausloeser) in zeile.fassungen:
            found.append(Fristbeginn(antrag.case, regel, antrag, ausloeser))
    return found
