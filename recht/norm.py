"""A citation as a value: it parses, prints and sorts.

The one short form is ``§ 29 Abs. 4 S. 2 Nr. 4 SGB IX``; repealed wording carries ``a.F.``.
Beside statutes there are decisions (``BSG 06.05.2010 - B 14 AS 12/09 R``) and the two guides
of the field (``KVJS-Leitfaden 2010 Nr. 3.4``), which bind nobody and are named as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Self

from recht.fehler import NormUngueltig

# The order of the list is the order in which citations are sorted.
GESETZE = (
    "SGB I",
    "SGB II",
    "SGB IV",
    "SGB V",
    "SGB VI",
    "SGB VII",
    "SGB VIII",
    "SGB IX",
    "SGB X",
    "SGB XI",
    "SGB XII",
    "BudgetV",
    "EHVO",
    "FrühV",
    "WVO",
    "WMVO",
    "Barbeträge-VO",
    "SGG",
    "BGB",
    "VwZG",
    "OZG",
    "AO",
    "EStG",
    "BGG",
    "VBD",
    "KHV",
    "MiLoG",
    "DSGVO",
    "FamFG",
    "FGG",
    "GG",
    "BMG",
    "PStG",
    "SchwbAwV",
    "StGB",
    "FTG BW",
    "FTG BY",
    "SächsSFG",
    "ThürFGtG",
    "LArchG BW",
    "AGSGB IX BW",
    "DIN 5008",
)
GERICHTE = ("BVerfG", "BSG", "BFH")
LEITFAEDEN = ("KVJS-Leitfaden 2010", "BAGüS-Empfehlung 2007")
_QUELLEN = {name: rang for rang, name in enumerate((*GESETZE, *GERICHTE, *LEITFAEDEN))}

_ZAHL = r"\d+[a-z]?(?:-\d+[a-z]?)?"
_GESETZESFORM = re.compile(
    rf"(?P<anlage>Anlage zu )?(?P<zeichen>§§|§|Art\.) (?P<paragraf>{_ZAHL}(?: ff\.)?)"
    rf"(?: Abs\. (?P<absatz>{_ZAHL}))?(?: S\. (?P<satz>{_ZAHL}))?(?: Nr\. (?P<nummer>{_ZAHL}))?"
    r"(?: Buchst\. (?P<buchstabe>[a-z]))?(?: Alt\. (?P<alternative>\d))?"
    r" (?P<gesetz>[^§]+?)(?P<alte_fassung> a\.F\.)?"
)
_STELLENFORM = re.compile(
    rf"(?P<quelle>{'|'.join(re.escape(name) for name in (*GERICHTE, *LEITFAEDEN, 'DIN 5008'))})"
    r"(?: (?P<stelle>[^§]+))?"
)
_URTEIL = re.compile(r"\d{2}\.\d{2}\.\d{4} - [A-Z0-9][A-Za-z0-9 /]+")
_LANGFORMEN = (
    (re.compile(r"\bAbsatz\b|\bAbs\.(?=\d)"), "Abs. "),
    (re.compile(r"\bSatz\b|\bS\.(?=\d)"), "S. "),
    (re.compile(r"\bNummer\b|\bNr\.(?=\d)"), "Nr. "),
    (re.compile(r"§(?=\d)"), "§ "),
    (re.compile(r"\s+"), " "),
)
_TRENNUNG = re.compile(rf", (?=§|Art\.|Anlage zu|{'|'.join((*GERICHTE, 'KVJS', 'BAGüS', 'DIN'))})")


def _zahlschluessel(text: str) -> tuple[int, str]:
    """Sort key of ``35a`` or ``141-145``: by number, then by what follows it."""
    treffer = re.match(r"\d+", text)
    if treffer is None:
        return (-1, text)
    return (int(treffer.group()), text[treffer.end() :])


@total_ordering
@dataclass(frozen=True, slots=True)
class Norm:
    """One citation. Sorts by source, then by paragraph, Absatz, Satz and Nummer."""

    gesetz: str
    paragraf: str = ""
    absatz: str = ""
    satz: str = ""
    nummer: str = ""
    buchstabe: str = ""
    alternative: str = ""
    zeichen: str = "§"
    anlage: bool = False
    alte_fassung: bool = False
    stelle: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one citation in the short form; anything else raises ``NormUngueltig``."""
        kurz = text.strip()
        for muster, ersatz in _LANGFORMEN:
            kurz = muster.sub(ersatz, kurz)
        if treffer := _STELLENFORM.fullmatch(kurz):
            return cls._parse_stelle(text, treffer["quelle"], treffer["stelle"] or "")
        treffer = _GESETZESFORM.fullmatch(kurz)
        if treffer is None or treffer["gesetz"] not in GESETZE:
            raise NormUngueltig(
                f"„{text}“ ist keine Fundstelle in der Kurzform;"
                " erwartet wird zum Beispiel „§ 29 Abs. 4 S. 2 Nr. 4 SGB IX“."
            )
        return cls(
            gesetz=treffer["gesetz"],
            paragraf=treffer["paragraf"],
            absatz=treffer["absatz"] or "",
            satz=treffer["satz"] or "",
            nummer=treffer["nummer"] or "",
            buchstabe=treffer["buchstabe"] or "",
            alternative=treffer["alternative"] or "",
            zeichen=treffer["zeichen"],
            anlage=bool(treffer["anlage"]),
            alte_fassung=bool(treffer["alte_fassung"]),
        )

    @classmethod
    def _parse_stelle(cls, text: str, quelle: str, stelle: str) -> Self:
        if quelle in GERICHTE and not _URTEIL.fullmatch(stelle):
            raise NormUngueltig(
                f"„{text}“ nennt ein Gericht ohne Tag und Aktenzeichen;"
                " erwartet wird zum Beispiel „BSG 06.05.2010 - B 14 AS 12/09 R“."
            )
        return cls(gesetz=quelle, zeichen="", stelle=stelle)

    def __str__(self) -> str:
        if not self.zeichen:
            return f"{self.gesetz} {self.stelle}".rstrip()
        teile = [f"{'Anlage zu ' if self.anlage else ''}{self.zeichen} {self.paragraf}"]
        for kuerzel, wert in (
            ("Abs.", self.absatz),
            ("S.", self.satz),
            ("Nr.", self.nummer),
            ("Buchst.", self.buchstabe),
            ("Alt.", self.alternative),
        ):
            if wert:
                teile.append(f"{kuerzel} {wert}")
        teile.append(self.gesetz)
        if self.alte_fassung:
            teile.append("a.F.")
        return " ".join(teile)

    @property
    def sortierschluessel(self) -> tuple[object, ...]:
        """Key under which citations are listed."""
        zahlen = (self.paragraf, self.absatz, self.satz, self.nummer, self.alternative)
        return (
            _QUELLEN[self.gesetz],
            *(_zahlschluessel(zahl) for zahl in zahlen),
            self.buchstabe,
            self.stelle,
            self.zeichen,
            self.anlage,
            self.alte_fassung,
        )

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Norm):
            return NotImplemented
        return self.sortierschluessel < other.sortierschluessel


def parse_normen(text: str) -> tuple[Norm, ...]:
    """Read several citations that are joined by ``", "``."""
    return tuple(Norm.parse(teil) for teil in _TRENNUNG.split(text))
