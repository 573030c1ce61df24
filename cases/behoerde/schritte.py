"""Steps of a value that the authority sets for itself, and of its logo and seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.behoerde.guards.aenderung import (
    aenderung_durch_zweite_person,
    aenderung_noch_aktuell,
)
from cases.behoerde.guards.bild import bild_durch_zweite_person
from cases.behoerde.guards.eigener_wert import (
    wert_durch_zweite_person,
    wert_einmal_je_tag,
    wert_noch_nicht_in_kraft,
    wert_weicht_ab,
)
from cases.models import Behoerde, Behoerdenaenderung, Behoerdenbild, EigenerWert, Team
from cases.registry.schritt import Hindernis
from cases.schritte import Pruefung, Schritttafel, Tageslage, Zeile
from cases.states.behoerdenaenderung import BEHOERDENAENDERUNG
from cases.states.behoerdenbild import BEHOERDENBILD
from cases.states.wert import EIGENER_WERT


@dataclass(frozen=True)
class Wertlage(Tageslage):
    """A value that was proposed or holds.

    `freigegeben` are key and first day of all released values, where a page has read them along.
    """

    wert: EigenerWert
    freigegeben: frozenset[tuple[str, date]] | None = None


def _einmal(lage: Wertlage) -> Hindernis | None:
    wert = lage.wert
    if lage.freigegeben is not None and (wert.schluessel, wert.gueltig_ab) not in lage.freigegeben:
        return None
    return wert_einmal_je_tag(wert.schluessel, wert.gueltig_ab)


_ZWEITE_PERSON = Pruefung[Wertlage](
    lambda lage: wert_durch_zweite_person(lage.wert, lage.by) if lage.by else None
)
# Without another value of the package there is nothing to decide, so there is no button either.
_WEICHT_AB = Pruefung[Wertlage](lambda lage: wert_weicht_ab(lage.wert), verbirgt=True)

WERTSCHRITTE = Schritttafel[Wertlage](
    EIGENER_WERT,
    lambda lage: lage.wert.state,
    lambda lage: [lage.wert.pk],
    (
        Zeile(
            "freigeben",
            "eigener_wert_freigeben",
            (_ZWEITE_PERSON, Pruefung(_einmal)),
        ),
        Zeile("verwerfen", "eigener_wert_verwerfen"),
        Zeile(
            "zuruecknehmen",
            "eigener_wert_zuruecknehmen",
            # A later value is the way then; the page says so once, not in every row.
            (Pruefung(lambda lage: wert_noch_nicht_in_kraft(lage.wert, lage.tag), verbirgt=True),),
        ),
        Zeile("abloesen", "eigener_wert_abloesen", (_WEICHT_AB, _ZWEITE_PERSON)),
        Zeile("beibehalten", "eigener_wert_beibehalten", (_WEICHT_AB, _ZWEITE_PERSON)),
    ),
)


@dataclass(frozen=True)
class Bildlage(Tageslage):
    """A logo or seal that waits or is printed."""

    bild: Behoerdenbild


BILDSCHRITTE = Schritttafel[Bildlage](
    BEHOERDENBILD,
    lambda lage: lage.bild.state,
    lambda lage: [lage.bild.pk],
    (
        Zeile(
            "freigeben",
            "bild_freigeben",
            (
                Pruefung(
                    lambda lage: bild_durch_zweite_person(lage.bild, lage.by) if lage.by else None
                ),
            ),
        ),
        Zeile("verwerfen", "bild_verwerfen"),
        Zeile("ablegen", "bild_ablegen"),
    ),
)


@dataclass(frozen=True)
class Aenderungslage(Tageslage):
    """A new address that waits, with the row that it is about."""

    row: Behoerdenaenderung
    ziel: Behoerde | Team


AENDERUNGSSCHRITTE = Schritttafel[Aenderungslage](
    BEHOERDENAENDERUNG,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.pk],
    (
        Zeile(
            "freigeben",
            "behoerdenaenderung_freigeben",
            (
                Pruefung(
                    lambda lage: (
                        aenderung_durch_zweite_person(lage.row, lage.by) if lage.by else None
                    )
                ),
                Pruefung(lambda lage: aenderung_noch_aktuell(lage.row, lage.ziel)),
            ),
        ),
        Zeile("verwerfen", "behoerdenaenderung_verwerfen"),
    ),
)
