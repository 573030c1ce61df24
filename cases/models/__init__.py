"""Models of the floor `cases`."""

from cases.models.abwesenheit import WIRKSAM, Abwesenheit, Abwesenheitsgrund
from cases.models.anmeldung import Anmeldeereignis, Anmeldevorgang
from cases.models.anschriftwert import Anschriftart, MitAnschrift
from cases.models.antrag import (
    Angabe,
    Antrag,
    Antragsteller,
    Antragsweg,
    Ausfuehrung,
    BeantragteLeistung,
    Beratung,
    Feststellungsverfahren,
    Traegerangabe,
    Vorbefund,
    Vorergebnis,
    Weiterleitung,
)
from cases.models.antragsbogen import Antragsart, Antragsbogen, Einsatzwahl
from cases.models.auftrag import Auftrag, Auftragsbeginn
from cases.models.auskunftssperre import Auskunftssperre, Sperrart
from cases.models.austausch import Importprofil, Importstapel, Importzeile
from cases.models.bankverbindung import Bankverbindung
from cases.models.behoerde import Aktenzeichenzaehler, Behoerde, Siegelort, Team, Zeichnung
from cases.models.behoerdenaenderung import Behoerdenaenderung
from cases.models.behoerdenbild import Behoerdenbild, Bildart
from cases.models.betrieb import Betriebsstand
from cases.models.case import Case, Endeart, Zuweisung, Zuweisungsart
from cases.models.eigener_wert import EigenerWert
from cases.models.einwilligung import (
    Einwilligung,
    Einwilligungsform,
    Einwilligungsteil,
    Einwilligungswiderruf,
    Empfaenger,
    Empfaengerart,
    Erklaerender,
    empfaenger_schluessel,
)
from cases.models.entwurf import Entwurf, Formularvorgang
from cases.models.ereignis import Ereignis
from cases.models.erinnerung import Erinnerungsmail
from cases.models.feldschluessel import Feldschluessel
from cases.models.frist import (
    Frist,
    Fristaenderung,
    Fristneuberechnung,
    Fristpause,
    Fristverlaengerung,
    Wiedervorlage,
)
from cases.models.kalenderzugang import Kalenderzugang
from cases.models.leistungstraeger import Leistungstraeger, Traegerart
from cases.models.lesezugriff import Lesezugriff, Zugriffsverweigerung
from cases.models.person import (
    Anrede,
    Anschrift,
    Anschriftzweck,
    Aufenthalt,
    BarrierefreiesFormat,
    Behinderungsart,
    Entschaedigung,
    Familienstand,
    Geburtsgenauigkeit,
    LeistungsberechtigtePerson,
    Todesquelle,
    Verstaendigung,
)
from cases.models.personenangabe import (
    Hilfebedarfseinstufung,
    Krankenversicherung,
    Merkzeichen,
    Personenangabe,
    Pflegeeinstufung,
    Pflegestand,
    Schwerbehinderung,
    Unbekanntgrund,
    Versicherungsart,
    Wohnform,
    Wohnsituation,
)
from cases.models.personenschutz import Personenschutz
from cases.models.protokoll import Protokollluecke, Protokollsiegel
from cases.models.pruefkatalog import Pruefergebnis, Pruefkatalog, Pruefpunkt
from cases.models.schreiben import Schreiben, Schreibendatei
from cases.models.schwaerzung import Schwaerzung
from cases.models.serie import Serie, Serienbrief, Serienbriefansicht
from cases.models.statistikangabe import (
    Geschlecht,
    GleichzeitigeLeistung,
    Statistikangabe,
    Zusammenleben,
)
from cases.models.suchzeile import Suchzeile
from cases.models.tageslauf import Tageslauf
from cases.models.textbaustein import Textbaustein
from cases.models.uebergabe import (
    Meldungsart,
    Uebergabe,
    Uebergabemeldung,
    Uebergabezeile,
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
from cases.models.versand import (
    FOERMLICH,
    PAPIER,
    Aushang,
    Belehrungsstand,
    Druckstapel,
    Versand,
    Versandweg,
)
from cases.models.vertretung import (
    Aufgabenkreis,
    Beziehung,
    Bezugsperson,
    Vertretungsform,
    Vertretungsverhaeltnis,
)
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
from cases.models.wertschluessel import Fristwahrung, Teilmonatmodus, Wertschluessel, wertschluessel
from cases.models.zaehler import Zaehler
from cases.models.zugang import (
    Auffaelligkeit,
    Auffaelligkeitsart,
    Kontoaenderung,
    Listenabruf,
    Meldungsanlass,
    Notfallzugriff,
    Zugangsmeldung,
)
from cases.models.zusammenfuehrung import (
    Doppelausschluss,
    Gattung,
    Verweis,
    Zeilenstand,
    Zusammenfuehrung,
)
from cases.models.zustaendigkeit import (
    Entscheidungsart,
    Teilweiterleitung,
    Traegerbeteiligung,
    Vorlaeufigkeit,
    Vorlaeufigkeitsgrund,
    Zustaendigkeitsentscheidung,
    Zustaendigkeitspruefung,
)

__all__ = [
    "FOERMLICH",
    "PAPIER",
    "WIRKSAM",
    "Abwesenheit",
    "Abwesenheitsgrund",
    "Aktenzeichenzaehler",
    "Angabe",
    "Angebot",
    "Anmeldeereignis",
    "Anmeldevorgang",
    "Anrede",
    "Anschrift",
    "Anschriftart",
    "Anschriftzweck",
    "Ansprechperson",
    "Antrag",
    "Antragsart",
    "Antragsbogen",
    "Antragsteller",
    "Antragsweg",
    "Aufenthalt",
    "Auffaelligkeit",
    "Auffaelligkeitsart",
    "Aufgabenkreis",
    "Auftrag",
    "Auftragsbeginn",
    "Ausfuehrung",
    "Aushang",
    "Auskunftssperre",
    "Bankverbindung",
    "BarrierefreiesFormat",
    "BeantragteLeistung",
    "Behinderungsart",
    "Behoerde",
    "Behoerdenaenderung",
    "Behoerdenbild",
    "Belehrungsstand",
    "Beratung",
    "Betriebsstand",
    "Beziehung",
    "Bezugsperson",
    "Bildart",
    "Case",
    "Dateiart",
    "Doppelausschluss",
    "Druckstapel",
    "EigenerWert",
    "Einsatzwahl",
    "Einwilligung",
    "Einwilligungsform",
    "Einwilligungsteil",
    "Einwilligungswiderruf",
    "Empfaenger",
    "Empfaengerart",
    "Endeart",
    "Entschaedigung",
    "Entscheidungsart",
    "Entwurf",
    "Ereignis",
    "Erinnerungsmail",
    "Erklaerender",
    "Familienstand",
    "Feldschluessel",
    "Feststellungsverfahren",
    "Formularvorgang",
    "Frist",
    "Fristaenderung",
    "Fristneuberechnung",
    "Fristpause",
    "Fristverlaengerung",
    "Fristwahrung",
    "Gattung",
    "Geburtsgenauigkeit",
    "Geschlecht",
    "GleichzeitigeLeistung",
    "Hilfebedarfseinstufung",
    "Importprofil",
    "Importstapel",
    "Importzeile",
    "Kalenderzugang",
    "Kontoaenderung",
    "Krankenversicherung",
    "LeistungsberechtigtePerson",
    "Leistungserbringer",
    "Leistungstraeger",
    "Lesezugriff",
    "Listenabruf",
    "Meldungsanlass",
    "Meldungsart",
    "Merkzeichen",
    "MitAnschrift",
    "Nachtrag",
    "Notfallzugriff",
    "Personenangabe",
    "Personenschutz",
    "Pflegeeinstufung",
    "Pflegestand",
    "Preis",
    "Preiseinheit",
    "Protokollluecke",
    "Protokollsiegel",
    "Pruefergebnis",
    "Pruefkatalog",
    "Pruefpunkt",
    "Pruefstand",
    "Schreiben",
    "Schreibendatei",
    "Schwaerzung",
    "Schwerbehinderung",
    "Serie",
    "Serienbrief",
    "Serienbriefansicht",
    "Siegelort",
    "Sperrart",
    "Statistikangabe",
    "Stelle",
    "Stellenart",
    "Suchzeile",
    "Tageslauf",
    "Team",
    "Teilmonatmodus",
    "Teilweiterleitung",
    "Textbaustein",
    "Todesquelle",
    "Traegerangabe",
    "Traegerart",
    "Traegerbeteiligung",
    "Uebergabe",
    "Uebergabemeldung",
    "Uebergabezeile",
    "Unbekanntgrund",
    "Unterlage",
    "Unterlagenart",
    "Unterlagendatei",
    "Unterlagentext",
    "User",
    "Vermerk",
    "Vermerkart",
    "Versand",
    "Versandweg",
    "Versicherungsart",
    "Verstaendigung",
    "Vertretungsform",
    "Vertretungsverhaeltnis",
    "Verweis",
    "Verzeichniseintrag",
    "Vorbefund",
    "Vorergebnis",
    "Vorlaeufigkeit",
    "Vorlaeufigkeitsgrund",
    "Weiterleitung",
    "Wertschluessel",
    "Wiedervorlage",
    "Wohnform",
    "Wohnsituation",
    "Zaehler",
    "Zeichnung",
    "Zeilenstand",
    "Zugangsmeldung",
    "Zugriffsverweigerung",
    "Zusammenfuehrung",
    "Zusammenleben",
    "Zustaendigkeitsentscheidung",
    "Zustaendigkeitspruefung",
    "Zuweisung",
    "Zuweisungsart",
    "empfaenger_schluessel",
    "wertschluessel",
]
