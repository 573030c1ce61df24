"""Models of the floor `gesamtplan`."""

from gesamtplan.models.anmerkung import Anmerkung
from gesamtplan.models.bedarf import (
    Aussage,
    Bedarf,
    Bedarfsermittlung,
    Bedarfsmenge,
    Lebensbereich,
)
from gesamtplan.models.gesamtplan import Gesamtplan, Leistung, Planinhalt, Teilhabeziel
from gesamtplan.models.gutachten import Gutachten, Sachverstaendiger
from gesamtplan.models.instrument import Instrumentantwort, Instrumentfassung
from gesamtplan.models.konferenz import Konferenz, Konferenzteilnahme
from gesamtplan.models.lebensuebergang import Lebensuebergang
from gesamtplan.models.mehrausfertigung import Mehrausfertigung
from gesamtplan.models.planabstimmung import Planabstimmung
from gesamtplan.models.planstichprobe import Planstichprobe
from gesamtplan.models.planuebergabe import Planuebergabe, Uebergabeweg
from gesamtplan.models.planvereinbarung import Planvereinbarung
from gesamtplan.models.uebermittlung import Uebermittlung
from gesamtplan.models.ueberpruefung import Ueberpruefung, Verlaufsbericht, Zielbewertung

__all__ = [
    "Anmerkung",
    "Aussage",
    "Bedarf",
    "Bedarfsermittlung",
    "Bedarfsmenge",
    "Gesamtplan",
    "Gutachten",
    "Instrumentantwort",
    "Instrumentfassung",
    "Konferenz",
    "Konferenzteilnahme",
    "Lebensbereich",
    "Lebensuebergang",
    "Leistung",
    "Mehrausfertigung",
    "Planabstimmung",
    "Planinhalt",
    "Planstichprobe",
    "Planuebergabe",
    "Planvereinbarung",
    "Sachverstaendiger",
    "Teilhabeziel",
    "Uebergabeweg",
    "Uebermittlung",
    "Ueberpruefung",
    "Verlaufsbericht",
    "Zielbewertung",
]
