"""Legal preconditions of taking in an application or an Anfrage."""

from __future__ import annotations

from datetime import date

from cases.models import (
    Antrag,
    Antragsteller,
    Case,
)
from cases.registry.schritt import Hindernis
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am


def antragserfordernis(
    antragsteller: str, eingang: date, *, bedarf_ermittelt: bool = False
) -> Hindernis | None:
    """§ 108 Abs. 1 S. 1 SGB IX: since 2020 the Eingliederungshilfe begins with an application.

    None is needed for what the Gesamtplanverfahren of the case has found (§ 108 Abs. 2 SGB IX).
    """
    if antragsteller != Antragsteller.VON_AMTS_WEGEN or bedarf_ermittelt:
        return None
    if rechtsstand_am(eingang) is not Rechtsstand.B:
        return None
    return Hindernis(
        "Leistungen der Eingliederungshilfe gibt es seit dem 01.01.2020 nur auf Antrag. "
        "Ausgenommen ist ein Bedarf, den das Gesamtplanverfahren dieses Falls ermittelt hat. "
        "Nehmen Sie eine Anfrage auf und beraten Sie; den Antrag stellt die Person oder ihre "
        "Vertretung.",
        "§ 108 Abs. 1 S. 1 SGB IX, § 108 Abs. 2 SGB IX",
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


def kenntnis_vor_dem_antrag(antrag: Antrag, am: date, durch: str) -> Hindernis | None:
    """§ 18 Abs. 1 SGB XII: the help begins as soon as the need is known, also without an Antrag."""
    norm = "§ 18 Abs. 1 SGB XII"
    if rechtsstand_am(antrag.antragstag) is Rechtsstand.B:
        return Hindernis(
            "Seit dem 01.01.2020 beginnt die Eingliederungshilfe nur auf Antrag; eine frühere "
            "Kenntnis ändert den Beginn nicht.",
            norm,
        )
    if am > antrag.eingang:
        return Hindernis(
            f"Der Antrag ist am {antrag.eingang:%d.%m.%Y} eingegangen; spätestens damit war der "
            "Bedarf bekannt. Geben Sie einen früheren Tag an.",
            norm,
        )
    if not durch.strip():
        return Hindernis("Bitte geben Sie an, wodurch der Bedarf bekannt wurde.", norm)
    return None


def beratung_dokumentiert(case: Case) -> Hindernis | None:
    """§ 106 Abs. 1 SGB IX: an Anfrage ends with a counselling that is on record."""
    if case.beratungen.exists():
        return None
    return Hindernis(
        "Es ist noch keine Beratung vermerkt. Bitte vermerken Sie, worüber beraten wurde.",
        norm_am(
            case.eroeffnet_am,
            "§ 11 Abs. 1 SGB XII",
            "§ 106 Abs. 1 SGB IX",
            ue="§ 11 Abs. 1 SGB XII",
        ),
    )


def eingang_nicht_in_der_zukunft(eingang: date, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 1 S. 1 SGB IX: the Frist runs from the receipt, which must have happened."""
    if eingang > stichtag:
        return Hindernis(
            f"Der Eingang am {eingang:%d.%m.%Y} liegt in der Zukunft.", "§ 14 Abs. 1 S. 1 SGB IX"
        )
    return None
