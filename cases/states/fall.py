"""Where a case stands and the steps that lead from one state to the next."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


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


# The help has been granted; what is planned and decided beside it does not move the case.
LAUFENDE_LEISTUNG = (
    Fallzustand.BEWILLIGT,
    Fallzustand.LEISTUNG_LAEUFT,
    Fallzustand.UEBERPRUEFUNG,
)


def planfreigabe_of(zustand: str) -> str:
    """Return the step of the case that the release of a plan takes in this state."""
    return "fortschreibung_freigeben" if zustand in LAUFENDE_LEISTUNG else "gesamtplan_freigeben"


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
            Normfolge("§ 16 Abs. 1 SGB I", "§ 108 Abs. 1 S. 1 SGB IX", ue="§ 16 Abs. 1 SGB I"),
        ),
        Uebergang(
            "beratung_abschliessen",
            "Beratung abschließen",
            (Fallzustand.ANFRAGE,),
            Fallzustand.BEENDET,
            SCHREIBENDE,
            Normfolge("§ 11 Abs. 1 SGB XII", "§ 106 SGB IX", ue="§ 11 Abs. 1 SGB XII"),
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
            (Fallzustand.ZUSTAENDIG,),
            Fallzustand.BEDARF_ERMITTELT,
            SCHREIBENDE,
            Normfolge("§ 58 SGB XII", "§ 118 SGB IX", ue="§ 142 SGB XII"),
        ),
        Uebergang(
            "gesamtplan_freigeben",
            "Gesamtplan freigeben",
            (Fallzustand.BEDARF_ERMITTELT, Fallzustand.GEPLANT),
            Fallzustand.GEPLANT,
            NUR_LEITUNG,
            Normfolge("§ 58 SGB XII", "§ 121 SGB IX", ue="§ 144 SGB XII"),
        ),
        # A running case stays running while a new plan is made, released and decided.
        Uebergang(
            "fortschreibung_freigeben",
            "Fortschreibung freigeben",
            LAUFENDE_LEISTUNG,
            "",
            NUR_LEITUNG,
            Normfolge("§ 58 SGB XII", "§ 121 Abs. 2 SGB IX", ue="§ 144 Abs. 2 SGB XII"),
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
            "weiter_bewilligen",
            "Weiteren Bescheid bekannt geben",
            LAUFENDE_LEISTUNG,
            "",
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
        # Taken by the program when the Bescheid turns out not to have been made known.
        Uebergang(
            "unwirksam_werden",
            "Bescheid nicht bekannt gegeben",
            (Fallzustand.BEWILLIGT, Fallzustand.LEISTUNG_LAEUFT),
            Fallzustand.GEPLANT,
            SCHREIBENDE,
            "§ 39 Abs. 1 SGB X",
        ),
        Uebergang(
            "ueberpruefen",
            "Überprüfung beginnen",
            (Fallzustand.LEISTUNG_LAEUFT,),
            Fallzustand.UEBERPRUEFUNG,
            SCHREIBENDE,
            Normfolge(
                "BAGüS-Empfehlung 2007 Nr. 4.7", "§ 121 Abs. 2 SGB IX", ue="§ 144 Abs. 2 SGB XII"
            ),
        ),
        Uebergang(
            "fortfuehren",
            "Überprüfung abschließen",
            (Fallzustand.UEBERPRUEFUNG,),
            Fallzustand.LEISTUNG_LAEUFT,
            SCHREIBENDE,
            Normfolge(
                "BAGüS-Empfehlung 2007 Nr. 4.7", "§ 121 Abs. 2 SGB IX", ue="§ 144 Abs. 2 SGB XII"
            ),
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
