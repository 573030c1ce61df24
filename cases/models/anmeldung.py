"""The log of logins: who came in, who was refused, who proved anew who they are."""

from __future__ import annotations

from django.db import models

from cases.models.basis import append_only, choices_check


class Anmeldevorgang(models.TextChoices):
    """What can happen at the door."""

    ANGEMELDET = "angemeldet", "angemeldet"
    FEHLVERSUCH = "fehlversuch", "Anmeldung mit falschem Passwort"
    FAKTOR = "faktor", "zweiter Faktor bestätigt"
    FAKTOR_FALSCH = "faktor_falsch", "falscher zweiter Faktor"
    GEBREMST = "gebremst", "zu viele Versuche, abgewiesen"
    BESTAETIGT = "bestaetigt", "Identität erneut bestätigt"
    BESTAETIGUNG_FALSCH = "bestaetigung_falsch", "Bestätigung der Identität misslungen"
    ABGEMELDET = "abgemeldet", "abgemeldet"
    ABGELAUFEN = "abgelaufen", "Sitzung abgelaufen"
    PASSWORT = "passwort", "Passwort selbst geändert"
    FAKTOR_GEAENDERT = "faktor_geaendert", "zweiter Faktor selbst geändert"
    GESPERRT = "gesperrt", "Konto gesperrt"
    ERNEUERT = "erneuert", "Zugang durch andere erneuert"


MISSLUNGEN = (
    Anmeldevorgang.FEHLVERSUCH,
    Anmeldevorgang.FAKTOR_FALSCH,
    Anmeldevorgang.GEBREMST,
    Anmeldevorgang.BESTAETIGUNG_FALSCH,
)


class Anmeldeereignis(models.Model):
    """One thing that happened at the door of one account; `user` is empty for an unknown name.

    The name that was tried is not kept: people type passwords there by mistake.
    """

    user = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="Konto",
        null=True,
        blank=True,
        related_name="anmeldeereignisse",
    )
    zeit = models.DateTimeField("Zeit", auto_now_add=True)
    art = models.CharField("Vorgang", max_length=20, choices=Anmeldevorgang.choices)
    adresse = models.GenericIPAddressField("Netzadresse", null=True, blank=True)
    browser = models.CharField("Browser", max_length=60, blank=True)

    class Meta:
        verbose_name = "Anmeldeereignis"
        verbose_name_plural = "Anmeldeereignisse"
        ordering = ["-zeit", "-id"]
        constraints = [choices_check("anmeldeereignis", "art", Anmeldevorgang)]
        indexes = [
            models.Index(fields=["user", "-zeit"], name="anmeldeereignis_user_zeit"),
            models.Index(fields=["-zeit"], name="anmeldeereignis_zeit"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.zeit:%d.%m.%Y %H:%M}: {self.get_art_display()}"
