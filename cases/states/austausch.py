"""Import of existing cases: its states, and the fields that a column can fill."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from cases.states.fall import Fallzustand
from cases.states.rolle import NUR_LEITUNG
from cases.states.tafel import Uebergang, Zustandstafel


class Stapelzustand(TextChoices):
    """Where an import stands."""

    PRUEFUNG = "pruefung", "wird geprüft"
    GEPRUEFT = "geprueft", "geprüft, noch nichts übernommen"
    UEBERNAHME = "uebernahme", "wird übernommen"
    UEBERNOMMEN = "uebernommen", "übernommen"
    RUECKNAHME = "ruecknahme", "wird zurückgenommen"
    ZURUECKGENOMMEN = "zurueckgenommen", "zurückgenommen"
    VERWORFEN = "verworfen", "verworfen"


# In these a worker goes on; a page only looks on.
ARBEITEND = (Stapelzustand.PRUEFUNG, Stapelzustand.UEBERNAHME, Stapelzustand.RUECKNAHME)

STAPEL = Zustandstafel(
    "Importstapel",
    Stapelzustand,
    (
        Uebergang(
            "entscheiden",
            "Entscheidung speichern",
            (Stapelzustand.GEPRUEFT,),
            Stapelzustand.GEPRUEFT,
            NUR_LEITUNG,
        ),
        Uebergang(
            "uebernehmen",
            "Jetzt übernehmen",
            (Stapelzustand.GEPRUEFT,),
            Stapelzustand.UEBERNAHME,
            NUR_LEITUNG,
        ),
        Uebergang(
            "zuordnen",
            "Wörter zuordnen",
            (Stapelzustand.GEPRUEFT,),
            Stapelzustand.PRUEFUNG,
            NUR_LEITUNG,
        ),
        Uebergang(
            "vorlegen",
            "Tage der Wiedervorlage ändern",
            (Stapelzustand.GEPRUEFT,),
            Stapelzustand.GEPRUEFT,
            NUR_LEITUNG,
        ),
        Uebergang(
            "verwerfen",
            "Stapel verwerfen",
            (Stapelzustand.PRUEFUNG, Stapelzustand.GEPRUEFT),
            Stapelzustand.VERWORFEN,
            NUR_LEITUNG,
        ),
        Uebergang(
            "zuruecknehmen",
            "Übernahme zurücknehmen",
            (Stapelzustand.UEBERNOMMEN,),
            Stapelzustand.RUECKNAHME,
            NUR_LEITUNG,
        ),
    ),
    {
        Stapelzustand.PRUEFUNG: "info",
        Stapelzustand.GEPRUEFT: "warning",
        Stapelzustand.UEBERNAHME: "info",
        Stapelzustand.UEBERNOMMEN: "success",
        Stapelzustand.RUECKNAHME: "info",
        Stapelzustand.ZURUECKGENOMMEN: "neutral",
        Stapelzustand.VERWORFEN: "neutral",
    },
)


class Importzeilenstand(TextChoices):
    """What has become of one row of the file."""

    OFFEN = "offen", "noch nicht geprüft"
    FEHLER = "fehler", "fehlerhaft"
    GUELTIG = "gueltig", "in Ordnung"
    AUSGELASSEN = "ausgelassen", "ausgelassen"
    UEBERNOMMEN = "uebernommen", "übernommen"
    ZURUECKGENOMMEN = "zurueckgenommen", "zurückgenommen"


class Importentscheidung(TextChoices):
    """Whom a row is about; without a decision nothing is taken over."""

    OFFEN = "offen", "noch zu entscheiden"
    NEU = "neu", "neue Person anlegen"
    VORHANDEN = "vorhanden", "Fall zur vorhandenen Person"
    ZEILE = "zeile", "Fall zur Person einer früheren Zeile"
    AUSLASSEN = "auslassen", "Zeile auslassen"


class Datumsform(TextChoices):
    """How the file writes a day."""

    DEUTSCH = "deutsch", "TT.MM.JJJJ (auch JJJJ-MM-TT)"
    SCHRAEG = "schraeg", "TT/MM/JJJJ"
    AMERIKANISCH = "amerikanisch", "MM/TT/JJJJ"
    KOMPAKT = "kompakt", "JJJJMMTT"


# A later state would need its Bedarf, Gesamtplan or Bescheid, which a row cannot carry.
IMPORTZUSTAENDE = (
    Fallzustand.ANTRAG_EINGEGANGEN,
    Fallzustand.ZUSTAENDIG,
    Fallzustand.LEISTUNG_LAEUFT,
    Fallzustand.BEENDET,
)


@dataclass(frozen=True)
class Importfeld:
    """A field that a column can fill: key, heading of the template, meaning, example."""

    schluessel: str
    titel: str
    erklaerung: str
    beispiel: str = ""
    pflicht: bool = False


_ZUSTANDSWORTE = ", ".join(f"„{z.label}“" for z in IMPORTZUSTAENDE)

FELDER: dict[str, Importfeld] = {
    feld.schluessel: feld
    for feld in (
        Importfeld(
            "aktenzeichen",
            "Aktenzeichen",
            "Bleibt unverändert und darf nur einmal vorkommen, höchstens 30 Zeichen.",
            "SH-2019-00417",
            pflicht=True,
        ),
        Importfeld("anrede", "Anrede", "Frau, Herr oder ohne Anrede; leer: ohne Anrede.", "Frau"),
        Importfeld("vorname", "Vorname", "Alle Vornamen; leer bei nur einem Namen.", "Erika"),
        Importfeld("nachname", "Nachname", "Nachname der Person.", "Beispiel", pflicht=True),
        Importfeld(
            "geburtsdatum",
            "Geburtsdatum",
            "Tag der Geburt; auch 1960 oder 05.1960.",
            "17.04.1985",
            True,
        ),
        Importfeld("zusatz", "Anschriftenzusatz", "Zum Beispiel c/o.", "c/o Muster"),
        Importfeld(
            "strasse", "Straße und Hausnummer", "Oder Postfach mit Nummer.", "Lindenweg 12", True
        ),
        Importfeld("plz", "Postleitzahl", "Als Text, in Deutschland fünf Ziffern.", "70999", True),
        Importfeld("ort", "Ort", "Wohnort.", "Musterau", pflicht=True),
        Importfeld("land", "Land", "Name oder Kürzel (CH); leer: Deutschland.", ""),
        Importfeld("telefon", "Telefon", "Freiwillig.", "07999 1234"),
        Importfeld("email", "E-Mail", "Freiwillig; eröffnet keinen Zugang für Bescheide."),
        Importfeld(
            "iban", "IBAN", "Konto der Person, mit Prüfziffer.", "DE89 3704 0044 0532 0130 00"
        ),
        Importfeld("kontoinhaber", "Kontoinhaber", "Leer: die Person selbst."),
        Importfeld(
            "behinderungsart",
            "Behinderungsart",
            "körperlich, geistig, seelisch oder Sinnesbehinderung; leer: noch nicht festgestellt.",
            "körperlich",
        ),
        Importfeld(
            "fallmanagement",
            "Fallmanagement",
            "Anmeldename, E-Mail-Adresse oder Vor- und Nachname eines Kontos im Team.",
            "Jonas Brandt",
            pflicht=True,
        ),
        Importfeld("team", "Team", "Leer: das Team, das beim Hochladen gewählt wird.", "Team Nord"),
        Importfeld("zustand", "Zustand", f"Einer von: {_ZUSTANDSWORTE}.", "Leistung läuft", True),
        Importfeld(
            "eroeffnet_am", "Eröffnet am", "Tag, an dem der Fall begann.", "02.05.2019", True
        ),
        Importfeld(
            "antrag_am",
            "Antrag eingegangen am",
            "Tag des Antragseingangs; leer: Tag der Eröffnung.",
            "02.05.2019",
        ),
        Importfeld("begehren", "Begehren", "Was beantragt ist.", "Assistenz zur Sozialen Teilhabe"),
        Importfeld("budget", "Persönliches Budget", "ja oder nein; leer: nein.", "nein"),
        Importfeld("beendet_am", "Beendet am", "Nur und immer bei beendeten Fällen.", ""),
        Importfeld("wiedervorlage_am", "Wiedervorlage am", "Tag der nächsten Durchsicht."),
        Importfeld("wiedervorlage", "Wiedervorlage Anlass", "Leer: „Übernommenen Fall prüfen“."),
        Importfeld(
            "betrag",
            "Betrag monatlich",
            "Nur für die Kontrollsumme; wird nicht als Leistung gebucht.",
            "842,10",
        ),
    )
}
PFLICHTFELDER = tuple(f.schluessel for f in FELDER.values() if f.pflicht)
DATUMSFELDER = ("geburtsdatum", "eroeffnet_am", "antrag_am", "beendet_am", "wiedervorlage_am")
# A cell of these holds a word of a list; an old file may have words of its own.
WORTFELDER = ("zustand", "fallmanagement", "anrede", "behinderungsart", "budget", "team", "land")
