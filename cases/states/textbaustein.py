"""Where one version of a Textbaustein of the authority stands."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import NUR_FACHADMINISTRATION, WERTROLLEN
from cases.states.tafel import Uebergang, Zustandstafel


class Bausteinzustand(TextChoices):
    """A version is written, then released by a second person or dropped."""

    ENTWURF = "entwurf", "in Arbeit"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    VERWORFEN = "verworfen", "verworfen"


TEXTBAUSTEIN = Zustandstafel(
    "Textbaustein",
    Bausteinzustand,
    (
        Uebergang(
            "bearbeiten",
            "Bearbeiten",
            (Bausteinzustand.ENTWURF,),
            Bausteinzustand.ENTWURF,
            NUR_FACHADMINISTRATION,
        ),
        Uebergang(
            "freigeben",
            "Freigeben",
            (Bausteinzustand.ENTWURF,),
            Bausteinzustand.FREIGEGEBEN,
            WERTROLLEN,
            zweite_person=True,
        ),
        Uebergang(
            "verwerfen",
            "Verwerfen",
            (Bausteinzustand.ENTWURF,),
            Bausteinzustand.VERWORFEN,
            WERTROLLEN,
        ),
        Uebergang(
            "fortschreiben",
            "Neue Fassung",
            (Bausteinzustand.FREIGEGEBEN,),
            "",
            NUR_FACHADMINISTRATION,
        ),
        Uebergang(
            "beenden",
            "Nicht mehr anbieten",
            (Bausteinzustand.FREIGEGEBEN,),
            "",
            WERTROLLEN,
        ),
    ),
    {
        Bausteinzustand.ENTWURF: "warning",
        Bausteinzustand.FREIGEGEBEN: "success",
        Bausteinzustand.VERWORFEN: "neutral",
    },
)
