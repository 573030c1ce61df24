"""What happened: the Chronik of a case, reads of a case, one-time form submissions, drafts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.models.basis import append_only, choices_check
from cases.states.zugang import Zugriffsgrund


class Ereignis(models.Model):
    """One thing that happened in a case; written by services, never changed."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="ereignisse"
    )
    am = models.DateField("am")
    zeit = models.DateTimeField("aufgezeichnet", auto_now_add=True)
    user = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="durch",
        null=True,
        blank=True,
        related_name="ereignisse",
    )
    art = models.CharField("Art", max_length=40)
    text = models.CharField("Text", max_length=500)
    gegenstand = models.CharField("Gegenstand", max_length=60, blank=True)

    class Meta:
        verbose_name = "Ereignis"
        verbose_name_plural = "Ereignisse"
        ordering = ["-zeit", "-id"]
        indexes = [
            models.Index(fields=["case", "-zeit"], name="ereignis_case_zeit"),
            models.Index(fields=["case", "-am", "-id"], name="ereignis_case_am"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.am:%d.%m.%Y}: {self.text}"


class Lesezugriff(models.Model):
    """Somebody opened a case; written in the transaction that read it."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="lesezugriffe"
    )
    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="durch", related_name="lesezugriffe"
    )
    zeit = models.DateTimeField("Zeit", auto_now_add=True)
    route = models.CharField("Seite", max_length=80)
    als = models.CharField("als", max_length=30)
    grund = models.CharField(
        "Anlass",
        max_length=20,
        choices=Zugriffsgrund.choices,
        default=Zugriffsgrund.UNBEKANNT,
        db_default=Zugriffsgrund.UNBEKANNT,
    )
    notfall = models.ForeignKey(
        "cases.Notfallzugriff",
        models.PROTECT,
        verbose_name="Notfallzugriff",
        null=True,
        blank=True,
        related_name="lesezugriffe",
    )

    class Meta:
        verbose_name = "Lesezugriff"
        verbose_name_plural = "Lesezugriffe"
        ordering = ["-zeit", "-id"]
        constraints = [
            choices_check("lesezugriff", "grund", Zugriffsgrund),
            models.CheckConstraint(
                name="lesezugriff_notfall_benannt",
                condition=Q(grund=Zugriffsgrund.NOTFALL, notfall__isnull=False)
                | (~Q(grund=Zugriffsgrund.NOTFALL) & Q(notfall__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-zeit"], name="lesezugriff_case_zeit"),
            models.Index(fields=["user", "-zeit"], name="lesezugriff_user_zeit"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.zeit:%d.%m.%Y %H:%M}: {self.route}"


class Zugriffsverweigerung(models.Model):
    """Somebody asked for a case that is not theirs, or for a page their role has no right to."""

    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="durch", related_name="zugriffsverweigerungen"
    )
    zeit = models.DateTimeField("Zeit", auto_now_add=True)
    route = models.CharField("Seite", max_length=80)
    case_id_angefragt = models.BigIntegerField("angefragter Fall", null=True, blank=True)

    class Meta:
        verbose_name = "Zugriffsverweigerung"
        verbose_name_plural = "Zugriffsverweigerungen"
        ordering = ["-zeit", "-id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.zeit:%d.%m.%Y %H:%M}: {self.route}"


class Formularvorgang(models.Model):
    """One submission of one rendered form: the same key has its effect once."""

    schluessel = models.UUIDField("Schlüssel", unique=True)
    user = models.ForeignKey(
        "cases.User", models.CASCADE, verbose_name="durch", related_name="formularvorgaenge"
    )
    route = models.CharField("Seite", max_length=80)
    ergebnis_url = models.CharField("Ergebnis", max_length=300, blank=True)
    zeit = models.DateTimeField("Zeit", auto_now_add=True)

    class Meta:
        verbose_name = "Formularvorgang"
        verbose_name_plural = "Formularvorgänge"
        indexes = [models.Index(fields=["zeit"], name="formularvorgang_zeit")]

    def __str__(self) -> str:
        return str(self.schluessel)


class Entwurf(models.Model):
    """What somebody has typed into a form and not saved yet; encrypted, short-lived.

    `titel` is the heading of the page without a name, `case` the case it belongs to, if any.
    """

    user = models.ForeignKey(
        "cases.User", models.CASCADE, verbose_name="von", related_name="entwuerfe"
    )
    pfad = models.CharField("Seite", max_length=300)
    titel = models.CharField("Titel", max_length=100, blank=True)
    case = models.ForeignKey(
        "cases.Case",
        models.CASCADE,
        verbose_name="Fall",
        null=True,
        blank=True,
        related_name="entwuerfe",
    )
    daten = EncryptedTextField("Eingaben", purpose="entwurf.daten")
    zeit = models.DateTimeField("Zeit", auto_now=True)

    class Meta:
        verbose_name = "Entwurf"
        verbose_name_plural = "Entwürfe"
        constraints = [models.UniqueConstraint(name="entwurf_einmal", fields=["user", "pfad"])]
        indexes = [models.Index(fields=["zeit"], name="entwurf_zeit")]

    def __str__(self) -> str:
        return self.pfad
