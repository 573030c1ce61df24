"""A Persönliches Budget that the authority proposes: made, answered with yes or with no."""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Vorschlagszustand(TextChoices):
    """Whether the person has answered."""

    OFFEN = "offen", "wartet auf Antwort"
    ANGENOMMEN = "angenommen", "beantragt"
    ABGELEHNT = "abgelehnt", "nicht gewünscht"


_NORM = Normfolge("§ 17 Abs. 2 S. 1 SGB IX a.F.", "§ 29 Abs. 1 S. 1 SGB IX")


def vorschlagsnorm_am(tag: date) -> str:
    """Return where it stands, under the law of the day, that the form is chosen by an Antrag."""
    return _NORM.am(tag)


VORSCHLAGSBEGINN = Zustandstafel(
    "Vorschlag eines Persönlichen Budgets",
    Fallzustand,
    (
        Uebergang(
            "vorschlagen",
            "Persönliches Budget vorschlagen",
            tuple(
                z for z in Fallzustand if z not in (Fallzustand.WEITERGELEITET, Fallzustand.BEENDET)
            ),
            "",
            SCHREIBENDE,
            _NORM,
        ),
    ),
)

BUDGETVORSCHLAG = Zustandstafel(
    "Antwort auf den Vorschlag",
    Vorschlagszustand,
    (
        Uebergang(
            "annehmen",
            "Die Person möchte das Budget",
            (Vorschlagszustand.OFFEN,),
            Vorschlagszustand.ANGENOMMEN,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "ablehnen",
            "Die Person möchte es nicht",
            (Vorschlagszustand.OFFEN,),
            Vorschlagszustand.ABGELEHNT,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "verwerfen",
            "Vorschlag verwerfen",
            (Vorschlagszustand.OFFEN,),
            "",
            SCHREIBENDE,
        ),
    ),
    {
        Vorschlagszustand.OFFEN: "warning",
        Vorschlagszustand.ANGENOMMEN: "success",
        Vorschlagszustand.ABGELEHNT: "neutral",
    },
)
