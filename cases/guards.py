"""Legal preconditions of the steps of a case: one function each, citation first."""

from __future__ import annotations

from datetime import date, timedelta

from cases.models import Behoerde, Case, Frist
from cases.registry import Hindernis
from cases.states import Fristzustand, SchrittUnzulaessig
from recht.feiertag import naechster_werktag


def refuse(hindernis: Hindernis | None) -> None:
    """Raise what a guard has found; nothing found lets the step go on."""
    if hindernis is not None:
        raise SchrittUnzulaessig(hindernis.text, hindernis.norm)


def eingang_nicht_in_der_zukunft(eingang: date, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 1 S. 1 SGB IX: the Frist runs from the receipt, which must have happened."""
    if eingang > stichtag:
        return Hindernis(
            f"Der Eingang am {eingang:%d.%m.%Y} liegt in der Zukunft.", "§ 14 Abs. 1 S. 1 SGB IX"
        )
    return None


def weiterleitung_innerhalb_der_frist(case: Case, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 2 S. 1 SGB IX: after two weeks the authority is leistender Träger itself."""
    frist = Frist.objects.filter(case=case, regel="F01", state=Fristzustand.OFFEN).first()
    if frist is None:
        return None
    # "Unverzüglich" after the check means the next working day (BSG 3.11.2011 - B 3 KR 8/11 R).
    land = Behoerde.objects.values_list("land", flat=True).get(pk=1)
    if stichtag > naechster_werktag(frist.ende + timedelta(days=1), land):
        return Hindernis(
            f"Die Frist zur Prüfung der Zuständigkeit ist am {frist.ende:%d.%m.%Y} abgelaufen. "
            "Die Behörde bleibt leistender Träger und entscheidet selbst.",
            "§ 14 Abs. 2 S. 1 SGB IX",
        )
    return None
