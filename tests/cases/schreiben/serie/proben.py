"""Series of letters for tests, through the services of the program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from cases.models import Case, Serie, Serienbrief, User
from cases.schreiben.queries.serie import posten_of, sample_of
from cases.schreiben.services.serie import create_serie, read_serienbrief, release_serie
from cases.schreiben.services.serienlauf import advance_serie
from tests import uhr
from tests.fabriken import make_fall

AB = uhr.JETZT + timedelta(minutes=10)
TEXT = "der Betrag für [[Name]] ist neu.\n\nIhr Zeichen ist [[Aktenzeichen]]."


def make_serie(by: User, faelle: int | Sequence[Case] = 2, **mehr: Any) -> Serie:
    """Return a series of free letters to so many persons, of which nothing is set yet."""
    cases = [make_fall(by) for _ in range(faelle)] if isinstance(faelle, int) else faelle
    werte: dict[str, Any] = {
        "art": "freies_schreiben",
        "titel": "Schreiben mit eigenem Text",
        "posten": [posten_of(case) for case in cases],
        "angaben": {"betreff": "Neuer Betrag", "text": TEXT},
        "weg": "brief",
    }
    return create_serie(**(werte | mehr), by=by, now=uhr.JETZT)


def work(serie: Serie) -> Serie:
    """Let a worker go on until there is nothing more to do, and return the row."""
    while advance_serie(serie_id=serie.pk, now=uhr.JETZT, ab=AB):
        pass
    return Serie.objects.get(pk=serie.pk)


def open_sample(serie: Serie, by: User) -> int:
    """Open every letter of the sample; return how many."""
    rows = list(sample_of(serie))
    for row in rows:
        look(row, by)
    return len(rows)


def look(brief: Serienbrief, by: User, now: datetime = uhr.JETZT) -> None:
    """Open one letter and say so, as the button does."""
    pdf = read_serienbrief(brief=brief, by=by, route="x", now=now, vermerken=True)
    assert pdf.startswith(b"%PDF")


def release(serie: Serie, by: User) -> Serie:
    """Look at the sample and release."""
    open_sample(serie, by)
    return release_serie(serie=serie, by=by, now=uhr.JETZT)
