"""Legal preconditions of letters that a person writes in own words."""

from __future__ import annotations

from datetime import date, timedelta

from cases.models import Case, Schreiben
from cases.registry.schritt import Hindernis

# A Verwaltungsakt without Belehrung can be attacked for a year; such words give it away.
_BESCHEIDWORTE = (
    "rechtsbehelfsbelehrung",
    "widerspruch erheben",
    "bewilligen wir",
    "lehnen wir ab",
    "heben wir auf",
)


def kein_bescheid(text: str) -> Hindernis | None:
    """§ 36 SGB X: a decision is instructed about; a letter in own words carries no Belehrung."""
    if not any(wort in text.casefold() for wort in _BESCHEIDWORTE):
        return None
    return Hindernis(
        "Das liest sich wie eine Entscheidung. Über Rechte der Person wird durch Bescheid "
        "entschieden, mit Rechtsbehelfsbelehrung; bitte nehmen Sie den Schritt dafür.",
        "§ 36 SGB X",
    )


def ohne_die_person(text: str, name: str) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: what rests on no ground names nothing about the person."""
    if name.casefold() not in text.casefold():
        return None
    return Hindernis(
        f"Der Text nennt {name}. Wählen Sie, auf welcher Grundlage das Schreiben hinausgeht, oder "
        "nehmen Sie den Namen heraus.",
        "§ 35 Abs. 1 SGB I",
    )


def berichtigung_offenbar(offenbar: bool) -> Hindernis | None:
    """§ 38 SGB X: only slips of the pen are corrected; everything else is a new decision."""
    if offenbar:
        return None
    return Hindernis(
        "Berichtigt wird nur, was offenbar unrichtig ist. Soll anders entschieden werden, ist ein "
        "neuer Bescheid nötig.",
        "§ 38 S. 1 SGB X",
    )


def bezug_nicht_ersetzt(ersetzt: Hindernis | None, bezug: Schreiben) -> Hindernis | None:
    """§ 38 SGB X: what was replaced before it left is not corrected."""
    if ersetzt is None:
        return None
    return Hindernis(
        f"Das Schreiben {bezug.nummer} ist ersetzt; berichtigt wird das neue.", "§ 38 S. 1 SGB X"
    )


def genug_zeit(bis: date, bekannt_am: date, tage: int, norm: str) -> Hindernis | None:
    """§ 66 Abs. 3 SGB I: the time set is reasonable; it counts from the Bekanntgabe.

    `tage` is the practice of the authority; the law names no number.
    """
    if bis >= bekannt_am + timedelta(days=tage):
        return None
    return Hindernis(
        f"Bis zum {bis:%d.%m.%Y} ist zu wenig Zeit. Bekannt gegeben wäre das Schreiben am "
        f"{bekannt_am:%d.%m.%Y}; üblich sind danach mindestens {tage} Tage.",
        norm,
    )


def keine_gesperrte_anschrift(gesperrt: bool, mit_schreiben: bool) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: a protected address does not leave with the copies of letters."""
    if not (gesperrt and mit_schreiben):
        return None
    return Hindernis(
        "Für die Person besteht eine Auskunftssperre; unsere Schreiben zeigen die Anschrift. "
        "Wählen Sie keine Schreiben aus, oder schwärzen Sie die Kopien auf Papier und legen Sie "
        "sie selbst bei.",
        "§ 35 Abs. 1 SGB I",
    )


def nur_eigene_akte(faelle: set[int], case: Case) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: only papers of this case go out with its letter."""
    if faelle <= {case.pk}:
        return None
    return Hindernis("Ein gewähltes Papier gehört nicht zu diesem Fall.", "§ 35 Abs. 1 SGB I")
