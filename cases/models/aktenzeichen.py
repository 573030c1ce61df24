"""How an Aktenzeichen is built: a pattern with placeholders, read once and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

STANDARD = "{praefix}-{jahr}-{nummer:05}"
# The column of the case takes this many characters.
HOECHSTENS = 30
PLATZHALTER: Mapping[str, str] = {
    "praefix": "der Anfang, den die Behörde festlegt",
    "jahr": "das Jahr des Eingangs, vierstellig",
    "jahr2": "das Jahr des Eingangs, zweistellig",
    "team": "das Kürzel des Teams",
    "nummer": "die laufende Nummer; {nummer:5} füllt mit Nullen auf fünf Stellen",
    "pruefziffer": "eine Prüfziffer über alle Ziffern davor",
}
_TEIL = re.compile(r"\{([^{}]*)\}")
_ANGABE = re.compile(r"([a-z0-9]+)(?::(0?[1-9]))?")
_FREI = re.compile(r"[A-Za-zÄÖÜäöüß0-9 ./_-]*")


class SchemaFehler(ValueError):
    """A pattern that cannot be used; the message says why in German."""


@dataclass(frozen=True)
class Aktenzeichenschema:
    """A checked pattern: fixed texts and placeholders in their order."""

    teile: tuple[tuple[str, str, int], ...]

    @classmethod
    def lesen(cls, text: str) -> Aktenzeichenschema:
        """Read a pattern; raises SchemaFehler with a German sentence."""
        teile: list[tuple[str, str, int]] = []
        ende = 0
        for treffer in _TEIL.finditer(text):
            teile.append(("", _frei(text[ende : treffer.start()]), 0))
            teile.append(_platzhalter(treffer[1]))
            ende = treffer.end()
        teile.append(("", _frei(text[ende:]), 0))
        schema = cls(tuple(t for t in teile if t[0] or t[1]))
        _check(schema.namen)
        return schema

    @property
    def namen(self) -> list[str]:
        """Return the placeholders in their order."""
        return [name for name, _, _ in self.teile if name]

    def reihe(self, *, praefix: str, jahr: int, team: str) -> str:
        """Return the series to which a number belongs: everything but the number."""
        return self._fuellen({**_werte(praefix, jahr, team), "nummer": "#", "pruefziffer": "%"}, 0)

    def bilden(self, *, praefix: str, jahr: int, team: str, nummer: int) -> str:
        """Return the Aktenzeichen; raises SchemaFehler when it would be too long."""
        fertig = self._fuellen(_werte(praefix, jahr, team), nummer)
        if len(fertig) > HOECHSTENS:
            raise SchemaFehler(
                f"„{fertig}“ hat {len(fertig)} Zeichen; ein Aktenzeichen hat höchstens "
                f"{HOECHSTENS}."
            )
        return fertig

    def _fuellen(self, werte: Mapping[str, str], nummer: int) -> str:
        fertig = ""
        for name, text, stellen in self.teile:
            if not name:
                fertig += text
            elif name in werte:
                fertig += werte[name]
            elif name == "nummer":
                fertig += f"{nummer:0{stellen}d}"
            else:
                fertig += str(pruefziffer(fertig))
        return fertig


def pruefziffer(text: str) -> int:
    """Return the check digit over the digits of the text (ISO/IEC 7064, MOD 11,10).

    It finds every single wrong digit and almost every exchange of two neighbours.
    """
    rest = 10
    for zeichen in text:
        if zeichen.isascii() and zeichen.isdigit():
            rest = (rest + int(zeichen)) % 10 or 10
            rest = rest * 2 % 11
    return (11 - rest) % 10


def _werte(praefix: str, jahr: int, team: str) -> dict[str, str]:
    return {"praefix": praefix, "jahr": f"{jahr:04d}", "jahr2": f"{jahr % 100:02d}", "team": team}


def _frei(text: str) -> str:
    if "{" in text or "}" in text:
        raise SchemaFehler("Eine geschweifte Klammer steht allein. Schreiben Sie z. B. {nummer:5}.")
    if not _FREI.fullmatch(text):
        raise SchemaFehler(
            "Zwischen den Platzhaltern stehen nur Buchstaben, Ziffern, Leerzeichen und . / - _"
        )
    return text


def _platzhalter(text: str) -> tuple[str, str, int]:
    treffer = _ANGABE.fullmatch(text.strip())
    name = treffer[1] if treffer else text
    if treffer is None or name not in PLATZHALTER:
        bekannt = ", ".join(f"{{{p}}}" for p in PLATZHALTER)
        raise SchemaFehler(f"Den Platzhalter {{{text}}} gibt es nicht. Möglich sind {bekannt}.")
    if treffer[2] and name != "nummer":
        raise SchemaFehler(f"Eine Stellenzahl gibt es nur bei {{nummer}}, nicht bei {{{name}}}.")
    return name, "", int(treffer[2] or 1)


def _check(namen: list[str]) -> None:
    doppelt = sorted({n for n in namen if namen.count(n) > 1})
    if doppelt:
        raise SchemaFehler(f"{{{doppelt[0]}}} steht mehr als einmal im Schema.")
    if "nummer" not in namen:
        raise SchemaFehler("Im Schema fehlt {nummer}: Sonst wären alle Aktenzeichen gleich.")
    if "pruefziffer" in namen and namen[-1] != "pruefziffer":
        raise SchemaFehler("{pruefziffer} steht am Ende, hinter allen anderen Platzhaltern.")
