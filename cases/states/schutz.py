"""Protection of a person as words and table: it closes at once, it opens by two people."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel


class Schutzgrund(TextChoices):
    """Why the cases of a person are seen by few."""

    GEFAHR = "gefahr", "Gefahr für Leib, Leben oder Freiheit"
    BESCHAEFTIGT = "beschaeftigt", "Beschäftigte der Behörde oder ihre Angehörigen"
    BEKANNT = "bekannt", "in der Öffentlichkeit oder im Amt bekannt"
    WUNSCH = "wunsch", "auf Wunsch der Person"
    SONSTIGER = "sonstiger", "anderer Grund"


class Schutzzustand(TextChoices):
    """Where the protection of a person stands."""

    GESETZT = "gesetzt", "gilt, wartet auf eine zweite Person"
    BESTAETIGT = "bestaetigt", "gilt"
    AUFHEBUNG = "aufhebung", "gilt, Aufhebung beantragt"
    AUFGEHOBEN = "aufgehoben", "aufgehoben"


SCHUETZEND = (Schutzzustand.GESETZT, Schutzzustand.BESTAETIGT, Schutzzustand.AUFHEBUNG)

PERSONENSCHUTZ = Zustandstafel(
    "Personenschutz",
    Schutzzustand,
    (
        Uebergang(
            "bestaetigen",
            "Schutz bestätigen",
            (Schutzzustand.GESETZT,),
            Schutzzustand.BESTAETIGT,
            SCHREIBENDE,
            "§ 35 Abs. 1 SGB I",
            zweite_person=True,
        ),
        Uebergang(
            "aufhebung_beantragen",
            "Aufhebung beantragen",
            (Schutzzustand.GESETZT, Schutzzustand.BESTAETIGT),
            Schutzzustand.AUFHEBUNG,
            SCHREIBENDE,
            "§ 35 Abs. 1 SGB I",
        ),
        Uebergang(
            "beibehalten",
            "Schutz beibehalten",
            (Schutzzustand.AUFHEBUNG,),
            Schutzzustand.BESTAETIGT,
            SCHREIBENDE,
            "§ 35 Abs. 1 SGB I",
        ),
        Uebergang(
            "aufheben",
            "Schutz aufheben",
            (Schutzzustand.AUFHEBUNG,),
            Schutzzustand.AUFGEHOBEN,
            SCHREIBENDE,
            "§ 35 Abs. 1 SGB I",
            zweite_person=True,
        ),
    ),
    {
        Schutzzustand.GESETZT: "warning",
        Schutzzustand.BESTAETIGT: "info",
        Schutzzustand.AUFHEBUNG: "warning",
        Schutzzustand.AUFGEHOBEN: "neutral",
    },
)
