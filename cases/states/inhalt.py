"""What somebody sees of a case: one table of role × ground of access × kind of content.

Every exit asks it: page, PDF and the data inside it, Chronik, search hit, list, file to take away,
preview, calendar, mail, print batch, dispatch. What has no row is not shown. Whoever may work on a
case sees all of it; the rows below say what the others need for their task and no more (§ 35
Abs. 1 SGB I, § 67b Abs. 1 SGB X, Art. 5 Abs. 1 lit. c DSGVO).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import TextChoices

from cases.states.rolle import Rolle
from cases.states.zugang import Zugriffsgrund


class Inhalt(TextChoices):
    """Kinds of content of a case."""

    PERSON = "person", "Name, Geburtsdatum, Verständigung, Telefon, E-Mail"
    VERTRETUNG = "vertretung", "Vertretung und Bezugspersonen"
    GESUNDHEIT = "gesundheit", "Behinderung, Pflegegrad, Hilfebedarfsgruppe, Wohnform"
    ANSCHRIFT = "anschrift", "Anschrift"
    GESPERRTE_ANSCHRIFT = "gesperrte_anschrift", "Anschrift unter Auskunftssperre"
    BEMERKUNG = "bemerkung", "Grund der Auskunftssperre, Bemerkungen zu Angehörigen"
    NUMMERN = "nummern", "Rentenversicherungs- und Versichertennummer"
    KONTO = "konto", "Bankverbindung"
    BETRAEGE = "betraege", "Beträge, Bemessung, Auszahlung"
    PLAN = "plan", "Bedarf und Gesamtplan"
    VERFAHREN = "verfahren", "Antrag, Zuständigkeit, Fristen, Schreiben zum Verfahren"
    VERMERK = "vermerk", "Vermerke"
    UNTERLAGE_FACHLICH = "unterlage_fachlich", "Gutachten, Befunde, Berichte, Stellungnahmen"
    UNTERLAGE_GELD = "unterlage_geld", "Nachweise, Zielvereinbarungen, fremde Bescheide"
    UNTERLAGE = "unterlage", "andere Unterlagen"


class Stufe(IntEnum):
    """How much of a content somebody sees."""

    KEINE = 0
    MASKIERT = 1
    VOLL = 2


_K, _M, _V = Stufe.KEINE, Stufe.MASKIERT, Stufe.VOLL
_ALLES: Mapping[Inhalt, Stufe] = dict.fromkeys(Inhalt, _V)

# Expert opinion on the need: nothing about money, and no address that is blocked.
_FACHLICH: Mapping[Inhalt, Stufe] = {
    **_ALLES,
    Inhalt.GESPERRTE_ANSCHRIFT: _K,
    Inhalt.BEMERKUNG: _K,
    Inhalt.NUMMERN: _M,
    Inhalt.KONTO: _K,
    Inhalt.BETRAEGE: _K,
    Inhalt.UNTERLAGE_GELD: _K,
}
# Help in danger: who, where, what illness, whom to call; money waits for whoever is responsible.
# A blocked address stays closed, also then: it is what the block is for (§ 51 BMG).
_GEFAHR: Mapping[Inhalt, Stufe] = {**_FACHLICH, Inhalt.NUMMERN: _K}
# Control of the decisions and their amounts; numbers and accounts by their end.
_PRUEFUNG: Mapping[Inhalt, Stufe] = {
    **_ALLES,
    Inhalt.GESPERRTE_ANSCHRIFT: _K,
    Inhalt.BEMERKUNG: _K,
    Inhalt.NUMMERN: _M,
    Inhalt.KONTO: _M,
}
# What is paid to whom; not a word about the need.
_KASSE: Mapping[Inhalt, Stufe] = {
    **dict.fromkeys(Inhalt, _K),
    Inhalt.PERSON: _M,
    Inhalt.KONTO: _V,
    Inhalt.BETRAEGE: _V,
}

_G = Zugriffsgrund
TABELLE: Mapping[tuple[str, str], Mapping[Inhalt, Stufe]] = {
    **{
        (Rolle.FALLMANAGEMENT.value, grund.value): _ALLES
        for grund in (_G.ZUSTAENDIG, _G.ZUWEISUNG, _G.VERTRETUNG, _G.TEAM)
    },
    **{(Rolle.LEITUNG.value, grund.value): _ALLES for grund in (_G.LEITUNG, _G.VERTRETUNG)},
    **{(Rolle.FACHDIENST.value, grund.value): _FACHLICH for grund in (_G.ZUWEISUNG, _G.VERTRETUNG)},
    **{
        (rolle.value, _G.NOTFALL.value): _GEFAHR
        for rolle in (Rolle.FALLMANAGEMENT, Rolle.LEITUNG, Rolle.FACHDIENST)
    },
    (Rolle.REVISION.value, _G.REVISION.value): _PRUEFUNG,
    (Rolle.KASSE.value, _G.ZAHLUNG.value): _KASSE,
}


def stufe_of(rollen: Iterable[str], grund: str, inhalt: Inhalt) -> Stufe:
    """Return how much of a content a person with these roles sees on this ground.

    Of several roles the one that sees most on the ground counts; without a row there is nothing.
    """
    return max(
        (TABELLE[zeile][inhalt] for rolle in rollen if (zeile := (rolle, grund)) in TABELLE),
        default=Stufe.KEINE,
    )


@dataclass(frozen=True)
class Einsicht:
    """What one person sees of one case: roles, ground, and whether an Auskunftssperre holds."""

    rollen: frozenset[str]
    grund: str
    gesperrt: bool

    def stufe(self, inhalt: Inhalt) -> Stufe:
        """Return how much is shown; an Auskunftssperre makes the address a content of its own."""
        if inhalt == Inhalt.ANSCHRIFT and self.gesperrt:
            inhalt = Inhalt.GESPERRTE_ANSCHRIFT
        return stufe_of(self.rollen, self.grund, inhalt)

    def sees(self, *inhalte: Inhalt) -> bool:
        """Tell whether all of these are shown in full."""
        return all(self.stufe(inhalt) == Stufe.VOLL for inhalt in inhalte)

    def closed(self, inhalte: Iterable[Inhalt]) -> list[Inhalt]:
        """Return which of these are not shown in full, in their order in the table."""
        gefragt = set(inhalte)
        return [i for i in Inhalt if i in gefragt and not self.sees(i)]


# A letter says to whom it goes; what a kind shows besides stands with the kind.
BRIEF = frozenset({Inhalt.VERFAHREN, Inhalt.ANSCHRIFT})

# A scanned paper shows what it shows: only papers of experts are read under an Auskunftssperre.
UNTERLAGEN: Mapping[str, frozenset[Inhalt]] = {
    **dict.fromkeys(
        ("gutachten", "bericht", "befund", "stellungnahme"), frozenset({Inhalt.UNTERLAGE_FACHLICH})
    ),
    **dict.fromkeys(
        ("zielvereinbarung", "nachweis", "bescheid"),
        frozenset({Inhalt.UNTERLAGE_GELD, Inhalt.ANSCHRIFT}),
    ),
}
_ANDERE = frozenset({Inhalt.UNTERLAGE, Inhalt.ANSCHRIFT})


def stufe_of_unterlage(einsicht: Einsicht, art: str) -> Stufe:
    """Return how much of a paper is shown: all, its row in the list without the file, or nothing.

    A paper that may show a blocked address keeps its row; one that is not for the role has none.
    """
    gezeigt = UNTERLAGEN.get(art, _ANDERE)
    offen = einsicht.closed(gezeigt)
    if not offen:
        return Stufe.VOLL
    return Stufe.MASKIERT if offen == [Inhalt.ANSCHRIFT] else Stufe.KEINE
