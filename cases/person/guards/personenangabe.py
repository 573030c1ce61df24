"""What must hold before a dated fact of the person is written."""

from __future__ import annotations

from datetime import date

from cases.models import Personenangabe
from cases.registry.schritt import Hindernis


def keine_ueberschneidung(angabe: Personenangabe, other: Personenangabe) -> Hindernis | None:
    """§ 67c Abs. 1 SGB X: what is stored must be right, so of two facts one holds on a day."""
    ende, anderes_ende = angabe.gueltig_bis or date.max, other.gueltig_bis or date.max
    if angabe.gueltig_ab > anderes_ende or other.gueltig_ab > ende:
        return None
    bis = f" bis zum {other.gueltig_bis:%d.%m.%Y}" if other.gueltig_bis else ", ohne Ende"
    return Hindernis(
        f"In dieser Zeit ist bereits etwas eingetragen: ab dem {other.gueltig_ab:%d.%m.%Y}{bis}. "
        "Bitte ändern Sie den Beginn oder beenden oder berichtigen Sie zuerst die andere Angabe."
    )
