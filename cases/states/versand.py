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
    NICHT_ZUGEGANGEN = "nicht_zugegangen", "nicht zugegangen"
    # Handed to somebody who is not the addressee: whatever asks for what was sent passes it over.
    ABDRUCK = "abdruck", "Abdruck übergeben"


# A letter in one of these has not left, or nobody knows whether it has.
UNTERWEGS = (Versandzustand.VORGESEHEN, Versandzustand.UNGEWISS)

# Nothing has come of it: the letter may be sent anew, also by the same way.
OHNE_WIRKUNG = (
    Versandzustand.FEHLGESCHLAGEN,
    Versandzustand.ZURUECKGENOMMEN,
    Versandzustand.ANGEHALTEN,
    Versandzustand.NICHT_ZUGEGANGEN,
    Versandzustand.ABDRUCK,
)


VERSAND = Zustandstafel(
    "Versand",
    Versandzustand,
    (
        Uebergang(
            "aufgeben",
            "Aufgabe vermerken",
            (Versandzustand.VORGESEHEN,),
            Versandzustand.AUFGEGEBEN,
            SCHREIBENDE,
            "§ 37 Abs. 2 SGB X",
        ),
        Uebergang(
            "als_versandt_vermerken",
            "Als versandt vermerken",
            (Versandzustand.UNGEWISS,),
            Versandzustand.AUFGEGEBEN,
            SCHREIBENDE,
            "§ 37 Abs. 2 SGB X",
        ),
        Uebergang(
            "erneut_senden",
            "Erneut senden",
            (Versandzustand.UNGEWISS,),
            Versandzustand.VORGESEHEN,
            SCHREIBENDE,
        ),
        Uebergang(
            "als_nicht_versandt_vermerken",
            "Als nicht versandt vermerken",
            (Versandzustand.UNGEWISS,),
            Versandzustand.FEHLGESCHLAGEN,
            SCHREIBENDE,
        ),
        Uebergang(
            "zuruecknehmen",
            "Versand zurücknehmen",
            (Versandzustand.VORGESEHEN,),
            Versandzustand.ZURUECKGENOMMEN,
            SCHREIBENDE,
        ),
        Uebergang(
            "abnehmen",
            "Abnahme des Aushangs vermerken",
            (Versandzustand.AUFGEGEBEN,),
            "",
            SCHREIBENDE,
            "§ 10 Abs. 2 S. 5 VwZG",
        ),
        Uebergang(
            "berichtigen",
            "Bekanntgabe berichtigen",
            (Versandzustand.AUFGEGEBEN,),
            "",
            SCHREIBENDE,
            "§ 37 Abs. 2 S. 3 SGB X, § 66 Abs. 2 SGG",
        ),
        Uebergang(
            "nicht_zugegangen",
            "Nicht zugegangen",
            (Versandzustand.AUFGEGEBEN,),
            Versandzustand.NICHT_ZUGEGANGEN,
            SCHREIBENDE,
            "§ 37 Abs. 2 S. 3 SGB X",
        ),
        # The next two are taken by the program when an e-mail does not go out.
        Uebergang(
            "scheitern",
            "Versand gescheitert",
            (Versandzustand.VORGESEHEN,),
            Versandzustand.FEHLGESCHLAGEN,
            SCHREIBENDE,
        ),
        Uebergang(
            "ungewiss_werden",
            "Ausgang ungewiss",
            (Versandzustand.VORGESEHEN,),
            Versandzustand.UNGEWISS,
            SCHREIBENDE,
        ),
        # Taken by the program when the consent that a letter stands on has gone.
        Uebergang(
            "anhalten",
            "Versand anhalten",
            (Versandzustand.VORGESEHEN,),
            Versandzustand.ANGEHALTEN,
            SCHREIBENDE,
            "§ 67b Abs. 1 S. 1 SGB X",
        ),
    ),
    {
        Versandzustand.VORGESEHEN: "info",
        Versandzustand.AUFGEGEBEN: "success",
        Versandzustand.FEHLGESCHLAGEN: "danger",
        Versandzustand.UNGEWISS: "warning",
        Versandzustand.ZURUECKGENOMMEN: "neutral",
        Versandzustand.ANGEHALTEN: "danger",
        Versandzustand.NICHT_ZUGEGANGEN: "danger",
        Versandzustand.ABDRUCK: "neutral",
    },
)
