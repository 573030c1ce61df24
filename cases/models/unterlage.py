"""Documents that came in or were taken up: what they are, from whom, how long they hold."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import append_only, choices_check, never_emptied

_FEST = (
    "case",
    "originalname",
    "dateiart",
    "groesse",
    "seiten",
    "sha256",
    "original_sha256",
    "hochgeladen_von",
    "hochgeladen",
)


class Unterlagenart(models.TextChoices):
    """What a document is; decides who asks for it and how long it is kept."""

    ANTRAG = "antrag", "Antrag"
    GUTACHTEN = "gutachten", "Gutachten"
    BERICHT = "bericht", "Entwicklungs- oder Verlaufsbericht"
    BEFUND = "befund", "ärztlicher Befund"
    STELLUNGNAHME = "stellungnahme", "Stellungnahme"
    BESCHEID = "bescheid", "Bescheid einer anderen Stelle"
    AUSWEIS = "ausweis", "Ausweis (z. B. Schwerbehindertenausweis)"
    BETREUERAUSWEIS = "betreuerausweis", "Betreuerausweis oder Vollmacht"
    EINWILLIGUNG = "einwilligung", "Einwilligung"
    ZIELVEREINBARUNG = "zielvereinbarung", "unterschriebene Zielvereinbarung"
    NACHWEIS = "nachweis", "Nachweis"
    SCHRIFTVERKEHR = "schriftverkehr", "Schriftverkehr"
    SONSTIGES = "sonstiges", "Sonstiges"


class Pruefstand(models.TextChoices):
    """What the malware scanner said."""

    UNGEPRUEFT = "ungeprueft", "ungeprüft"
    SAUBER = "sauber", "geprüft, ohne Befund"
    BEFALLEN = "befallen", "gesperrt (Schadsoftware)"


class Dateiart(models.TextChoices):
    """What the content is, found by looking into the file; the name of the file decides nothing."""

    KEINE = "keine", "ohne Datei"
    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG-Bild"
    PNG = "png", "PNG-Bild"
    TIFF = "tiff", "TIFF-Bild"
    DOCX = "docx", "Word-Dokument (DOCX)"
    ODT = "odt", "OpenDocument-Text (ODT)"
    TXT = "txt", "Textdatei"


@pghistory.track()
class Unterlage(models.Model):
    """A document of one case; the stored bytes never change, a newer one is a new row.

    Nothing is deleted: what was filed by mistake is marked and locked. `original_sha256` is the
    hash of the file as it was sent, `sha256` that of what is kept after cleaning; `bereinigt`
    says what was taken out.
    """

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="unterlagen"
    )
    art = models.CharField("Art", max_length=30, choices=Unterlagenart.choices)
    titel = models.CharField("Titel", max_length=200)
    datum = models.DateField("Datum der Unterlage")
    verfasser = models.CharField("Verfasser", max_length=200, blank=True)
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)
    eingegangen_am = models.DateField("eingegangen am")
    hochgeladen_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="hochgeladen von", related_name="unterlagen"
    )
    pruefstand = models.CharField(
        "Prüfstand",
        max_length=20,
        choices=Pruefstand.choices,
        default=Pruefstand.UNGEPRUEFT,
    )
    geprueft_am = models.DateTimeField("geprüft am", null=True, blank=True)
    befund = models.CharField("Befund", max_length=200, blank=True)
    originalname = EncryptedTextField("Dateiname", purpose="unterlage.originalname", blank=True)
    dateiart = models.CharField(
        "Dateiart", max_length=10, choices=Dateiart.choices, default=Dateiart.KEINE
    )
    groesse = models.PositiveIntegerField("Größe in Byte", default=0)
    seiten = models.PositiveIntegerField("Seiten", default=0)
    mit_text = models.BooleanField("mit Textschicht", default=False)
    sha256 = models.CharField("SHA-256 der Ablage", max_length=64, blank=True)
    original_sha256 = models.CharField("SHA-256 des Originals", max_length=64, blank=True)
    bereinigt = models.JSONField("bereinigt", default=list, blank=True)
    signiert = models.BooleanField(
        "elektronisch signiert",
        default=False,
        help_text="Die Signatur deckt die ganze Datei; wer signiert hat, prüft Fallwerk nicht.",
    )
    hochgeladen = models.DateTimeField("abgelegt", auto_now_add=True)
    irrtuemlich_am = models.DateTimeField("irrtümlich abgelegt, vermerkt", null=True, blank=True)
    irrtuemlich_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="Irrtum vermerkt von",
        null=True,
        blank=True,
        related_name="irrtuemliche_unterlagen",
    )
    irrtuemlich_grund = models.CharField("Grund", max_length=300, blank=True)

    class Meta:
        verbose_name = "Unterlage"
        verbose_name_plural = "Unterlagen"
        ordering = ["-datum", "-id"]
        constraints = [
            choices_check("unterlage", "art", Unterlagenart),
            choices_check("unterlage", "pruefstand", Pruefstand),
            models.CheckConstraint(
                name="unterlage_gueltig_nach_datum",
                condition=Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=F("datum")),
            ),
            choices_check("unterlage", "dateiart", Dateiart),
            models.UniqueConstraint(
                name="unterlage_datei_einmal_je_fall",
                fields=["case", "original_sha256"],
                condition=Q(irrtuemlich_am__isnull=True) & ~Q(original_sha256=""),
            ),
            models.CheckConstraint(
                name="unterlage_irrtum_mit_grund",
                condition=Q(irrtuemlich_am__isnull=True)
                | Q(irrtuemlich_von__isnull=False) & ~Q(irrtuemlich_grund=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["pruefstand"],
                name="unterlage_ungeprueft",
                condition=Q(pruefstand=Pruefstand.UNGEPRUEFT),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="datei_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*_FEST),
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.titel} vom {self.datum:%d.%m.%Y}"

    @property
    def gesperrt(self) -> bool:
        """Whether nobody may open the file: malware, or filed by mistake."""
        return self.pruefstand == Pruefstand.BEFALLEN or self.irrtuemlich_am is not None


class Unterlagendatei(models.Model):
    """The bytes of a document, encrypted with a field key, apart from the row."""

    unterlage = models.OneToOneField(
        Unterlage, models.PROTECT, verbose_name="Unterlage", related_name="datei", primary_key=True
    )
    inhalt = models.BinaryField("Inhalt")

    class Meta:
        verbose_name = "Unterlagendatei"
        verbose_name_plural = "Unterlagendateien"
        triggers = append_only()

    def __str__(self) -> str:
        return f"Datei zu {self.unterlage_id}"


class Unterlagentext(models.Model):
    """What can be searched: text encrypted for the excerpt, word stems open for the index.

    Derived from the file and the title and written anew when the title is corrected, therefore
    without a history of its own.
    """

    unterlage = models.OneToOneField(
        Unterlage, models.PROTECT, verbose_name="Unterlage", related_name="text", primary_key=True
    )
    text = EncryptedTextField("Text", purpose="unterlage.text", blank=True)
    woerter = SearchVectorField("Wortstämme")

    class Meta:
        verbose_name = "Unterlagentext"
        verbose_name_plural = "Unterlagentexte"
        indexes = [GinIndex(fields=["woerter"], name="unterlagentext_woerter")]

    def __str__(self) -> str:
        return f"Text zu {self.unterlage_id}"
