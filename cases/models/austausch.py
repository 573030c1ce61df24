"""Import of existing cases: profiles of files, batches, and their rows.

What stands in a file is Sozialdatum: file name, raw cells, read values and messages are stored
encrypted and are in no change history.
"""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check
from cases.states.austausch import Datumsform, Importentscheidung, Importzeilenstand, Stapelzustand


@pghistory.track()
class Importprofil(models.Model):
    """How the columns of a file of one origin are to be read.

    `zuordnung` maps keys of `FELDER` to headings, `vorgaben` to what holds where a cell is empty,
    `woerter` to what each word of the file means there.
    """

    name = models.CharField("Name", max_length=100, unique=True)
    herkunft = models.CharField("Herkunft der Daten", max_length=200, blank=True)
    datumsform = models.CharField(
        "Schreibweise von Tagen",
        max_length=20,
        choices=Datumsform.choices,
        default=Datumsform.DEUTSCH,
    )
    zuordnung = models.JSONField("Spalten", default=dict)
    vorgaben = models.JSONField("Vorgaben", default=dict, blank=True)
    woerter = models.JSONField("Wörter der Datei", default=dict, blank=True)
    blatt = models.CharField("Tabellenblatt", max_length=100, blank=True, default="")
    kopfzeile = models.PositiveSmallIntegerField(
        "Zeile mit den Überschriften", null=True, blank=True
    )
    plz_nullen = models.BooleanField("fehlende Null vor der Postleitzahl ergänzen", default=False)
    aktiv = models.BooleanField("wird angeboten", default=True)

    class Meta:
        verbose_name = "Importprofil"
        verbose_name_plural = "Importprofile"
        ordering = ["name"]
        constraints = [choices_check("importprofil", "datumsform", Datumsform)]

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["dateiname", "kopf", "woerter"])
class Importstapel(models.Model):
    """One uploaded file for one team; `soll` are control sums of the old records.

    `woerter` says what words of this file mean, beside those of the profile. Running cases without
    a day of their own are put before somebody between `vorlage_ab` and `vorlage_bis`.
    """

    profil = models.ForeignKey(
        Importprofil, models.PROTECT, verbose_name="Importprofil", related_name="stapel"
    )
    team = models.ForeignKey(
        "cases.Team", models.PROTECT, verbose_name="Team", related_name="importstapel"
    )
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Stapelzustand.choices,
        default=Stapelzustand.PRUEFUNG,
    )
    dateiname = EncryptedTextField("Dateiname", purpose="importstapel.dateiname")
    sha256 = models.CharField("Prüfsumme der Datei", max_length=64)
    gelesen_als = models.CharField("gelesen als", max_length=80)
    kopf = EncryptedTextField("Überschriften", purpose="importstapel.kopf")
    woerter = EncryptedTextField(
        "Wörter der Datei", purpose="importstapel.woerter", blank=True, default=""
    )
    vorlage_ab = models.DateField("Wiedervorlage ohne Tag ab", null=True, blank=True)
    vorlage_bis = models.DateField("Wiedervorlage ohne Tag bis", null=True, blank=True)
    soll = models.JSONField("Kontrollsummen", default=dict, blank=True)
    summen = models.JSONField("Summen", default=dict, blank=True)
    angelegt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="hochgeladen von", related_name="importstapel"
    )
    angelegt_am = models.DateTimeField("hochgeladen")
    uebernommen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="übernommen von",
        null=True,
        blank=True,
        related_name="+",
    )
    uebernommen_am = models.DateTimeField("übernommen", null=True, blank=True)
    zurueck_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zurückgenommen von",
        null=True,
        blank=True,
        related_name="+",
    )
    zurueck_am = models.DateTimeField("zurückgenommen", null=True, blank=True)

    class Meta:
        verbose_name = "Importstapel"
        verbose_name_plural = "Importstapel"
        ordering = ["-angelegt_am", "-id"]
        constraints = [choices_check("importstapel", "state", Stapelzustand)]

    def __str__(self) -> str:
        return f"Stapel {self.pk}"


@pghistory.track(exclude=["roh", "werte", "fehler", "hinweise", "aehnlich", "zugaben", "abrufe"])
class Importzeile(models.Model):
    """One row of a file: its cells, what was found, what was decided, which case it became.

    `letztes_ereignis` is the last line of the Chronik that the import wrote: a later one means
    that somebody has worked on the case. `abrufe` keeps who had read a case that was taken back.
    `hinweise` says what was read otherwise than it stands there, `zugaben` what the row has added
    to a person who was there already.
    """

    stapel = models.ForeignKey(
        Importstapel, models.CASCADE, verbose_name="Importstapel", related_name="zeilen"
    )
    nummer = models.PositiveIntegerField("Zeile der Datei")
    state = models.CharField(
        "Stand",
        max_length=20,
        choices=Importzeilenstand.choices,
        default=Importzeilenstand.OFFEN,
    )
    entscheidung = models.CharField(
        "Entscheidung",
        max_length=20,
        choices=Importentscheidung.choices,
        default=Importentscheidung.NEU,
    )
    vorschlag = models.CharField(
        "Vorschlag",
        max_length=20,
        choices=Importentscheidung.choices,
        default=Importentscheidung.NEU,
    )
    roh = EncryptedTextField("Zellen", purpose="importzeile.roh", blank=True)
    werte = EncryptedTextField("gelesene Werte", purpose="importzeile.werte", blank=True)
    fehler = EncryptedTextField("Fehler", purpose="importzeile.fehler", blank=True)
    hinweise = EncryptedTextField(
        "Hinweise", purpose="importzeile.hinweise", blank=True, default=""
    )
    zugaben = EncryptedTextField(
        "Zugaben zur Person", purpose="importzeile.zugaben", blank=True, default=""
    )
    aehnlich = EncryptedTextField("ähnliche Personen", purpose="importzeile.aehnlich", blank=True)
    wie_zeile = models.PositiveIntegerField("gleiche Person wie Zeile", null=True, blank=True)
    angaben = ArrayField(
        models.CharField(max_length=20),
        verbose_name="Angaben der Zeile, die gelten sollen",
        default=list,
        blank=True,
    )
    person = models.ForeignKey(
        "cases.LeistungsberechtigtePerson",
        models.SET_NULL,
        verbose_name="Person",
        null=True,
        blank=True,
        related_name="importzeilen",
    )
    person_neu = models.BooleanField("Person mit angelegt", default=False)
    case = models.OneToOneField(
        "cases.Case",
        models.SET_NULL,
        verbose_name="Fall",
        null=True,
        blank=True,
        related_name="importzeile",
    )
    letztes_ereignis = models.BigIntegerField("letztes Ereignis", null=True, blank=True)
    bleibt_weil = models.CharField("bleibt, weil", max_length=200, blank=True)
    abrufe = EncryptedTextField("Abrufe", purpose="importzeile.abrufe", blank=True)

    class Meta:
        verbose_name = "Importzeile"
        verbose_name_plural = "Importzeilen"
        ordering = ["stapel", "nummer"]
        constraints = [
            choices_check("importzeile", "state", Importzeilenstand),
            choices_check("importzeile", "entscheidung", Importentscheidung),
            choices_check("importzeile", "vorschlag", Importentscheidung),
            models.UniqueConstraint(
                fields=["stapel", "nummer"], name="importzeile_einmal_je_stapel"
            ),
            models.CheckConstraint(
                name="importzeile_fall_nur_uebernommen",
                condition=Q(case__isnull=True) | Q(state=Importzeilenstand.UEBERNOMMEN),
            ),
        ]
        indexes = [models.Index(fields=["stapel", "state", "nummer"], name="importzeile_stand")]

    def __str__(self) -> str:
        return f"Zeile {self.nummer}"
