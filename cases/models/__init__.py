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
from cases.models.verzeichnis import (
    Angebot,
    Ansprechperson,
    Leistungserbringer,
    Preis,
    Preiseinheit,
    Stelle,
    Stellenart,
)
from cases.models.verzeichniseintrag import Verzeichniseintrag
from cases.models.zusammenfuehrung import (
    Doppelausschluss,
    Gattung,
    Verweis,
    Zeilenstand,
    Zusammenfuehrung,
)
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
    "Angebot",
    "Anrede",
    "Anschrift",
    "Ansprechperson",
    "Antrag",
    "Antragsweg",
    "Auffaelligkeit",
    "Auftrag",
    "BarrierefreiesFormat",
    "Behinderungsart",
    "Behoerde",
    "Case",
    "Dateiart",
    "Doppelausschluss",
    "Druckstapel",
    "EigenerWert",
    "Entwurf",
    "Ereignis",
    "Erinnerungsmail",
    "Formularvorgang",
    "Frist",
    "Gattung",
    "Kontoaenderung",
    "LeistungsberechtigtePerson",
    "Leistungserbringer",
    "Leistungstraeger",
    "Lesezugriff",
    "Listenabruf",
    "Meldungsanlass",
    "Nachtrag",
    "Notfallzugriff",
    "Preis",
    "Preiseinheit",
    "Pruefstand",
    "Schreiben",
    "Schreibendatei",
    "Stelle",
    "Stellenart",
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
    "Verweis",
    "Verzeichniseintrag",
    "Weiterleitung",
    "Wertschluessel",
    "Wiedervorlage",
    "Zeilenstand",
    "Zugangsmeldung",
    "Zugriffsverweigerung",
    "Zusammenfuehrung",
    "Zuweisung",
    "wertschluessel",
]
