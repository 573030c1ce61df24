"""Instruments of the Bedarfsermittlung as text: sheets, sections, fields, scales, who fills what.

One line is one thing, so that whoever administers the procedure can read and complete it:

- ``Skala Name: 0 gar nicht; 1 wenig`` declares a scale,
- ``Bogen A: Titel`` begins a sheet, ``Abschnitt: Titel [d5, d6]`` a section of it with the
  Lebensbereiche of § 118 Abs. 1 SGB IX that it serves (any number, also none),
- ``- Frage | Art | Rolle`` is a field; ``| Pflicht`` makes it required. The kinds are ``text``,
  ``zeile``, ``tag``, ``ja/nein`` and ``skala Name``; the roles stand in ``ROLLEN``.

A line that begins with ``#`` is a remark. Nothing is computed from an answer: an instrument finds
the need, it does not measure the amount of a benefit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from recht.eingabe import write_datum
from recht.fehler import EingabeUngueltig

ROLLEN = {
    "person": "die Person",
    "fallmanagement": "Fallmanagement",
    "fachdienst": "Fachdienst",
    "leistungserbringer": "Leistungserbringer",
}
ARTEN = ("text", "zeile", "tag", "ja/nein", "skala")
LEBENSBEREICHE = ("d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9")
_SKALA = re.compile(r"Skala (?P<name>\S+): (?P<stufen>.+)")
_BOGEN = re.compile(r"Bogen (?P<kuerzel>\S+): (?P<titel>.+)")
_ABSCHNITT = re.compile(r"Abschnitt: (?P<titel>[^\[\]]+?)(?: \[(?P<bereiche>[^\[\]]*)\])?")
_HOECHSTENS = {"Bögen": 20, "Felder": 300}


@dataclass(frozen=True, slots=True)
class Skala:
    """A closed list of grades: what is stored and what it means."""

    name: str
    stufen: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Feld:
    """One question; ``schluessel`` is its place in this version ("1.2.3") and never moves."""

    schluessel: str
    frage: str
    art: str
    rolle: str
    pflicht: bool
    skala: Skala | None = None

    @property
    def bogen(self) -> int:
        """The number of the sheet."""
        return int(self.schluessel.partition(".")[0])

    def lesbar(self, wert: str) -> str:
        """An answer as a person reads it: of a scale the grade with its meaning."""
        if self.art == "tag" and wert:
            return write_datum(date.fromisoformat(wert))
        if self.skala is None:
            return wert
        bedeutung = dict(self.skala.stufen).get(wert)
        return f"{wert} – {bedeutung}" if bedeutung else wert


@dataclass(frozen=True, slots=True)
class Abschnitt:
    """A section with the Lebensbereiche that it serves."""

    titel: str
    lebensbereiche: tuple[str, ...]
    felder: tuple[Feld, ...] = ()


@dataclass(frozen=True, slots=True)
class Bogen:
    """A sheet of the instrument."""

    nummer: int
    kuerzel: str
    titel: str
    abschnitte: tuple[Abschnitt, ...] = ()

    @property
    def felder(self) -> tuple[Feld, ...]:
        """All questions of the sheet."""
        return tuple(feld for abschnitt in self.abschnitte for feld in abschnitt.felder)


@dataclass(frozen=True, slots=True)
class Aufbau:
    """What one version of an instrument asks."""

    boegen: tuple[Bogen, ...]

    @property
    def felder(self) -> tuple[Feld, ...]:
        """All questions of all sheets."""
        return tuple(feld for bogen in self.boegen for feld in bogen.felder)

    @property
    def fragen(self) -> dict[tuple[str, str, str, str], Feld]:
        """Each question by what it is: the same in another version stands under the same key."""
        return {
            (bogen.kuerzel, abschnitt.titel, feld.frage, feld.art): feld
            for bogen in self.boegen
            for abschnitt in bogen.abschnitte
            for feld in abschnitt.felder
        }

    @property
    def nicht_abgedeckt(self) -> tuple[str, ...]:
        """The Lebensbereiche that no section with a question serves."""
        da = {
            bereich
            for bogen in self.boegen
            for abschnitt in bogen.abschnitte
            if abschnitt.felder
            for bereich in abschnitt.lebensbereiche
        }
        return tuple(bereich for bereich in LEBENSBEREICHE if bereich not in da)


@dataclass(frozen=True, slots=True)
class Vorlage:
    """An instrument as it is delivered: to be completed and released by the authority."""

    schluessel: str
    bezeichnung: str
    fassung: str
    land: str
    vollstaendig: bool
    quelle: str
    text: str


def read_aufbau(text: str) -> Aufbau:
    """Read the text of an instrument. Raises EingabeUngueltig that names the line."""
    boegen: list[Bogen] = []
    skalen: dict[str, Skala] = {}
    for nummer, zeile in enumerate(text.splitlines(), 1):
        inhalt = zeile.strip()
        if not inhalt or inhalt.startswith("#"):
            continue
        try:
            _take(inhalt, boegen, skalen)
        except EingabeUngueltig as fehler:
            raise EingabeUngueltig(f"Zeile {nummer}: {fehler}") from fehler
    _check(boegen)
    return Aufbau(tuple(boegen))


def _take(inhalt: str, boegen: list[Bogen], skalen: dict[str, Skala]) -> None:
    if treffer := _SKALA.fullmatch(inhalt):
        skala = _read_skala(treffer["name"], treffer["stufen"])
        skalen[skala.name] = skala
    elif treffer := _BOGEN.fullmatch(inhalt):
        if any(bogen.kuerzel == treffer["kuerzel"] for bogen in boegen):
            raise EingabeUngueltig(f"Den Bogen {treffer['kuerzel']} gibt es schon.")
        boegen.append(Bogen(len(boegen) + 1, treffer["kuerzel"], treffer["titel"].strip()))
    elif treffer := _ABSCHNITT.fullmatch(inhalt):
        if not boegen:
            raise EingabeUngueltig("Vor dem ersten Abschnitt fehlt ein Bogen.")
        neu = Abschnitt(treffer["titel"].strip(), _read_bereiche(treffer["bereiche"] or ""))
        boegen[-1] = replace(boegen[-1], abschnitte=(*boegen[-1].abschnitte, neu))
    elif inhalt.startswith("-"):
        if not boegen or not boegen[-1].abschnitte:
            raise EingabeUngueltig("Vor dem ersten Feld fehlt ein Abschnitt.")
        boegen[-1] = _with_feld(boegen[-1], inhalt.removeprefix("-").strip(), skalen)
    else:
        raise EingabeUngueltig(
            "Die Zeile beginnt weder mit „Bogen“, „Abschnitt“, „Skala“ noch mit „-“."
        )


def _read_skala(name: str, text: str) -> Skala:
    stufen = []
    for teil in text.split(";"):
        wert, _, bedeutung = teil.strip().partition(" ")
        if not wert or not bedeutung.strip() or len(wert) > 10:
            raise EingabeUngueltig(f"Die Stufe „{teil.strip()}“ braucht Wert und Bedeutung.")
        stufen.append((wert, bedeutung.strip()))
    if len({wert for wert, _ in stufen}) != len(stufen):
        raise EingabeUngueltig(f"In der Skala {name} steht ein Wert zweimal.")
    return Skala(name, tuple(stufen))


def _read_bereiche(text: str) -> tuple[str, ...]:
    bereiche = tuple(teil.strip() for teil in text.split(",") if teil.strip())
    if fremd := [bereich for bereich in bereiche if bereich not in LEBENSBEREICHE]:
        raise EingabeUngueltig(
            f"{', '.join(fremd)} ist kein Lebensbereich; möglich sind d1 bis d9."
        )
    return bereiche


def _with_feld(bogen: Bogen, text: str, skalen: dict[str, Skala]) -> Bogen:
    teile = [teil.strip() for teil in text.split("|")]
    if len(teile) not in {3, 4} or not teile[0] or (len(teile) == 4 and teile[3] != "Pflicht"):
        raise EingabeUngueltig("Ein Feld hat die Form „- Frage | Art | Rolle“ oder „… | Pflicht“.")
    frage, art, rolle = teile[:3]
    wort, _, name = art.partition(" ")
    if wort not in ARTEN or bool(name) != (wort == "skala"):
        raise EingabeUngueltig(f"„{art}“ ist keine Art; möglich sind {', '.join(ARTEN)} mit Namen.")
    if rolle not in ROLLEN:
        raise EingabeUngueltig(f"„{rolle}“ ist keine Rolle; möglich sind {', '.join(ROLLEN)}.")
    if name and name not in skalen:
        raise EingabeUngueltig(f"Die Skala {name} ist weiter oben nicht genannt.")
    abschnitt = bogen.abschnitte[-1]
    stelle = f"{bogen.nummer}.{len(bogen.abschnitte)}.{len(abschnitt.felder) + 1}"
    feld = Feld(stelle, frage, wort, rolle, len(teile) == 4, skalen.get(name))
    voll = replace(abschnitt, felder=(*abschnitt.felder, feld))
    return replace(bogen, abschnitte=(*bogen.abschnitte[:-1], voll))


def _check(boegen: list[Bogen]) -> None:
    felder = sum(len(bogen.felder) for bogen in boegen)
    if not felder:
        raise EingabeUngueltig("Das Instrument hat noch kein Feld.")
    for was, anzahl in {"Bögen": len(boegen), "Felder": felder}.items():
        if anzahl > _HOECHSTENS[was]:
            raise EingabeUngueltig(f"Möglich sind höchstens {_HOECHSTENS[was]} {was}.")


@cache
def vorlagen() -> tuple[Vorlage, ...]:
    """All instruments as delivered, by file name; the generic one comes first."""
    return tuple(_read_vorlagen())


def _read_vorlagen() -> Iterator[Vorlage]:
    for datei in sorted(Path(__file__).parent.glob("*.txt")):
        kopf, _, text = datei.read_text(encoding="utf-8").partition("\n\n")
        angaben = dict(zeile.split(": ", 1) for zeile in kopf.splitlines())
        yield Vorlage(
            schluessel=datei.stem.partition("_")[2],
            bezeichnung=angaben["Instrument"],
            fassung=angaben["Fassung"],
            land=angaben["Land"].replace("alle", ""),
            vollstaendig=angaben["Stand"] == "vollständig",
            quelle=angaben["Quelle"],
            text=text.strip(),
        )
