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


# Where a case goes on that ended by mistake or too early; what ran then is looked at first.
WIEDERAUFNAHME: dict[str, str] = {
    Fallzustand.ANFRAGE: Fallzustand.ANFRAGE,
    Fallzustand.ANTRAG_EINGEGANGEN: Fallzustand.ANTRAG_EINGEGANGEN,
    Fallzustand.ZUSTAENDIG: Fallzustand.ZUSTAENDIG,
    Fallzustand.BEDARF_ERMITTELT: Fallzustand.BEDARF_ERMITTELT,
    Fallzustand.GEPLANT: Fallzustand.GEPLANT,
    Fallzustand.BEWILLIGT: Fallzustand.UEBERPRUEFUNG,
    Fallzustand.LEISTUNG_LAEUFT: Fallzustand.UEBERPRUEFUNG,
    Fallzustand.UEBERPRUEFUNG: Fallzustand.UEBERPRUEFUNG,
}


def _wiederaufnahmen() -> tuple[Uebergang, ...]:
    """One row per state in which a reopened case can go on."""
    return tuple(
        Uebergang(
            f"wieder_{ziel}",
            "Fall wieder aufnehmen",
            (Fallzustand.BEENDET,),
            ziel,
            NUR_LEITUNG,
            "§ 18 SGB X",
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
            (Fallzustand.ANFRAGE,),
            Fallzustand.ANTRAG_EINGEGANGEN,
            SCHREIBENDE,
            "§ 108 Abs. 1 S. 1 SGB IX",
        ),
        Uebergang(
            "beratung_abschliessen",
            "Beratung abschließen",
            (Fallzustand.ANFRAGE,),
            Fallzustand.BEENDET,
            SCHREIBENDE,
            "§ 106 SGB IX",
        ),
        Uebergang(
            "zustaendigkeit_feststellen",
            "Zuständigkeit feststellen",
            (Fallzustand.ANTRAG_EINGEGANGEN,),
            Fallzustand.ZUSTAENDIG,
            SCHREIBENDE,
            "§ 14 Abs. 2 S. 1 SGB IX",
        ),
        Uebergang(
            "weiterleiten",
            "Antrag weiterleiten",
            (Fallzustand.ANTRAG_EINGEGANGEN,),
            Fallzustand.WEITERGELEITET,
            SCHREIBENDE,
            "§ 14 Abs. 1 S. 2 SGB IX",
        ),
        Uebergang(
            "bedarf_feststellen",
            "Bedarf feststellen",
            (Fallzustand.ZUSTAENDIG, Fallzustand.UEBERPRUEFUNG),
            Fallzustand.BEDARF_ERMITTELT,
            SCHREIBENDE,
            "§ 118 SGB IX",
        ),
        Uebergang(
            "gesamtplan_freigeben",
            "Gesamtplan freigeben",
            (
                Fallzustand.BEDARF_ERMITTELT,
                Fallzustand.LEISTUNG_LAEUFT,
                Fallzustand.UEBERPRUEFUNG,
                Fallzustand.GEPLANT,
            ),
            Fallzustand.GEPLANT,
            NUR_LEITUNG,
            "§ 121 SGB IX",
        ),
        Uebergang(
            "bewilligen",
            "Bescheid bekannt geben",
            (Fallzustand.GEPLANT,),
            Fallzustand.BEWILLIGT,
            SCHREIBENDE,
            "§ 39 Abs. 1 SGB X",
        ),
        Uebergang(
            "leistung_beginnen",
            "Leistung beginnt",
            (Fallzustand.BEWILLIGT,),
            Fallzustand.LEISTUNG_LAEUFT,
            SCHREIBENDE,
            "§ 39 Abs. 1 SGB X",
        ),
        Uebergang(
            "ueberpruefen",
            "Überprüfung beginnen",
            (Fallzustand.LEISTUNG_LAEUFT,),
            Fallzustand.UEBERPRUEFUNG,
            SCHREIBENDE,
            "§ 121 Abs. 2 SGB IX",
        ),
        Uebergang(
            "fortfuehren",
            "Unverändert fortführen",
            (Fallzustand.UEBERPRUEFUNG,),
            Fallzustand.LEISTUNG_LAEUFT,
            SCHREIBENDE,
            "§ 121 Abs. 2 SGB IX",
        ),
        Uebergang(
            "beenden",
            "Fall beenden",
            (
                Fallzustand.ANTRAG_EINGEGANGEN,
                Fallzustand.WEITERGELEITET,
                Fallzustand.ZUSTAENDIG,
                Fallzustand.BEDARF_ERMITTELT,
                Fallzustand.GEPLANT,
                Fallzustand.LEISTUNG_LAEUFT,
                Fallzustand.UEBERPRUEFUNG,
            ),
            Fallzustand.BEENDET,
            NUR_LEITUNG,
            "",
        ),
        *_wiederaufnahmen(),
    ),
    {
        Fallzustand.ANFRAGE: "neutral",
        Fallzustand.ANTRAG_EINGEGANGEN: "info",
        Fallzustand.WEITERGELEITET: "neutral",
        Fallzustand.ZUSTAENDIG: "info",
        Fallzustand.BEDARF_ERMITTELT: "info",
        Fallzustand.GEPLANT: "info",
        Fallzustand.BEWILLIGT: "success",
        Fallzustand.LEISTUNG_LAEUFT: "success",
        Fallzustand.UEBERPRUEFUNG: "warning",
        Fallzustand.BEENDET: "neutral",
    },
)
