"""Preconditions of the transitions in the life of a person."""

from __future__ import annotations

from datetime import date

from cases.models import Case
from cases.registry.schritt import Hindernis
from gesamtplan.models import Lebensuebergang
from gesamtplan.states.lebensuebergang import Uebergangsstand
from recht.rechtsstand import norm_am


def _norm(tag: date) -> str:
    return norm_am(
        tag, "BAGüS-Empfehlung 2007 Nr. 3.5", "§ 121 Abs. 2 SGB IX", ue="§ 144 Abs. 2 SGB XII"
    )


def uebergang_noch_nicht_vorgemerkt(case: Case, art: str, tag: date) -> Hindernis | None:
    """BAGüS-Empfehlung 2007 Nr. 3.5: one transition is looked ahead to once, else two are due."""
    offen = Lebensuebergang.objects.filter(case=case, art=art, state=Uebergangsstand.OFFEN)
    if not offen.exists():
        return None
    return Hindernis("Dieser Übergang ist schon vorgemerkt.", _norm(tag))


def uebergang_liegt_voraus(wann: date | None, tag: date) -> Hindernis | None:
    """BAGüS-Empfehlung 2007 Nr. 3.5: the plan looks ahead; what has been needs no reminder."""
    if wann is None or wann >= tag:
        return None
    return Hindernis(f"Der {wann:%d.%m.%Y} liegt in der Vergangenheit.", _norm(tag))


def tag_hat_quelle(wann: date | None, errechnet: date | None, quelle: str) -> Hindernis | None:
    """§ 20 SGB X: a day that does not follow from the birth date rests on something."""
    if wann is None or wann == errechnet or quelle.strip():
        return None
    return Hindernis(
        "Bitte nennen Sie, worauf der Tag beruht, zum Beispiel „Auskunft der Schule“.",
        "§ 20 SGB X",
    )
