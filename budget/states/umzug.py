"""A move of the person while a budget is paid: what was decided about it."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.states.rolle import SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Gebiet(TextChoices):
    """Whether the new home lies where the authority is competent."""

    INNERHALB = "innerhalb", "im Gebiet unserer Behörde"
    AUSSERHALB = "ausserhalb", "im Gebiet eines anderen Trägers"


class Umzugsstand(TextChoices):
    """What has become of a move."""

    OFFEN = "offen", "zu entscheiden"
    UNVERAENDERT = "unveraendert", "es bleibt, wie es ist"
    FORTSCHREIBUNG = "fortschreibung", "Gesamtplan wird fortgeschrieben"
    TRAEGERWECHSEL = "traegerwechsel", "anderer Träger wird zuständig"


ENTSCHIEDEN = tuple(stand for stand in Umzugsstand if stand != Umzugsstand.OFFEN)
UMZUGSNORM = Normfolge("§ 98 SGB XII", "§ 98 Abs. 1 S. 3 SGB IX", ue="§ 98 SGB XII")

UMZUG = Zustandstafel(
    "Umzug der Person",
    Umzugsstand,
    (
        Uebergang(
            "entscheiden",
            "Folgen des Umzugs entscheiden",
            (Umzugsstand.OFFEN,),
            "",
            SCHREIBENDE,
            UMZUGSNORM,
        ),
        Uebergang(
            "zuruecknehmen",
            "Entscheidung zurücknehmen",
            ENTSCHIEDEN,
            Umzugsstand.OFFEN,
            SCHREIBENDE,
            UMZUGSNORM,
        ),
    ),
    {
        Umzugsstand.OFFEN: "warning",
        Umzugsstand.UNVERAENDERT: "success",
        Umzugsstand.FORTSCHREIBUNG: "info",
        Umzugsstand.TRAEGERWECHSEL: "info",
    },
)
