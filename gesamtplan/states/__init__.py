"""States and steps of Bedarfsermittlung, Gesamtplan and Teilhabeziel."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE, Rolle
from cases.states.tafel import Uebergang, Zustandstafel
from recht.entscheidung import BEZEICHNUNG, Entscheidungsrolle
from recht.rechtsstand import Normfolge


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


class Umfangseinheit(TextChoices):
    """In which unit the extent of a Leistung is agreed; it gives the cost of a month."""

    STUNDEN_WOCHE = "stunden_woche", "Stunden in der Woche"
    STUNDEN_MONAT = "stunden_monat", "Stunden im Monat"
    TAGE_MONAT = "tage_monat", "Tage im Monat"
    MONATE = "monate", "fester Betrag im Monat"
    EINMALIG = "einmalig", "einmaliger Betrag"


class Redestimme(TextChoices):
    """Whose words a statement on the need holds; each stands beside the others, none instead."""

    PERSON = "person", "die Person"
    VERTRETUNG = "vertretung", "Vertretung oder Vertrauensperson"
    FACHDIENST = "fachdienst", "Fachdienst"
    GUTACHTEN = "gutachten", "Gutachten"
    LEISTUNGSERBRINGER = "leistungserbringer", "Leistungserbringer"
    FALLMANAGEMENT = "fallmanagement", "Fallmanagement"


class Bedarfseinheit(TextChoices):
    """In which unit an amount of need is named; it is a reasoned entry, never computed."""

    MINUTEN_WOCHE = "minuten_woche", "Minuten in der Woche"
    STUNDEN_WOCHE = "stunden_woche", "Stunden in der Woche"
    STUNDEN_MONAT = "stunden_monat", "Stunden im Monat"
    TAGE_WOCHE = "tage_woche", "Tage in der Woche"


class Anmerkungsstand(TextChoices):
    """A remark of the review: put, answered, settled by whoever put it."""

    OFFEN = "offen", "offen"
    BEANTWORTET = "beantwortet", "beantwortet"
    ERLEDIGT = "erledigt", "erledigt"


class Entscheidung(TextChoices):
    """Who decides about a Leistung and in whose name; the words are those of `recht`."""

    EINGLIEDERUNGSHILFE = (
        Entscheidungsrolle.EINGLIEDERUNGSHILFE.value,
        BEZEICHNUNG[Entscheidungsrolle.EINGLIEDERUNGSHILFE],
    )
    SOZIALHILFE = (
        Entscheidungsrolle.SOZIALHILFE.value,
        BEZEICHNUNG[Entscheidungsrolle.SOZIALHILFE],
    )
    LEISTEND = Entscheidungsrolle.LEISTEND.value, BEZEICHNUNG[Entscheidungsrolle.LEISTEND]
    EIGENER_NAME = (
        Entscheidungsrolle.EIGENER_NAME.value,
        BEZEICHNUNG[Entscheidungsrolle.EIGENER_NAME],
    )
    EIGENE_ENTSCHEIDUNG = (
        Entscheidungsrolle.EIGENE_ENTSCHEIDUNG.value,
        BEZEICHNUNG[Entscheidungsrolle.EIGENE_ENTSCHEIDUNG],
    )
    AUFTRAG = Entscheidungsrolle.AUFTRAG.value, BEZEICHNUNG[Entscheidungsrolle.AUFTRAG]


_PLAN = Normfolge("§ 58 SGB XII", "§ 121 SGB IX", ue="§ 144 SGB XII")
_BEDARF = Normfolge("§ 58 SGB XII", "§ 118 SGB IX", ue="§ 142 SGB XII")

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
            _PLAN,
        ),
        Uebergang(
            "vorlegen",
            "Zur Freigabe vorlegen",
            (Planzustand.ENTWURF,),
            Planzustand.VORGELEGT,
            SCHREIBENDE,
            Normfolge("§ 58 SGB XII", "§ 121 Abs. 4 SGB IX", ue="§ 144 Abs. 4 SGB XII"),
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
            "zurueckziehen",
            "Vorlage zurückziehen",
            (Planzustand.VORGELEGT,),
            Planzustand.ENTWURF,
            SCHREIBENDE,
            "",
        ),
        Uebergang(
            "freigeben",
            "Freigeben",
            (Planzustand.VORGELEGT,),
            Planzustand.FREIGEGEBEN,
            NUR_LEITUNG,
            _PLAN,
            zweite_person=True,
        ),
        Uebergang(
            "fortschreiben",
            "Gesamtplan fortschreiben",
            (Planzustand.FREIGEGEBEN,),
            "",
            SCHREIBENDE,
            Normfolge("§ 58 SGB XII", "§ 121 Abs. 2 SGB IX", ue="§ 144 Abs. 2 SGB XII"),
        ),
        Uebergang(
            "uebergeben",
            "Übergabe vermerken",
            (Planzustand.FREIGEGEBEN,),
            "",
            SCHREIBENDE,
            Normfolge("§ 58 SGB XII", "§ 121 Abs. 5 SGB IX", ue="§ 144 Abs. 5 SGB XII"),
        ),
        Uebergang(
            "weitergeben",
            "Auszug für andere",
            (Planzustand.FREIGEGEBEN,),
            "",
            SCHREIBENDE,
            "§ 67b Abs. 1 S. 1 SGB X",
        ),
    ),
    {
        Planzustand.ENTWURF: "neutral",
        Planzustand.VORGELEGT: "warning",
        Planzustand.FREIGEGEBEN: "success",
    },
)

ANMERKEN = Zustandstafel(
    "Beginn einer Anmerkung",
    Planzustand,
    (
        Uebergang(
            "anmerken", "Anmerkung schreiben", (Planzustand.VORGELEGT,), "", NUR_LEITUNG, _PLAN
        ),
    ),
)
ANMERKUNG = Zustandstafel(
    "Anmerkung",
    Anmerkungsstand,
    (
        Uebergang(
            "antworten",
            "Antworten",
            (Anmerkungsstand.OFFEN,),
            Anmerkungsstand.BEANTWORTET,
            SCHREIBENDE,
            _PLAN,
        ),
        Uebergang(
            "erledigen",
            "Als erledigt vermerken",
            (Anmerkungsstand.OFFEN, Anmerkungsstand.BEANTWORTET),
            Anmerkungsstand.ERLEDIGT,
            NUR_LEITUNG,
            _PLAN,
        ),
    ),
    {
        Anmerkungsstand.OFFEN: "warning",
        Anmerkungsstand.BEANTWORTET: "info",
        Anmerkungsstand.ERLEDIGT: "success",
    },
)

# The Fachdienst finds the need out (§ 118 SGB IX); that it is settled, the Fallmanagement says.
BEDARFSROLLEN = SCHREIBENDE | {Rolle.FACHDIENST.value}
BEDARFSERMITTLUNG = Zustandstafel(
    "Bedarfsermittlung",
    Ermittlungszustand,
    (
        Uebergang(
            "bearbeiten",
            "Bedarf eintragen",
            (Ermittlungszustand.ENTWURF,),
            Ermittlungszustand.ENTWURF,
            BEDARFSROLLEN,
            _BEDARF,
        ),
        Uebergang(
            "abschliessen",
            "Bedarfsermittlung abschließen",
            (Ermittlungszustand.ENTWURF,),
            Ermittlungszustand.ABGESCHLOSSEN,
            SCHREIBENDE,
            _BEDARF,
        ),
    ),
    {Ermittlungszustand.ENTWURF: "neutral", Ermittlungszustand.ABGESCHLOSSEN: "success"},
)

# A case that is decided here and has not ended: need and plan may begin.
LAUFEND = tuple(
    z
    for z in Fallzustand
    if z not in (Fallzustand.ANFRAGE, Fallzustand.WEITERGELEITET, Fallzustand.BEENDET)
)
BEDARFSBEGINN = Zustandstafel(
    "Beginn einer Bedarfsermittlung",
    Fallzustand,
    (Uebergang("ermitteln", "Bedarf ermitteln", LAUFEND, "", BEDARFSROLLEN, _BEDARF),),
)
PLANBEGINN = Zustandstafel(
    "Beginn des Gesamtplans",
    Fallzustand,
    (Uebergang("anlegen", "Gesamtplan anlegen", LAUFEND, "", SCHREIBENDE, _PLAN),),
)
