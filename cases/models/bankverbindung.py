"""The account to which money goes, and who has looked at it when it is not the person's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from cases.crypto import BlindIndexField, EncryptedTextField, WithFingerprint
from cases.models.personenangabe import Personenangabe, no_overlap, of_person


@pghistory.track()
class Bankverbindung(WithFingerprint, Personenangabe):
    """The account to which money goes; number encrypted.

    It is found by its last four characters, whole by its blind index.
    """

    zweck = "Geldleistungen sind auf ein Konto der Person zu überweisen."
    norm = "§ 47 SGB I, § 67a Abs. 1 SGB X"

    events: Any  # the change history, added by pghistory
    leistungsberechtigte_person = of_person("bankverbindungen")
    iban = EncryptedTextField("IBAN", purpose="bankverbindung.iban")
    iban_abdruck = BlindIndexField("Abdruck der IBAN", of="iban", purpose="bankverbindung.iban")
    iban_ende = models.CharField("Ende der IBAN", max_length=4, db_index=True)
    kontoinhaber = EncryptedTextField(
        "Kontoinhaberin oder Kontoinhaber", purpose="bankverbindung.kontoinhaber"
    )
    beleg_geprueft = models.BooleanField("anhand eines Belegs geprüft", default=False)
    wartet = models.BooleanField(
        "wartet auf eine zweite Person",
        default=False,
        help_text="Das Konto gehört nicht der Person; vorher wird darauf nichts gezahlt.",
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        null=True,
        blank=True,
        related_name="bearbeitete_bankverbindungen",
    )
    bestaetigt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="bestätigt von",
        null=True,
        blank=True,
        related_name="bestaetigte_bankverbindungen",
    )
    bestaetigt_am = models.DateField("bestätigt am", null=True, blank=True)
    geaendert_am = models.DateField("Konto geändert am", null=True, blank=True)

    class Meta(Personenangabe.Meta):
        verbose_name = "Bankverbindung"
        verbose_name_plural = "Bankverbindungen"
        constraints = [
            *no_overlap("bankverbindung", Q(wartet=False)),
            models.CheckConstraint(
                name="bankverbindung_vier_augen",
                condition=Q(bestaetigt_von__isnull=True, bestaetigt_am__isnull=True)
                | (
                    Q(wartet=False, bestaetigt_von__isnull=False, bestaetigt_am__isnull=False)
                    & ~Q(bestaetigt_von=F("bearbeitet_von"))
                ),
            ),
        ]

    def gilt_am(self, stichtag: date) -> bool:
        """Tell whether money goes to this account on the day; never while it waits."""
        return not self.wartet and super().gilt_am(stichtag)

    def __str__(self) -> str:
        return f"Konto mit der Endung {self.iban_ende}"
