"""A Gutachten about the need: proposed experts, choice, order, receipt, use in the Bedarf."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from gesamtplan.states import LAUFEND
from recht.rechtsstand import Normfolge

# Why the three weeks without a Gutachten are lifted; a Gutachten that falls away lets them run on.
FRISTGRUND = "ein Gutachten ist beauftragt"


class Gutachtenstand(TextChoices):
    """Where a Gutachten stands between the question and its use in the Bedarf."""

    VORBEREITET = "vorbereitet", "in Vorbereitung"
    BENANNT = "benannt", "Sachverständige benannt"
    GEWAEHLT = "gewaehlt", "ausgewählt"
    BEAUFTRAGT = "beauftragt", "beauftragt"
    EINGEGANGEN = "eingegangen", "liegt vor"
    VERWERTET = "verwertet", "im Bedarf verwertet"
    ENTFALLEN = "entfallen", "nicht mehr nötig"


class Wahldurch(TextChoices):
    """Who has chosen the expert."""

    PERSON = "person", "die Person"
    BEHOERDE = "behoerde", "die Behörde, weil die Person nicht gewählt hat"


_NORM = Normfolge("§ 14 Abs. 5 SGB IX a.F.", "§ 17 SGB IX", ue="§ 17 SGB IX")
# Before the Gutachten is there.
OFFENE = (
    Gutachtenstand.VORBEREITET,
    Gutachtenstand.BENANNT,
    Gutachtenstand.GEWAEHLT,
    Gutachtenstand.BEAUFTRAGT,
)
GUTACHTENBEGINN = Zustandstafel(
    "Beginn eines Gutachtens",
    Fallzustand,
    (Uebergang("veranlassen", "Gutachten veranlassen", LAUFEND, "", SCHREIBENDE, _NORM),),
)
GUTACHTEN = Zustandstafel(
    "Gutachten",
    Gutachtenstand,
    (
        Uebergang(
            "bearbeiten",
            "Gutachten bearbeiten",
            (Gutachtenstand.VORBEREITET,),
            Gutachtenstand.VORBEREITET,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "benennen",
            "Sachverständige benennen",
            (Gutachtenstand.VORBEREITET,),
            Gutachtenstand.BENANNT,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "waehlen",
            "Wahl festhalten",
            (Gutachtenstand.BENANNT,),
            Gutachtenstand.GEWAEHLT,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "beauftragen",
            "Gutachten beauftragen",
            (Gutachtenstand.GEWAEHLT,),
            Gutachtenstand.BEAUFTRAGT,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "auftrag_zurueck",
            "Auftrag nicht angekommen",
            (Gutachtenstand.BEAUFTRAGT,),
            Gutachtenstand.GEWAEHLT,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "annehmen",
            "Eingang festhalten",
            (Gutachtenstand.BEAUFTRAGT,),
            Gutachtenstand.EINGEGANGEN,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "verwerten",
            "Im Bedarf verwerten",
            (Gutachtenstand.EINGEGANGEN,),
            Gutachtenstand.VERWERTET,
            SCHREIBENDE,
            _NORM,
        ),
        Uebergang(
            "entfallen",
            "Nicht mehr nötig",
            OFFENE,
            Gutachtenstand.ENTFALLEN,
            SCHREIBENDE,
            _NORM,
        ),
    ),
    {
        Gutachtenstand.VORBEREITET: "neutral",
        Gutachtenstand.BENANNT: "warning",
        Gutachtenstand.GEWAEHLT: "warning",
        Gutachtenstand.BEAUFTRAGT: "warning",
        Gutachtenstand.EINGEGANGEN: "warning",
        Gutachtenstand.VERWERTET: "success",
        Gutachtenstand.ENTFALLEN: "neutral",
    },
)
