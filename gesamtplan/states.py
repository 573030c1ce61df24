"""States and steps of Bedarfsermittlung, Gesamtplan and Teilhabeziel."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel


class Ermittlungszustand(TextChoices):
    """A Bedarfsermittlung is written, then closed."""

    ENTWURF = "entwurf", "in Arbeit"
    ABGESCHLOSSEN = "abgeschlossen", "abgeschlossen"


class Planzustand(TextChoices):
    """A version of the Gesamtplan; released means frozen for ever."""

    ENTWURF = "entwurf", "Entwurf"
    VORGELEGT = "vorgelegt", "zur Freigabe vorgelegt"
    FREIGEGEBEN = "freigegeben", "freigegeben"


class Zielstatus(TextChoices):
    """How far a Teilhabeziel has been reached (BAGüS 6.1.3)."""

    OFFEN = "offen", "offen"
    TEILWEISE = "teilweise", "teilweise erreicht"
    ERREICHT = "erreicht", "erreicht"
    NICHT_ERREICHT = "nicht_erreicht", "nicht erreicht"
    ENTFALLEN = "entfallen", "nicht mehr relevant"


class Leistungsform(TextChoices):
    """Forms of § 105 SGB IX."""

    SACHLEISTUNG = "sachleistung", "Sachleistung"
    DIENSTLEISTUNG = "dienstleistung", "Dienstleistung"
    GELDLEISTUNG = "geldleistung", "Geldleistung"
    PAUSCHALE_GELDLEISTUNG = "pauschale_geldleistung", "pauschale Geldleistung"
    PERSOENLICHES_BUDGET = "persoenliches_budget", "Persönliches Budget"


GESAMTPLAN = Zustandstafel(
    "Gesamtplan",
    Planzustand,
    (
        Uebergang(
            "bearbeiten",
            "Gesamtplan bearbeiten",
            (Planzustand.ENTWURF,),
            Planzustand.ENTWURF,
            SCHREIBENDE,
            "§ 121 SGB IX",
        ),
        Uebergang(
            "vorlegen",
            "Zur Freigabe vorlegen",
            (Planzustand.ENTWURF,),
            Planzustand.VORGELEGT,
            SCHREIBENDE,
            "§ 121 Abs. 4 SGB IX",
        ),
        Uebergang(
            "zurueckgeben",
            "Zur Überarbeitung zurückgeben",
            (Planzustand.VORGELEGT,),
            Planzustand.ENTWURF,
            NUR_LEITUNG,
            "",
        ),
        Uebergang(
            "freigeben",
            "Freigeben",
            (Planzustand.VORGELEGT,),
            Planzustand.FREIGEGEBEN,
            NUR_LEITUNG,
            "§ 121 SGB IX",
        ),
        Uebergang(
            "fortschreiben",
            "Gesamtplan fortschreiben",
            (Planzustand.FREIGEGEBEN,),
            "",
            SCHREIBENDE,
            "§ 121 Abs. 2 SGB IX",
        ),
    ),
    {
        Planzustand.ENTWURF: "neutral",
        Planzustand.VORGELEGT: "warning",
        Planzustand.FREIGEGEBEN: "success",
    },
)

BEDARFSERMITTLUNG = Zustandstafel(
    "Bedarfsermittlung",
    Ermittlungszustand,
    (
        Uebergang(
            "bearbeiten",
            "Bedarf eintragen",
            (Ermittlungszustand.ENTWURF,),
            Ermittlungszustand.ENTWURF,
            SCHREIBENDE,
            "§ 118 SGB IX",
        ),
        Uebergang(
            "abschliessen",
            "Bedarfsermittlung abschließen",
            (Ermittlungszustand.ENTWURF,),
            Ermittlungszustand.ABGESCHLOSSEN,
            SCHREIBENDE,
            "§ 118 SGB IX",
        ),
    ),
    {Ermittlungszustand.ENTWURF: "neutral", Ermittlungszustand.ABGESCHLOSSEN: "success"},
)

# A case that is decided here and has not ended: need and plan may begin.
_LAUFEND = tuple(
    z
    for z in Fallzustand
    if z not in (Fallzustand.ANFRAGE, Fallzustand.WEITERGELEITET, Fallzustand.BEENDET)
)
BEDARFSBEGINN = Zustandstafel(
    "Beginn einer Bedarfsermittlung",
    Fallzustand,
    (Uebergang("ermitteln", "Bedarf ermitteln", _LAUFEND, "", SCHREIBENDE, "§ 118 SGB IX"),),
)
PLANBEGINN = Zustandstafel(
    "Beginn des Gesamtplans",
    Fallzustand,
    (Uebergang("anlegen", "Gesamtplan anlegen", _LAUFEND, "", SCHREIBENDE, "§ 121 SGB IX"),),
)
