"""What was typed and not saved yet, and forms that were sent once."""

from __future__ import annotations

from django.db import models

from cases.crypto import EncryptedTextField


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
