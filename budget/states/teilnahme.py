"""Another carrier is the leistende Träger and asks us: our statement, then what we refund."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE, Rolle
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Teilnahmezustand(TextChoices):
    """Whether we have spoken, and whether all is settled between the carriers."""

    ANGEFRAGT = "angefragt", "Stellungnahme fällig"
    ABGEGEBEN = "abgegeben", "Stellungnahme abgegeben"
    ABGESCHLOSSEN = "abgeschlossen", "abgeschlossen"


class Forderungszustand(TextChoices):
    """What has become of a claim of the leistende Träger."""

    OFFEN = "offen", "zu prüfen"
    ANERKANNT = "anerkannt", "anerkannt"
    ABGELEHNT = "abgelehnt", "abgelehnt"
    GEZAHLT = "gezahlt", "gezahlt"


NUR_KASSE = frozenset({Rolle.KASSE.value})
STELLUNGNAHME = Normfolge("§ 3 Abs. 1 BudgetV", "§ 15 Abs. 2 SGB IX")
ERSTATTUNG = Normfolge("§ 3 Abs. 5 BudgetV", "§ 16 Abs. 2 SGB IX")
# What counts where our findings came late or never.
VERSPAETET = Normfolge("§ 3 Abs. 5 BudgetV", "§ 16 Abs. 2 S. 2 SGB IX")

TEILNAHMEBEGINN = Zustandstafel(
    "Beginn einer Teilnahme am Budget eines anderen Trägers",
    Fallzustand,
    (
        Uebergang(
            "teilnehmen",
            "Anforderung eines anderen Trägers aufnehmen",
            tuple(z for z in Fallzustand if z != Fallzustand.BEENDET),
            "",
            SCHREIBENDE,
            STELLUNGNAHME,
        ),
    ),
)

TEILNAHME = Zustandstafel(
    "Teilnahme am Budget eines anderen Trägers",
    Teilnahmezustand,
    (
        Uebergang(
            "bearbeiten",
            "Stellungnahme und Teilbudget bearbeiten",
            (Teilnahmezustand.ANGEFRAGT,),
            "",
            SCHREIBENDE,
            STELLUNGNAHME,
        ),
        # Taken by the program when the letter leaves the house.
        Uebergang(
            "abgeben",
            "Stellungnahme abgegeben",
            (Teilnahmezustand.ANGEFRAGT,),
            Teilnahmezustand.ABGEGEBEN,
            frozenset(),
            STELLUNGNAHME,
        ),
        Uebergang(
            "fordern",
            "Forderung des leistenden Trägers aufnehmen",
            (Teilnahmezustand.ANGEFRAGT, Teilnahmezustand.ABGEGEBEN),
            "",
            SCHREIBENDE,
            ERSTATTUNG,
        ),
        Uebergang(
            "abschliessen",
            "Teilnahme abschließen",
            (Teilnahmezustand.ABGEGEBEN,),
            Teilnahmezustand.ABGESCHLOSSEN,
            SCHREIBENDE,
        ),
        Uebergang(
            "verwerfen",
            "Teilnahme verwerfen",
            (Teilnahmezustand.ANGEFRAGT,),
            "",
            SCHREIBENDE,
        ),
    ),
    {
        Teilnahmezustand.ANGEFRAGT: "warning",
        Teilnahmezustand.ABGEGEBEN: "success",
        Teilnahmezustand.ABGESCHLOSSEN: "neutral",
    },
)

FORDERUNG = Zustandstafel(
    "Forderung des leistenden Trägers",
    Forderungszustand,
    (
        Uebergang(
            "anerkennen",
            "Erstattung anerkennen",
            (Forderungszustand.OFFEN,),
            Forderungszustand.ANERKANNT,
            NUR_LEITUNG,
            ERSTATTUNG,
            zweite_person=True,
        ),
        Uebergang(
            "ablehnen",
            "Erstattung ablehnen",
            (Forderungszustand.OFFEN,),
            Forderungszustand.ABGELEHNT,
            NUR_LEITUNG,
            ERSTATTUNG,
            zweite_person=True,
        ),
        Uebergang(
            "zahlen",
            "Erstattung anweisen",
            (Forderungszustand.ANERKANNT,),
            Forderungszustand.GEZAHLT,
            NUR_KASSE,
            ERSTATTUNG,
        ),
        Uebergang(
            "zahlung_zuruecknehmen",
            "Anweisung zurücknehmen",
            (Forderungszustand.GEZAHLT,),
            Forderungszustand.ANERKANNT,
            NUR_KASSE,
            ERSTATTUNG,
        ),
        Uebergang(
            "konto_eintragen",
            "Konto des Trägers eintragen",
            (Forderungszustand.OFFEN,),
            "",
            SCHREIBENDE,
            ERSTATTUNG,
        ),
        # The decision was about the other account: a second person decides anew.
        Uebergang(
            "konto_aendern",
            "Konto des Trägers ändern",
            (Forderungszustand.ANERKANNT,),
            Forderungszustand.OFFEN,
            SCHREIBENDE,
            ERSTATTUNG,
        ),
    ),
    {
        Forderungszustand.OFFEN: "warning",
        Forderungszustand.ANERKANNT: "success",
        Forderungszustand.ABGELEHNT: "neutral",
        Forderungszustand.GEZAHLT: "neutral",
    },
)
