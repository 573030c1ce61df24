"""How one dated fact of the person reads on the page: a title and pairs of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from cases import access
from cases.forms.konto import bank_of
from cases.models import (
    Anschrift,
    Anschriftzweck,
    Aufgabenkreis,
    Auskunftssperre,
    Bankverbindung,
    Bezugsperson,
    Krankenversicherung,
    LeistungsberechtigtePerson,
    Personenangabe,
    Schwerbehinderung,
    Versicherungsart,
    Vertretungsverhaeltnis,
)
from cases.person.guards.adressat import zustellung_am
from cases.person.queries.karte import read_karte
from cases.queries.einsicht import einsicht_of
from cases.states.inhalt import Einsicht, Inhalt, Stufe
from cases.templatetags.fallwerk import datum, iban_maskiert

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

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
    """What the user may see and do: `aendern` offers the forms, `einsicht` says what is shown.

    `einstufen` offers to enter what the Fachdienst finds out: the Hilfebedarfsgruppe.
    """

    fall: int
    aendern: bool
    einsicht: Einsicht
    einstufen: bool = False

    @property
    def anschrift(self) -> bool:
        """Whether addresses are shown."""
        return self.einsicht.sees(Inhalt.ANSCHRIFT)


def sicht_of(request: CaseRequest) -> Sicht:
    """Return what the user of a request sees of its case and may change there."""
    case: Any = request.case
    aendern = access.may_write(request.user) and not case.notfall
    einstufen = access.may_note(request.user) and not case.notfall
    return Sicht(case.pk, aendern, einsicht_of(request.user, case), einstufen)


def karte_of(sicht: Sicht, person: LeistungsberechtigtePerson, stichtag: date) -> dict[str, object]:
    """Return the short form of the person for the case page; three queries."""
    read_karte(person)
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
        url = reverse("angabe", args=[sicht.fall, gruppe.art, row.pk]) if sicht.aendern else ""
        grund = getattr(row, "unbekannt_grund", "")
        unbekannt = str(getattr(row, "get_unbekannt_grund_display", str)()) if grund else ""
        titel, paare = _read(row, sicht)
        zeile = Angabezeile(titel, unbekannt, paare, row.gueltig_ab, row.gueltig_bis, url)
        # What waits for a second person is not folded away with what is over.
        vorn = row.gilt_am(stichtag) or getattr(row, "wartet", False)
        (gruppe.gilt if vorn else gruppe.andere).append(zeile)
    if sicht.aendern:
        gruppe.neu_url = reverse("angabe_neu", args=[sicht.fall, gruppe.art])
    elif sicht.einstufen and gruppe.art == "hilfebedarfseinstufungen":
        gruppe.neu_url = reverse("hilfebedarfsgruppe_neu", args=[sicht.fall])
    return gruppe


def masked(nummer: str, sicht: Sicht) -> str:
    """Return a number in full, only its end, or a dash where numbers are not shown."""
    stufe = sicht.einsicht.stufe(Inhalt.NUMMERN)
    if stufe == Stufe.VOLL or not nummer:
        return nummer
    return f"… {nummer[-3:]}" if stufe == Stufe.MASKIERT else "nicht für Ihre Aufgabe"


def _read(row: Personenangabe, sicht: Sicht) -> tuple[str, list[Paar]]:
    reader: Callable[[Any, Sicht], tuple[str, list[Paar]]] | None = _LESER.get(type(row))
    titel, paare = reader(row, sicht) if reader else (str(row), [])
    return titel, [(wort, wert) for wort, wert in paare if wert]


def _bemerkt(sicht: Sicht) -> bool:
    return sicht.einsicht.sees(Inhalt.BEMERKUNG)


def _anschrift(row: Anschrift, sicht: Sicht) -> tuple[str, list[Paar]]:
    post = row.verwendung == Anschriftzweck.POST
    return (", ".join(row.zeilen()) if sicht.anschrift else GESPERRT), [
        ("Verwendung", "nur für Post" if post else ""),
        ("Gemeindeschlüssel", row.gemeindeschluessel if sicht.anschrift else ""),
    ]


def _sperre(row: Auskunftssperre, sicht: Sicht) -> tuple[str, list[Paar]]:
    wartet = row.ende_wartet and row.ende_am is not None
    return str(row), [
        ("Grund", row.grund if _bemerkt(sicht) else ""),
        ("Ende beantragt", f"zum {row.ende_am:%d.%m.%Y}, wartet auf eine zweite Person")
        if wartet
        else ("Ende beantragt", ""),
    ]


def _konto(row: Bankverbindung, sicht: Sicht) -> tuple[str, list[Paar]]:
    return iban_maskiert(row.iban), [
        # A savings bank tells the place.
        ("Bank", bank_of(row.iban) if sicht.anschrift else ""),
        ("geführt für", row.kontoinhaber),
        ("Prüfung", "mit Beleg verglichen" if row.beleg_geprueft else ""),
        ("Stand", "wartet auf eine zweite Person, wird nicht bezahlt" if row.wartet else ""),
        ("bestätigt am", datum(row.bestaetigt_am) if row.bestaetigt_am else ""),
        ("Konto geändert am", datum(row.geaendert_am) if row.geaendert_am else ""),
    ]


def _kasse(row: Krankenversicherung, sicht: Sicht) -> tuple[str, list[Paar]]:
    return str(row), [
        ("Art", "" if row.art == Versicherungsart.GESETZLICH else row.get_art_display()),
        ("Versichertennummer", masked(row.versichertennummer, sicht)),
        ("Pflegekasse", row.pflegekasse.name if row.pflegekasse else ""),
    ]


def _behinderung(row: Schwerbehinderung, sicht: Sicht) -> tuple[str, list[Paar]]:
    return str(row), [
        ("Merkzeichen", ", ".join(row.merkzeichen)),
        ("Gleichstellung", "ja" if row.gleichgestellt else ""),
        ("Ausweis bis", datum(row.ausweis_bis) if row.ausweis_bis else ""),
    ]


def _vertretung(row: Vertretungsverhaeltnis, sicht: Sicht) -> tuple[str, list[Paar]]:
    wohin = ", ".join(row.anschriftzeilen()) if row.hat_anschrift else "wie die Person"
    if row.hat_anschrift and not sicht.anschrift:
        # Whoever stands by a protected person often lives with her.
        wohin = GESPERRT
    kreise = [str(Aufgabenkreis(kreis).label) for kreis in row.aufgabenkreise]
    return str(row), [
        ("Stelle", row.organisation),
        ("Anschrift", wohin if row.hat_anschrift or row.art == "eltern" else ""),
        ("Telefon", row.telefon),
        ("E-Mail", row.email),
        ("Aufgabenkreise", "; ".join(kreise)),
        ("Vertretung", "nur gemeinsam mit den anderen" if row.gemeinschaftlich else ""),
        ("Einwilligungsvorbehalt", "angeordnet" if row.einwilligungsvorbehalt else ""),
        (
            "Handlungsfähigkeit ab 15",
            "schriftlich eingeschränkt" if row.handlungsfaehigkeit_eingeschraenkt else "",
        ),
        ("Gericht", _gericht(row, sicht)),
        ("Nachweis", f"vorgelegt am {datum(row.nachweis_vom)}" if row.nachweis_vom else ""),
        ("Bemerkung", row.bemerkung if _bemerkt(sicht) else ""),
    ]


def _gericht(row: Vertretungsverhaeltnis, sicht: Sicht) -> str:
    """Return court and number; the court is the one of the place where she lives."""
    if row.gericht and not sicht.anschrift:
        return GESPERRT
    return " – ".join(t for t in (row.gericht, row.gerichtsaktenzeichen) if t)


def _bezug(row: Bezugsperson, sicht: Sicht) -> tuple[str, list[Paar]]:
    return str(row), [
        ("Haushalt", "lebt im selben Haushalt" if row.im_haushalt else ""),
        ("Telefon", row.telefon),
        ("E-Mail", row.email),
        ("Bemerkung", row.bemerkung if _bemerkt(sicht) else ""),
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
