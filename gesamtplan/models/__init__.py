"""Models of the floor `gesamtplan`."""

from gesamtplan.models.bedarf import Bedarf, Bedarfsermittlung, Lebensbereich
from gesamtplan.models.gesamtplan import Gesamtplan, Leistung, Planinhalt, Teilhabeziel

__all__ = [
    "Bedarf",
    "Bedarfsermittlung",
    "Gesamtplan",
    "Lebensbereich",
    "Leistung",
    "Planinhalt",
    "Teilhabeziel",
]
