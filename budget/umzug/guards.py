"""What must hold before it is decided about a move: citation first."""

from __future__ import annotations

from datetime import date

from budget.models import PersoenlichesBudget
from budget.states import Budgetzustand
from budget.states.umzug import UMZUGSNORM, Gebiet, Umzugsstand
from cases.registry.schritt import Hindernis


def leistung_laeuft(budget: PersoenlichesBudget) -> Hindernis | None:
    """§ 98 Abs. 1 S. 3 SGB IX, § 98 SGB XII: only while the Leistung runs a move asks who pays."""
    if budget.state == Budgetzustand.LAEUFT:
        return None
    return Hindernis(
        f"Das Persönliche Budget ist im Zustand „{budget.get_state_display()}“; aus dem Umzug "
        "folgt dafür nichts mehr.",
        UMZUGSNORM.am(budget.beginn),
    )


def wohnform_bekannt(bleibt: bool | None, gebiet: str, am: date) -> Hindernis | None:
    """§ 98 SGB XII: before 2020 it hangs on how the person lives after the move."""
    if bleibt is not None or gebiet == Gebiet.INNERHALB:
        return None
    return Hindernis(
        "Tragen Sie zuerst ein, wie die Person nach dem Umzug wohnt (Reiter „Person“, "
        "Wohnsituation). Davon hängt ab, wer zuständig ist.",
        UMZUGSNORM.am(am),
    )


def wechsel_nur_wenn_nicht_zustaendig(
    entscheidung: str, bleibt: bool | None, gebiet: str, am: date
) -> Hindernis | None:
    """§ 98 Abs. 1 S. 3 SGB IX, § 98 SGB XII: who stays competent hands no case over."""
    if entscheidung == Umzugsstand.TRAEGERWECHSEL:
        if gebiet == Gebiet.AUSSERHALB and bleibt is False:
            return None
        return Hindernis("Wir bleiben zuständig; der Träger wechselt nicht.", UMZUGSNORM.am(am))
    if gebiet == Gebiet.AUSSERHALB and bleibt is False:
        return Hindernis(
            "Wir bleiben nicht zuständig. Wählen Sie „anderer Träger wird zuständig“.",
            UMZUGSNORM.am(am),
        )
    return None


def entscheidung_begruendet(grund: str) -> Hindernis | None:
    """§ 20 SGB X: what was found out about the move stands in the record."""
    if grund.strip():
        return None
    return Hindernis("Bitte begründen Sie die Entscheidung.", "§ 20 SGB X")
