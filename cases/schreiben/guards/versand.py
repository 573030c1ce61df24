"""Legal preconditions of sending a letter."""

from __future__ import annotations

from datetime import date

from cases.models import (
    LeistungsberechtigtePerson,
    Schreiben,
    Versand,
    Versandweg,
)
from cases.registry.schritt import Hindernis


def email_zugang_eroeffnet(
    person: LeistungsberechtigtePerson, stichtag: date, adresse: str = ""
) -> Hindernis | None:
    """§ 36a Abs. 1 SGB I: e-mail only after the person has opened this way, and to that address.

    `adresse` is the one frozen when the dispatch was ordered; a changed or withdrawn one closes
    the way again.
    """
    if not person.email or person.email_zugang_seit is None:
        return Hindernis(
            "Die leistungsberechtigte Person hat keinen Zugang für E-Mail eröffnet. "
            "Bitte versenden Sie das Schreiben als Brief.",
            "§ 36a Abs. 1 SGB I",
        )
    if person.email_zugang_seit > stichtag:
        return Hindernis(
            f"Der Zugang für E-Mail ist erst ab {person.email_zugang_seit:%d.%m.%Y} eröffnet.",
            "§ 36a Abs. 1 SGB I",
        )
    if adresse and adresse != person.email:
        return Hindernis(
            "Die E-Mail-Adresse hat sich geändert, seit der Versand veranlasst wurde.",
            "§ 36a Abs. 1 SGB I",
        )
    return None


def email_vermerkt_das_programm(versand: Versand) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: the day of an e-mail is the day on which the program has sent it."""
    if versand.weg != Versandweg.ELEKTRONISCH:
        return None
    return Hindernis("Die E-Mail wird vom Programm gesendet und selbst vermerkt.")


def versand_nicht_im_stapel(versand: Versand) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: what lies in a batch for the printer may be on its way already."""
    if not versand.druckstapel_liste.exists():
        return None
    return Hindernis("Das Schreiben liegt in einem Druckstapel. Verwerfen Sie zuerst den Stapel.")


def aufgabe_nicht_in_der_zukunft(aufgabe_am: date, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: the Bekanntgabe counts from a posting that has happened."""
    if aufgabe_am > stichtag:
        return Hindernis(
            f"Der Tag der Aufgabe ({aufgabe_am:%d.%m.%Y}) liegt in der Zukunft.",
            "§ 37 Abs. 2 SGB X",
        )
    return None


def aufgabe_nicht_vor_dem_schreiben(schreiben: Schreiben, aufgabe_am: date) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: nothing can be posted before it was written."""
    if aufgabe_am < schreiben.datum:
        return Hindernis(
            f"Das Schreiben {schreiben.nummer} trägt das Datum {schreiben.datum:%d.%m.%Y}; "
            f"es kann nicht am {aufgabe_am:%d.%m.%Y} aufgegeben worden sein.",
            "§ 37 Abs. 2 SGB X",
        )
    return None
