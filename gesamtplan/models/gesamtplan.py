"""Versions of the Gesamtplan (§ 121 SGB IX): written, submitted, released, then frozen."""

from __future__ import annotations

import uuid
from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check, frozen_child, never_emptied, second_person
from gesamtplan.models.bedarf import Lebensbereich
from gesamtplan.models.zielbezug import nummern_in_worten, ziele_of
from gesamtplan.states import (
    Entscheidung,
    Leistungsform,
    Planzustand,
    Umfangseinheit,
    Zielstatus,
)
from gesamtplan.states.lebensuebergang import Planungsanlass

_OFFEN = (Planzustand.ENTWURF.value, Planzustand.VORGELEGT.value)
_NUR_ENTWURF = (Planzustand.ENTWURF.value,)


def _teil_einer_fassung() -> list[pgtrigger.Trigger]:
    """Return the triggers that freeze a part with its version and never let it change versions."""
    return [
        frozen_child("gesamtplan_gesamtplan", "gesamtplan_id", _NUR_ENTWURF),
        pgtrigger.Protect(
            name="bleibt_bei_eltern",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__gesamtplan__df=pgtrigger.F("new__gesamtplan")),
        ),
        never_emptied(),
    ]


@pghistory.track()
class Gesamtplan(models.Model):
    """One version of the plan of one case. A released version never changes again."""

    events: Any  # the change history, added by pghistory
    # The older version that a letter about two of them compares this one with; no column.
    vergleichsfassung: Gesamtplan | None = None
    # Whether the person has got it, where a query has asked (`newest_version`); no column.
    uebergeben: bool = False

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="gesamtplaene"
    )
    version = models.PositiveSmallIntegerField("Version")
    vorgaenger = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="Vorgängerfassung",
        null=True,
        blank=True,
        related_name="nachfolger",
    )
    bedarfsermittlung = models.ForeignKey(
        "gesamtplan.Bedarfsermittlung",
        models.PROTECT,
        verbose_name="Bedarfsermittlung",
        related_name="gesamtplaene",
    )
    anlass = EncryptedTextField("Anlass", purpose="gesamtplan.anlass")
    anlaesse = ArrayField(
        models.CharField(max_length=20),
        verbose_name="Gründe der Planung",
        default=list,
        blank=True,
    )
    datum = models.DateField("Datum des Plans")
    ueberpruefung_am = models.DateField("Überprüfung spätestens am", null=True, blank=True)
    state = models.CharField(
        "Zustand", max_length=20, choices=Planzustand.choices, default=Planzustand.ENTWURF
    )
    erstellt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erstellt von", related_name="gesamtplaene"
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="bearbeitete_gesamtplaene",
    )
    vorgelegt_am = models.DateField("vorgelegt am", null=True, blank=True)
    vorgelegt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="vorgelegt von",
        null=True,
        blank=True,
        related_name="vorgelegte_gesamtplaene",
    )
    rueckgabe_grund = EncryptedTextField(
        "Grund der Rückgabe", purpose="gesamtplan.rueckgabe_grund", blank=True
    )
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_gesamtplaene",
    )
    freigegeben_am = models.DateField("freigegeben am", null=True, blank=True)
    inhalt_sha256 = models.CharField(
        "Prüfwert des freigegebenen Inhalts", max_length=64, blank=True, default=""
    )
    schreiben = models.OneToOneField(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="Schreiben",
        null=True,
        blank=True,
        related_name="gesamtplan",
    )

    class Meta:
        verbose_name = "Gesamtplan"
        verbose_name_plural = "Gesamtpläne"
        ordering = ["-version"]
        constraints = [
            choices_check("gesamtplan", "state", Planzustand),
            models.CheckConstraint(
                name="gesamtplan_anlaesse_gueltig",
                condition=Q(anlaesse__contained_by=Planungsanlass.values),
            ),
            models.UniqueConstraint(name="gesamtplan_version_je_fall", fields=["case", "version"]),
            models.UniqueConstraint(
                name="gesamtplan_ein_entwurf_je_fall",
                fields=["case"],
                condition=Q(state__in=_OFFEN),
            ),
            models.CheckConstraint(
                name="gesamtplan_vier_augen",
                condition=Q(freigegeben_von__isnull=True)
                | (
                    ~Q(freigegeben_von=F("erstellt_von"))
                    & ~Q(freigegeben_von=F("bearbeitet_von"))
                    & ~Q(freigegeben_von=F("vorgelegt_von"))
                ),
            ),
            models.CheckConstraint(
                name="gesamtplan_vorgelegt_vollstaendig",
                condition=Q(state=Planzustand.ENTWURF)
                | Q(vorgelegt_am__isnull=False, vorgelegt_von__isnull=False),
            ),
            models.CheckConstraint(
                name="gesamtplan_ueberpruefung_nach_datum",
                condition=Q(ueberpruefung_am__isnull=True) | Q(ueberpruefung_am__gte=F("datum")),
            ),
            models.CheckConstraint(
                name="gesamtplan_freigabe_vollstaendig",
                condition=~Q(state=Planzustand.FREIGEGEBEN)
                | Q(
                    freigegeben_von__isnull=False,
                    freigegeben_am__isnull=False,
                    schreiben__isnull=False,
                    ueberpruefung_am__isnull=False,
                ),
            ),
        ]
        indexes = [
            # What waits for a Leitung is found among a few, not among all versions.
            models.Index(
                fields=["case"],
                name="gesamtplan_vorgelegt",
                condition=Q(state=Planzustand.VORGELEGT),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="freigegeben_fest",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=Planzustand.FREIGEGEBEN.value),
            ),
            second_person("gesamtplan_gesamtplanevent"),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Gesamtplan, Version {self.version}"

    @property
    def anlassgruende(self) -> list[str]:
        """Return why the plan is made, in the words of the guide."""
        return [str(Planungsanlass(grund).label) for grund in self.anlaesse]


@pghistory.track()
class Planinhalt(models.Model):
    """One required content of the plan; the key comes from `recht.inhalte`."""

    gesamtplan = models.ForeignKey(
        Gesamtplan, models.CASCADE, verbose_name="Gesamtplan", related_name="planinhalte"
    )
    schluessel = models.CharField("Inhalt", max_length=60)
    text = EncryptedTextField("Text", purpose="planinhalt.text", blank=True)

    class Meta:
        verbose_name = "Planinhalt"
        verbose_name_plural = "Planinhalte"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="planinhalt_einmal", fields=["gesamtplan", "schluessel"])
        ]
        triggers = _teil_einer_fassung()

    def __str__(self) -> str:
        return self.schluessel


@pghistory.track()
class Teilhabeziel(models.Model):
    """A goal; `kennung` stays the same through all versions of the plan.

    `text` is the agreed goal, `wortlaut` what the person said. `ausgangswert` and `zielwert` are
    what `kriterium` shows today and is to show by `bis`. `schritte` and `massnahmen` hold one
    entry a line: what the person does on the way, and what others do besides the Leistungen.
    """

    gesamtplan = models.ForeignKey(
        Gesamtplan, models.CASCADE, verbose_name="Gesamtplan", related_name="teilhabeziele"
    )
    kennung = models.UUIDField("Kennung", default=uuid.uuid4)
    nummer = models.PositiveSmallIntegerField("Nummer")
    lebensbereich = models.CharField("Lebensbereich", max_length=2, choices=Lebensbereich.choices)
    text = EncryptedTextField("Ziel", purpose="teilhabeziel.text")
    wortlaut = EncryptedTextField(
        "In den Worten der Person", purpose="teilhabeziel.wortlaut", blank=True, default=""
    )
    leichte_sprache = EncryptedTextField(
        "In Leichter Sprache", purpose="teilhabeziel.leichte_sprache", blank=True, default=""
    )
    kriterium = EncryptedTextField(
        "Woran ist zu erkennen, dass das Ziel erreicht ist?", purpose="teilhabeziel.kriterium"
    )
    ausgangswert = EncryptedTextField(
        "Stand heute", purpose="teilhabeziel.ausgangswert", blank=True, default=""
    )
    zielwert = EncryptedTextField(
        "Stand am Ziel", purpose="teilhabeziel.zielwert", blank=True, default=""
    )
    schritte = EncryptedTextField(
        "Schritte", purpose="teilhabeziel.schritte", blank=True, default=""
    )
    massnahmen = EncryptedTextField(
        "Was andere beitragen", purpose="teilhabeziel.massnahmen", blank=True, default=""
    )
    bedarf_endet = models.BooleanField("Mit dem Ziel endet der Bedarf", default=False)
    bis = models.DateField("bis")
    status = models.CharField(
        "Stand", max_length=20, choices=Zielstatus.choices, default=Zielstatus.OFFEN
    )

    class Meta:
        verbose_name = "Teilhabeziel"
        verbose_name_plural = "Teilhabeziele"
        ordering = ["nummer"]
        constraints = [
            choices_check("teilhabeziel", "lebensbereich", Lebensbereich),
            choices_check("teilhabeziel", "status", Zielstatus),
            models.UniqueConstraint(name="teilhabeziel_nummer", fields=["gesamtplan", "nummer"]),
            models.UniqueConstraint(name="teilhabeziel_kennung", fields=["gesamtplan", "kennung"]),
        ]
        triggers = _teil_einer_fassung()

    def __str__(self) -> str:
        return f"Ziel {self.nummer}"


@pghistory.track()
class Leistung(models.Model):
    """A benefit of one Leistungsträger that serves a goal, or several (see `zielbezug`).

    `katalogschluessel` is its key in `recht.leistung`, empty only in plans of old; `norm` is what
    is printed and no rule reads it. `entscheidung` is empty where the law decides who decides.
    """

    gesamtplan = models.ForeignKey(
        Gesamtplan, models.CASCADE, verbose_name="Gesamtplan", related_name="leistungen"
    )
    kennung = models.UUIDField("Kennung", default=uuid.uuid4)
    teilhabeziel = models.ForeignKey(
        Teilhabeziel, models.CASCADE, verbose_name="dient dem Ziel", related_name="leistungen"
    )
    weitere_ziele = ArrayField(
        models.UUIDField(), verbose_name="dient auch den Zielen", default=list, blank=True
    )
    leistungstraeger = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="Leistungsträger",
        related_name="leistungen",
    )
    bezeichnung = models.CharField("Leistung", max_length=200)
    katalogschluessel = models.CharField(
        "Leistung des Katalogs", max_length=60, blank=True, default=""
    )
    norm = models.CharField("Rechtsgrundlage", max_length=200)
    leistungsform = models.CharField("Form", max_length=30, choices=Leistungsform.choices)
    umfang = EncryptedTextField("Art und Umfang", purpose="leistung.umfang")
    angebot = models.ForeignKey(
        "cases.Angebot",
        models.PROTECT,
        verbose_name="Angebot",
        null=True,
        blank=True,
        related_name="planleistungen",
    )
    menge = models.DecimalField("Menge", max_digits=8, decimal_places=2, null=True, blank=True)
    einheit = models.CharField(
        "Einheit", max_length=20, choices=Umfangseinheit.choices, blank=True, default=""
    )
    satz = models.DecimalField(
        "Preis je Einheit", max_digits=10, decimal_places=2, null=True, blank=True
    )
    beginn = models.DateField("Beginn")
    ende = models.DateField("Ende", null=True, blank=True)
    ergaenzend = models.BooleanField(
        "ergänzende Leistung",
        default=False,
        help_text="Sie tritt zum Persönlichen Budget hinzu, ist aber selbst nicht budgetfähig.",
    )
    entscheidung = models.CharField(
        "Wer entscheidet", max_length=30, choices=Entscheidung.choices, blank=True, default=""
    )
    entscheidung_grund = EncryptedTextField(
        "Warum so entschieden wird", purpose="leistung.entscheidung_grund", blank=True, default=""
    )

    class Meta:
        verbose_name = "Leistung"
        verbose_name_plural = "Leistungen"
        ordering = ["id"]
        constraints = [
            choices_check("leistung", "leistungsform", Leistungsform),
            models.CheckConstraint(
                name="leistung_ende_nach_beginn",
                condition=Q(ende__isnull=True) | Q(ende__gte=F("beginn")),
            ),
            models.UniqueConstraint(name="leistung_kennung", fields=["gesamtplan", "kennung"]),
            models.CheckConstraint(
                name="leistung_entscheidung_gueltig",
                condition=Q(entscheidung__in=["", *Entscheidung.values]),
            ),
            models.CheckConstraint(
                name="leistung_einheit_gueltig",
                condition=Q(einheit__in=["", *Umfangseinheit.values]),
            ),
            models.CheckConstraint(
                name="leistung_menge_mit_einheit",
                condition=Q(menge__isnull=True, einheit="") | (Q(menge__gt=0) & ~Q(einheit="")),
            ),
            models.CheckConstraint(
                name="leistung_satz_mit_menge",
                condition=Q(satz__isnull=True) | Q(satz__gte=0, menge__isnull=False),
            ),
            models.CheckConstraint(
                name="leistung_entscheidung_begruendet",
                condition=Q(entscheidung="") | ~Q(entscheidung_grund=""),
            ),
        ]
        triggers = _teil_einer_fassung()

    def __str__(self) -> str:
        return self.bezeichnung

    @property
    def kurz(self) -> str:
        """Return a short form of `kennung` for the anchor of its section."""
        return self.kennung.hex[:12]

    @property
    def ziele(self) -> list[Teilhabeziel]:
        """Return the goals it serves; no query where its version was read with its parts."""
        if not self.weitere_ziele:
            return [self.teilhabeziel]
        return ziele_of(self, self.gesamtplan.teilhabeziele.all())

    @property
    def zielnummern(self) -> str:
        """Return their numbers as a sentence lists them."""
        return nummern_in_worten(self.ziele)
