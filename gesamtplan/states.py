"""States and steps of Bedarfsermittlung, Gesamtplan and Teilhabeziel."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states import Rolle, Uebergang, Zustandstafel


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


_FM = frozenset({Rolle.FALLMANAGEMENT.value, Rolle.LEITUNG.value})
_LTG = frozenset({Rolle.LEITUNG.value})
P = Planzustand

GESAMTPLAN = Zustandstafel(
    "Gesamtplan",
    Planzustand,
    (
        Uebergang(
            "bearbeiten", "Gesamtplan bearbeiten", (P.ENTWURF,), P.ENTWURF, _FM, "§ 121 SGB IX"
        ),
        Uebergang(
            "vorlegen",
            "Zur Freigabe vorlegen",
            (P.ENTWURF,),
            P.VORGELEGT,
            _FM,
            "§ 121 Abs. 4 SGB IX",
        ),
        Uebergang(
            "zurueckgeben", "Zur Überarbeitung zurückgeben", (P.VORGELEGT,), P.ENTWURF, _LTG, ""
        ),
        Uebergang("freigeben", "Freigeben", (P.VORGELEGT,), P.FREIGEGEBEN, _LTG, "§ 121 SGB IX"),
    ),
    {P.ENTWURF: "neutral", P.VORGELEGT: "warning", P.FREIGEGEBEN: "success"},
)

E = Ermittlungszustand
BEDARFSERMITTLUNG = Zustandstafel(
    "Bedarfsermittlung",
    Ermittlungszustand,
    (
        Uebergang("bearbeiten", "Bedarf eintragen", (E.ENTWURF,), E.ENTWURF, _FM, "§ 118 SGB IX"),
        Uebergang(
            "abschliessen",
            "Bedarfsermittlung abschließen",
            (E.ENTWURF,),
            E.ABGESCHLOSSEN,
            _FM,
            "§ 118 SGB IX",
        ),
    ),
    {E.ENTWURF: "neutral", E.ABGESCHLOSSEN: "success"},
)
