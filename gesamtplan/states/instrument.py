"""Where one version of an instrument of the Bedarfsermittlung stands."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import NUR_FACHADMINISTRATION, WERTROLLEN
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Instrumentzustand(TextChoices):
    """A version is written, then released by a second person or dropped."""

    ENTWURF = "entwurf", "in Arbeit"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    VERWORFEN = "verworfen", "verworfen"


_NORM = Normfolge("§ 58 SGB XII", "§ 118 Abs. 1 SGB IX", ue="§ 142 Abs. 1 SGB XII")
INSTRUMENT = Zustandstafel(
    "Instrument",
    Instrumentzustand,
    (
        Uebergang(
            "bearbeiten",
            "Bearbeiten",
            (Instrumentzustand.ENTWURF,),
            Instrumentzustand.ENTWURF,
            NUR_FACHADMINISTRATION,
            _NORM,
        ),
        Uebergang(
            "freigeben",
            "Freigeben",
            (Instrumentzustand.ENTWURF,),
            Instrumentzustand.FREIGEGEBEN,
            WERTROLLEN,
            _NORM,
            zweite_person=True,
        ),
        Uebergang(
            "verwerfen",
            "Verwerfen",
            (Instrumentzustand.ENTWURF,),
            Instrumentzustand.VERWORFEN,
            WERTROLLEN,
            _NORM,
        ),
        Uebergang(
            "fortschreiben",
            "Neue Fassung",
            (Instrumentzustand.FREIGEGEBEN,),
            "",
            NUR_FACHADMINISTRATION,
            _NORM,
        ),
        Uebergang(
            "beenden",
            "Ohne Nachfolge beenden",
            (Instrumentzustand.FREIGEGEBEN,),
            Instrumentzustand.FREIGEGEBEN,
            NUR_FACHADMINISTRATION,
            _NORM,
        ),
        Uebergang(
            "ende_bestaetigen",
            "Ende bestätigen",
            (Instrumentzustand.FREIGEGEBEN,),
            Instrumentzustand.FREIGEGEBEN,
            WERTROLLEN,
            _NORM,
            zweite_person=True,
        ),
        Uebergang(
            "ende_zuruecknehmen",
            "Ende verwerfen",
            (Instrumentzustand.FREIGEGEBEN,),
            Instrumentzustand.FREIGEGEBEN,
            WERTROLLEN,
            _NORM,
        ),
    ),
    {
        Instrumentzustand.ENTWURF: "warning",
        Instrumentzustand.FREIGEGEBEN: "success",
        Instrumentzustand.VERWORFEN: "neutral",
    },
)
