"""The handbook inside the program: the page of each role, read from docs/handbuch.

Only what those pages use is read: headings, paragraphs, lists, tables, bold words. The result is
data; the template draws it, so that no text of a file becomes HTML by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings

from cases.states.rolle import Rolle

_SEITEN = {
    Rolle.FALLMANAGEMENT: "fallmanagement",
    Rolle.LEITUNG: "sachgebietsleitung",
    Rolle.FACHDIENST: "fachdienst",
    Rolle.KASSE: "kasse",
    Rolle.REVISION: "revision",
    Rolle.DATENSCHUTZ: "datenschutz",
    Rolle.BERECHTIGUNG: "berechtigungsverwaltung",
    Rolle.FACHADMINISTRATION: "fachadministration",
}
_FETT = re.compile(r"\*\*(.+?)\*\*")
_VERWEIS = re.compile(r"\[(.+?)\]\((?:[^)]*)\)")
_PUNKT = re.compile(r"(?:-|\d+\.) ")


@dataclass(frozen=True)
class Stueck:
    """A piece of running text."""

    text: str
    fett: bool = False


@dataclass
class Block:
    """One block: `art` is titel, absatz, punkte, schritte or tabelle; `zeilen` are its lines."""

    art: str
    zeilen: list[list[list[Stueck]]] = field(default_factory=list)
    stufe: int = 2


@dataclass(frozen=True)
class Kapitel:
    """One page of the handbook."""

    titel: str
    bloecke: tuple[Block, ...]


def chapters_of(rollen: Iterable[str]) -> list[Kapitel]:
    """Return what everybody should know, then a chapter for each of these roles."""
    eigene = [name for rolle, name in _SEITEN.items() if rolle.value in set(rollen)]
    return [_chapter("README", ab="## Für alle"), *(_chapter(name) for name in eigene)]


@cache
def _chapter(name: str, ab: str = "") -> Kapitel:
    text = (settings.BASE_DIR / "docs" / "handbuch" / f"{name}.md").read_text(encoding="utf-8")
    if ab:
        text = "# " + text[text.index(ab) :].removeprefix("## ")
    titel, _, rest = text.partition("\n")
    return Kapitel(titel.removeprefix("# ").strip(), tuple(_blocks(rest)))


def _blocks(text: str) -> Iterator[Block]:
    for absatz in re.split(r"\n\s*\n", text.strip()):
        zeilen = absatz.splitlines()
        if zeilen[0].startswith("#"):
            yield Block("titel", [[_pieces(zeilen[0].lstrip("# "))]])
        elif zeilen[0].startswith("|"):
            yield Block("tabelle", list(_rows(zeilen)))
        elif _PUNKT.match(zeilen[0]):
            art = "punkte" if zeilen[0].startswith("-") else "schritte"
            yield Block(art, [[_pieces(punkt)] for punkt in _points(zeilen)])
        else:
            yield Block("absatz", [[_pieces(" ".join(zeilen))]])


def _rows(zeilen: list[str]) -> Iterator[list[list[Stueck]]]:
    for zeile in zeilen:
        zellen = [zelle.strip() for zelle in zeile.strip().strip("|").split("|")]
        if not all(set(zelle) <= set("-: ") for zelle in zellen):
            yield [_pieces(zelle) for zelle in zellen]


def _points(zeilen: list[str]) -> Iterator[str]:
    punkt: list[str] = []
    for zeile in zeilen:
        if _PUNKT.match(zeile):
            if punkt:
                yield " ".join(punkt)
            punkt = [_PUNKT.sub("", zeile, count=1)]
        else:
            punkt.append(zeile.strip())
    yield " ".join(punkt)


def _pieces(text: str) -> list[Stueck]:
    klar = _VERWEIS.sub(r"\1", text).replace("`", "")
    teile = _FETT.split(klar)
    return [Stueck(teil, fett=n % 2 == 1) for n, teil in enumerate(teile) if teil]
