"""An Auskunftssperre closes at once; what it hides is opened again by two people."""

from __future__ import annotations

from datetime import date

from cases.guards import konten_der_person
from cases.models import Auskunftssperre, User
from cases.registry.schritt import Hindernis
from cases.states.rolle import Rolle

_NORM = "§ 35 Abs. 1 SGB I"
_VIER_AUGEN = "Vier-Augen-Grundsatz"


def sperre_bleibt_ohne_luecke(
    offen: Auskunftssperre | None, gueltig_bis: date | None
) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: a new Auskunftssperre that ends takes no open one away."""
    if offen is None or gueltig_bis is None:
        return None
    return Hindernis(
        f"Seit dem {offen.gueltig_ab:%d.%m.%Y} gilt eine Auskunftssperre ohne Ende; eine neue mit "
        "Ende würde sie beenden. Beantragen Sie dort das Ende: Eine zweite Person bestätigt es.",
        _NORM,
    )


def sperre_beginnt_nicht_spaeter(sperre: Auskunftssperre, gueltig_ab: date) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: a later first day would open what was hidden."""
    if gueltig_ab <= sperre.gueltig_ab:
        return None
    return Hindernis(
        "Der erste Tag einer Auskunftssperre lässt sich nicht auf einen späteren Tag legen. "
        "Beantragen Sie ihr Ende, und tragen Sie eine neue ein.",
        _NORM,
    )


def laufende_sperre_bleibt(sperre: Auskunftssperre, stichtag: date) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: what hides an address now or later is not deleted by one person."""
    if sperre.gueltig_bis is not None and sperre.gueltig_bis < stichtag:
        return None
    return Hindernis(
        "Eine Auskunftssperre, die noch gilt, wird nicht gelöscht. Tragen Sie das Ende ein: Eine "
        "zweite Person bestätigt es.",
        _NORM,
    )


def sperrende_durch_zweite_person(sperre: Auskunftssperre, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who asked for the end does not confirm it; one of the two leads."""
    wer = sperre.ende_von
    if wer is not None and wer.pk in konten_der_person(by):
        return Hindernis(
            "Sie haben das Ende dieser Auskunftssperre selbst beantragt. Bestätigen muss es eine "
            "andere Person.",
            _VIER_AUGEN,
        )
    if by.has_rolle(Rolle.LEITUNG) or (wer is not None and wer.has_rolle(Rolle.LEITUNG)):
        return None
    return Hindernis("Eine der beiden Personen muss eine Leitung sein.", _VIER_AUGEN)
