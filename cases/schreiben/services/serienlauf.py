"""What a worker does at a series of letters, one by one: set them, and after the release send them.

Each letter has a transaction of its own behind the lock of the series: two workers never do the
same, and after a crash the next one goes on where the last one stood. What is frozen and put on
its way is written down in the same transaction, so no letter is there twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from django.db import InterfaceError, OperationalError, transaction

from cases.guards import refuse
from cases.models import Serie, Serienbrief, Versandweg
from cases.person.guards.adressat import email_an_den_adressaten
from cases.registry.beitrag import registry
from cases.schreiben.guards.serie import brief_betrifft_sichtbaren_fall
from cases.schreiben.guards.versand import email_zugang_eroeffnet
from cases.schreiben.queries.serie import cases_among
from cases.schreiben.services.schreiben import preview_schreiben, texts_in, write_schreiben
from cases.schreiben.services.serie import anlass_of, draw_sample
from cases.schreiben.services.versand import send
from cases.services.auftrag import tag_of
from cases.states.serie import Serienbriefstand, Serienweg, Serienzustand
from cases.states.tafel import SchrittUnzulaessig
from cases.textbaustein.guards import platzhalter_ausgefuellt
from recht.anschrift import land_of_zeilen
from recht.fehler import RechtFehler
from recht.laender import DEUTSCHLAND

logger = logging.getLogger("fallwerk.serie")

_FELDER = ("state", "stand", "seiten", "fehler", "schreiben", "versand")


@transaction.atomic
def advance_serie(*, serie_id: int, now: datetime, ab: datetime) -> bool:
    """Do the next letter of a series; tell whether there is more.

    An e-mail leaves not before `ab`. Returns False as well when another worker is at it.

    Raises nothing for a letter that cannot be: it keeps why, and the others go on.
    """
    serie = (
        Serie.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("angelegt_von", "freigegeben_von")
        .filter(pk=serie_id)
        .first()
    )
    if serie is None:
        return False
    tag = tag_of(now)
    if serie.state == Serienzustand.SATZ:
        return _next(serie, Serienbriefstand.OFFEN, lambda brief: _set(brief, tag))
    if serie.state == Serienzustand.VERSAND:
        return _next(serie, Serienbriefstand.GESETZT, lambda brief: _send(brief, tag, ab))
    return False


def _next(serie: Serie, stand: Serienbriefstand, work: Callable[[Serienbrief], None]) -> bool:
    rows = serie.briefe.filter(state=stand).select_related("case__leistungsberechtigte_person")
    brief = rows.order_by("nummer").first()
    if brief is None:
        _finish(serie)
        return False
    brief.serie = serie
    try:
        with transaction.atomic():
            work(brief)
            brief.save(update_fields=_FELDER)
    except (SchrittUnzulaessig, RechtFehler) as error:
        _fail(brief, str(error))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # one bad letter must not stop the others
        logger.warning("Serienbrief gescheitert", extra={"serie_id": serie.pk}, exc_info=True)
        _fail(brief, f"Unerwarteter Fehler ({type(error).__name__}).")
    return True


def _fail(brief: Serienbrief, grund: str) -> None:
    brief.state, brief.fehler = Serienbriefstand.FEHLER, grund
    brief.schreiben = brief.versand = None
    brief.save(update_fields=_FELDER)


def _finish(serie: Serie) -> None:
    if serie.state == Serienzustand.SATZ:
        draw_sample(serie)
        serie.state = Serienzustand.GESETZT
    else:
        serie.state = Serienzustand.VERSANDT
    serie.save(update_fields=["state"])


def _set(brief: Serienbrief, tag: date) -> None:
    """Set a letter to find what is wrong with it, and keep the mark of what it says."""
    serie = brief.serie
    kind = registry.schreibenarten[serie.art]
    sichtbar = cases_among(serie.angelegt_von, tag, [brief.case_id])
    refuse(brief_betrifft_sichtbaren_fall(bool(sichtbar)))
    anlass = anlass_of(brief, tag)
    for hindernis in kind.pruefungen(anlass) if kind.pruefungen else ():
        refuse(hindernis)
    refuse(platzhalter_ausgefuellt("\n".join(texts_in(anlass.angaben))))
    gerendert, brief.stand = preview_schreiben(kind, anlass)
    brief.state, brief.seiten, brief.fehler = Serienbriefstand.GESETZT, gerendert.seiten, ""


def _send(brief: Serienbrief, tag: date, ab: datetime) -> None:
    """Freeze a letter as it was set and put it on its way; who made the series signs it."""
    serie = brief.serie
    by = serie.freigegeben_von
    if by is None:
        raise SchrittUnzulaessig("Die Serie ist nicht freigegeben.")
    refuse(brief_betrifft_sichtbaren_fall(bool(cases_among(by, tag, [brief.case_id]))))
    anlass = replace(anlass_of(brief, tag), zeichnet=serie.angelegt_von)
    schreiben = write_schreiben(art=serie.art, anlass=anlass, gesehen=brief.stand)
    brief.versand = send(
        schreiben=schreiben,
        weg=_weg_of(brief, tag),
        by=by,
        tag=tag,
        ausland=land_of_zeilen(schreiben.empfaenger) != DEUTSCHLAND,
        ab=ab,
    )
    brief.schreiben = schreiben
    brief.state, brief.fehler = Serienbriefstand.VERSANDT, ""


def _weg_of(brief: Serienbrief, tag: date) -> Versandweg:
    """Return by which way a letter leaves: by e-mail only where that is open today."""
    person = brief.case.leistungsberechtigte_person
    zu = (
        brief.serie.weg != Serienweg.EMAIL
        or email_zugang_eroeffnet(person, tag)
        or email_an_den_adressaten(person, tag)
    )
    return Versandweg.POST if zu else Versandweg.ELEKTRONISCH
