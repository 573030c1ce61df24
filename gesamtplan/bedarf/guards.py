"""Legal preconditions of the Bedarfsermittlung: one function each, citation first."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from cases.models import Case
from cases.registry.schritt import Hindernis
from cases.states.fall import Fallzustand
from gesamtplan.models import Bedarfsermittlung


def bedarf_festgestellt(ermittlung: Bedarfsermittlung) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: the need is described along the Lebensbereiche, or there is none."""
    found = any(bedarf.bedarf.strip() for bedarf in ermittlung.bedarfe.all())
    if found or ermittlung.ergebnis.strip():
        return None
    return Hindernis(
        "Tragen Sie in mindestens einem Lebensbereich den Bedarf ein. Besteht kein Bedarf, "
        "halten Sie das in der Zusammenfassung fest.",
        "§ 118 Abs. 1 SGB IX",
        reverse("bedarf_bearbeiten", args=[ermittlung.case_id, ermittlung.pk]),
    )


def zustaendigkeit_festgestellt(case: Case) -> Hindernis | None:
    """§ 14 Abs. 2 S. 1 SGB IX: the leistender Träger determines the need, so it must be known."""
    vorher = (Fallzustand.ANFRAGE, Fallzustand.ANTRAG_EINGEGANGEN, Fallzustand.WEITERGELEITET)
    if case.state not in vorher:
        return None
    return Hindernis(
        f"Der Fall ist im Zustand „{case.get_state_display()}“. Stellen Sie zuerst die "
        "Zuständigkeit fest.",
        "§ 14 Abs. 2 S. 1 SGB IX",
        reverse("fall", args=[case.pk]),
    )


def gespraech_nicht_in_der_zukunft(datum: date, stichtag: date) -> Hindernis | None:
    """§ 117 Abs. 1 Nr. 1 SGB IX: the person takes part, so the talk must have taken place."""
    if datum <= stichtag:
        return None
    return Hindernis(
        f"Das Gespräch am {datum:%d.%m.%Y} liegt in der Zukunft. Die Bedarfsermittlung kann erst "
        "danach abgeschlossen werden.",
        "§ 117 Abs. 1 Nr. 1 SGB IX",
    )


def keine_offene_ermittlung(offen: Bedarfsermittlung | None) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: the need is determined in one talk at a time."""
    if offen is None:
        return None
    return Hindernis(
        "Für diesen Fall ist schon eine Bedarfsermittlung in Arbeit. Bitte führen Sie diese "
        "weiter.",
        "§ 118 SGB IX",
    )
