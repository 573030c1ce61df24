"""What has become of a Frist, what its end means and how urgent it is."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel


class Fristzustand(TextChoices):
    """What has become of a Frist."""

    OFFEN = "offen", "offen"
    GEWAHRT = "gewahrt", "gewahrt"
    VERSAEUMT = "versaeumt", "versäumt"
    GEHEMMT = "gehemmt", "gehemmt"
    ABGELAUFEN = "abgelaufen", "abgelaufen"
    AUFGEHOBEN = "aufgehoben", "aufgehoben"


# A paused Frist still runs in the sense that it has not been answered.
LAUFENDE = (Fristzustand.OFFEN, Fristzustand.GEHEMMT)


class Fristwirkung(TextChoices):
    """Whether the authority must act before the end, or the time simply runs out."""

    HANDLUNG = "handlung", "zu erledigen"
    ABLAUF = "ablauf", "läuft ab"


FRIST = Zustandstafel(
    "Frist",
    Fristzustand,
    (
        Uebergang(
            "anhalten", "Frist anhalten", (Fristzustand.OFFEN,), Fristzustand.GEHEMMT, SCHREIBENDE
        ),
        Uebergang(
            "fortsetzen",
            "Frist fortsetzen",
            (Fristzustand.GEHEMMT,),
            Fristzustand.OFFEN,
            SCHREIBENDE,
        ),
        Uebergang(
            "verlaengern",
            "Frist verlängern",
            (Fristzustand.OFFEN, Fristzustand.ABGELAUFEN),
            Fristzustand.OFFEN,
            SCHREIBENDE,
        ),
        Uebergang(
            "erledigen",
            "Frist als erledigt vermerken",
            (Fristzustand.OFFEN, Fristzustand.GEHEMMT),
            Fristzustand.GEWAHRT,
            SCHREIBENDE,
        ),
    ),
    {
        Fristzustand.OFFEN: "info",
        Fristzustand.GEWAHRT: "neutral",
        Fristzustand.VERSAEUMT: "danger",
        Fristzustand.GEHEMMT: "neutral",
        Fristzustand.ABGELAUFEN: "neutral",
        Fristzustand.AUFGEHOBEN: "neutral",
    },
)


class Friststufe(TextChoices):
    """How urgent an open Frist is; set by the daily sweep only."""

    GEPLANT = "geplant", "geplant"
    BEVORSTEHEND = "bevorstehend", "bevorstehend"
    FAELLIG = "faellig", "fällig"
    UEBERFAELLIG = "ueberfaellig", "überfällig"
    ESKALIERT = "eskaliert", "eskaliert"


# From which stages the daily sweep lifts a Frist to the one named.
VOR_FAELLIG = (Friststufe.GEPLANT, Friststufe.BEVORSTEHEND)


VOR_UEBERFAELLIG = (*VOR_FAELLIG, Friststufe.FAELLIG)


VOR_ESKALIERT = (*VOR_UEBERFAELLIG, Friststufe.UEBERFAELLIG)
