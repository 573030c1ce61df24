"""Another carrier takes a running grant over: from when, why, promised when, what it owes."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.states.traegerwechsel import Wechselgrund, Wechselzustand
from cases.crypto import EncryptedTextField
from cases.models import Ereignis
from cases.models.basis import FixedIn, choices_check, never_emptied

_ABGEGEBEN = (Wechselzustand.ABGEGEBEN.value,)


@pghistory.track()
class Traegerwechsel(models.Model):
    """One change of the carrier of one grant.

    From `ab` on another carrier is competent; we go on until it continues the Leistung on
    `uebernimmt_ab` (§ 2 Abs. 3 SGB X), promised by its answer of `zusage_vom`. `aufhebung` is the
    decision that ends our grant, `mitteilung` the letter to the new carrier. What we render from
    `ab` until the day before is asked back: `verlangt_am`, `verlangt_betrag` in euro.
    """

    persoenliches_budget = models.OneToOneField(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="traegerwechsel",
    )
    an = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="neuer Träger",
        related_name="uebernommene_budgets",
    )
    grund = models.CharField("Anlass", max_length=20, choices=Wechselgrund.choices)
    ab = models.DateField("anderer Träger zuständig ab")
    bekannt_seit = models.DateField("bekannt seit")
    begruendung = EncryptedTextField("Begründung", purpose="traegerwechsel.begruendung")
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Wechselzustand.choices,
        default=Wechselzustand.VERMERKT,
    )
    zusage_vom = models.DateField("Zusage vom", null=True, blank=True)
    uebernimmt_ab = models.DateField("neuer Träger leistet ab", null=True, blank=True)
    aktenzeichen_dort = models.CharField("Aktenzeichen dort", max_length=60, blank=True, default="")
    mitteilung = models.OneToOneField(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="Mitteilung an den neuen Träger",
        null=True,
        blank=True,
        related_name="traegerwechsel",
    )
    aufhebung = models.OneToOneField(
        "budget.Folgebescheid",
        models.SET_NULL,
        verbose_name="Aufhebung",
        null=True,
        blank=True,
        related_name="traegerwechsel",
    )
    verlangt_am = models.DateField("Erstattung verlangt am", null=True, blank=True)
    verlangt_betrag = models.DecimalField(
        "verlangte Erstattung", max_digits=10, decimal_places=2, null=True, blank=True
    )
    erfasst_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="erfasst von",
        related_name="erfasste_traegerwechsel",
    )
    abgegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="abgegeben von",
        null=True,
        blank=True,
        related_name="abgegebene_traegerwechsel",
    )

    class Meta:
        verbose_name = "Trägerwechsel"
        verbose_name_plural = "Trägerwechsel"
        ordering = ["-ab", "-id"]
        constraints = [
            choices_check("traegerwechsel", "grund", Wechselgrund),
            choices_check("traegerwechsel", "state", Wechselzustand),
            models.CheckConstraint(
                name="traegerwechsel_zugesagt_mit_tag",
                condition=Q(state=Wechselzustand.VERMERKT)
                | Q(zusage_vom__isnull=False, uebernimmt_ab__gte=F("ab")),
            ),
            models.CheckConstraint(
                name="traegerwechsel_verlangt_mit_betrag",
                condition=Q(verlangt_am__isnull=True, verlangt_betrag__isnull=True)
                | Q(verlangt_am__isnull=False, verlangt_betrag__gt=Decimal("0")),
            ),
            models.CheckConstraint(
                name="traegerwechsel_vier_augen",
                condition=Q(abgegeben_von__isnull=True) | ~Q(abgegeben_von=F("erfasst_von")),
            ),
            models.CheckConstraint(
                name="traegerwechsel_abgegeben_von_jemand",
                condition=Q(state=Wechselzustand.ABGEGEBEN, abgegeben_von__isnull=False)
                | ~Q(state=Wechselzustand.ABGEGEBEN) & Q(abgegeben_von__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="abgegeben_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(_ABGEGEBEN),
            ),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=Wechselzustand.VERMERKT.value),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Trägerwechsel zum {self.ab:%d.%m.%Y}"

    def is_noted_by(self, konten: Collection[int]) -> bool:
        """Tell whether one of these accounts has noted it or a step of it; one query at most."""
        if self.erfasst_von_id in konten:
            return True
        schritte = Ereignis.objects.filter(gegenstand=f"traegerwechsel:{self.pk}")
        return schritte.filter(user__in=konten).exists()
