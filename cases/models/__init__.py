"""Models of the floor `cases`."""

from cases.models.antrag import Antrag, Antragsweg, Weiterleitung
from cases.models.behoerde import Aktenzeichenzaehler, Behoerde, Team
from cases.models.case import Case, Zuweisung
from cases.models.eigener_wert import EigenerWert, Teilmonatmodus, Wertschluessel, wertschluessel
from cases.models.ereignis import (
    Entwurf,
    Ereignis,
    Formularvorgang,
    Lesezugriff,
    Zugriffsverweigerung,
)
from cases.models.frist import Frist, Wiedervorlage
from cases.models.leistungstraeger import Leistungstraeger, Traegerart
from cases.models.person import (
    Anrede,
    Anschrift,
    BarrierefreiesFormat,
    Behinderungsart,
    LeistungsberechtigtePerson,
)
from cases.models.schreiben import (
    Auftrag,
    Druckstapel,
    Erinnerungsmail,
    Schreiben,
    Schreibendatei,
    Versand,
    Versandweg,
)
from cases.models.unterlage import Pruefstand, Unterlage, Unterlagenart
from cases.models.user import User

__all__ = [
    "Aktenzeichenzaehler",
    "Anrede",
    "Anschrift",
    "Antrag",
    "Antragsweg",
    "Auftrag",
    "BarrierefreiesFormat",
    "Behinderungsart",
    "Behoerde",
    "Case",
    "Druckstapel",
    "EigenerWert",
    "Entwurf",
    "Ereignis",
    "Erinnerungsmail",
    "Formularvorgang",
    "Frist",
    "LeistungsberechtigtePerson",
    "Leistungstraeger",
    "Lesezugriff",
    "Pruefstand",
    "Schreiben",
    "Schreibendatei",
    "Team",
    "Teilmonatmodus",
    "Traegerart",
    "Unterlage",
    "Unterlagenart",
    "User",
    "Versand",
    "Versandweg",
    "Weiterleitung",
    "Wertschluessel",
    "Wiedervorlage",
    "Zugriffsverweigerung",
    "Zuweisung",
    "wertschluessel",
]
