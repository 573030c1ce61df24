"""That nobody may learn where a person lives: set by one, ended by two."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check
from cases.models.personenangabe import Personenangabe, no_overlap, of_person


class Sperrart(models.TextChoices):
    """Kind of block in the register of residents."""

    AUSKUNFTSSPERRE = "auskunftssperre", "Auskunftssperre (§ 51 BMG)"
    SPERRVERMERK = "sperrvermerk", "bedingter Sperrvermerk (§ 52 BMG)"
    EIGENE = "eigene", "Schutz aus anderem Grund (§ 35 SGB I)"


@pghistory.track()
class Auskunftssperre(Personenangabe):
    """Nobody outside may learn where the person lives; the reason is encrypted.

    It closes at once and opens by two people: an end that is asked for (`ende_am`) takes effect
    when somebody else has confirmed it.
    """

    zweck = "Die Anschrift darf nicht bekannt werden; Fallwerk warnt vor jeder Weitergabe."
    norm = "§ 51 BMG, § 35 Abs. 1 SGB I"

    leistungsberechtigte_person = of_person("auskunftssperren")
    art = models.CharField("Art", max_length=20, choices=Sperrart.choices)
    grund = EncryptedTextField("Grund", purpose="auskunftssperre.grund")
    ende_am = models.DateField("Ende beantragt zum", null=True, blank=True)
    ende_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="Ende beantragt von",
        null=True,
        blank=True,
        related_name="beantragte_sperrenden",
    )
    ende_durch = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="Ende bestätigt von",
        null=True,
        blank=True,
        related_name="bestaetigte_sperrenden",
    )

    class Meta(Personenangabe.Meta):
        verbose_name = "Auskunftssperre"
        verbose_name_plural = "Auskunftssperren"
        constraints = [
            *no_overlap("auskunftssperre"),
            choices_check("auskunftssperre", "art", Sperrart),
            models.CheckConstraint(
                name="auskunftssperre_vier_augen",
                condition=Q(ende_durch__isnull=True)
                | (Q(ende_von__isnull=False) & ~Q(ende_durch=F("ende_von"))),
            ),
            models.CheckConstraint(
                name="auskunftssperre_ende_mit_person",
                condition=Q(ende_am__isnull=True, ende_von__isnull=True)
                | Q(ende_am__isnull=False, ende_von__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_art_display())

    @property
    def ende_wartet(self) -> bool:
        """Whether somebody has asked for its end and nobody has decided about it."""
        return self.ende_von_id is not None and self.ende_durch_id is None
