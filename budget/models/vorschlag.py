"""That the authority has proposed a Persönliches Budget, and what the person has said to it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.states.vorschlag import Vorschlagszustand
from cases.crypto import EncryptedTextField
from cases.models.basis import FixedIn, choices_check, never_emptied

_BEANTWORTET = (Vorschlagszustand.ANGENOMMEN.value, Vorschlagszustand.ABGELEHNT.value)
_INHALT = (
    "case",
    "vorgeschlagen_am",
    "begruendung",
    "antwort_am",
    "antwort",
    "antrag",
    "state",
)


@pghistory.track()
class Budgetvorschlag(models.Model):
    """One proposal; only the person herself decides for the form (§ 29 Abs. 1 S. 1 SGB IX).

    With her yes `antrag` is the application that asks for the budget from then on.
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="budgetvorschlaege"
    )
    vorgeschlagen_am = models.DateField("vorgeschlagen am")
    vorgeschlagen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="vorgeschlagen von",
        related_name="budgetvorschlaege",
    )
    begruendung = EncryptedTextField(
        "Warum es passen könnte", purpose="budgetvorschlag.begruendung"
    )
    nachfragen_am = models.DateField("nachfragen am", null=True, blank=True)
    wiedervorlage = models.ForeignKey(
        "cases.Wiedervorlage",
        models.SET_NULL,
        verbose_name="Wiedervorlage",
        null=True,
        blank=True,
        related_name="+",
    )
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Vorschlagszustand.choices,
        default=Vorschlagszustand.OFFEN,
    )
    antwort_am = models.DateField("Antwort vom", null=True, blank=True)
    antwort = EncryptedTextField(
        "Antwort", purpose="budgetvorschlag.antwort", blank=True, default=""
    )
    antrag = models.ForeignKey(
        "cases.Antrag",
        models.PROTECT,
        verbose_name="Antrag",
        null=True,
        blank=True,
        related_name="budgetvorschlaege",
    )

    class Meta:
        verbose_name = "Budgetvorschlag"
        verbose_name_plural = "Budgetvorschläge"
        ordering = ["-vorgeschlagen_am", "-id"]
        constraints = [
            choices_check("budgetvorschlag", "state", Vorschlagszustand),
            models.UniqueConstraint(
                name="budgetvorschlag_einer_offen",
                fields=["case"],
                condition=Q(state=Vorschlagszustand.OFFEN),
            ),
            models.CheckConstraint(
                name="budgetvorschlag_antwort_mit_tag",
                condition=Q(state=Vorschlagszustand.OFFEN, antwort_am__isnull=True, antwort="")
                | (
                    Q(state__in=_BEANTWORTET, antwort_am__gte=F("vorgeschlagen_am"))
                    & ~Q(antwort="")
                ),
            ),
            models.CheckConstraint(
                name="budgetvorschlag_ja_ist_antrag",
                condition=Q(state=Vorschlagszustand.ANGENOMMEN, antrag__isnull=False)
                | (~Q(state=Vorschlagszustand.ANGENOMMEN) & Q(antrag__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="beantwortet_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(_BEANTWORTET, _INHALT),
            ),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=Vorschlagszustand.OFFEN.value),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Vorschlag vom {self.vorgeschlagen_am:%d.%m.%Y}"
