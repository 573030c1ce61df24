"""Dated facts about the person: what held from when to when, with the purpose of knowing it.

Kinds of rows that exclude each other (one account at a time) have an exclusion constraint. A fact
that is not known is a row with a reason: that is something else than a fact nobody has entered.

Which of them are encrypted, and why not all, says `cases/feldklassen.yaml`.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from cases.crypto import BlindIndexField, EncryptedTextField, WithFingerprint
from cases.models.basis import choices_check

# Pflegestufen ended with 2016, Pflegegrade began with 2017 (§ 140 Abs. 2 SGB XI).
ERSTER_PFLEGEGRAD = date(2017, 1, 1)
GRADE = tuple(range(20, 101, 10))


class Unbekanntgrund(models.TextChoices):
    """Why a fact is not known."""

    NICHT_ERFRAGT = "nicht_erfragt", "noch nicht erfragt"
    KEINE_ANGABE = "keine_angabe", "Person möchte es nicht sagen"
    BEANTRAGT = "beantragt", "beantragt, noch nicht entschieden"
    ANGEFORDERT = "angefordert", "Unterlage angefordert"
    NICHT_FESTSTELLBAR = "nicht_feststellbar", "nicht festzustellen"


class Pflegestand(models.TextChoices):
    """Pflegestufe to 2016, Pflegegrad from 2017 (§ 15 SGB XI)."""

    KEINER = "keiner", "kein Pflegegrad"
    STUFE_0 = "stufe_0", "Pflegestufe 0"
    STUFE_1 = "stufe_1", "Pflegestufe I"
    STUFE_2 = "stufe_2", "Pflegestufe II"
    STUFE_3 = "stufe_3", "Pflegestufe III"
    HAERTEFALL = "haertefall", "Pflegestufe III, Härtefall"
    GRAD_1 = "grad_1", "Pflegegrad 1"
    GRAD_2 = "grad_2", "Pflegegrad 2"
    GRAD_3 = "grad_3", "Pflegegrad 3"
    GRAD_4 = "grad_4", "Pflegegrad 4"
    GRAD_5 = "grad_5", "Pflegegrad 5"


class Merkzeichen(models.TextChoices):
    """Signs on the Ausweis (§ 3 SchwbAwV)."""

    G = "G", "G – erheblich gehbehindert"
    AG = "aG", "aG – außergewöhnlich gehbehindert"
    H = "H", "H – hilflos"
    B = "B", "B – Begleitperson"
    BL = "Bl", "Bl – blind"
    GL = "Gl", "Gl – gehörlos"
    TBL = "TBl", "TBl – taubblind"
    RF = "RF", "RF – ermäßigter Rundfunkbeitrag"
    ERSTE_KLASSE = "1. Kl.", "1. Kl. – Benutzung der 1. Klasse"


class Wohnform(models.TextChoices):
    """Where somebody lives; the kinds of the KVJS survey can be told from them."""

    EIGENE = "eigene", "eigene Wohnung, ohne Assistenz zum Wohnen"
    ASSISTENZ = "assistenz", "eigene Wohnung mit Assistenz (bis 2019: ambulant betreutes Wohnen)"
    ANGEHOERIGE = "angehoerige", "bei Eltern oder Angehörigen"
    GEMEINSCHAFT = "gemeinschaft", "ambulant betreute Wohngemeinschaft"
    PFLEGEFAMILIE = "pflegefamilie", "Pflegefamilie oder betreutes Wohnen in Familien"
    BESONDERE = "besondere", "besondere Wohnform (bis 2019: stationäre Einrichtung)"
    PFLEGEHEIM = "pflegeheim", "Pflegeheim"
    OHNE = "ohne", "ohne eigene Unterkunft"
    SONSTIGE = "sonstige", "andere Wohnform"


class Versicherungsart(models.TextChoices):
    """Who pays when somebody is ill; not everybody has a Krankenkasse."""

    GESETZLICH = "gesetzlich", "gesetzliche Krankenkasse"
    PRIVAT = "privat", "private Krankenversicherung"
    BEIHILFE = "beihilfe", "Beihilfe, auch mit privater Versicherung"
    HEILFUERSORGE = "heilfuersorge", "freie Heilfürsorge"
    BETREUT = "betreut", "Krankenkasse auf Kosten des Sozialamts (§ 264 SGB V)"
    OHNE = "ohne", "nicht versichert"


# Whoever has one of these has no Kasse that could be named.
OHNE_KASSE = (Versicherungsart.HEILFUERSORGE, Versicherungsart.OHNE)


class Personenangabe(models.Model):
    """A fact about the person that holds from a day on, both ends included."""

    zweck: ClassVar[str] = ""
    norm: ClassVar[str] = ""

    gueltig_ab = models.DateField("gültig ab")
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-gueltig_ab", "-id"]

    def gilt_am(self, stichtag: date) -> bool:
        """Tell whether the row holds on the day."""
        return self.gueltig_ab <= stichtag <= (self.gueltig_bis or date.max)


class Unbekannt(models.Model):
    """What a fact needs to be known as unknown."""

    unbekannt_grund = models.CharField(
        "unbekannt, weil", max_length=20, choices=Unbekanntgrund.choices, blank=True
    )

    class Meta:
        abstract = True


def of_person(related_name: str) -> models.ForeignKey:
    """Return the link of a dated row to its person."""
    return models.ForeignKey(
        "cases.LeistungsberechtigtePerson",
        models.CASCADE,
        verbose_name="Person",
        related_name=related_name,
    )


def ends_after_begin(table: str) -> models.CheckConstraint:
    """Return a CHECK that a period does not end before it begins."""
    return models.CheckConstraint(
        name=f"{table}_ende_nach_beginn",
        condition=Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=F("gueltig_ab")),
    )


def no_overlap(
    table: str, gilt: Q | None = None, gleich: tuple[str, ...] = ()
) -> list[models.BaseConstraint]:
    """Return the constraints of rows of which one holds at a time.

    `gilt` narrows them to some; of rows that differ in one of the fields `gleich` several may hold.
    """
    dates = Func(F("gueltig_ab"), F("gueltig_bis"), models.Value("[]"), function="daterange")
    return [
        ends_after_begin(table),
        ExclusionConstraint(
            name=f"{table}_ohne_ueberschneidung",
            expressions=[
                ("leistungsberechtigte_person", RangeOperators.EQUAL),
                *((feld, RangeOperators.EQUAL) for feld in gleich),
                (dates, RangeOperators.OVERLAPS),
            ],
            condition=gilt,
        ),
    ]


def known_or_reason(table: str, empty: Q) -> list[models.CheckConstraint]:
    """Return the constraints of a fact that has either a value or a reason for its absence."""
    return [
        models.CheckConstraint(
            name=f"{table}_unbekannt_grund_gueltig",
            condition=Q(unbekannt_grund__in=["", *Unbekanntgrund.values]),
        ),
        models.CheckConstraint(
            name=f"{table}_wert_oder_grund",
            condition=(empty & ~Q(unbekannt_grund="")) | (~empty & Q(unbekannt_grund="")),
        ),
    ]


def blank_or_choice(
    table: str, field: str, choices: type[models.TextChoices]
) -> models.CheckConstraint:
    """Return a CHECK that lets a choices field be empty."""
    return models.CheckConstraint(
        name=f"{table}_{field}_gueltig", condition=Q(**{f"{field}__in": ["", *choices.values]})
    )


@pghistory.track()
class Krankenversicherung(WithFingerprint, Personenangabe, Unbekannt):
    """The Krankenkasse, whose Pflegekasse takes part; the number of the insured is encrypted."""

    zweck = "Kranken- und Pflegekasse sind zu beteiligen, wenn ihre Leistungen berührt sind."
    norm = "§§ 14, 15, 117 Abs. 3 SGB IX, § 67a Abs. 1 SGB X"

    leistungsberechtigte_person = of_person("krankenversicherungen")
    art = models.CharField(
        "Art",
        max_length=20,
        choices=Versicherungsart.choices,
        default=Versicherungsart.GESETZLICH,
    )
    kasse = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="Krankenkasse im Verzeichnis",
        null=True,
        blank=True,
        related_name="versicherte",
    )
    pflegekasse = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="Pflegekasse im Verzeichnis",
        null=True,
        blank=True,
        related_name="pflegeversicherte",
    )
    krankenkasse = models.CharField("Krankenkasse", max_length=200, blank=True)
    versichertennummer = EncryptedTextField(
        "Versichertennummer",
        purpose="krankenversicherung.versichertennummer",
        blank=True,
        default="",
    )
    versichertennummer_abdruck = BlindIndexField(
        "Abdruck der Versichertennummer",
        of="versichertennummer",
        purpose="krankenversicherung.versichertennummer",
    )

    class Meta(Personenangabe.Meta):
        verbose_name = "Krankenversicherung"
        verbose_name_plural = "Krankenversicherungen"
        constraints = [
            *no_overlap("krankenversicherung"),
            *known_or_reason("krankenversicherung", Q(krankenkasse="") & ~Q(art__in=OHNE_KASSE)),
            choices_check("krankenversicherung", "art", Versicherungsart),
        ]

    def __str__(self) -> str:
        if self.krankenkasse or self.art == Versicherungsart.GESETZLICH:
            return self.krankenkasse or "Krankenkasse unbekannt"
        return str(self.get_art_display())


@pghistory.track()
class Pflegeeinstufung(Personenangabe, Unbekannt):
    """Pflegestufe to 2016, Pflegegrad from 2017."""

    zweck = "Leistungen der Pflege gehen in Gesamtplan und Budget ein; die Pflegekasse wirkt mit."
    norm = "§§ 91 Abs. 3, 103, 117 Abs. 3 SGB IX, § 67a Abs. 1 SGB X"

    leistungsberechtigte_person = of_person("pflegeeinstufungen")
    stand = models.CharField("Einstufung", max_length=20, choices=Pflegestand.choices, blank=True)

    class Meta(Personenangabe.Meta):
        verbose_name = "Pflegeeinstufung"
        verbose_name_plural = "Pflegeeinstufungen"
        constraints = [
            *no_overlap("pflegeeinstufung"),
            *known_or_reason("pflegeeinstufung", Q(stand="")),
            blank_or_choice("pflegeeinstufung", "stand", Pflegestand),
            models.CheckConstraint(
                name="pflegeeinstufung_stufe_bis_2016",
                condition=~(Q(stand__startswith="stufe") | Q(stand="haertefall"))
                | Q(gueltig_bis__lt=ERSTER_PFLEGEGRAD),
            ),
            models.CheckConstraint(
                name="pflegeeinstufung_grad_ab_2017",
                condition=~Q(stand__startswith="grad") | Q(gueltig_ab__gte=ERSTER_PFLEGEGRAD),
            ),
        ]

    def __str__(self) -> str:
        return self.get_stand_display() or "Pflegegrad unbekannt"


@pghistory.track()
class Schwerbehinderung(Personenangabe, Unbekannt):
    """Finding of the Versorgungsverwaltung; 0 means that there is none."""

    zweck = (
        "Anhaltspunkt für Art und Schwere der Behinderung; Merkzeichen eröffnen "
        "Nachteilsausgleiche, die Leistungen erübrigen können."
    )
    norm = "§§ 2, 99, 152 SGB IX, § 67a Abs. 1 SGB X"

    leistungsberechtigte_person = of_person("schwerbehinderungen")
    gdb = models.PositiveSmallIntegerField("Grad der Behinderung", null=True, blank=True)
    merkzeichen = ArrayField(
        models.CharField(max_length=10), verbose_name="Merkzeichen", default=list, blank=True
    )
    gleichgestellt = models.BooleanField("gleichgestellt (§ 2 Abs. 3 SGB IX)", default=False)
    ausweis_bis = models.DateField("Ausweis gültig bis", null=True, blank=True)

    class Meta(Personenangabe.Meta):
        verbose_name = "Schwerbehinderung"
        verbose_name_plural = "Schwerbehinderungen"
        constraints = [
            *no_overlap("schwerbehinderung"),
            *known_or_reason("schwerbehinderung", Q(gdb__isnull=True)),
            models.CheckConstraint(
                name="schwerbehinderung_gdb_gueltig",
                condition=Q(gdb__isnull=True) | Q(gdb__in=[0, *GRADE]),
            ),
            models.CheckConstraint(
                name="schwerbehinderung_merkzeichen_gueltig",
                condition=Q(merkzeichen__contained_by=list(Merkzeichen.values)),
            ),
        ]

    def __str__(self) -> str:
        if self.gdb is None:
            return "Grad der Behinderung unbekannt"
        return f"GdB {self.gdb}" if self.gdb else "kein GdB festgestellt"


@pghistory.track()
class Hilfebedarfseinstufung(Personenangabe, Unbekannt):
    """The Hilfebedarfsgruppe that the Fachdienst has found (HMB-W)."""

    zweck = "Die Hilfebedarfsgruppe bestimmt den Richtwert der Pauschale."
    norm = "KVJS-Leitfaden 2010 Anlage 3, § 67a Abs. 1 SGB X"

    leistungsberechtigte_person = of_person("hilfebedarfseinstufungen")
    hilfebedarfsgruppe = models.PositiveSmallIntegerField(
        "Hilfebedarfsgruppe", null=True, blank=True
    )

    class Meta(Personenangabe.Meta):
        verbose_name = "Hilfebedarfseinstufung"
        verbose_name_plural = "Hilfebedarfseinstufungen"
        constraints = [
            *no_overlap("hilfebedarfseinstufung"),
            *known_or_reason("hilfebedarfseinstufung", Q(hilfebedarfsgruppe__isnull=True)),
            models.CheckConstraint(
                name="hilfebedarfseinstufung_1_bis_5",
                condition=Q(hilfebedarfsgruppe__isnull=True) | Q(hilfebedarfsgruppe__range=(1, 5)),
            ),
        ]

    def __str__(self) -> str:
        if self.hilfebedarfsgruppe is None:
            return "Hilfebedarfsgruppe unbekannt"
        return f"Hilfebedarfsgruppe {self.hilfebedarfsgruppe}"


@pghistory.track()
class Wohnsituation(Personenangabe, Unbekannt):
    """How the person lives."""

    zweck = "Wohnform und Umfeld bestimmen Bedarf und Zuständigkeit."
    norm = "§§ 98 Abs. 5, 104, 113 SGB IX, § 67a Abs. 1 SGB X"

    leistungsberechtigte_person = of_person("wohnsituationen")
    wohnform = models.CharField("Wohnform", max_length=20, choices=Wohnform.choices, blank=True)

    class Meta(Personenangabe.Meta):
        verbose_name = "Wohnsituation"
        verbose_name_plural = "Wohnsituationen"
        constraints = [
            *no_overlap("wohnsituation"),
            *known_or_reason("wohnsituation", Q(wohnform="")),
            blank_or_choice("wohnsituation", "wohnform", Wohnform),
        ]

    def __str__(self) -> str:
        return self.get_wohnform_display() or "Wohnform unbekannt"
