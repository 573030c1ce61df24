"""The personal data of the printed form: what is known, and lines for what is not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cases.antrag.schreiben.behinderung import behinderung_am
from cases.models import (
    Aufgabenkreis,
    Beziehung,
    LeistungsberechtigtePerson,
    Vertretungsverhaeltnis,
)
from cases.models.person import angabe_am
from cases.person.guards.adressat import vertreter_am
from cases.templatetags.fallwerk import geburt
from recht.laender import LAENDER

_FELDER = (
    "Name, Vorname",
    "Geburtsname",
    "Geburtsdatum",
    "Geburtsort",
    "Familienstand",
    "Ehe- oder Lebenspartnerin oder -partner",
    "Staatsangehörigkeit, Aufenthaltsrecht",
    "Anschrift",
    "Wohnform",
    "Telefon, E-Mail",
    "Vertretung mit Anschrift und Aufgabenkreis",
    "Kontoinhaberin oder Kontoinhaber",
    "IBAN",
    "Rentenversicherungsnummer",
    "Krankenkasse, Versichertennummer",
    "Pflegegrad",
    "Grad der Behinderung, Merkzeichen",
    "Hilfebedarfsgruppe",
)


def personendaten(person: LeistungsberechtigtePerson | None, tag: date) -> dict[str, str]:
    """Return label and value of each line; of the account only the last four digits."""
    werte = dict.fromkeys(_FELDER, "")
    return werte if person is None else werte | _known(person, tag)


def _known(person: LeistungsberechtigtePerson, tag: date) -> dict[str, str]:
    anschrift, konto = person.anschrift_am(tag), person.bankverbindung_am(tag)
    staat = LAENDER.get(person.staatsangehoerigkeit, "")
    partner = [b for b in person.bezugspersonen.all() if b.beziehung == Beziehung.PARTNER]
    return {
        "Name, Vorname": str(person),
        "Geburtsname": person.geburtsname,
        "Geburtsdatum": geburt(person.geburt),
        "Geburtsort": person.geburtsort,
        "Familienstand": str(person.get_familienstand_display()),
        "Ehe- oder Lebenspartnerin oder -partner": ", ".join(
            b.voller_name for b in partner if b.gilt_am(tag)
        ),
        "Staatsangehörigkeit, Aufenthaltsrecht": _joined(
            staat, str(person.get_aufenthalt_display())
        ),
        "Anschrift": str(anschrift) if anschrift else "",
        "Wohnform": _zeile(person.wohnsituationen.all(), tag),
        "Telefon, E-Mail": _joined(person.telefon, person.email),
        "Vertretung mit Anschrift und Aufgabenkreis": "\n".join(
            _vertretung(row) for row in vertreter_am(person, tag)
        ),
        "Kontoinhaberin oder Kontoinhaber": konto.kontoinhaber if konto else "",
        "IBAN": f"endet auf {konto.iban_ende}" if konto else "",
        "Rentenversicherungsnummer": person.rentenversicherungsnummer,
        "Krankenkasse, Versichertennummer": _kasse(person, tag),
        "Pflegegrad": _zeile(person.pflegeeinstufungen.all(), tag),
        "Grad der Behinderung, Merkzeichen": behinderung_am(person, tag),
        "Hilfebedarfsgruppe": _zeile(person.hilfebedarfseinstufungen.all(), tag),
    }


def _vertretung(row: Vertretungsverhaeltnis) -> str:
    kreise = "; ".join(str(Aufgabenkreis(kreis).label) for kreis in row.aufgabenkreise)
    return _joined(*row.briefzeilen(), kreise)


def _joined(*teile: str) -> str:
    return ", ".join(teil for teil in teile if teil)


def _zeile(zeilen: Iterable[Any], tag: date) -> str:
    row = angabe_am(zeilen, tag)
    return str(row) if row is not None else ""


def _kasse(person: LeistungsberechtigtePerson, tag: date) -> str:
    row = angabe_am(person.krankenversicherungen.all(), tag)
    return _joined(row.krankenkasse, row.versichertennummer) if row else ""
