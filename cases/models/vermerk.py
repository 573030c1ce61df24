"""Notes of talks and visits: corrected within a day, then only amended."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models

from cases.crypto import EncryptedTextField
from cases.models.basis import append_only, choices_check, never_emptied


class Vermerkart(models.TextChoices):
    """What the note tells of."""

    TELEFONAT = "telefonat", "Telefonat"
    HAUSBESUCH = "hausbesuch", "Hausbesuch"
    GESPRAECH = "gespraech", "Gespräch"
    EMAIL = "email", "E-Mail"
    BERATUNG = "beratung", "Beratung"
    AKTENVERMERK = "aktenvermerk", "Aktenvermerk"
    STELLUNGNAHME = "stellungnahme", "Stellungnahme"


@pghistory.track()
class Vermerk(models.Model):
    """A note in the file; text and participants are encrypted.

    Whoever wrote it may correct it for 24 hours, the earlier wording stays in the change history.
    After that the database refuses every change; what is to be added becomes a Nachtrag.
    """

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="vermerke"
    )
    art = models.CharField("Art", max_length=20, choices=Vermerkart.choices)
    am = models.DateField("am")
    uhrzeit = models.TimeField("Uhrzeit", null=True, blank=True)
    beteiligte = EncryptedTextField("Beteiligte", purpose="vermerk.beteiligte", blank=True)
    text = EncryptedTextField("Text", purpose="vermerk.text")
    verfasst_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="verfasst von", related_name="vermerke"
    )
    erstellt = models.DateTimeField("verfasst")

    class Meta:
        verbose_name = "Vermerk"
        verbose_name_plural = "Vermerke"
        ordering = ["-am", "-id"]
        constraints = [choices_check("vermerk", "art", Vermerkart)]
        triggers = [
            pgtrigger.Trigger(
                name="ein_tag",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.erstellt + INTERVAL '24 hours' < clock_timestamp()
                        OR ROW(OLD.case_id, OLD.verfasst_von_id, OLD.erstellt)
                        IS DISTINCT FROM ROW(NEW.case_id, NEW.verfasst_von_id, NEW.erstellt)
                    THEN
                        RAISE EXCEPTION 'Fallwerk: ein Vermerk wird nach einem Tag nur ergänzt';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()} am {self.am:%d.%m.%Y}"


class Nachtrag(models.Model):
    """What was added to a note later; never changed."""

    vermerk = models.ForeignKey(
        Vermerk, models.PROTECT, verbose_name="Vermerk", related_name="nachtraege"
    )
    text = EncryptedTextField("Text", purpose="nachtrag.text")
    verfasst_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="verfasst von", related_name="nachtraege"
    )
    erstellt = models.DateTimeField("verfasst")

    class Meta:
        verbose_name = "Nachtrag"
        verbose_name_plural = "Nachträge"
        ordering = ["erstellt", "id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Nachtrag zu {self.vermerk_id}"
