"""Values that no norm fixes and that the authority therefore sets for itself, each from a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models.basis import FixedIn, choices_check
from cases.states.wert import Wertzustand
from recht.fristkatalog import Fristregel, katalog
from recht.geld import format_euro
from recht.parameter import reihe

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
    r"^(wochenfaktor|teilmonat_modus|entscheidungsfrist_gewahrt|richtwert\.hbg[1-5]\.(seelisch|geistig|koerperlich)"
    r"|stundensatz\.(assistenz|qualifizierte_assistenz)|(vorlauf|eskalation)\.F[0-9]{2}b?"
    r"|zugang\.(faelle_je_stunde|notfaelle_je_tag))$"
)


# What holds as long as the authority has released no value of its own.
ZUGANG_VORGABEN = {"zugang.faelle_je_stunde": 40, "zugang.notfaelle_je_tag": 3}


class Teilmonatmodus(models.TextChoices):
    """How a month that is not full is divided; the words are those of `recht.teilmonat`."""

    DREISSIGSTEL = "dreissigstel", "Dreißigstel (jeder Monat hat 30 Tage)"
    KALENDERTAGE = "kalendertage", "Kalendertage des Monats"
    VOLLER_MONAT = "voller_monat", "voller Monat ohne Teilung"


class Fristwahrung(models.TextChoices):
    """With what the Frist for a decision is met; § 14 Abs. 2 S. 2 SGB IX leaves it open."""

    ENTSCHEIDUNG = "entscheidung", "mit der Entscheidung (Freigabe des Bescheids)"
    BEKANNTGABE = "bekanntgabe", "erst mit der Bekanntgabe des Bescheids"


# Keys whose value is a word out of a closed list.
AUSWAHL: Mapping[str, type[models.TextChoices]] = MappingProxyType(
    {"teilmonat_modus": Teilmonatmodus, "entscheidungsfrist_gewahrt": Fristwahrung}
)


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


@cache
def wertschluessel() -> Mapping[str, Wertschluessel]:
    """Return the closed list of what an authority may set, in the order of the form."""
    rows = [
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
            "entscheidungsfrist_gewahrt",
            "Womit die Frist zur Entscheidung gewahrt ist",
            "Entscheidung",
            "Auswahl",
            "§ 14 Abs. 2 S. 2 SGB IX",
            Fristwahrung.ENTSCHEIDUNG.label,
        ),
    ]
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
    rows += _zugang()
    rows += [_eskalation(regel) for regel in katalog().values() if regel.eskalation_tage]
    return MappingProxyType({row.schluessel: row for row in rows})


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


def _zugang() -> list[Wertschluessel]:
    """Return the limits of access; the numbers are those of `ZUGANG_VORGABEN`."""
    return [
        Wertschluessel(
            "zugang.faelle_je_stunde",
            "Verschiedene Fälle in einer Stunde, von denen an das Lesen auffällt",
            "Zugang zu Akten",
            "Anzahl",
            "Art. 32 Abs. 1 DSGVO",
            str(ZUGANG_VORGABEN["zugang.faelle_je_stunde"]),
        ),
        Wertschluessel(
            "zugang.notfaelle_je_tag",
            "Notfallzugriffe einer Person an einem Tag",
            "Zugang zu Akten",
            "Anzahl",
            "§ 35 Abs. 1 SGB I",
            str(ZUGANG_VORGABEN["zugang.notfaelle_je_tag"]),
        ),
    ]


def tage_text(anzahl: int) -> str:
    """1 Tag, 4 Tage"""
    return f"{anzahl} Tag" if anzahl == 1 else f"{anzahl} Tage"


def _auswahl() -> list[tuple[str, str]]:
    return [(str(wert), str(text)) for liste in AUSWAHL.values() for wert, text in liste.choices]


def _auswahl_passt() -> Q:
    """A word stands only where one is asked for, and there only one of the list of its key."""
    passt = ~Q(schluessel__in=list(AUSWAHL)) & Q(auswahl__isnull=True, zahl__gte=0)
    for schluessel, liste in AUSWAHL.items():
        passt |= Q(schluessel=schluessel, auswahl__in=liste.values, zahl__isnull=True)
    return passt


@pghistory.track()
class EigenerWert(models.Model):
    """One value of one key from one day on; in force once a second person has released it.

    `zahl` carries euro, days or a factor, `auswahl` a word; exactly one of them is set. A later
    released value of the same key ends it, so there is neither gap nor overlap.
    """

    schluessel = models.CharField("Wert", max_length=60)
    gueltig_ab = models.DateField("gilt ab")
    zahl = models.DecimalField("Zahl", max_digits=12, decimal_places=4, null=True, blank=True)
    auswahl = models.CharField("Auswahl", max_length=20, choices=_auswahl(), null=True, blank=True)
    begruendung = models.TextField("Begründung")
    state = models.CharField(
        "Zustand", max_length=20, choices=Wertzustand.choices, default=Wertzustand.ENTWURF
    )
    vorgeschlagen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="vorgeschlagen von",
        related_name="vorgeschlagene_werte",
    )
    vorgeschlagen_am = models.DateField("vorgeschlagen am")
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_werte",
    )
    freigegeben_am = models.DateField("freigegeben am", null=True, blank=True)
    verworfen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="verworfen von",
        null=True,
        blank=True,
        related_name="verworfene_werte",
    )
    verworfen_am = models.DateField("verworfen am", null=True, blank=True)
    verworfen_grund = models.CharField("Grund", max_length=200, blank=True)

    class Meta:
        verbose_name = "Eigener Wert"
        verbose_name_plural = "Eigene Werte"
        ordering = ["schluessel", "gueltig_ab", "id"]
        constraints = [
            choices_check("eigener_wert", "state", Wertzustand),
            models.CheckConstraint(
                name="eigener_wert_nur_einstellbares",
                condition=Q(schluessel__regex=SCHLUESSELFORM),
            ),
            models.CheckConstraint(
                name="eigener_wert_zahl_oder_auswahl",
                condition=_auswahl_passt(),
            ),
            models.CheckConstraint(
                name="eigener_wert_vier_augen",
                condition=Q(freigegeben_von__isnull=True)
                | ~Q(freigegeben_von=F("vorgeschlagen_von")),
            ),
            models.CheckConstraint(
                name="eigener_wert_freigabe_vollstaendig",
                condition=~Q(state=Wertzustand.FREIGEGEBEN)
                | Q(freigegeben_von__isnull=False, freigegeben_am__isnull=False),
            ),
            models.CheckConstraint(
                name="eigener_wert_verwerfen_begruendet",
                condition=(
                    Q(
                        state=Wertzustand.VERWORFEN,
                        verworfen_von__isnull=False,
                        verworfen_am__isnull=False,
                    )
                    & ~Q(verworfen_grund="")
                )
                | (
                    ~Q(state=Wertzustand.VERWORFEN)
                    & Q(verworfen_von__isnull=True, verworfen_am__isnull=True)
                ),
            ),
            models.UniqueConstraint(
                name="eigener_wert_einmal_je_tag",
                fields=["schluessel", "gueltig_ab"],
                condition=Q(state=Wertzustand.FREIGEGEBEN),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inhalt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    (Wertzustand.FREIGEGEBEN.value,),
                    (
                        "schluessel",
                        "gueltig_ab",
                        "zahl",
                        "auswahl",
                        "begruendung",
                        "vorgeschlagen_von",
                        "vorgeschlagen_am",
                        "freigegeben_von",
                        "freigegeben_am",
                    ),
                ),
            ),
            pgtrigger.Protect(
                name="verworfen_fest",
                operation=pgtrigger.Update,
                condition=FixedIn((Wertzustand.VERWORFEN.value,)),
            ),
            pgtrigger.FSM(
                name="nur_vorwaerts",
                field="state",
                transitions=[
                    (Wertzustand.ENTWURF.value, Wertzustand.FREIGEGEBEN.value),
                    (Wertzustand.ENTWURF.value, Wertzustand.VERWORFEN.value),
                    (Wertzustand.FREIGEGEBEN.value, Wertzustand.VERWORFEN.value),
                ],
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.titel}: {self.wert_text} ab {self.gueltig_ab:%d.%m.%Y}"

    @property
    def titel(self) -> str:
        """Return what is set, as a user reads it."""
        return wertschluessel()[self.schluessel].titel

    @property
    def wert_text(self) -> str:
        """Return the value with its unit, as a user reads it."""
        if self.auswahl is not None:
            return str(AUSWAHL[self.schluessel](self.auswahl).label)
        return zahl_text(self.zahl or Decimal(0), wertschluessel()[self.schluessel].einheit)


def zahl_text(zahl: Decimal, einheit: str) -> str:
    """Write a number with the unit of its key: 21,50 € je Stunde, 10 Tage, 4,345."""
    if einheit == "EUR/Stunde":
        return f"{format_euro(zahl)} je Stunde"
    if einheit == "EUR/Monat":
        return f"{format_euro(zahl)} im Monat"
    if einheit == "Tage":
        return tage_text(int(zahl))
    if einheit == "Anzahl":
        return str(int(zahl))
    return f"{zahl.normalize():f}".replace(".", ",")
