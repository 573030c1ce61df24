"""What the authority may set: the closed list of keys, each with title, unit and norm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from django.db import models

from recht.entscheidungstext import GEMEINSAMES_SCHREIBEN
from recht.fristkatalog import Fristregel, katalog
from recht.geld import format_euro
from recht.ortsfeiertag import ORTSFEIERTAGE
from recht.parameter import Reihe, reihe
from recht.vorgriff import eingebbar

# Ways of finding an end in which a lead time has no effect: there is no end, or it lies behind.
_OHNE_VORLAUF = frozenset({"keine", "rueckwaerts", "monatsanfang", "jahresanfang_rueckwaerts"})
_ASSISTENZ = {
    "assistenz": ("Stundensatz Assistenz", "§ 78 Abs. 2 S. 2 Nr. 1 SGB IX"),
    "qualifizierte_assistenz": (
        "Stundensatz qualifizierte Assistenz",
        "§ 78 Abs. 2 S. 2 Nr. 2 SGB IX",
    ),
}
_SPALTEN = {
    "seelisch": "seelische Behinderung",
    "geistig": "geistige Behinderung",
    "koerperlich": "körperliche Behinderung und Sinnesbehinderung",
}
# The database holds the closed list in this form; no statutory key has it.
SCHLUESSELFORM = (
    r"^(wochenfaktor|teilmonat_modus|entscheidungsfrist_gewahrt|gemeinsames_schreiben"
    r"|aufenthalt_mitteilen|zeichnungsgrenze|stichprobe_plan|aufbewahrung_jahre|pflegehilfsmittel_form|sitz_weitere|gebiet|richtwert\.hbg[1-5]\.(seelisch|geistig|koerperlich)"
    r"|stundensatz\.(assistenz|qualifizierte_assistenz)|(vorlauf|eskalation)\.F[0-9]{2}b?"
    r"|zugang\.[a-z_]+|sitz\.[a-z_]+|gesetz\.[a-z0-9_.]+)$"
)
# Keys of the local holidays at the seat of the authority, and of values of the law entered ahead.
SITZ, GESETZ = "sitz.", "gesetz."
# Further holidays at the seat, one a line.
SITZ_WEITERE = "sitz_weitere"
# The area of the authority, one Gemeindeschlüssel a line.
GEBIET = "gebiet"


# What holds as long as the authority has released no value of its own.
ZUGANG_VORGABEN = {
    "zugang.faelle_je_stunde": 40,
    "zugang.personen_je_stunde": 400,
    "zugang.abweisungen_je_stunde": 20,
    "zugang.fehlversuche_je_stunde": 20,
    "zugang.naehe_ruhe_tage": 30,
    "zugang.notfaelle_je_tag": 3,
    "zugang.suchen_je_stunde": 300,
    "zugang.ausfuhren_je_stunde": 30,
}
_ZUGANG = {
    "zugang.faelle_je_stunde": (
        "Verschiedene Fälle in einer Stunde, von denen an das Lesen auffällt",
        "Art. 32 Abs. 1 DSGVO",
    ),
    "zugang.personen_je_stunde": (
        "Verschiedene Personen in Listen und Suchen einer Stunde, von denen an es auffällt",
        "Art. 32 Abs. 1 DSGVO",
    ),
    "zugang.abweisungen_je_stunde": (
        "Abgewiesene Aufrufe einer Person in einer Stunde, von denen an es auffällt",
        "Art. 32 Abs. 1 DSGVO",
    ),
    "zugang.fehlversuche_je_stunde": (
        "Misslungene Anmeldungen an einem Konto in einer Stunde, von denen an es auffällt",
        "Art. 32 Abs. 1 DSGVO",
    ),
    "zugang.naehe_ruhe_tage": (
        "Tage, nach denen dieselbe Akte aus Kollegium oder mit eigenem Nachnamen wieder auffällt",
        "Art. 32 Abs. 1 DSGVO",
    ),
    "zugang.notfaelle_je_tag": ("Notfallzugriffe einer Person an einem Tag", "§ 35 Abs. 1 SGB I"),
    "zugang.suchen_je_stunde": (
        "Suchen einer Person in einer Stunde; weitere warten",
        "Art. 32 Abs. 1 DSGVO",
    ),
    "zugang.ausfuhren_je_stunde": (
        "Dateien, die eine Person in einer Stunde mitnimmt; weitere warten",
        "Art. 32 Abs. 1 DSGVO",
    ),
}


class Teilmonatmodus(models.TextChoices):
    """How a month that is not full is divided; the words are those of `recht.teilmonat`."""

    DREISSIGSTEL = "dreissigstel", "Dreißigstel (jeder Monat hat 30 Tage)"
    KALENDERTAGE = "kalendertage", "Kalendertage des Monats"
    VOLLER_MONAT = "voller_monat", "voller Monat ohne Teilung"


class Fristwahrung(models.TextChoices):
    """With what the Frist for a decision is met; § 14 Abs. 2 S. 2 SGB IX leaves it open."""

    ENTSCHEIDUNG = "entscheidung", "mit der Entscheidung (Freigabe des Bescheids)"
    BEKANNTGABE = "bekanntgabe", "erst mit der Bekanntgabe des Bescheids"


class Hilfsmittelform(models.TextChoices):
    """How the Pflegekasse gives Pflegehilfsmittel for use up in a budget; § 35a SGB XI is silent.

    The words are those of the form of a Teilbudget.
    """

    GUTSCHEIN = "gutschein", "nur als Gutschein"
    GELD = "geld", "nur als Geld"


class JaNein(models.TextChoices):
    """Whether something holds."""

    JA = "ja", "ja, gilt am Sitz der Behörde"
    NEIN = "nein", "nein, gilt am Sitz der Behörde nicht"


# Keys whose value is a word out of a closed list.
AUSWAHL: Mapping[str, type[models.TextChoices]] = MappingProxyType(
    {
        "teilmonat_modus": Teilmonatmodus,
        "entscheidungsfrist_gewahrt": Fristwahrung,
        "pflegehilfsmittel_form": Hilfsmittelform,
        **{f"{SITZ}{art}": JaNein for art in ORTSFEIERTAGE},
    }
)


# Keys whose value is a wording, with the one that holds without an own value.
TEXTE: Mapping[str, str] = MappingProxyType(
    {"gemeinsames_schreiben": GEMEINSAMES_SCHREIBEN, "sitz_weitere": "", "gebiet": ""}
)
# From how many days on a stay in hospital is to be told, without an own value.
AUFENTHALT_TAGE = 28


@dataclass(frozen=True)
class Wertschluessel:
    """One thing that the authority may set: title, theme, unit, norm, what holds without it."""

    schluessel: str
    titel: str
    gruppe: str
    einheit: str
    norm: str
    vorgabe: str

    @property
    def ist_auswahl(self) -> bool:
        """Whether the value is a word and not a number."""
        return self.einheit == "Auswahl"

    @property
    def ist_text(self) -> bool:
        """Whether the value is a wording of the authority for its letters."""
        return self.schluessel in TEXTE


@cache
def wertschluessel() -> Mapping[str, Wertschluessel]:
    """Return the closed list of what an authority may set, in the order of the form."""
    rows = [*_rechenweise(), *_entscheidung(), _aufbewahrung()]
    for art, (titel, norm) in _ASSISTENZ.items():
        rows.append(
            Wertschluessel(f"stundensatz.{art}", titel, "Stundensätze", "EUR/Stunde", norm, "keine")
        )
    for hbg in range(1, 6):
        for spalte, worte in _SPALTEN.items():
            tabelle = reihe(f"kvjs_richtwert.hbg{hbg}.{spalte}")
            rows.append(
                Wertschluessel(
                    f"richtwert.hbg{hbg}.{spalte}",
                    f"Richtwert Hilfebedarfsgruppe {hbg}, {worte}",
                    "Richtwerte nach dem Ende der KVJS-Tabelle",
                    "EUR/Monat",
                    "§ 29 Abs. 2 S. 6 SGB IX",
                    f"keine nach dem {tabelle.deckung_bis:%d.%m.%Y}",
                )
            )
    rows += [_vorlauf(regel) for regel in katalog().values() if _hat_vorlauf(regel)]
    rows += _sitz()
    rows.append(_gebiet())
    rows += [_gesetz(eine) for eine in eingebbar()]
    rows += _zugang()
    rows += [_eskalation(regel) for regel in katalog().values() if regel.eskalation_tage]
    return MappingProxyType({row.schluessel: row for row in rows})


def _rechenweise() -> list[Wertschluessel]:
    """How an authority computes, beside its rates."""
    return [
        Wertschluessel(
            "wochenfaktor",
            "Wochenfaktor: Wochen je Monat bei Stunden je Woche",
            "Bemessung",
            "Faktor",
            "§ 29 Abs. 2 S. 6 SGB IX",
            "52/12",
        ),
        Wertschluessel(
            "teilmonat_modus",
            "Teilung eines angebrochenen Monats",
            "Bemessung",
            "Auswahl",
            "§ 29 Abs. 4 SGB IX",
            "Festlegung in der Zielvereinbarung",
        ),
        Wertschluessel(
            "aufenthalt_mitteilen",
            "Aufenthalt außer Haus, der mitzuteilen ist, wenn er länger dauert",
            "Bemessung",
            "Tage",
            "§ 60 Abs. 1 S. 1 Nr. 2 SGB I",
            tage_text(AUFENTHALT_TAGE),
        ),
        Wertschluessel(
            "pflegehilfsmittel_form",
            "Zum Verbrauch bestimmte Pflegehilfsmittel im Persönlichen Budget",
            "Bemessung",
            "Auswahl",
            "§ 35a SGB XI",
            Hilfsmittelform.GUTSCHEIN.label,
        ),
    ]


def _entscheidung() -> list[Wertschluessel]:
    """How an authority decides, and what it writes about others."""
    return [
        Wertschluessel(
            "entscheidungsfrist_gewahrt",
            "Womit die Frist zur Entscheidung gewahrt ist",
            "Entscheidung",
            "Auswahl",
            "§ 14 Abs. 2 S. 2 SGB IX",
            Fristwahrung.ENTSCHEIDUNG.label,
        ),
        Wertschluessel(
            "zeichnungsgrenze",
            "Persönliches Budget, bis zu dem eine Person allein freigibt",
            "Entscheidung",
            "EUR/Monat",
            "§ 33 Abs. 3 SGB X",
            "keine Grenze",
        ),
        Wertschluessel(
            "stichprobe_plan",
            "Jeder wievielte freigegebene Plan ein zweites Mal angesehen wird",
            "Entscheidung",
            "Anzahl",
            "§ 121 Abs. 2 SGB IX",
            "keine Stichprobe",
        ),
        Wertschluessel(
            "gemeinsames_schreiben",
            "Wortlaut, wenn ein Schreiben Teile zeigt, über die andere Träger entscheiden",
            "Entscheidung",
            "Text",
            "§ 15 Abs. 3 S. 1 SGB IX, § 29 Abs. 3 S. 3 SGB IX",
            GEMEINSAMES_SCHREIBEN,
        ),
    ]


def _aufbewahrung() -> Wertschluessel:
    return Wertschluessel(
        "aufbewahrung_jahre",
        "Jahre, die eine Fallakte nach dem Ende des Falls bleibt",
        "Datenschutz",
        "Anzahl",
        "§ 84 Abs. 2 SGB X, Art. 17 DSGVO",
        "keine feste Dauer",
    )


def _hat_vorlauf(regel: Fristregel) -> bool:
    return any(fassung.rechnung not in _OHNE_VORLAUF for fassung in regel.fassungen.values())


def _vorlauf(regel: Fristregel) -> Wertschluessel:
    return Wertschluessel(
        f"vorlauf.{regel.id}",
        f"Vorlauf der Wiedervorlage: {regel.bezeichnung} ({regel.id})",
        "Vorlauf der Wiedervorlage",
        "Tage",
        tuple(regel.fassungen.values())[-1].norm,
        tage_text(regel.vorlauf_tage),
    )


def _eskalation(regel: Fristregel) -> Wertschluessel:
    return Wertschluessel(
        f"eskalation.{regel.id}",
        f"Eskalation nach dem Ende: {regel.bezeichnung} ({regel.id})",
        "Eskalation an die Sachgebietsleitung",
        "Tage",
        tuple(regel.fassungen.values())[-1].norm,
        tage_text(regel.eskalation_tage),
    )


def _gesetz(eine: Reihe) -> Wertschluessel:
    letzter = eine.werte[-1]
    bisher = zahl_text(letzter.wert, letzter.einheit)
    return Wertschluessel(
        f"{GESETZ}{eine.schluessel}",
        f"Gesetzlicher Wert: {eine.bezeichnung}",
        "Gesetzliche Werte kommender Jahre",
        letzter.einheit,
        letzter.norm,
        f"{bisher}, in der Software bekannt bis {eine.deckung_bis:%d.%m.%Y}",
    )


def _sitz() -> list[Wertschluessel]:
    """Return the local holidays; which of them a Land has, the form and the guard ask."""
    return [
        Wertschluessel(
            f"{SITZ}{art}",
            f"Örtlicher Feiertag am Sitz der Behörde: {feiertag.bezeichnung}",
            "Feiertage am Sitz der Behörde",
            "Auswahl",
            f"§ 26 Abs. 3 S. 1 SGB X, § 64 Abs. 3 SGG, {', '.join(feiertag.normen.values())}",
            "nicht hinterlegt; Ergebnisse, die davon abhängen, sagen es",
        )
        for art, feiertag in ORTSFEIERTAGE.items()
    ] + [
        Wertschluessel(
            SITZ_WEITERE,
            "Weitere Feiertage am Sitz der Behörde",
            "Feiertage am Sitz der Behörde",
            "Text",
            "§ 26 Abs. 3 S. 1 SGB X, § 64 Abs. 3 SGG",
            "keine",
        )
    ]


def _gebiet() -> Wertschluessel:
    return Wertschluessel(
        GEBIET,
        "Gemeindeschlüssel im Gebiet der Behörde",
        "Gebiet der Behörde",
        "Text",
        "§ 98 Abs. 1 S. 1 SGB IX",
        "keine Liste; verglichen wird mit der bisherigen Wohnung",
    )


def _zugang() -> list[Wertschluessel]:
    """Return the limits of access; the numbers are those of `ZUGANG_VORGABEN`."""
    return [
        Wertschluessel(
            schluessel, titel, "Zugang zu Akten", "Anzahl", norm, str(ZUGANG_VORGABEN[schluessel])
        )
        for schluessel, (titel, norm) in _ZUGANG.items()
    ]


def tage_text(anzahl: int) -> str:
    """1 Tag, 4 Tage"""
    return f"{anzahl} Tag" if anzahl == 1 else f"{anzahl} Tage"


def zahl_text(zahl: Decimal, einheit: str) -> str:
    """Write a number with the unit of its key: 21,50 € je Stunde, 10 Tage, 4,345."""
    if einheit == "EUR/Stunde":
        return f"{format_euro(zahl)} je Stunde"
    if einheit == "EUR/Jahr":
        return f"{format_euro(zahl)} im Jahr"
    if einheit == "EUR/Monat":
        return f"{format_euro(zahl)} im Monat"
    if einheit == "Tage":
        return tage_text(int(zahl))
    if einheit == "Anzahl":
        return str(int(zahl))
    return f"{zahl.normalize():f}".replace(".", ",")
