"""When another carrier takes a running Leistung over, and what it refunds (§ 2 Abs. 3 SGB X)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from recht.eingabe import write_datum
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, gilt_in, norm_im, rechtsstand_am


class Wechselgrund(StrEnum):
    """Why another carrier is competent."""

    UMZUG = "umzug"
    UNTERBRECHUNG = "unterbrechung"
    VORRANG = "vorrang"
    IRRTUM = "irrtum"


@dataclass(frozen=True, slots=True)
class Wechsel:
    """Whether the law of the day knows this change, with the reason."""

    gilt: bool
    schritt: Schritt


def check_wechsel(grund: str, ab: date) -> Wechsel:
    """Return whether the carrier changes from a day on for this reason.

    Raises RechtFehler for a day without known law.
    """
    neu = rechtsstand_am(ab) is Rechtsstand.B
    if grund == Wechselgrund.UMZUG:
        return _umzug_neu() if neu else _umzug_alt(ab)
    if grund == Wechselgrund.UNTERBRECHUNG:
        return _unterbrechung_neu() if neu else _unterbrechung_alt()
    if grund == Wechselgrund.VORRANG:
        norm = "§ 91 Abs. 1 SGB IX" if neu else "§ 2 Abs. 1 SGB XII"
        text = "Nach seinem Leistungsgesetz muss der andere Träger leisten; wir sind nachrangig."
        return Wechsel(True, Schritt(text, norm))
    return Wechsel(True, Schritt("Der andere Träger war von Anfang an zuständig.", "§ 105 SGB X"))


@gilt_in(Rechtsstand.B)
def _umzug_neu() -> Wechsel:
    text = "Der Umzug allein ändert die Zuständigkeit nicht, solange die Leistung läuft."
    return Wechsel(False, Schritt(text, "§ 98 Abs. 1 S. 3 SGB IX"))


@gilt_in(Rechtsstand.A, Rechtsstand.UE)
def _umzug_alt(ab: date) -> Wechsel:
    text = f"Ab dem {write_datum(ab)} hält sich die Person im Bereich eines anderen Trägers auf."
    return Wechsel(True, Schritt(text, "§ 98 Abs. 1 S. 1 SGB XII"))


@gilt_in(Rechtsstand.B)
def _unterbrechung_neu() -> Wechsel:
    text = (
        "Mindestens sechs Monate wurde keine Leistung bezogen; die Zuständigkeit ist neu "
        "festgestellt."
    )
    return Wechsel(True, Schritt(text, "§ 98 Abs. 1 S. 4 SGB IX"))


@gilt_in(Rechtsstand.A, Rechtsstand.UE)
def _unterbrechung_alt() -> Wechsel:
    text = "Vor 2020 kam es nicht auf eine Unterbrechung an, sondern auf den Aufenthalt."
    return Wechsel(False, Schritt(text, "§ 98 SGB XII"))


def erstattung_der_traeger(grund: str, ab: date) -> Schritt:
    """Return what the other carrier refunds of what we still render after the day `ab`."""
    if grund == Wechselgrund.VORRANG:
        return Schritt(
            "Der vorrangige Träger erstattet, was wir nachrangig geleistet haben.",
            "§ 104 Abs. 1 SGB X",
        )
    if grund == Wechselgrund.IRRTUM:
        return Schritt(
            "Haben wir den Antrag nicht weitergeleitet, ist die Erstattung nach § 105 SGB X "
            "grundsätzlich ausgeschlossen.",
            norm_im(rechtsstand_am(ab), "§ 14 Abs. 4 S. 3 SGB IX a.F.", "§ 16 Abs. 4 S. 1 SGB IX"),
        )
    return Schritt(
        f"Der neue Träger erstattet auf Anforderung, was wir seit dem {write_datum(ab)} noch "
        "geleistet haben.",
        "§ 2 Abs. 3 S. 2 SGB X",
    )
