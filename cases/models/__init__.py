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
from cases.models.unterlage import (
    Dateiart,
    Pruefstand,
    Unterlage,
    Unterlagenart,
    Unterlagendatei,
    Unterlagentext,
)
from cases.models.user import User
from cases.models.vermerk import Nachtrag, Vermerk, Vermerkart
from cases.models.zugang import (
    Auffaelligkeit,
    Kontoaenderung,
    Listenabruf,
    Meldungsanlass,
    Notfallzugriff,
    Zugangsmeldung,
)

__all__ = [
    "Aktenzeichenzaehler",
    "Anrede",
    "Anschrift",
    "Antrag",
    "Antragsweg",
    "Auffaelligkeit",
    "Auftrag",
    "BarrierefreiesFormat",
    "Behinderungsart",
    "Behoerde",
    "Case",
    "Dateiart",
    "Druckstapel",
    "EigenerWert",
    "Entwurf",
    "Ereignis",
    "Erinnerungsmail",
    "Formularvorgang",
    "Frist",
    "Kontoaenderung",
    "LeistungsberechtigtePerson",
    "Leistungstraeger",
    "Lesezugriff",
    "Listenabruf",
    "Meldungsanlass",
    "Notfallzugriff",
    "Nachtrag",
    "Pruefstand",
    "Schreiben",
    "Schreibendatei",
    "Team",
    "Teilmonatmodus",
    "Traegerart",
    "Unterlage",
    "Unterlagenart",
    "Unterlagendatei",
    "Unterlagentext",
    "User",
    "Vermerk",
    "Vermerkart",
    "Versand",
    "Versandweg",
    "Weiterleitung",
    "Wertschluessel",
    "Wiedervorlage",
    "Zugangsmeldung",
    "Zugriffsverweigerung",
    "Zuweisung",
    "wertschluessel",
]
