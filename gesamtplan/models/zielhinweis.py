"""Hints for whoever writes a goal: they warn, never refuse, and never touch the person's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gesamtplan.models.zielbezug import is_serving
from gesamtplan.states import Leistungsform

if TYPE_CHECKING:
    from gesamtplan.models.angaben import Zielangaben
    from gesamtplan.models.gesamtplan import Leistung, Teilhabeziel

_SATZENDE = re.compile(r"(?<!\d)[.!?]\s+(?=[A-ZÄÖÜ„])")
_AUFZAEHLUNG = re.compile(r"(?m)^\s*(?:[-•*]|\d+[.)])\s+")
_VERBINDUNG = re.compile(
    r"\b(?:und|sowie|außerdem|zudem)\s+(?:ich|er|sie|kann|möchte|will)\b", re.I
)
_MASSNAHME = re.compile(
    r"\b(?:erhält|erhalte|bekommt|bekomme|nimmt\s+(?:\w+\s+)*teil|nehme\s+(?:\w+\s+)*teil"
    r"|wird\s+(?:unterstützt|begleitet|betreut|angeleitet)"
    r"|fachleistungsstunden?|assistenzleistung(?:en)?|therapie|maßnahme|bewilligt|gewährt)\b",
    re.I,
)
_ZAHL = re.compile(
    r"\d|\b(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)(?:mal|\b)"
    r"|\b(?:jede[nrs]?|täglich|wöchentlich|monatlich|immer|nie|ohne|allein|selbst)",
    re.I,
)


@dataclass(frozen=True)
class Zielhinweis:
    """One hint, and the field of the goal that it is about."""

    feld: str
    text: str


def zielhinweise(ziel: Zielangaben | Teilhabeziel) -> list[Zielhinweis]:
    """Return what would make the goal easier to check, in the order of its fields."""
    return [*_hints_on_text(ziel.text), *_hints_on_measure(ziel)]


def _hints_on_text(text: str) -> Iterator[Zielhinweis]:
    satz = text.strip()
    mehrere = (
        len(_SATZENDE.findall(satz)) >= 1
        or len(_AUFZAEHLUNG.findall(satz)) >= 2
        or _VERBINDUNG.search(satz) is not None
    )
    if mehrere:
        yield Zielhinweis(
            "text",
            "Das liest sich wie mehrere Ziele. Je Ziel ein Eintrag: Dann lässt sich jedes für "
            "sich überprüfen.",
        )
    if _MASSNAHME.search(satz):
        yield Zielhinweis(
            "text",
            "Das liest sich wie eine Maßnahme. Ein Ziel sagt, was danach anders ist; die "
            "Maßnahme steht bei den Leistungen oder unter „Was andere beitragen“.",
        )


def _hints_on_measure(ziel: Zielangaben | Teilhabeziel) -> Iterator[Zielhinweis]:
    kriterium = ziel.kriterium.strip()
    if not kriterium:
        yield Zielhinweis(
            "kriterium", "Ohne Merkmal lässt sich nicht feststellen, ob das Ziel erreicht ist."
        )
    elif not _ZAHL.search(kriterium):
        yield Zielhinweis(
            "kriterium",
            "Das Merkmal nennt weder Zahl noch Häufigkeit. Woran sehen Außenstehende, dass das "
            "Ziel erreicht ist?",
        )
    elif kriterium.casefold() == ziel.text.strip().casefold():
        yield Zielhinweis("kriterium", "Das Merkmal wiederholt das Ziel nur.")
    if not ziel.ausgangswert.strip() or not ziel.zielwert.strip():
        yield Zielhinweis(
            "zielwert" if ziel.ausgangswert.strip() else "ausgangswert",
            "Mit dem Stand heute und dem Stand am Ziel zeigt die Überprüfung, wie weit die "
            "Person gekommen ist.",
        )


def budgetfolge(ziel: Teilhabeziel, leistungen: Iterable[Leistung]) -> str:
    """Return what the person should know when reaching the goal ends the need, else ""."""
    if not ziel.bedarf_endet:
        return ""
    im_budget = [
        row
        for row in leistungen
        if is_serving(row, ziel) and row.leistungsform == Leistungsform.PERSOENLICHES_BUDGET
    ]
    allein = [f"„{row.bezeichnung}“" for row in im_budget if not row.weitere_ziele]
    geteilt = [f"„{row.bezeichnung}“" for row in im_budget if row.weitere_ziele]
    saetze = []
    if allein:
        saetze.append(
            f"Achtung: Ist dieses Ziel erreicht, endet das Persönliche Budget für "
            f"{', '.join(allein)}. Die Person sollte das wissen, bevor sie das Ziel vereinbart."
        )
    if geteilt:
        saetze.append(
            f"Ist dieses Ziel erreicht, bleibt {', '.join(geteilt)} für die übrigen Ziele; der "
            "Umfang ist dann neu zu bemessen."
        )
    return " ".join(saetze) or "Ist dieses Ziel erreicht, endet der Bedarf."
