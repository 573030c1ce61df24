"""Reads of Bedarfsermittlungen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cases.behoerde.queries.sitz import sitz
from cases.models import Case
from cases.vordruck import rows_of
from gesamtplan.models import (
    Aussage,
    Bedarf,
    Bedarfsermittlung,
    Bedarfsmenge,
    Instrumentantwort,
    Lebensbereich,
)
from gesamtplan.models.bedarf import BEFUNDFELDER, UEBERNOMMEN
from gesamtplan.states import Ermittlungszustand
from recht.instrumente import ROLLEN, Bogen
from recht.kataloge import instrumente
from recht.rechtsstand import rechtsstand_am


def bedarfsermittlungen_of(case: Case) -> QuerySet[Bedarfsermittlung]:
    """Return the Bedarfsermittlungen of a case with their findings, the newest first."""
    return (
        Bedarfsermittlung.objects.filter(case=case)
        .select_related("erstellt_von", "bearbeitet_von", "instrumentfassung")
        .prefetch_related("bedarfe")
    )


@dataclass(frozen=True)
class Bereich:
    """One Lebensbereich of a page: its finding, what was said, how much, and what is new in it."""

    code: str
    titel: str
    nummer: int
    felder: tuple[tuple[str, str, bool], ...]
    ohne: bool
    aussagen: tuple[Aussage, ...]
    mengen: tuple[Bedarfsmenge, ...]

    @property
    def leer(self) -> bool:
        """Tell whether nothing stands here yet."""
        return not (self.felder or self.ohne or self.aussagen or self.mengen)


def bereiche_of(row: Bedarfsermittlung) -> list[Bereich]:
    """Return the nine Lebensbereiche; texts that differ from the talk before are marked.

    Three more queries than the findings themselves.
    """
    befunde = {b.lebensbereich: b for b in row.bedarfe.all()}
    rows = Bedarf.objects.filter(bedarfsermittlung=row.vorgaenger_id)
    frueher = {b.lebensbereich: b for b in rows} if row.vorgaenger_id else {}
    aussagen, mengen = list(row.aussagen.all()), list(row.bedarfsmengen.all())
    return [
        Bereich(
            code,
            str(titel),
            nummer,
            tuple(_felder(befunde[code], frueher.get(code))),
            befunde[code].ohne_beeintraechtigung,
            tuple(a for a in aussagen if a.lebensbereich == code),
            tuple(m for m in mengen if m.lebensbereich == code),
        )
        for nummer, (code, titel) in enumerate(Lebensbereich.choices, 1)
        if code in befunde
    ]


def _felder(jetzt: Bedarf, frueher: Bedarf | None) -> Iterator[tuple[str, str, bool]]:
    for name, label in BEFUNDFELDER:
        text = getattr(jetzt, name)
        if text:
            yield label, text, frueher is not None and getattr(frueher, name) != text


@dataclass(frozen=True)
class Bogenstand:
    """A sheet of the instrument as the page shows it: question, answer, whether it is new."""

    bogen: Bogen
    antworten: tuple[tuple[str, str, str, bool], ...]

    @property
    def offen(self) -> int:
        """Return how many questions have no answer yet."""
        return len(self.bogen.felder) - len(self.antworten)


def boegen_of(row: Bedarfsermittlung) -> list[Bogenstand]:
    """Return the sheets of the instrument with their answers; two queries, none without one.

    An answer that differs from the same question of the talk before is marked.
    """
    fassung = row.instrumentfassung
    if fassung is None:
        return []
    werte = {antwort.feld: antwort.wert for antwort in row.antworten.all()}
    alt = Instrumentantwort.objects.filter(
        bedarfsermittlung=row.vorgaenger_id,
        bedarfsermittlung__instrumentfassung=fassung,
    )
    frueher = {antwort.feld: antwort.wert for antwort in alt} if row.vorgaenger_id else {}
    return [
        Bogenstand(
            bogen,
            tuple(
                (
                    feld.frage,
                    ROLLEN[feld.rolle],
                    feld.lesbar(werte[feld.schluessel]),
                    bool(frueher) and frueher.get(feld.schluessel) != werte[feld.schluessel],
                )
                for feld in bogen.felder
                if feld.schluessel in werte
            ),
        )
        for bogen in fassung.read().boegen
    ]


def findings_of(row: Bedarfsermittlung | None) -> dict[str, object]:
    """Return what a repetition begins with, by field of the form: wishes are asked for anew."""
    if row is None:
        return {}
    return {
        f"{bedarf.lebensbereich}_{name}": getattr(bedarf, name)
        for bedarf in row.bedarfe.all()
        for name in UEBERNOMMEN
    }


def open_ermittlung(case: Case) -> Bedarfsermittlung | None:
    """Return the Bedarfsermittlung in work, None when there is none."""
    return case.bedarfsermittlungen.filter(state=Ermittlungszustand.ENTWURF).first()


def open_lebensbereiche(row: Bedarfsermittlung) -> list[str]:
    """Return the Lebensbereiche about which nothing is written yet, not even that all is well."""
    return [str(b) for b in row.bedarfe.all() if not b.is_considered]


def states_of(fall: int) -> list[Bedarfsermittlung]:
    """Return the Bedarfsermittlungen of a case with their states only, the newest first."""
    return rows_of(_states, fall=fall)


def _states(fall: int) -> QuerySet[Bedarfsermittlung]:
    return Bedarfsermittlung.objects.filter(case_id=fall).only("state")


def bedarfsermittlung_of(case: Case, bedarfsermittlung_id: int) -> Bedarfsermittlung | None:
    """Return one Bedarfsermittlung of the case, None when it belongs to another case."""
    return bedarfsermittlungen_of(case).filter(pk=bedarfsermittlung_id).first()


def latest_abgeschlossene(case: Case) -> Bedarfsermittlung | None:
    """Return the newest closed Bedarfsermittlung."""
    return bedarfsermittlungen_of(case).filter(state=Ermittlungszustand.ABGESCHLOSSEN).first()


def bedarf_ermittelt(case: Case, tag: date) -> bool:
    """Tell whether a need was found by a day, so that no Antrag is needed (§ 108 Abs. 2 SGB IX)."""
    return Bedarfsermittlung.objects.filter(
        case=case, state=Ermittlungszustand.ABGESCHLOSSEN, datum__lte=tag
    ).exists()


def suggested_instrument(stichtag: date) -> str:
    """Return the instrument of the authority's Land on this day, empty where none is known."""
    gilt = rechtsstand_am(stichtag)
    known = [i.bezeichnung for i in instrumente(sitz()) if gilt in i.rechtsstaende]
    return known[0] if known else ""


def filled_bedarfe(bedarfsermittlung: Bedarfsermittlung) -> list[Bedarf]:
    """Return the Lebensbereiche with an entry, in the order of § 118 Abs. 1 SGB IX."""
    order = {code: index for index, code in enumerate(Lebensbereich.values)}
    rows = [bedarf for bedarf in bedarfsermittlung.bedarfe.all() if bedarf.is_filled]
    return sorted(rows, key=lambda bedarf: order[bedarf.lebensbereich])
