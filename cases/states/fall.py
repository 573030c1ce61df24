"""Where a case stands and the steps that lead from one state to the next."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel


class Fallzustand(TextChoices):
    """Where a case stands (Gesamtplanverfahren, §§ 14, 117-121 SGB IX)."""

    ANFRAGE = "anfrage", "Anfrage (nur Beratung)"
    ANTRAG_EINGEGANGEN = "antrag_eingegangen", "Antrag eingegangen"
    WEITERGELEITET = "weitergeleitet", "weitergeleitet"
    ZUSTAENDIG = "zustaendig", "zuständig"
    BEDARF_ERMITTELT = "bedarf_ermittelt", "Bedarf ermittelt"
    GEPLANT = "geplant", "Gesamtplan erstellt"
    BEWILLIGT = "bewilligt", "bewilligt"
    LEISTUNG_LAEUFT = "leistung_laeuft", "Leistung läuft"
    UEBERPRUEFUNG = "ueberpruefung", "in Überprüfung"
    BEENDET = "beendet", "beendet"


F = Fallzustand


# Where a case goes on that ended by mistake or too early; what ran then is looked at first.
WIEDERAUFNAHME: dict[str, str] = {
    F.ANFRAGE: F.ANFRAGE,
    F.ANTRAG_EINGEGANGEN: F.ANTRAG_EINGEGANGEN,
    F.ZUSTAENDIG: F.ZUSTAENDIG,
    F.BEDARF_ERMITTELT: F.BEDARF_ERMITTELT,
    F.GEPLANT: F.GEPLANT,
    F.BEWILLIGT: F.UEBERPRUEFUNG,
    F.LEISTUNG_LAEUFT: F.UEBERPRUEFUNG,
    F.UEBERPRUEFUNG: F.UEBERPRUEFUNG,
}


def _wiederaufnahmen() -> tuple[Uebergang, ...]:
    """One row per state in which a reopened case can go on."""
    return tuple(
        Uebergang(
            f"wieder_{ziel}", "Fall wieder aufnehmen", (F.BEENDET,), ziel, NUR_LEITUNG, "§ 18 SGB X"
        )
        for ziel in dict.fromkeys(WIEDERAUFNAHME.values())
    )


FALL = Zustandstafel(
    "Fall",
    Fallzustand,
    (
        Uebergang(
            "antrag_stellen",
            "Antrag aufnehmen",
            (F.ANFRAGE,),
            F.ANTRAG_EINGEGANGEN,
            SCHREIBENDE,
            "§ 108 Abs. 1 S. 1 SGB IX",
        ),
        Uebergang(
            "beratung_abschliessen",
            "Beratung abschließen",
            (F.ANFRAGE,),
            F.BEENDET,
            SCHREIBENDE,
            "§ 106 SGB IX",
        ),
        Uebergang(
            "zustaendigkeit_feststellen",
            "Zuständigkeit feststellen",
            (F.ANTRAG_EINGEGANGEN,),
            F.ZUSTAENDIG,
            SCHREIBENDE,
            "§ 14 Abs. 2 S. 1 SGB IX",
        ),
        Uebergang(
            "weiterleiten",
            "Antrag weiterleiten",
            (F.ANTRAG_EINGEGANGEN,),
            F.WEITERGELEITET,
            SCHREIBENDE,
            "§ 14 Abs. 1 S. 2 SGB IX",
        ),
        Uebergang(
            "bedarf_feststellen",
            "Bedarf feststellen",
            (F.ZUSTAENDIG, F.UEBERPRUEFUNG),
            F.BEDARF_ERMITTELT,
            SCHREIBENDE,
            "§ 118 SGB IX",
        ),
        Uebergang(
            "gesamtplan_freigeben",
            "Gesamtplan freigeben",
            (F.BEDARF_ERMITTELT, F.LEISTUNG_LAEUFT, F.UEBERPRUEFUNG, F.GEPLANT),
            F.GEPLANT,
            NUR_LEITUNG,
            "§ 121 SGB IX",
        ),
        Uebergang(
            "bewilligen",
            "Bescheid bekannt geben",
            (F.GEPLANT,),
            F.BEWILLIGT,
            SCHREIBENDE,
            "§ 39 Abs. 1 SGB X",
        ),
        Uebergang(
            "leistung_beginnen",
            "Leistung beginnt",
            (F.BEWILLIGT,),
            F.LEISTUNG_LAEUFT,
            SCHREIBENDE,
            "§ 39 Abs. 1 SGB X",
        ),
        Uebergang(
            "ueberpruefen",
            "Überprüfung beginnen",
            (F.LEISTUNG_LAEUFT,),
            F.UEBERPRUEFUNG,
            SCHREIBENDE,
            "§ 121 Abs. 2 SGB IX",
        ),
        Uebergang(
            "fortfuehren",
            "Unverändert fortführen",
            (F.UEBERPRUEFUNG,),
            F.LEISTUNG_LAEUFT,
            SCHREIBENDE,
            "§ 121 Abs. 2 SGB IX",
        ),
        Uebergang(
            "beenden",
            "Fall beenden",
            (
                F.ANTRAG_EINGEGANGEN,
                F.WEITERGELEITET,
                F.ZUSTAENDIG,
                F.BEDARF_ERMITTELT,
                F.GEPLANT,
                F.LEISTUNG_LAEUFT,
                F.UEBERPRUEFUNG,
            ),
            F.BEENDET,
            NUR_LEITUNG,
            "",
        ),
        *_wiederaufnahmen(),
    ),
    {
        F.ANFRAGE: "neutral",
        F.ANTRAG_EINGEGANGEN: "info",
        F.WEITERGELEITET: "neutral",
        F.ZUSTAENDIG: "info",
        F.BEDARF_ERMITTELT: "info",
        F.GEPLANT: "info",
        F.BEWILLIGT: "success",
        F.LEISTUNG_LAEUFT: "success",
        F.UEBERPRUEFUNG: "warning",
        F.BEENDET: "neutral",
    },
)
