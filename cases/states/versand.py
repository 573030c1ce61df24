"""Where one sending of one Schreiben stands."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel


class Versandzustand(TextChoices):
    """Where one sending of one Schreiben stands."""

    VORGESEHEN = "vorgesehen", "vorgesehen"
    AUFGEGEBEN = "aufgegeben", "aufgegeben"
    FEHLGESCHLAGEN = "fehlgeschlagen", "fehlgeschlagen"
    UNGEWISS = "ungewiss", "ungewiss, bitte prüfen"
    ZURUECKGENOMMEN = "zurueckgenommen", "zurückgenommen"
    ANGEHALTEN = "angehalten", "angehalten"


V = Versandzustand
# A letter in one of these has not left, or nobody knows whether it has.
UNTERWEGS = (V.VORGESEHEN, V.UNGEWISS)


VERSAND = Zustandstafel(
    "Versand",
    Versandzustand,
    (
        Uebergang(
            "aufgeben",
            "Aufgabe vermerken",
            (V.VORGESEHEN,),
            V.AUFGEGEBEN,
            SCHREIBENDE,
            "§ 37 Abs. 2 SGB X",
        ),
        Uebergang(
            "als_versandt_vermerken",
            "Als versandt vermerken",
            (V.UNGEWISS,),
            V.AUFGEGEBEN,
            SCHREIBENDE,
            "§ 37 Abs. 2 SGB X",
        ),
        Uebergang("erneut_senden", "Erneut senden", (V.UNGEWISS,), V.VORGESEHEN, SCHREIBENDE),
        Uebergang(
            "zuruecknehmen", "Versand zurücknehmen", (V.VORGESEHEN,), V.ZURUECKGENOMMEN, SCHREIBENDE
        ),
        # The next two are taken by the program when an e-mail does not go out.
        Uebergang(
            "scheitern", "Versand gescheitert", (V.VORGESEHEN,), V.FEHLGESCHLAGEN, SCHREIBENDE
        ),
        Uebergang("ungewiss_werden", "Ausgang ungewiss", (V.VORGESEHEN,), V.UNGEWISS, SCHREIBENDE),
        # Taken by the program when the consent that a letter stands on has gone.
        Uebergang(
            "anhalten",
            "Versand anhalten",
            (V.VORGESEHEN,),
            V.ANGEHALTEN,
            SCHREIBENDE,
            "§ 67b Abs. 1 S. 1 SGB X",
        ),
    ),
    {
        V.VORGESEHEN: "info",
        V.AUFGEGEBEN: "success",
        V.FEHLGESCHLAGEN: "danger",
        V.UNGEWISS: "warning",
        V.ZURUECKGENOMMEN: "neutral",
        V.ANGEHALTEN: "danger",
    },
)
