"""States and steps of the case as tables; buttons, checks and tests read the same table.

A `Zustandstafel` knows which step leads from where to where, who may take it and which
norm it stands on. No query, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import TextChoices


class Rolle(TextChoices):
    """Roles are groups; the value is the name of the group."""

    FALLMANAGEMENT = "Fallmanagement", "Fallmanagement"
    LEITUNG = "Sachgebietsleitung", "Sachgebietsleitung"
    FACHDIENST = "Fachdienst", "Fachdienst"
    KASSE = "Kasse", "Kasse"
    REVISION = "Revision", "Revision"
    DATENSCHUTZ = "Datenschutz", "Datenschutz"
    FACHADMINISTRATION = "Fachadministration", "Fachadministration"
    BERECHTIGUNG = "Berechtigungsverwaltung", "Berechtigungsverwaltung"


class SchrittUnzulaessig(Exception):
    """A step that the state or a guard does not allow; the message is what the user reads."""

    def __init__(self, text: str, norm: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.norm = norm


@dataclass(frozen=True)
class Uebergang:
    """One step: from which states it may be taken, where it leads and by whom."""

    schritt: str
    titel: str
    von: tuple[str, ...]
    nach: str
    rollen: frozenset[str]
    norm: str = ""


@dataclass(frozen=True)
class Zustandstafel:
    """All steps of one kind of object."""

    name: str
    zustaende: type[TextChoices]
    uebergaenge: tuple[Uebergang, ...]
    farben: dict[str, str] = field(default_factory=dict)

    def uebergang(self, schritt: str) -> Uebergang:
        """Return the row of a step; a name that the table does not know is a programming error."""
        for zeile in self.uebergaenge:
            if zeile.schritt == schritt:
                return zeile
        raise KeyError(f"{self.name} kennt den Schritt {schritt} nicht")

    def schritte(self, zustand: str) -> list[Uebergang]:
        """Return the steps that start in this state, in the order of the table."""
        return [zeile for zeile in self.uebergaenge if zustand in zeile.von]

    def ziel(self, zustand: str, schritt: str) -> str:
        """Return the state after the step or raise SchrittUnzulaessig with a German sentence."""
        zeile = self.uebergang(schritt)
        if zustand not in zeile.von:
            jetzt = self.zustaende(zustand).label
            raise SchrittUnzulaessig(
                f"„{zeile.titel}“ ist im Zustand „{jetzt}“ nicht möglich.", zeile.norm
            )
        return zeile.nach


class Fallzustand(TextChoices):
    """Where a case stands (Gesamtplanverfahren, §§ 14, 117-121 SGB IX)."""

    ANFRAGE = "anfrage", "Anfrage (nur Beratung)"
    ANTRAG_EINGEGANGEN = "antrag_eingegangen", "Antrag eingegangen"
    WEITERGELEITET = "weitergeleitet", "weitergeleitet"
    ZUSTAENDIG = "zustaendig", "zuständig"
    BEDARF_ERMITTELT = "bedarf_ermittelt", "Bedarf ermittelt"
    GEPLANT = "geplant", "Gesamtplan erstellt"
    BEWILLIGT = "bewilligt", "bewilligt"
    LEISTUNG_LAEUFT = "leistung_laeuft", "Leistung läuft"
    UEBERPRUEFUNG = "ueberpruefung", "in Überprüfung"
    BEENDET = "beendet", "beendet"


_FM = frozenset({Rolle.FALLMANAGEMENT.value, Rolle.LEITUNG.value})
_LTG = frozenset({Rolle.LEITUNG.value})
F = Fallzustand
# Where a case goes on that ended by mistake or too early; what ran then is looked at first.
WIEDERAUFNAHME: dict[str, str] = {
    F.ANFRAGE: F.ANFRAGE,
    F.ANTRAG_EINGEGANGEN: F.ANTRAG_EINGEGANGEN,
    F.ZUSTAENDIG: F.ZUSTAENDIG,
    F.BEDARF_ERMITTELT: F.BEDARF_ERMITTELT,
    F.GEPLANT: F.GEPLANT,
    F.BEWILLIGT: F.UEBERPRUEFUNG,
    F.LEISTUNG_LAEUFT: F.UEBERPRUEFUNG,
    F.UEBERPRUEFUNG: F.UEBERPRUEFUNG,
}


def _wiederaufnahmen() -> tuple[Uebergang, ...]:
    """One row per state in which a reopened case can go on."""
    return tuple(
        Uebergang(f"wieder_{ziel}", "Fall wieder aufnehmen", (F.BEENDET,), ziel, _LTG, "§ 18 SGB X")
        for ziel in dict.fromkeys(WIEDERAUFNAHME.values())
    )


FALL = Zustandstafel(
    "Fall",
    Fallzustand,
    (
        Uebergang(
            "antrag_stellen",
            "Antrag aufnehmen",
            (F.ANFRAGE,),
            F.ANTRAG_EINGEGANGEN,
            _FM,
            "§ 108 Abs. 1 S. 1 SGB IX",
        ),
        Uebergang(
            "beratung_abschliessen",
            "Beratung abschließen",
            (F.ANFRAGE,),
            F.BEENDET,
            _FM,
            "§ 106 SGB IX",
        ),
        Uebergang(
            "zustaendigkeit_feststellen",
            "Zuständigkeit feststellen",
            (F.ANTRAG_EINGEGANGEN,),
            F.ZUSTAENDIG,
            _FM,
            "§ 14 Abs. 2 S. 1 SGB IX",
        ),
        Uebergang(
            "weiterleiten",
            "Antrag weiterleiten",
            (F.ANTRAG_EINGEGANGEN,),
            F.WEITERGELEITET,
            _FM,
            "§ 14 Abs. 1 S. 2 SGB IX",
        ),
        Uebergang(
            "bedarf_feststellen",
            "Bedarf feststellen",
            (F.ZUSTAENDIG, F.UEBERPRUEFUNG),
            F.BEDARF_ERMITTELT,
            _FM,
            "§ 118 SGB IX",
        ),
        Uebergang(
            "gesamtplan_freigeben",
            "Gesamtplan freigeben",
            (F.BEDARF_ERMITTELT, F.LEISTUNG_LAEUFT, F.UEBERPRUEFUNG, F.GEPLANT),
            F.GEPLANT,
            _LTG,
            "§ 121 SGB IX",
        ),
        Uebergang(
            "bewilligen",
            "Bescheid freigeben",
            (F.GEPLANT,),
            F.BEWILLIGT,
            _LTG,
            "§ 120 Abs. 2 SGB IX",
        ),
        Uebergang(
            "leistung_beginnen",
            "Leistung beginnt",
            (F.BEWILLIGT,),
            F.LEISTUNG_LAEUFT,
            _FM,
            "§ 39 Abs. 1 SGB X",
        ),
        Uebergang(
            "ueberpruefen",
            "Überprüfung beginnen",
            (F.LEISTUNG_LAEUFT,),
            F.UEBERPRUEFUNG,
            _FM,
            "§ 121 Abs. 2 SGB IX",
        ),
        Uebergang(
            "fortfuehren",
            "Unverändert fortführen",
            (F.UEBERPRUEFUNG,),
            F.LEISTUNG_LAEUFT,
            _FM,
            "§ 121 Abs. 2 SGB IX",
        ),
        Uebergang(
            "beenden",
            "Fall beenden",
            (
                F.ANTRAG_EINGEGANGEN,
                F.WEITERGELEITET,
                F.ZUSTAENDIG,
                F.BEDARF_ERMITTELT,
                F.GEPLANT,
                F.LEISTUNG_LAEUFT,
                F.UEBERPRUEFUNG,
            ),
            F.BEENDET,
            _LTG,
            "",
        ),
        *_wiederaufnahmen(),
    ),
    {
        F.ANFRAGE: "neutral",
        F.ANTRAG_EINGEGANGEN: "info",
        F.WEITERGELEITET: "neutral",
        F.ZUSTAENDIG: "info",
        F.BEDARF_ERMITTELT: "info",
        F.GEPLANT: "info",
        F.BEWILLIGT: "success",
        F.LEISTUNG_LAEUFT: "success",
        F.UEBERPRUEFUNG: "warning",
        F.BEENDET: "neutral",
    },
)


class Fristzustand(TextChoices):
    """What has become of a Frist."""

    OFFEN = "offen", "offen"
    GEWAHRT = "gewahrt", "gewahrt"
    VERSAEUMT = "versaeumt", "versäumt"
    GEHEMMT = "gehemmt", "gehemmt"
    ABGELAUFEN = "abgelaufen", "abgelaufen"
    AUFGEHOBEN = "aufgehoben", "aufgehoben"


# A paused Frist still runs in the sense that it has not been answered.
LAUFENDE = (Fristzustand.OFFEN, Fristzustand.GEHEMMT)


class Fristwirkung(TextChoices):
    """Whether the authority must act before the end, or the time simply runs out."""

    HANDLUNG = "handlung", "zu erledigen"
    ABLAUF = "ablauf", "läuft ab"


FRIST = Zustandstafel(
    "Frist",
    Fristzustand,
    (
        Uebergang("anhalten", "Frist anhalten", (Fristzustand.OFFEN,), Fristzustand.GEHEMMT, _FM),
        Uebergang(
            "fortsetzen", "Frist fortsetzen", (Fristzustand.GEHEMMT,), Fristzustand.OFFEN, _FM
        ),
        Uebergang(
            "erledigen",
            "Frist als erledigt vermerken",
            (Fristzustand.OFFEN, Fristzustand.GEHEMMT),
            Fristzustand.GEWAHRT,
            _FM,
        ),
    ),
    {
        Fristzustand.OFFEN: "info",
        Fristzustand.GEWAHRT: "neutral",
        Fristzustand.VERSAEUMT: "danger",
        Fristzustand.GEHEMMT: "neutral",
        Fristzustand.ABGELAUFEN: "neutral",
        Fristzustand.AUFGEHOBEN: "neutral",
    },
)


class Friststufe(TextChoices):
    """How urgent an open Frist is; set by the daily sweep only."""

    GEPLANT = "geplant", "geplant"
    BEVORSTEHEND = "bevorstehend", "bevorstehend"
    FAELLIG = "faellig", "fällig"
    UEBERFAELLIG = "ueberfaellig", "überfällig"
    ESKALIERT = "eskaliert", "eskaliert"


# From which stages the daily sweep lifts a Frist to the one named.
VOR_FAELLIG = (Friststufe.GEPLANT, Friststufe.BEVORSTEHEND)
VOR_UEBERFAELLIG = (*VOR_FAELLIG, Friststufe.FAELLIG)
VOR_ESKALIERT = (*VOR_UEBERFAELLIG, Friststufe.UEBERFAELLIG)


class Auftragzustand(TextChoices):
    """Where an effect on the outside stands."""

    OFFEN = "offen", "offen"
    IN_ARBEIT = "in_arbeit", "in Arbeit"
    FERTIG = "fertig", "fertig"
    FEHLGESCHLAGEN = "fehlgeschlagen", "fehlgeschlagen"
    UNGEWISS = "ungewiss", "ungewiss"
    ABGEBROCHEN = "abgebrochen", "abgebrochen"


class Versandzustand(TextChoices):
    """Where one sending of one Schreiben stands."""

    VORGESEHEN = "vorgesehen", "vorgesehen"
    AUFGEGEBEN = "aufgegeben", "aufgegeben"
    FEHLGESCHLAGEN = "fehlgeschlagen", "fehlgeschlagen"
    UNGEWISS = "ungewiss", "ungewiss, bitte prüfen"
    ZURUECKGENOMMEN = "zurueckgenommen", "zurückgenommen"
    ANGEHALTEN = "angehalten", "angehalten"


V = Versandzustand

VERSAND = Zustandstafel(
    "Versand",
    Versandzustand,
    (
        Uebergang(
            "aufgeben",
            "Aufgabe vermerken",
            (V.VORGESEHEN,),
            V.AUFGEGEBEN,
            _FM,
            "§ 37 Abs. 2 SGB X",
        ),
        Uebergang(
            "als_versandt_vermerken",
            "Als versandt vermerken",
            (V.UNGEWISS,),
            V.AUFGEGEBEN,
            _FM,
            "§ 37 Abs. 2 SGB X",
        ),
        Uebergang("erneut_senden", "Erneut senden", (V.UNGEWISS,), V.VORGESEHEN, _FM),
        Uebergang("zuruecknehmen", "Versand zurücknehmen", (V.VORGESEHEN,), V.ZURUECKGENOMMEN, _FM),
        # The next two are taken by the program when an e-mail does not go out.
        Uebergang("scheitern", "Versand gescheitert", (V.VORGESEHEN,), V.FEHLGESCHLAGEN, _FM),
        Uebergang("ungewiss_werden", "Ausgang ungewiss", (V.VORGESEHEN,), V.UNGEWISS, _FM),
        # Taken by the program when the consent that a letter stands on has gone.
        Uebergang(
            "anhalten",
            "Versand anhalten",
            (V.VORGESEHEN,),
            V.ANGEHALTEN,
            _FM,
            "§ 67b Abs. 1 S. 1 SGB X",
        ),
    ),
    {
        V.VORGESEHEN: "info",
        V.AUFGEGEBEN: "success",
        V.FEHLGESCHLAGEN: "danger",
        V.UNGEWISS: "warning",
        V.ZURUECKGENOMMEN: "neutral",
        V.ANGEHALTEN: "danger",
    },
)

AUFTRAGFARBEN = {
    Auftragzustand.OFFEN: "info",
    Auftragzustand.IN_ARBEIT: "info",
    Auftragzustand.FERTIG: "success",
    Auftragzustand.FEHLGESCHLAGEN: "danger",
    Auftragzustand.UNGEWISS: "warning",
    Auftragzustand.ABGEBROCHEN: "neutral",
}


class Wertzustand(TextChoices):
    """Where a value that the authority sets for itself stands."""

    ENTWURF = "entwurf", "wartet auf Freigabe"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    VERWORFEN = "verworfen", "verworfen"


_FA = frozenset({Rolle.FACHADMINISTRATION.value})
_FA_LTG = _FA | _LTG
W = Wertzustand

EIGENER_WERT = Zustandstafel(
    "Eigener Wert",
    Wertzustand,
    (
        Uebergang("freigeben", "Freigeben", (W.ENTWURF,), W.FREIGEGEBEN, _FA_LTG),
        Uebergang("verwerfen", "Verwerfen", (W.ENTWURF,), W.VERWORFEN, _FA_LTG),
        Uebergang("zuruecknehmen", "Zurücknehmen", (W.FREIGEGEBEN,), W.VERWORFEN, _FA_LTG),
    ),
    {W.ENTWURF: "warning", W.FREIGEGEBEN: "success", W.VERWORFEN: "neutral"},
)
