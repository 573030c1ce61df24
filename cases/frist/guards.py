"""When a running Frist may stand still: only where a provision says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cases.models import Frist, Fristpause
from cases.registry.schritt import Hindernis
from cases.states.frist import Fristzustand
from recht.feiertag import JAHR_BIS
from recht.fristkatalog import Pausengrund, Verlaengerungsgrund, katalog
from recht.rechtsstand import Rechtsstand, gilt_in

NORM = "§ 26 Abs. 1 SGB X"
# Marks in `gegenstand` what no object of the program has started.
HAND = "hand:"


def pausengruende(frist: Frist) -> tuple[Pausengrund, ...]:
    """Return the grounds on which this Frist may be paused, empty when there is none."""
    if "geltend_bis" in frist.angaben:
        return ()
    return tuple(g for g in katalog()[frist.regel].pausen if not g.nur_bestand)


def verlaengerungsgruende(frist: Frist) -> tuple[Verlaengerungsgrund, ...]:
    """Return the grounds on which this Frist may get a later end; each limited one counts once."""
    benutzt = set(frist.fristverlaengerungen.values_list("grund", flat=True))
    return tuple(
        grund
        for grund in katalog()[frist.regel].verlaengerungen
        if not (grund.hoechstens_tage and grund.text in benutzt)
    )


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


def frist_kann_verlaengert_werden(frist: Frist, gruende: int) -> Hindernis | None:
    """§ 26 Abs. 7 SGB X: what the authority has set it may extend, what the law has set it may not.

    After the end only where the ground works back (§ 26 Abs. 7 S. 2 SGB X).
    """
    moeglich = katalog()[frist.regel].verlaengerungen
    if not moeglich:
        return Hindernis(
            "Für diese Frist sieht keine Vorschrift vor, dass sie verlängert wird.",
            "§ 26 Abs. 7 SGB X",
        )
    if not gruende:
        return Hindernis(
            "Jeder Grund verlängert diese Frist nur einmal; alle sind ausgeschöpft.",
            moeglich[0].norm,
        )
    if frist.state == Fristzustand.ABGELAUFEN and not any(g.rueckwirkend for g in moeglich):
        return Hindernis(
            f"Die Frist ist am {frist.ende:%d.%m.%Y} abgelaufen; danach lässt sie sich nicht mehr "
            "verlängern.",
            moeglich[0].norm,
        )
    return None


def neues_ende_zulaessig(frist: Frist, bis: date, grund: Verlaengerungsgrund) -> Hindernis | None:
    """§ 190 BGB: the new Frist runs on from the end of the old, as long as its ground allows."""
    if bis <= frist.ende:
        return Hindernis(
            f"Das neue Ende muss nach dem bisherigen Ende am {frist.ende:%d.%m.%Y} liegen.",
            "§ 190 BGB",
        )
    if bis.year > JAHR_BIS:
        return Hindernis(f"Das neue Ende liegt nach dem Jahr {JAHR_BIS}.", "§ 190 BGB")
    if grund.hoechstens_tage and (bis - frist.ende).days > grund.hoechstens_tage:
        return Hindernis(
            f"Aus diesem Grund verlängert sich die Frist um höchstens {grund.hoechstens_tage} "
            "Tage.",
            grund.norm,
        )
    return None


@gilt_in(Rechtsstand.UE, Rechtsstand.B)
def mitteilung_vor_dem_ende(
    frist: Frist, mitgeteilt_am: date | None, grund: Verlaengerungsgrund, stichtag: date
) -> Hindernis | None:
    """§ 18 Abs. 1 SGB IX: the reasons are told before the Frist ends, or nothing is extended."""
    norm = "§ 18 Abs. 1 SGB IX"
    if mitgeteilt_am is not None and mitgeteilt_am > stichtag:
        return Hindernis(f"Die Mitteilung am {mitgeteilt_am:%d.%m.%Y} liegt in der Zukunft.", norm)
    if not grund.mitteilung:
        return None
    if mitgeteilt_am is None:
        return Hindernis(
            "Bitte geben Sie an, wann die Gründe schriftlich mitgeteilt wurden. Ohne begründete "
            "Mitteilung gilt die Leistung nach Ablauf der Frist als genehmigt.",
            f"{norm}, § 18 Abs. 3 S. 1 SGB IX",
        )
    if mitgeteilt_am > frist.ende:
        return Hindernis(
            f"Die Gründe wurden erst nach dem Ende der Frist am {frist.ende:%d.%m.%Y} mitgeteilt; "
            "das verlängert sie nicht mehr.",
            norm,
        )
    return None


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
    """§ 26 Abs. 1 SGB X: some grounds hold for a limited time, and an end is a later day."""
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
