"""What has changed between two versions of the Gesamtplan, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from gesamtplan.models import Gesamtplan, Leistung, Teilhabeziel
from gesamtplan.models.pflichtinhalt import inhaltszeilen
from gesamtplan.plan.queries.gesamtplan import surplus_inhalte

Aenderung = Literal["neu", "geaendert", "entfallen", "unveraendert"]
Textart = Literal["gleich", "neu", "entfallen"]

_WORT = re.compile(r"\S+\s*|\s+")
# Two changed blocks are compared word by word up to this product of their lengths; beyond it
# they are shown as a whole, so that no page takes seconds.
_HOECHSTENS = 1_000_000


@dataclass(frozen=True)
class Textteil:
    """A stretch of text that stayed, came or went."""

    art: Textart
    text: str


@dataclass(frozen=True)
class Feldvergleich:
    """One field of a part: its label and the stretches of old and new text."""

    bezeichnung: str
    teile: tuple[Textteil, ...]

    @property
    def geaendert(self) -> bool:
        """Tell whether anything came or went."""
        return any(teil.art != "gleich" for teil in self.teile)


@dataclass(frozen=True)
class Teilvergleich:
    """One content, goal or Leistung in both versions."""

    titel: str
    aenderung: Aenderung
    felder: tuple[Feldvergleich, ...]

    @property
    def unveraendert(self) -> bool:
        """Tell whether both versions say the same."""
        return self.aenderung == "unveraendert"


@dataclass(frozen=True)
class Vergleich:
    """Everything that can differ between two versions."""

    alt: Gesamtplan
    neu: Gesamtplan
    eckdaten: Teilvergleich
    inhalte: tuple[Teilvergleich, ...]
    teilhabeziele: tuple[Teilvergleich, ...]
    leistungen: tuple[Teilvergleich, ...]

    @property
    def anzahl(self) -> int:
        """Return how many parts are not the same."""
        parts = (self.eckdaten, *self.inhalte, *self.teilhabeziele, *self.leistungen)
        return sum(part.aenderung != "unveraendert" for part in parts)


def compare_texts(alt: str, neu: str) -> tuple[Textteil, ...]:
    """Return the stretches of both texts; paragraphs first, words inside changed ones."""
    alt, neu = alt.replace("\r\n", "\n"), neu.replace("\r\n", "\n")
    return tuple(_merged(_by_paragraph(alt.splitlines(keepends=True), neu.splitlines(True))))


def _by_paragraph(alt: list[str], neu: list[str]) -> Iterator[Textteil]:
    for opcode, a, b, c, d in SequenceMatcher(None, alt, neu, autojunk=False).get_opcodes():
        if opcode == "equal":
            yield Textteil("gleich", "".join(alt[a:b]))
        else:
            yield from _by_word("".join(alt[a:b]), "".join(neu[c:d]))


def _by_word(alt: str, neu: str) -> Iterator[Textteil]:
    old, new = _WORT.findall(alt), _WORT.findall(neu)
    if len(old) * len(new) > _HOECHSTENS:
        yield Textteil("entfallen", alt)
        yield Textteil("neu", neu)
        return
    # A word counts as the same whatever space or line end follows it.
    matcher = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], False)
    for opcode, a, b, c, d in matcher.get_opcodes():
        if opcode == "equal":
            yield Textteil("gleich", "".join(new[c:d]))
        else:
            yield Textteil("entfallen", "".join(old[a:b]))
            yield Textteil("neu", "".join(new[c:d]))


def _merged(teile: Iterator[Textteil]) -> Iterator[Textteil]:
    last: Textteil | None = None
    for teil in teile:
        if not teil.text:
            continue
        if last is not None and last.art == teil.art:
            last = Textteil(last.art, last.text + teil.text)
            continue
        if last is not None:
            yield last
        last = teil
    if last is not None:
        yield last


def compare_versions(*, alt: Gesamtplan, neu: Gesamtplan) -> Vergleich:
    """Compare two versions read with their parts; goals and Leistungen meet by `kennung`."""
    return Vergleich(
        alt=alt,
        neu=neu,
        eckdaten=_part("Eckdaten", _eckdaten(alt), _eckdaten(neu)),
        inhalte=tuple(_inhalte(alt, neu)),
        teilhabeziele=tuple(
            _matched(
                {str(ziel.kennung): _ziel(ziel) for ziel in alt.teilhabeziele.all()},
                {str(ziel.kennung): _ziel(ziel) for ziel in neu.teilhabeziele.all()},
            )
        ),
        leistungen=tuple(
            _matched(
                {str(row.kennung): _leistung(row) for row in alt.leistungen.all()},
                {str(row.kennung): _leistung(row) for row in neu.leistungen.all()},
            )
        ),
    )


Felder = Sequence[tuple[str, str]]


def _eckdaten(plan: Gesamtplan) -> Felder:
    ueberpruefung = f"{plan.ueberpruefung_am:%d.%m.%Y}" if plan.ueberpruefung_am else ""
    return (
        ("Anlass", plan.anlass),
        ("Datum des Plans", f"{plan.datum:%d.%m.%Y}"),
        ("Überprüfung spätestens am", ueberpruefung),
        ("Grundlage", str(plan.bedarfsermittlung)),
    )


def _ziel(ziel: Teilhabeziel) -> tuple[str, Felder]:
    return (
        f"Ziel {ziel.nummer}",
        (
            ("Ziel", ziel.text),
            ("Lebensbereich", str(ziel.get_lebensbereich_display())),
            ("Woran zu erkennen", ziel.kriterium),
            ("Bis", f"{ziel.bis:%d.%m.%Y}"),
            ("Stand", str(ziel.get_status_display())),
        ),
    )


def _leistung(row: Leistung) -> tuple[str, Felder]:
    bis = f"bis {row.ende:%d.%m.%Y}" if row.ende else "ohne Enddatum"
    return (
        row.bezeichnung,
        (
            ("Leistung", row.bezeichnung),
            ("Leistungsträger", row.leistungstraeger.name),
            ("Form", str(row.get_leistungsform_display())),
            ("Art und Umfang", row.umfang),
            ("Rechtsgrundlage", row.norm),
            ("Zeitraum", f"ab {row.beginn:%d.%m.%Y}, {bis}"),
            ("Dient dem Ziel", str(row.teilhabeziel.nummer)),
            ("Ergänzende Leistung", "ja" if row.ergaenzend else ""),
        ),
    )


def _inhalte(alt: Gesamtplan, neu: Gesamtplan) -> Iterator[Teilvergleich]:
    old = {inhalt.schluessel: inhalt.text for inhalt in alt.planinhalte.all()}
    for zeile in inhaltszeilen(neu):
        before = old.pop(zeile.inhalt.schluessel, "")
        part = _part(zeile.inhalt.bezeichnung, (("", before),), (("", zeile.text),))
        if not before and zeile.text:
            part = Teilvergleich(part.titel, "neu", part.felder)
        elif before and not zeile.text:
            part = Teilvergleich(part.titel, "entfallen", part.felder)
        yield part
    # A text of the older Rechtsstand for which the newer one has no heading.
    titles = {zeile.inhalt.schluessel: zeile.inhalt.bezeichnung for zeile in inhaltszeilen(alt)}
    kept = {inhalt.schluessel: inhalt.text for inhalt, _ in surplus_inhalte(neu)}
    for schluessel, text in old.items():
        if not text or schluessel not in titles:
            continue
        part = _part(titles[schluessel], (("", text),), (("", kept.get(schluessel, "")),))
        yield part if schluessel in kept else Teilvergleich(part.titel, "entfallen", part.felder)


def _matched(
    alt: dict[str, tuple[str, Felder]], neu: dict[str, tuple[str, Felder]]
) -> Iterator[Teilvergleich]:
    for kennung, (titel, felder) in neu.items():
        if kennung in alt:
            yield _part(titel, alt[kennung][1], felder)
        else:
            empty = tuple((label, "") for label, _ in felder)
            yield Teilvergleich(titel, "neu", _part(titel, empty, felder).felder)
    for kennung, (titel, felder) in alt.items():
        if kennung not in neu:
            empty = tuple((label, "") for label, _ in felder)
            yield Teilvergleich(titel, "entfallen", _part(titel, felder, empty).felder)


def _part(titel: str, alt: Felder, neu: Felder) -> Teilvergleich:
    felder = tuple(
        Feldvergleich(label, compare_texts(old, new))
        for (label, old), (_, new) in zip(alt, neu, strict=True)
    )
    changed = any(feld.geaendert for feld in felder)
    return Teilvergleich(titel, "geaendert" if changed else "unveraendert", felder)
