"""What happened: the Chronik of a case, reads of a case, one-time form submissions, drafts."""

from __future__ import annotations

from django.db import models

from cases.crypto import EncryptedTextField
from cases.models.basis import append_only


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
        indexes = [models.Index(fields=["case", "-zeit"], name="ereignis_case_zeit")]
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

    class Meta:
        verbose_name = "Lesezugriff"
        verbose_name_plural = "Lesezugriffe"
        ordering = ["-zeit", "-id"]
        indexes = [models.Index(fields=["case", "-zeit"], name="lesezugriff_case_zeit")]
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

    def __str__(self) -> str:
        return str(self.schluessel)


class Entwurf(models.Model):
    """What somebody typed into a form before the session ended; encrypted, short-lived."""

    user = models.ForeignKey(
        "cases.User", models.CASCADE, verbose_name="von", related_name="entwuerfe"
    )
    pfad = models.CharField("Seite", max_length=300)
    daten = EncryptedTextField("Eingaben", purpose="entwurf.daten")
    zeit = models.DateTimeField("Zeit", auto_now=True)

    class Meta:
        verbose_name = "Entwurf"
        verbose_name_plural = "Entwürfe"
        constraints = [models.UniqueConstraint(name="entwurf_einmal", fields=["user", "pfad"])]

    def __str__(self) -> str:
        return self.pfad
