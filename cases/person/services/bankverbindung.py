"""Accounts: whose they are decides whether one person alone may enter them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.guards import refuse
from cases.models import Bankverbindung, Case, User
from cases.person.guards.bankverbindung import (
    Namensverlauf,
    fremdes_konto_nur_neu,
    gehoert_der_person,
    konto_nicht_im_beendeten_fall,
    name_von_anderen,
)


def prepare_konto(konto: Bankverbindung, case: Case, by: User, tag: date) -> bool:
    """Note who enters an account and since when it is another one; tell whether it waits.

    An account of somebody else waits, and any account that is entered in an ended case: nothing is
    paid there, but an import brings along what was known.
    """
    person = konto.leistungsberechtigte_person
    if Bankverbindung.objects.filter(leistungsberechtigte_person=person).exists():
        konto.geaendert_am = tag
    return prepare_erstes_konto(konto, case, by)


def prepare_erstes_konto(
    konto: Bankverbindung, case: Case, by: User, namen: Namensverlauf | None = None
) -> bool:
    """Do the same for the first account of a person; `namen` as in `name_von_anderen`."""
    konto.bearbeitet_von = by
    person = konto.leistungsberechtigte_person
    eigenes = gehoert_der_person(konto.kontoinhaber, person) and not name_von_anderen(
        konto.kontoinhaber, person, by, namen
    )
    konto.wartet = not eigenes or konto_nicht_im_beendeten_fall(case) is not None
    return konto.wartet


def change_konto(
    konto: Bankverbindung, neu: Mapping[str, Any], case: Case, by: User, tag: date
) -> list[str]:
    """Note who changes an account and the day; return the names of the fields set.

    Raises SchrittUnzulaessig in an ended case, except for an end, and for an account of somebody
    else that would be changed past the second person.
    """
    iban, inhaber = neu.get("iban", konto.iban), neu.get("kontoinhaber", konto.kontoinhaber)
    ab, bis = neu["gueltig_ab"], neu["gueltig_bis"]
    refuse(fremdes_konto_nur_neu(konto, inhaber, iban, ab, bis, by))
    anderes = (iban, inhaber, ab) != (konto.iban, konto.kontoinhaber, konto.gueltig_ab)
    laenger = (bis or date.max) > (konto.gueltig_bis or date.max)
    if anderes or laenger:
        refuse(konto_nicht_im_beendeten_fall(case))
    konto.bearbeitet_von = by
    konto.geaendert_am = tag
    # What a second person has looked at is another account now.
    konto.bestaetigt_von = konto.bestaetigt_am = None
    return ["bearbeitet_von", "geaendert_am", "bestaetigt_von", "bestaetigt_am"]
