"""The Prüfkatalog: saved as a whole, one version per day, older versions stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from cases.antrag.queries.antrag import pruefkataloge_of, werte_of_pruefkatalog
from cases.fall.guards.case import verfahren_erst_mit_antrag
from cases.fall.services.case import lock_case
from cases.guards import refuse
from cases.models import Antrag, Pruefkatalog, Pruefpunkt, User
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.pruefkatalog import LISTEN, pruefkriterien


@transaction.atomic
def save_pruefkatalog(
    *,
    antrag: Antrag,
    punkte: dict[str, dict[str, Any]],
    merkmale: Iterable[str],
    abwaegung: str,
    by: User,
    tag: date,
    gesehen: str = "",
) -> Pruefkatalog:
    """Save the check as of today; on a later day it becomes a new version.

    `punkte` maps the keys of the Voraussetzungen of the law of the application to result, reason
    and evidence. What the law of that day does not know is refused. `gesehen` is the mark of the
    newest version as the form showed it.

    Raises SchrittUnzulaessig when the case has ended, is advice only, or the law of the day
    knows no such point.
    """
    case = lock_case(antrag.case_id)
    if case.state == Fallzustand.BEENDET:
        raise SchrittUnzulaessig("Der Fall ist beendet; der Prüfkatalog bleibt, wie er ist.")
    refuse(verfahren_erst_mit_antrag(case))
    neueste = pruefkataloge_of(antrag).first()
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_pruefkatalog(neueste)),
        zuletzt=neueste.geprueft_von.get_full_name() if neueste else "",
    )
    gewaehlt = list(merkmale)
    _refuse_unknown(antrag.eingang, punkte, gewaehlt)
    katalog, new = Pruefkatalog.objects.update_or_create(
        antrag=antrag,
        datum=tag,
        defaults={"geprueft_von": by, "merkmale": gewaehlt, "abwaegung": abwaegung},
    )
    for voraussetzung, werte in punkte.items():
        Pruefpunkt.objects.update_or_create(
            pruefkatalog=katalog, voraussetzung=voraussetzung, defaults=werte
        )
    word = "Neue Fassung des Prüfkatalogs" if new else "Prüfkatalog geändert"
    record_ereignis(
        case=case,
        by=by,
        tag=tag,
        art="pruefkatalog",
        text=f"{word} zum {antrag}",
        gegenstand=katalog,
    )
    return katalog


def _refuse_unknown(tag: date, punkte: Iterable[str], merkmale: list[str]) -> None:
    known = {k.schluessel for liste in LISTEN for k in pruefkriterien(liste, tag)}
    if unknown := [key for key in (*punkte, *merkmale) if key not in known]:
        raise SchrittUnzulaessig(
            f"„{unknown[0]}“ gehört nicht zum Prüfkatalog nach dem Recht vom {tag:%d.%m.%Y}."
        )
