"""Legal preconditions of what the Anhörung promises: citation first."""

from __future__ import annotations

from datetime import date

from budget.models import Folgebescheid
from budget.states import Bescheidzustand
from budget.states.folge import Folgezeile
from cases.registry.schritt import Hindernis


def absicht_bestimmt(row: Folgebescheid, zeile: Folgezeile) -> Hindernis | None:
    """§ 24 Abs. 1 SGB X: she is heard about something: what is intended, from when, how much."""
    fehlt = []
    if zeile.ab_einem_tag and row.wirkt_ab is None:
        fehlt.append("der erste Tag der Wirkung")
    if zeile.geld and None in (row.betrag, row.zeitraum_von, row.zeitraum_bis):
        fehlt.append("Betrag und Zeitraum")
    if zeile.faelle and not row.fall_des_gesetzes:
        fehlt.append("der Fall des Gesetzes")
    if zeile.anspruch and not row.anspruch:
        fehlt.append("was aus dem Anspruch auf die Leistungen wird")
    if not fehlt:
        return None
    return Hindernis(
        f"Die Person kann sich nur zu dem äußern, was sie kennt. Es fehlt: {', '.join(fehlt)}.",
        "§ 24 Abs. 1 SGB X",
    )


def anhoerungsfrist_zugesagt(row: Folgebescheid, bis: date | None) -> Hindernis | None:
    """§ 24 Abs. 1 SGB X: the time to answer that the letter gives is not taken back.

    It is only extended, as a Frist (§ 26 Abs. 7 SGB X). `bis` is the day that stood before.
    """
    if row.anhoerung_schreiben_id is None or row.anhoerung_bis == bis:
        return None
    return Hindernis(
        "Bis wann die Person sich äußern kann, steht in der Anhörung. Eine längere Zeit geben Sie "
        "ihr bei den Fristen des Falls („Frist verlängern“).",
        "§ 26 Abs. 7 SGB X",
    )


def nur_nach_anhoerung(row: Folgebescheid) -> Hindernis | None:
    """§ 24 Abs. 1 SGB X: what the person was heard about is given up on record, not thrown away."""
    if row.anhoerung_schreiben_id is not None:
        return None
    return Hindernis("Die Person ist noch nicht angehört.", "§ 24 Abs. 1 SGB X")


def anhoerung_noch_im_entwurf(row: Folgebescheid) -> Hindernis | None:
    """§ 24 Abs. 1 SGB X: heard is who is heard before the decision."""
    if row.state == Bescheidzustand.ENTWURF:
        return None
    return Hindernis("Der Bescheid ist kein Entwurf mehr.", "§ 24 Abs. 1 SGB X")
