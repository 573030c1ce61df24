"""How one dated fact of the person reads on the page: a title and pairs of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from cases import access
from cases.forms.felder import bank_of
from cases.models import (
    Anschrift,
    Aufgabenkreis,
    Auskunftssperre,
    Bankverbindung,
    Bezugsperson,
    Krankenversicherung,
    LeistungsberechtigtePerson,
    Personenangabe,
    Schwerbehinderung,
    User,
    Vertretungsverhaeltnis,
)
from cases.models.person import angabe_am
from cases.person.guards.adressat import zustellung_am
from cases.person.queries.karte import read_karte
from cases.templatetags.fallwerk import datum, iban_maskiert

GESPERRT = "Anschrift geschützt (Auskunftssperre)"

Paar = tuple[str, str]


@dataclass(frozen=True)
class Angabezeile:
    """One row; `unbekannt` is the reason when the fact is not known."""

    titel: str
    unbekannt: str
    paare: list[Paar]
    von: date
    bis: date | None
    url: str


@dataclass
class Angabengruppe:
    """All rows of one kind: those that hold, and the older and coming ones."""

    art: str
    titel: str
    zweck: str
    norm: str
    leer: str
    neu: str
    neu_url: str = ""
    gilt: list[Angabezeile] = field(default_factory=list)
    andere: list[Angabezeile] = field(default_factory=list)


@dataclass(frozen=True)
class Sicht:
    """What the user may see and do: `voll` shows numbers in full, `anschrift` shows addresses."""

    fall: int
    voll: bool
    anschrift: bool


def sicht_of(user: User, person: LeistungsberechtigtePerson, fall: int, tag: date) -> Sicht:
    """Return what the user sees: an Auskunftssperre hides addresses from those who only read."""
    voll = access.may_write(user)
    offen = voll or angabe_am(person.auskunftssperren.all(), tag) is None
    return Sicht(fall, voll, offen)


def karte_of(user: User, person: LeistungsberechtigtePerson, stichtag: date) -> dict[str, object]:
    """Return the short form of the person for the case page; three queries, one more for those
    who merely read."""
    read_karte(person)
    sicht = sicht_of(user, person, 0, stichtag)
    wohnt = person.anschrift_am(stichtag)
    zustellung = zustellung_am(person, stichtag)
    return {
        "anschrift": wohnt.zeilen() if wohnt else [],
        "gesperrt": not sicht.anschrift,
        "post": "" if zustellung.an_die_person else str(zustellung.vertretung or "niemanden"),
        "hilfebedarfsgruppe": person.hilfebedarfsgruppe_am(stichtag),
    }


def fill_gruppe(
    gruppe: Angabengruppe, rows: Iterable[Personenangabe], stichtag: date, sicht: Sicht
) -> Angabengruppe:
    """Sort the rows into those that hold on the day and the others."""
    for row in rows:
        url = reverse("angabe", args=[sicht.fall, gruppe.art, row.pk]) if sicht.voll else ""
        grund = getattr(row, "unbekannt_grund", "")
        unbekannt = str(getattr(row, "get_unbekannt_grund_display", str)()) if grund else ""
        titel, paare = _read(row, sicht)
        zeile = Angabezeile(titel, unbekannt, paare, row.gueltig_ab, row.gueltig_bis, url)
        (gruppe.gilt if row.gilt_am(stichtag) else gruppe.andere).append(zeile)
    if sicht.voll:
        gruppe.neu_url = reverse("angabe_neu", args=[sicht.fall, gruppe.art])
    return gruppe


def masked(nummer: str, sicht: Sicht) -> str:
    """Return a number in full, or only its end for those who merely read."""
    return nummer if sicht.voll or not nummer else f"… {nummer[-3:]}"


def _read(row: Personenangabe, sicht: Sicht) -> tuple[str, list[Paar]]:
    reader: Callable[[Any, Sicht], tuple[str, list[Paar]]] | None = _LESER.get(type(row))
    titel, paare = reader(row, sicht) if reader else (str(row), [])
    return titel, [(wort, wert) for wort, wert in paare if wert]


def _anschrift(row: Anschrift, sicht: Sicht) -> tuple[str, list[Paar]]:
    return (", ".join(row.zeilen()) if sicht.anschrift else GESPERRT), []


def _sperre(row: Auskunftssperre, sicht: Sicht) -> tuple[str, list[Paar]]:
    return str(row), [("Grund", row.grund if sicht.voll else "")]


def _konto(row: Bankverbindung, sicht: Sicht) -> tuple[str, list[Paar]]:
    return iban_maskiert(row.iban), [
        ("Bank", bank_of(row.iban)),
        ("geführt für", row.kontoinhaber),
        ("Prüfung", "mit Beleg verglichen" if row.beleg_geprueft else ""),
    ]


def _kasse(row: Krankenversicherung, sicht: Sicht) -> tuple[str, list[Paar]]:
    return str(row), [("Versichertennummer", masked(row.versichertennummer, sicht))]


def _behinderung(row: Schwerbehinderung, sicht: Sicht) -> tuple[str, list[Paar]]:
    return str(row), [
        ("Merkzeichen", ", ".join(row.merkzeichen)),
        ("Gleichstellung", "ja" if row.gleichgestellt else ""),
        ("Ausweis bis", datum(row.ausweis_bis) if row.ausweis_bis else ""),
    ]


def _vertretung(row: Vertretungsverhaeltnis, sicht: Sicht) -> tuple[str, list[Paar]]:
    wohin = f"{row.strasse}, {row.plz} {row.ort}" if row.strasse else "wie die Person"
    kreise = [str(Aufgabenkreis(kreis).label) for kreis in row.aufgabenkreise]
    return str(row), [
        ("Stelle", row.organisation),
        ("Anschrift", wohin if row.strasse or row.art == "eltern" else ""),
        ("Telefon", row.telefon),
        ("E-Mail", row.email),
        ("Aufgabenkreise", "; ".join(kreise)),
        ("Einwilligungsvorbehalt", "angeordnet" if row.einwilligungsvorbehalt else ""),
        (
            "Handlungsfähigkeit ab 15",
            "schriftlich eingeschränkt" if row.handlungsfaehigkeit_eingeschraenkt else "",
        ),
        ("Gericht", " – ".join(t for t in (row.gericht, row.gerichtsaktenzeichen) if t)),
        ("Nachweis", f"vorgelegt am {datum(row.nachweis_vom)}" if row.nachweis_vom else ""),
        ("Bemerkung", row.bemerkung if sicht.voll else ""),
    ]


def _bezug(row: Bezugsperson, sicht: Sicht) -> tuple[str, list[Paar]]:
    return str(row), [
        ("Haushalt", "lebt im selben Haushalt" if row.im_haushalt else ""),
        ("Telefon", row.telefon),
        ("E-Mail", row.email),
        ("Bemerkung", row.bemerkung if sicht.voll else ""),
    ]


_LESER: dict[type[Personenangabe], Callable[[Any, Sicht], tuple[str, list[Paar]]]] = {
    Anschrift: _anschrift,
    Auskunftssperre: _sperre,
    Bankverbindung: _konto,
    Krankenversicherung: _kasse,
    Schwerbehinderung: _behinderung,
    Vertretungsverhaeltnis: _vertretung,
    Bezugsperson: _bezug,
}
