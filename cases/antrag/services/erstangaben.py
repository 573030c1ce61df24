"""What is known of a new person on the day of intake, beside name and address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from cases.models import (
    Bankverbindung,
    Case,
    Krankenversicherung,
    Pflegeeinstufung,
    User,
    Wohnsituation,
)
from cases.person.services.person import update_person
from cases.person.services.personenangabe import add_angabe

# Field of the form: model of the dated fact and name of its value.
_ANGABEN: dict[str, tuple[Any, str]] = {
    "pflegegrad": (Pflegeeinstufung, "stand"),
    "wohnform": (Wohnsituation, "wohnform"),
    "krankenkasse": (Krankenversicherung, "krankenkasse"),
}


@transaction.atomic
def record_erstangaben(*, case: Case, werte: dict[str, str], ab: date, by: User, tag: date) -> None:
    """Enter what a form of intake has asked besides, valid from `ab`; what is empty is left out.

    The account is the person's own; another one goes the way of two people. Raises
    SchrittUnzulaessig as the services of the person do.
    """
    person = case.leistungsberechtigte_person
    if werte.get("behinderungsart"):
        update_person(
            case=case, werte={"behinderungsart": werte["behinderungsart"]}, by=by, tag=tag
        )
    if werte.get("iban"):
        konto = {"iban": werte["iban"], "kontoinhaber": person.voller_name}
        add_angabe(case=case, modell=Bankverbindung, werte=konto, gueltig_ab=ab, by=by, tag=tag)
    for feld, (modell, name) in _ANGABEN.items():
        if werte.get(feld):
            add_angabe(
                case=case, modell=modell, werte={name: werte[feld]}, gueltig_ab=ab, by=by, tag=tag
            )
