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


P = Planzustand

GESAMTPLAN = Zustandstafel(
    "Gesamtplan",
    Planzustand,
    (
        Uebergang(
            "bearbeiten",
            "Gesamtplan bearbeiten",
            (P.ENTWURF,),
            P.ENTWURF,
            SCHREIBENDE,
            "§ 121 SGB IX",
        ),
        Uebergang(
            "vorlegen",
            "Zur Freigabe vorlegen",
            (P.ENTWURF,),
            P.VORGELEGT,
            SCHREIBENDE,
            "§ 121 Abs. 4 SGB IX",
        ),
        Uebergang(
            "zurueckgeben",
            "Zur Überarbeitung zurückgeben",
            (P.VORGELEGT,),
            P.ENTWURF,
            NUR_LEITUNG,
            "",
        ),
        Uebergang(
            "freigeben", "Freigeben", (P.VORGELEGT,), P.FREIGEGEBEN, NUR_LEITUNG, "§ 121 SGB IX"
        ),
        Uebergang(
            "fortschreiben",
            "Gesamtplan fortschreiben",
            (P.FREIGEGEBEN,),
            "",
            SCHREIBENDE,
            "§ 121 Abs. 2 SGB IX",
        ),
    ),
    {P.ENTWURF: "neutral", P.VORGELEGT: "warning", P.FREIGEGEBEN: "success"},
)

E = Ermittlungszustand
BEDARFSERMITTLUNG = Zustandstafel(
    "Bedarfsermittlung",
    Ermittlungszustand,
    (
        Uebergang(
            "bearbeiten", "Bedarf eintragen", (E.ENTWURF,), E.ENTWURF, SCHREIBENDE, "§ 118 SGB IX"
        ),
        Uebergang(
            "abschliessen",
            "Bedarfsermittlung abschließen",
            (E.ENTWURF,),
            E.ABGESCHLOSSEN,
            SCHREIBENDE,
            "§ 118 SGB IX",
        ),
    ),
    {E.ENTWURF: "neutral", E.ABGESCHLOSSEN: "success"},
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
