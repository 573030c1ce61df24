"""An interruption of a running budget: since when, until when, and what rests by the agreement."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.states.folge import FOLGEBESCHEID
from budget.states.unterbrechung import Ruheregel, Unterbrechungsanlass, Unterbrechungsstand
from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check, never_emptied

# What the Bescheid rests on; only the end can still come.
_INHALT = (
    "persoenliches_budget",
    "anlass",
    "von",
    "regel",
    "weiter_tage",
    "teile",
    "ruht_betrag",
    "kosten",
)


def _fixed_when_decided() -> pgtrigger.Trigger:
    """Return a trigger that refuses a change of what a Bescheid rests on that is no draft."""
    entwurf = FOLGEBESCHEID.uebergang("bearbeiten").von[0]
    return pgtrigger.Trigger(
        name="entschieden_fest",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*_INHALT),
        declare=[("stand", "TEXT")],
        func=f"""
            SELECT state INTO stand FROM budget_folgebescheid WHERE id = OLD.folgebescheid_id;
            IF stand <> '{entwurf}' THEN
                RAISE EXCEPTION 'Fallwerk: diese Unterbrechung trägt einen Bescheid';
            END IF;
            RETURN NEW;
        """,
    )


@pghistory.track()
class Unterbrechung(models.Model):
    """One interruption; `von` and `bis` are its first and last day, `bis` None while it lasts.

    `weiter_tage` days from the first on the budget is paid as before; then `ruht_betrag` euro a
    month rest: the sum of the Teilbudgets in `teile` (their keys), less `kosten`, which go on and
    are proved. Nothing rests without a Bescheid that says so.
    """

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="unterbrechungen",
    )
    anlass = models.CharField("Anlass", max_length=20, choices=Unterbrechungsanlass.choices)
    von = models.DateField("erster Tag")
    bis = models.DateField("letzter Tag", null=True, blank=True)
    mitgeteilt_am = models.DateField("mitgeteilt am")
    quelle = EncryptedTextField("Woher bekannt", purpose="unterbrechung.quelle")
    regel = models.CharField("Regel", max_length=20, choices=Ruheregel.choices)
    weiter_tage = models.PositiveSmallIntegerField("Tage, die weitergezahlt werden", default=0)
    teile = models.JSONField(
        "was ruht", default=list, blank=True, help_text="Schlüssel der Teilbudgets"
    )
    kosten = models.DecimalField(
        "Kosten im Monat, die weiterlaufen", max_digits=10, decimal_places=2, default=Decimal(0)
    )
    kosten_nachweis = EncryptedTextField(
        "Nachweis der Kosten", purpose="unterbrechung.kosten_nachweis", blank=True, default=""
    )
    ruht_betrag = models.DecimalField(
        "ruht im Monat", max_digits=10, decimal_places=2, default=Decimal(0)
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
    folgebescheid = models.OneToOneField(
        "budget.Folgebescheid",
        models.SET_NULL,
        verbose_name="Bescheid",
        null=True,
        blank=True,
        related_name="unterbrechung",
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="unterbrechungen",
    )

    class Meta:
        verbose_name = "Unterbrechung des Budgets"
        verbose_name_plural = "Unterbrechungen des Budgets"
        ordering = ["-von", "-id"]
        constraints = [
            choices_check("unterbrechung", "anlass", Unterbrechungsanlass),
            choices_check("unterbrechung", "regel", Ruheregel),
            models.UniqueConstraint(
                name="unterbrechung_einmal", fields=["persoenliches_budget", "von"]
            ),
            models.CheckConstraint(
                name="unterbrechung_ende_nach_beginn",
                condition=Q(bis__isnull=True) | Q(bis__gte=F("von")),
            ),
            models.CheckConstraint(
                name="unterbrechung_nicht_negativ",
                condition=Q(kosten__gte=Decimal("0"), ruht_betrag__gte=Decimal("0")),
            ),
            models.CheckConstraint(
                name="unterbrechung_weiter_ruht_nichts",
                condition=Q(regel=Ruheregel.RUHT) | Q(ruht_betrag=Decimal("0")),
            ),
        ]
        triggers = [
            _fixed_when_decided(),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__folgebescheid__isnull=False),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        bis = f" bis {self.bis:%d.%m.%Y}" if self.bis else ""
        return f"{self.get_anlass_display()} ab {self.von:%d.%m.%Y}{bis}"

    @property
    def state(self) -> Unterbrechungsstand:
        """Return where it stands; it follows from the last day."""
        if self.bis is None:
            return Unterbrechungsstand.DAUERT_AN
        return Unterbrechungsstand.ENDE_BEKANNT

    @property
    def ruht_ab(self) -> date | None:
        """Return the first day that rests by the agreement, None where none does."""
        if not self.ruht_betrag:
            return None
        ab = self.von + timedelta(days=self.weiter_tage)
        return None if self.bis is not None and self.bis < ab else ab
