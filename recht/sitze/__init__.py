"""Reads where an authority sits: a municipality, the local holidays themselves, or none of them.

The same answer can be given in several ways, because those who ask write it in several ways. What
cannot be meant is refused; a municipality that is not in the table is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from recht.daten import read_yaml
from recht.fehler import EingabeUngueltig
from recht.feiertag import LAENDER, check_land
from recht.ortsfeiertag import ORTSFEIERTAGE, Sitz, Sitzangabe, arten_in

_IMMER = date.min
_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# Words for single holidays; „katholisch“ means those that `holidays` has under that category.
_WOERTER = {
    "mariaehimmelfahrt": "mariae_himmelfahrt",
    "mariahimmelfahrt": "mariae_himmelfahrt",
    "augsburgerfriedensfest": "augsburger_friedensfest",
    "augsburgerhohesfriedensfest": "augsburger_friedensfest",
    "friedensfest": "augsburger_friedensfest",
    "fronleichnam": "fronleichnam",
}
_KATHOLISCH = {"katholisch", "catholic"}
_KEINE = {"keine", "keiner", "ohne", "nein", "evangelisch"}


@dataclass(frozen=True, slots=True)
class Gemeinde:
    """A municipality with the local holidays that hold there; known from memory."""

    name: str
    land: str
    gilt: frozenset[str]


def _kurz(text: str) -> str:
    """Write a name without case, umlauts and marks, so that spellings meet."""
    return "".join(z for z in text.casefold().translate(_UMLAUTE) if z.isalnum())


@cache
def _gemeinden() -> dict[str, Gemeinde]:
    return {
        _kurz(name): Gemeinde(name, gruppe["land"], frozenset(gruppe["gilt"]))
        for gruppe in read_yaml("sitze")
        for name in gruppe["gemeinden"]
    }


def gemeinden() -> tuple[Gemeinde, ...]:
    """Every municipality of the table."""
    return tuple(_gemeinden().values())


def land_of(angabe: object) -> str | None:
    """The Land of a named municipality, None where the name does not tell."""
    if isinstance(angabe, dict):
        angabe = angabe.get("gemeinde")
    if not isinstance(angabe, str):
        return None
    bekannt = _gemeinde(angabe)
    return bekannt.land if bekannt else None


def read_sitz(angabe: object, land: str) -> Sitz:
    """Read a seat in a Land: text, list of texts or object; None says that it is not known.

    Text is a municipality of the table, a local holiday that holds („mariae_himmelfahrt“),
    „katholisch“ for all of the Land, or „keine“. An object names single ones with true or false.
    """
    check_land(land)
    if angabe is None:
        return Sitz(land)
    if isinstance(angabe, dict):
        return _read_objekt(angabe, land)
    if isinstance(angabe, list):
        texte = [_check_text(teil) for teil in angabe]
        return _sitz(land, frozenset().union(*(_read_text(text, land) for text in texte)))
    text = _check_text(angabe)
    # Only the Land is named: nothing is said about the seat.
    if _kurz(text) in {_kurz(land), _kurz(LAENDER[land])} and not _gemeinde(text):
        return Sitz(land)
    return _sitz(land, _read_text(text, land))


def _check_text(teil: object) -> str:
    if not isinstance(teil, str) or not teil.strip():
        raise EingabeUngueltig(
            f"sitz: „{teil}“ ist nicht zulässig; erwartet wird eine Gemeinde, ein örtlicher"
            f" Feiertag ({', '.join(ORTSFEIERTAGE)}), „keine“ oder ein Objekt mit true und false."
        )
    return teil


def _gemeinde(text: str) -> Gemeinde | None:
    kurz = _kurz(text.partition("-")[2] if text[:3] in {f"{k}-" for k in LAENDER} else text)
    for wort in ("landeshauptstadt", "kreisfreiestadt", "stadt", "gemeinde"):
        kurz = kurz.removeprefix(wort)
    return _gemeinden().get(kurz)


def _read_text(text: str, land: str) -> frozenset[str]:
    """Which local holidays a text names, all others not."""
    kurz = _kurz(text)
    for ende in ("gilthier", "gilt"):
        kurz = kurz.removesuffix(ende)
    if art := _WOERTER.get(kurz):
        return frozenset({_check_art(art, land)})
    if kurz in _KATHOLISCH:
        return frozenset(arten_in(land)) - {"augsburger_friedensfest"}
    if kurz in _KEINE:
        return frozenset()
    if gemeinde := _gemeinde(text):
        if gemeinde.land != land:
            raise EingabeUngueltig(
                f"sitz: {gemeinde.name} liegt in {LAENDER[gemeinde.land]}, angegeben ist das Land"
                f" {LAENDER[land]}."
            )
        return gemeinde.gilt
    if not arten_in(land):
        # No municipality of this Land has a holiday of its own, whatever it is called.
        return frozenset()
    beispiel = f'{{"gemeinde": "{text}", "{arten_in(land)[0]}": true}}'
    raise EingabeUngueltig(
        f"sitz: Welche örtlichen Feiertage in „{text}“ ({LAENDER[land]}) gelten, ist nicht"
        f" hinterlegt; geben Sie es an, zum Beispiel {beispiel}."
    )


def _check_art(art: str, land: str) -> str:
    if land not in ORTSFEIERTAGE[art].normen:
        wo = " und ".join(LAENDER[eines] for eines in ORTSFEIERTAGE[art].normen)
        raise EingabeUngueltig(
            f"sitz: „{ORTSFEIERTAGE[art].bezeichnung}“ ist in {LAENDER[land]} kein örtlicher"
            f" Feiertag; ihn gibt es in {wo}."
        )
    return art


def _read_objekt(angabe: dict[str, object], land: str) -> Sitz:
    """Single holidays with true or false, over what the named municipality says."""
    angaben: dict[str, bool] = {}
    gemeinde = angabe.get("gemeinde")
    if gemeinde is not None and (bekannt := _gemeinde(_check_text(gemeinde))):
        angaben = {art: art in _read_text(bekannt.name, land) for art in arten_in(land)}
    for feld, wert in angabe.items():
        if feld == "gemeinde":
            continue
        art = _WOERTER.get(_kurz(feld))
        if art is None:
            raise EingabeUngueltig(
                f"sitz: Das Feld „{feld}“ ist nicht bekannt; zulässig sind gemeinde,"
                f" {', '.join(ORTSFEIERTAGE)}."
            )
        if not isinstance(wert, bool):
            raise EingabeUngueltig(
                f"sitz.{feld}: „{wert}“ ist nicht zulässig; erlaubt sind true und false."
            )
        if wert:
            _check_art(art, land)
        angaben[art] = wert
    if gemeinde is not None and not angaben:
        _read_text(str(gemeinde), land)
    return Sitz(land, (Sitzangabe(_IMMER, art, gilt) for art, gilt in angaben.items()))


def _sitz(land: str, gilt: Iterable[str]) -> Sitz:
    gilt = frozenset(gilt)
    return Sitz(land, (Sitzangabe(_IMMER, art, art in gilt) for art in arten_in(land)))
