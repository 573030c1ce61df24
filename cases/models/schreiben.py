"""Letters as they left the house."""

from __future__ import annotations

from django.db import models

from cases.crypto import EncryptedBinaryField, EncryptedJSONField
from cases.models.basis import append_only


class Schreiben(models.Model):
    """One frozen letter: data, hash of the HTML, PDF with SHA-256. Never changed, never deleted."""

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="schreiben_liste"
    )
    art = models.CharField("Art", max_length=40)
    titel = models.CharField("Titel", max_length=200)
    gegenstand = models.CharField("Gegenstand", max_length=60)
    nummer = models.CharField("Nummer", max_length=40, unique=True)
    datum = models.DateField("Datum")
    empfaenger = EncryptedJSONField(
        "Anschriftfeld",
        purpose="schreiben.empfaenger",
        liste=True,
        help_text="Zeilen, wie gedruckt",
    )
    daten = EncryptedJSONField("Daten", purpose="schreiben.daten")
    html_sha256 = models.CharField("SHA-256 des HTML", max_length=64)
    pdf_sha256 = models.CharField("SHA-256 des PDF", max_length=64)
    pdf_seiten = models.PositiveSmallIntegerField("Seiten")
    erstellt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erstellt von", related_name="schreiben_liste"
    )
    erstellt = models.DateTimeField("erstellt", auto_now_add=True)

    class Meta:
        verbose_name = "Schreiben"
        verbose_name_plural = "Schreiben"
        ordering = ["-erstellt", "-id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.titel} vom {self.datum:%d.%m.%Y}"


class Schreibendatei(models.Model):
    """The bytes of a letter, apart from the row so that lists stay light."""

    schreiben = models.OneToOneField(
        Schreiben, models.PROTECT, verbose_name="Schreiben", related_name="datei", primary_key=True
    )
    pdf = EncryptedBinaryField("PDF", purpose="schreibendatei.pdf")

    class Meta:
        verbose_name = "Schreibendatei"
        verbose_name_plural = "Schreibendateien"
        triggers = append_only()

    def __str__(self) -> str:
        return f"PDF zu {self.schreiben_id}"
