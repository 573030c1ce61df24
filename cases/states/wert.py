"""Where a value that the authority sets for itself stands."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import WERTROLLEN
from cases.states.tafel import Uebergang, Zustandstafel


class Wertzustand(TextChoices):
    """Where a value that the authority sets for itself stands."""

    ENTWURF = "entwurf", "wartet auf Freigabe"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    VERWORFEN = "verworfen", "verworfen"


EIGENER_WERT = Zustandstafel(
    "Eigener Wert",
    Wertzustand,
    (
        Uebergang(
            "freigeben",
            "Freigeben",
            (Wertzustand.ENTWURF,),
            Wertzustand.FREIGEGEBEN,
            WERTROLLEN,
            zweite_person=True,
        ),
        Uebergang(
            "verwerfen", "Verwerfen", (Wertzustand.ENTWURF,), Wertzustand.VERWORFEN, WERTROLLEN
        ),
        Uebergang(
            "zuruecknehmen",
            "Zurücknehmen",
            (Wertzustand.FREIGEGEBEN,),
            Wertzustand.VERWORFEN,
            WERTROLLEN,
        ),
        Uebergang(
            "beibehalten",
            "Eingegebenen Wert beibehalten",
            (Wertzustand.FREIGEGEBEN,),
            "",
            WERTROLLEN,
            zweite_person=True,
        ),
        Uebergang(
            "abloesen",
            "Wert der Software übernehmen",
            (Wertzustand.FREIGEGEBEN,),
            Wertzustand.VERWORFEN,
            WERTROLLEN,
            zweite_person=True,
        ),
    ),
    {
        Wertzustand.ENTWURF: "warning",
        Wertzustand.FREIGEGEBEN: "success",
        Wertzustand.VERWORFEN: "neutral",
    },
)
