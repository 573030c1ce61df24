"""Legal preconditions of taking in an application or an Anfrage."""

from __future__ import annotations

from datetime import date

from cases.models import (
    Antrag,
    Antragsteller,
    Case,
)
from cases.registry.schritt import Hindernis
from recht.rechtsstand import Rechtsstand, rechtsstand_am


def antragserfordernis(antragsteller: str, eingang: date) -> Hindernis | None:
    """§ 108 Abs. 1 S. 1 SGB IX: since 2020 the Eingliederungshilfe begins with an application."""
    if antragsteller != Antragsteller.VON_AMTS_WEGEN:
        return None
    if rechtsstand_am(eingang) is not Rechtsstand.B:
        return None
    return Hindernis(
        "Leistungen der Eingliederungshilfe gibt es seit dem 01.01.2020 nur auf Antrag. "
        "Nehmen Sie eine Anfrage auf und beraten Sie; den Antrag stellt die Person oder ihre "
        "Vertretung.",
        "§ 108 Abs. 1 S. 1 SGB IX",
    )


def uebersetzung_nach_dem_eingang(antrag: Antrag, am: date, stichtag: date) -> Hindernis | None:
    """§ 19 Abs. 3 SGB X: the Frist begins when the authority has the translation before it."""
    norm = "§ 19 Abs. 3 SGB X"
    if not antrag.fremdsprache:
        return Hindernis("Der Antrag ist in deutscher Sprache gestellt.", norm)
    if am > stichtag:
        return Hindernis(f"Der {am:%d.%m.%Y} liegt in der Zukunft.", norm)
    if am < antrag.eingang:
        return Hindernis(
            f"Der Antrag ist am {antrag.eingang:%d.%m.%Y} eingegangen; seine Übersetzung kann "
            f"nicht schon am {am:%d.%m.%Y} vorgelegen haben.",
            norm,
        )
    return None


def beratung_dokumentiert(case: Case) -> Hindernis | None:
    """§ 106 Abs. 1 SGB IX: an Anfrage ends with a counselling that is on record."""
    if case.beratungen.exists():
        return None
    return Hindernis(
        "Es ist noch keine Beratung vermerkt. Bitte vermerken Sie, worüber beraten wurde.",
        "§ 106 Abs. 1 SGB IX",
    )


def eingang_nicht_in_der_zukunft(eingang: date, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 1 S. 1 SGB IX: the Frist runs from the receipt, which must have happened."""
    if eingang > stichtag:
        return Hindernis(
            f"Der Eingang am {eingang:%d.%m.%Y} liegt in der Zukunft.", "§ 14 Abs. 1 S. 1 SGB IX"
        )
    return None
