"""The rows of a file are checked: each for itself, against the stock, and against each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from cases.austausch.queries.austausch import (
    Befund,
    cells_of,
    columns_of,
    contradict,
    facts_of_persons,
    facts_of_werte,
    fehler_of,
    merkmale_of_werte,
    taken_aktenzeichen,
    werte_of,
)
from cases.austausch.queries.lesart import is_total
from cases.austausch.queries.summen import Summe
from cases.austausch.queries.woerter import Wortzahl, kept_words
from cases.austausch.services.dateivergleich import Dateivergleich
from cases.models import Importstapel, Importzeile
from cases.person.gleichheit import FRAGLICH
from cases.person.queries.aehnlich import FREMDE_AKTE, Aehnlich, aehnliche_zu
from cases.services.massenschreiben import write_rows
from cases.states.austausch import Importentscheidung, Importzeilenstand, Stapelzustand

Pruefer = Callable[[dict[str, str]], Befund]
ZEILEN_JE_SCHRITT = 200
# Running cases that nothing reminds of come before somebody after some weeks, some each working
# day, so that no day brings all of them.
VORLAGE_IN_TAGEN, JE_TAG, HOECHSTENS_TAGE = 28, 5, 180
_GEPRUEFT = ("state", "werte", "fehler", "hinweise", "entscheidung", "vorschlag", "aehnlich")

_VERGLICHEN = ("state", "fehler", "wie_zeile", "vorschlag", "entscheidung", "aehnlich")


def check_some(stapel: Importstapel, pruefer: Pruefer, tag: date) -> bool:
    """Check the next rows of a batch that the caller has locked; tell whether there are more."""
    offen = stapel.zeilen.filter(state=Importzeilenstand.OFFEN).order_by("nummer")
    zeilen = list(offen[:ZEILEN_JE_SCHRITT])
    if not zeilen:
        _close(stapel, tag)
        return False
    spalten = columns_of(stapel)
    for zeile in zeilen:
        _check(zeile, spalten, pruefer)
    gueltig = [zeile for zeile in zeilen if zeile.state == Importzeilenstand.GUELTIG]
    _refuse_taken(gueltig)
    _propose([z for z in gueltig if z.state == Importzeilenstand.GUELTIG], stapel, tag)
    write_rows(zeilen, *_GEPRUEFT)
    return True


def _check(zeile: Importzeile, spalten: dict[str, int], pruefer: Pruefer) -> None:
    zellen = cells_of(zeile)
    if is_total(zellen):
        zeile.state = Importzeilenstand.AUSGELASSEN
        zeile.hinweise = json.dumps({"": ["Summenzeile der Datei, kein Fall."]})
        return
    befund = pruefer({feld: zellen[stelle] for feld, stelle in spalten.items()})
    zeile.werte = json.dumps(befund.werte) if befund.werte else ""
    zeile.fehler = json.dumps(befund.fehler) if befund.fehler else ""
    zeile.hinweise = json.dumps(befund.hinweise) if befund.hinweise else ""
    zeile.state = Importzeilenstand.FEHLER if befund.fehler else Importzeilenstand.GUELTIG


def _refuse_taken(zeilen: list[Importzeile]) -> None:
    """Mark rows whose Aktenzeichen a case carries already; one query."""
    vergeben = taken_aktenzeichen({werte_of(z)["aktenzeichen"] for z in zeilen})
    for zeile in zeilen:
        if werte_of(zeile)["aktenzeichen"] in vergeben:
            _refuse(zeile, "Dieses Aktenzeichen ist in Fallwerk schon vergeben.")


def _refuse(zeile: Importzeile, text: str) -> None:
    zeile.state = Importzeilenstand.FEHLER
    zeile.fehler = json.dumps({"aktenzeichen": [text]})


def _propose(zeilen: list[Importzeile], stapel: Importstapel, tag: date) -> None:
    """Look for persons whom the rows may be about; without one a row is a new person.

    As many queries for a slice as for one row.
    """
    werte = [werte_of(zeile) for zeile in zeilen]
    gesucht = [merkmale_of_werte(row) for row in werte]
    alle = [
        [hit for hit in treffer if hit.staerke >= FRAGLICH or hit.fremd]
        for treffer in aehnliche_zu(gesucht, user=stapel.angelegt_von, stichtag=tag)
    ]
    einzige = [_only_one(treffer) for treffer in alle]
    facts = facts_of_persons({pk for pk in einzige if pk is not None}, tag)
    for zeile, row, treffer, person in zip(zeilen, werte, alle, einzige, strict=True):
        zeile.vorschlag = zeile.entscheidung = Importentscheidung.NEU
        if not treffer:
            continue
        # A proposal never drops a row: what is not certain is left to whoever decides.
        sicher = person is not None and not contradict(facts_of_werte(row), facts[person])
        zeile.vorschlag = Importentscheidung.VORHANDEN if sicher else Importentscheidung.OFFEN
        zeile.entscheidung = Importentscheidung.OFFEN
        zeile.aehnlich = json.dumps([_hit(hit) for hit in treffer])


def _only_one(treffer: list[Aehnlich]) -> int | None:
    """Return the person if one alone is meant word for word."""
    sicher = [hit for hit in treffer if hit.sicher]
    return treffer[0].person_id if len(sicher) == 1 and treffer[0].sicher else None


def _hit(hit: Aehnlich) -> dict[str, Any]:
    return {
        "person": hit.person_id,
        "name": FREMDE_AKTE if hit.fremd else hit.name,
        "geburtsdatum": hit.geburtsdatum.isoformat() if hit.geburtsdatum else "",
        "gruende": list(hit.gruende),
        "faelle": [case.aktenzeichen for case in hit.faelle],
    }


def _close(stapel: Importstapel, tag: date) -> None:
    """Hold the rows of the file against each other and add up all of them, in one pass.

    An Aktenzeichen stands once; two cases of one person in the file become two cases of one
    person here, where nothing speaks against it.
    """
    nummern: dict[str, int] = {}
    vergleich, woerter = Dateivergleich(), Wortzahl()
    betroffen: list[Importzeile] = []
    alle, gut = Summe(), Summe()
    for zeile, werte, zellen in _rows(stapel):
        alle.add(werte or zellen)
        if zeile.state == Importzeilenstand.FEHLER:
            woerter.add(fehler_of(zeile), zellen)
            continue
        if werte["aktenzeichen"] in nummern:
            wo = nummern[werte["aktenzeichen"]]
            _refuse(zeile, f"Dieses Aktenzeichen steht schon in Zeile {wo}.")
            betroffen.append(zeile)
            continue
        nummern[werte["aktenzeichen"]] = zeile.nummer
        gut.add(werte)
        if vergleich.compare(zeile, werte):
            betroffen.append(zeile)
        # Whatever the file is like, only some rows are held at a time.
        if len(betroffen) >= ZEILEN_JE_SCHRITT:
            write_rows(betroffen, *_VERGLICHEN)
            betroffen = []
    write_rows(betroffen, *_VERGLICHEN)
    stapel.woerter = json.dumps({"gilt": kept_words(stapel), "offen": woerter.as_list()})
    stapel.summen = {"datei": alle.as_dict(), "geprueft": gut.as_dict()}
    _offer_days(stapel, gut.ohne_tag, tag)
    stapel.state = Stapelzustand.GEPRUEFT
    stapel.save(update_fields=["state", "summen", "woerter", "vorlage_ab", "vorlage_bis"])


def _rows(stapel: Importstapel) -> Iterator[tuple[Importzeile, dict[str, Any], dict[str, str]]]:
    """Yield the rows that stand for a case with their values; of a faulty one its cells."""
    spalten = columns_of(stapel)
    states = (Importzeilenstand.GUELTIG, Importzeilenstand.FEHLER)
    for zeile in stapel.zeilen.filter(state__in=states).order_by("nummer").iterator(500):
        werte = werte_of(zeile)
        roh = {} if werte else dict(zip(spalten, _cells_at(zeile, spalten), strict=True))
        yield zeile, werte, roh


def _cells_at(zeile: Importzeile, spalten: dict[str, int]) -> list[str]:
    zellen = cells_of(zeile)
    return [zellen[stelle] for stelle in spalten.values()]


def _offer_days(stapel: Importstapel, anzahl: int, tag: date) -> None:
    """Offer the days on which running cases without a day of their own come before somebody."""
    if not anzahl:
        stapel.vorlage_ab = stapel.vorlage_bis = None
        return
    if stapel.vorlage_ab is None:
        wochen = -(-anzahl // (5 * JE_TAG))
        stapel.vorlage_ab = tag + timedelta(days=VORLAGE_IN_TAGEN)
        tage = min(7 * wochen, HOECHSTENS_TAGE)
        stapel.vorlage_bis = stapel.vorlage_ab + timedelta(days=tage)
