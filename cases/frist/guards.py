"""When a running Frist may stand still: only where a provision says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cases.models import Frist, Fristpause
from cases.registry.schritt import Hindernis
from recht.feiertag import JAHR_BIS
from recht.fristkatalog import Pausengrund, katalog

NORM = "§ 26 Abs. 1 SGB X"
# Marks in `gegenstand` what no object of the program has started.
HAND = "hand:"


def pausengruende(frist: Frist) -> tuple[Pausengrund, ...]:
    """Return the grounds on which this Frist may be paused, empty when there is none."""
    if "geltend_bis" in frist.angaben:
        return ()
    return katalog()[frist.regel].pausen


def frist_kann_pausieren(frist: Frist) -> Hindernis | None:
    """§ 26 Abs. 1 SGB X: a Frist runs on unless a provision stops it."""
    if pausengruende(frist):
        return None
    if "geltend_bis" in frist.angaben:
        return Hindernis("Diese Frist endet an einem bestimmten Tag; sie läuft durch.", frist.norm)
    return Hindernis(
        "Für diese Frist sieht keine Vorschrift vor, dass sie ruht. Was die Entscheidung aufhält, "
        "begründet eine Überschreitung, verlängert die Frist aber nicht.",
        NORM,
    )


def pause_ohne_ende(pausen: Iterable[Fristpause]) -> Hindernis | None:
    """§ 26 Abs. 1 SGB X: only a pause whose last day is not known yet can be ended."""
    if any(pause.bis is None for pause in pausen):
        return None
    return Hindernis("Diese Frist ruht nicht auf unbestimmte Zeit.")


def frist_von_hand(frist: Frist) -> Hindernis | None:
    """§ 26 Abs. 1 SGB X: what a step of the case has started, a step of the case ends."""
    if frist.gegenstand.startswith(HAND):
        return None
    return Hindernis(
        "Diese Frist endet mit dem Schritt im Fall, zu dem sie gehört, nicht von Hand."
    )


def pause_liegt_in_der_frist(frist: Frist, von: date, stichtag: date) -> Hindernis | None:
    """§ 26 Abs. 1 SGB X: only time that belongs to the Frist can be left out of it."""
    if von > stichtag:
        return Hindernis("Eine Pause beginnt heute oder früher, nicht erst künftig.", NORM)
    if von <= frist.ausloeser_datum:
        return Hindernis(
            f"Die Pause muss nach dem Auslöser der Frist am {frist.ausloeser_datum:%d.%m.%Y} "
            "beginnen.",
            NORM,
        )
    if von > frist.ende:
        return Hindernis(
            f"Die Frist ist am {frist.ende:%d.%m.%Y} abgelaufen; danach kann sie nicht mehr ruhen.",
            NORM,
        )
    return None


def pausenende_zulaessig(von: date, bis: date | None, grund: Pausengrund) -> Hindernis | None:
    """§ 18 Abs. 2 S. 2 SGB IX: some grounds hold for a limited time, and an end is a later day."""
    if bis is None:
        if grund.hoechstens_tage:
            return Hindernis(
                f"Bei diesem Grund ist der letzte Tag anzugeben, höchstens {grund.hoechstens_tage} "
                "Tage nach dem Beginn.",
                grund.norm,
            )
        return None
    if bis < von:
        return Hindernis(
            f"Der letzte Tag der Pause liegt vor ihrem Beginn am {von:%d.%m.%Y}.", NORM
        )
    if bis.year > JAHR_BIS:
        return Hindernis(f"Der letzte Tag liegt nach dem Jahr {JAHR_BIS}.", NORM)
    if grund.hoechstens_tage and (bis - von).days + 1 > grund.hoechstens_tage:
        return Hindernis(
            f"Aus diesem Grund ruht die Frist höchstens {grund.hoechstens_tage} Tage.", grund.norm
        )
    return None
