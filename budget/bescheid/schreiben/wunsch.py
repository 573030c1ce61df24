"""The wishes of the person and what the Bescheid does with each (§ 8 Abs. 1 SGB IX).

A wish stands in the Bedarf or in the Gesamtplan; the answer is given by who writes the Bescheid.
An answer belongs to the words that it was given to: a wish that has changed since is open again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budget.models import Bescheid, PersoenlichesBudget
from budget.states import Wunschantwort
from gesamtplan.models.zielbezug import lebensbereiche_of
from recht.entscheidung import DURCH_UNS, Entscheidungsrolle
from recht.entscheidungstext import write_liste

# Contents of the plan that say what is wished.
INHALTE = ("wunsch_wahlrecht", "wunsch_wahlrecht_budget")
# What the Bescheid itself grants to a wish, by the content that says it.
_BEWILLIGT = {"wunsch_wahlrecht_budget": ("das Persönliche Budget",)}


@dataclass(frozen=True)
class Wunsch:
    """One wish: where it stands, its words, and what is granted in its Lebensbereich.

    `vorgesehen` are parts there that other carriers decide about themselves, each with its carrier.
    """

    schluessel: str
    bereich: str
    text: str
    bewilligt: tuple[str, ...] = ()
    vorgesehen: tuple[tuple[str, str], ...] = ()

    @property
    def dafuer(self) -> str:
        """What the budget has for the wish, in sentences; empty where it has nothing."""
        saetze = []
        if self.bewilligt:
            saetze.append(f"Bewilligt ist dafür {write_liste(self.bewilligt)}.")
        if self.vorgesehen:
            was = write_liste(was for was, _ in self.vorgesehen)
            wer = write_liste(wer for _, wer in self.vorgesehen)
            einzeln = len({wer for _, wer in self.vorgesehen}) == 1
            entscheidet = f"entscheidet {wer}" if einzeln else f"entscheiden {wer}"
            ist = "Außerdem vorgesehen" if self.bewilligt else "Dafür vorgesehen"
            saetze.append(f"{ist} ist {was}; darüber {entscheidet} selbst.")
        return " ".join(saetze)


@dataclass(frozen=True)
class Antwort:
    """What is done with a wish, and why."""

    antwort: str
    grund: str


def wuensche_of(budget: PersoenlichesBudget) -> list[Wunsch]:
    """Return the wishes in the order of the plan; no query where the plan has been read."""
    plan = budget.gesamtplan
    bewilligt: dict[str, list[str]] = {}
    vorgesehen: dict[str, list[tuple[str, str]]] = {}
    ziele = plan.teilhabeziele.all()
    for teil in budget.teilbudgets.all():
        was = f"„{teil.leistung.bezeichnung}“ ({teil.leistung.umfang.strip().rstrip('.')})"
        for bereich in lebensbereiche_of(teil.leistung, ziele):
            if Entscheidungsrolle(teil.entscheidung) not in DURCH_UNS:
                vorgesehen.setdefault(bereich, []).append((was, teil.leistungstraeger.name))
            elif not teil.ergaenzend:
                bewilligt.setdefault(bereich, []).append(was)
    found = [
        Wunsch(
            f"bedarf_{b.lebensbereich}",
            str(b.get_lebensbereich_display()),
            " ".join(b.wunsch.split()),
            tuple(bewilligt.get(b.lebensbereich, ())),
            tuple(vorgesehen.get(b.lebensbereich, ())),
        )
        for b in plan.bedarfsermittlung.bedarfe.all()
        if b.wunsch.strip()
    ]
    texte = {i.schluessel: i.text for i in plan.planinhalte.all()}
    found += [
        Wunsch(
            f"inhalt_{name}",
            "Gesamtplan",
            " ".join(texte[name].split()),
            _BEWILLIGT.get(name, ()) if bewilligt else (),
        )
        for name in INHALTE
        if texte.get(name, "").strip()
    ]
    return found


def antworten_of(bescheid: Bescheid, wuensche: Iterable[Wunsch]) -> dict[str, Antwort]:
    """Return the answers by key of the wish; one to other words is none."""
    gegeben: Mapping[str, Mapping[str, Any]] = {z["schluessel"]: z for z in bescheid.wuensche}
    found = {}
    for wunsch in wuensche:
        zeile = gegeben.get(wunsch.schluessel)
        if zeile and zeile["wunsch"] == wunsch.text:
            found[wunsch.schluessel] = Antwort(zeile["antwort"], zeile["grund"])
    return found


def offene_wuensche(bescheid: Bescheid) -> list[str]:
    """Return the words of the wishes that have no answer."""
    wuensche = wuensche_of(bescheid.persoenliches_budget)
    antworten = antworten_of(bescheid, wuensche)
    return [
        w.text
        for w in wuensche
        if w.schluessel not in antworten or not antworten[w.schluessel].antwort
    ]


def needs_grund(wunsch: Wunsch, antwort: str) -> bool:
    """Tell whether an answer says nothing without a reason.

    A wish that is followed shows in what is granted in its Lebensbereich; where nothing is, and
    for a wish that is not followed, only a reason tells it.
    """
    return bool(antwort) and (antwort != Wunschantwort.GEFOLGT or not wunsch.dafuer)


def wunsch_daten(bescheid: Bescheid) -> list[dict[str, Any]]:
    """Return each wish with its answer and the reason as the letter prints them.

    `andere`: only what other carriers decide about answers it.
    """
    wuensche: Sequence[Wunsch] = wuensche_of(bescheid.persoenliches_budget)
    antworten = antworten_of(bescheid, wuensche)
    zeilen = []
    for wunsch in wuensche:
        antwort = antworten.get(wunsch.schluessel, Antwort("", ""))
        grund = antwort.grund.strip()
        if antwort.antwort == Wunschantwort.GEFOLGT:
            grund = f"{wunsch.dafuer} {grund}".strip()
        zeile = {"wunsch": wunsch.text, "antwort": antwort.antwort, "grund": grund}
        zeilen.append(zeile | {"andere": bool(wunsch.vorgesehen) and not wunsch.bewilligt})
    return zeilen
