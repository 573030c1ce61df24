"""The yearly review of what the person contributes: evidence, facts, old and new sum."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from budget.models.bescheid import Bescheid
from budget.states.folge import FOLGEBESCHEID
from budget.states.pruefung import Pruefzustand
from cases.crypto import EncryptedJSONField, EncryptedTextField
from cases.models.basis import never_emptied

# What is asked of income, household and assets; each a field of the Bescheid.
FAKTEN = (
    "einkommen",
    "einkommensart",
    "partner",
    "kinder",
    "minderjaehrige",
    "beitragsfrei",
    "monatseinkommen",
    "unterkunft",
    "angehoerige",
    "einsatz_prozent",
    "einsatz_grund",
    "einkommenseinsatz",
    "vermoegen",
    "vermoegen_erwerb",
    "unterhaltene",
)
_INHALT = (
    "persoenliches_budget",
    "ab",
    "nachweis",
    "nachweis_vom",
    "angaben",
    "bisher",
    "abzug",
    "vermoegensverbrauch",
    "belastet",
    "geaendert",
)


def _fixed_when_decided() -> pgtrigger.Trigger:
    """Return a trigger that refuses a change of what is settled or stands in a Bescheid."""
    entwurf = FOLGEBESCHEID.uebergang("bearbeiten").von[0]
    return pgtrigger.Trigger(
        name="entschieden_fest",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*_INHALT),
        declare=[("stand", "TEXT")],
        func=f"""
            SELECT state INTO stand FROM budget_folgebescheid WHERE id = OLD.folgebescheid_id;
            IF OLD.erledigt_am IS NOT NULL OR stand <> '{entwurf}' THEN
                RAISE EXCEPTION 'Fallwerk: diese Prüfung ist erledigt oder trägt einen Bescheid';
            END IF;
            RETURN NEW;
        """,
    )


@pghistory.track()
class Beitragspruefung(models.Model):
    """One review of income and assets (§§ 135-140 SGB IX, § 85 SGB XII).

    `ab` is the first day of the month from which the new sum counts; the values of its year are
    used. `bisher` and `abzug` are what is kept back of a month before and after, `belastet` tells
    whether the person gets less by it. Met is the yearly Frist with `erledigt_am`.
    """

    events: Any  # the change history, added by pghistory

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="beitragspruefungen",
    )
    ab = models.DateField("gilt ab")
    nachweis = EncryptedTextField("Nachweis", purpose="beitragspruefung.nachweis")
    nachweis_vom = models.DateField("Nachweis vom")
    angaben = EncryptedJSONField(
        "Angaben zu Einkommen und Vermögen",
        purpose="beitragspruefung.angaben",
        default=dict,
        help_text="Feld des Bescheids -> Wert als Text",
    )
    bisher = models.DecimalField("Abzug im Monat bisher", max_digits=10, decimal_places=2)
    abzug = models.DecimalField("Abzug im Monat neu", max_digits=10, decimal_places=2)
    vermoegensverbrauch = models.JSONField(
        "Was das Vermögen zuerst trägt",
        default=list,
        blank=True,
        help_text="Monat und Betrag, bis die Grenze erreicht ist",
    )
    belastet = models.BooleanField("weniger Auszahlung als bisher", default=False)
    geaendert = models.BooleanField("anders als bisher", default=False)
    geprueft_am = models.DateField("geprüft am")
    geprueft_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="geprüft von", related_name="beitragspruefungen"
    )
    folgebescheid = models.OneToOneField(
        "budget.Folgebescheid",
        models.SET_NULL,
        verbose_name="Bescheid",
        null=True,
        blank=True,
        related_name="beitragspruefung",
    )
    erledigt_am = models.DateField("erledigt am", null=True, blank=True)

    class Meta:
        verbose_name = "Prüfung von Beitrag und Vermögen"
        verbose_name_plural = "Prüfungen von Beitrag und Vermögen"
        ordering = ["-ab", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="beitragspruefung_eine_offene",
                fields=["persoenliches_budget"],
                condition=Q(folgebescheid__isnull=True, erledigt_am__isnull=True),
            ),
            models.CheckConstraint(name="beitragspruefung_monatserster", condition=Q(ab__day=1)),
            models.CheckConstraint(
                name="beitragspruefung_nicht_negativ",
                condition=Q(abzug__gte=Decimal("0"), bisher__gte=Decimal("0")),
            ),
        ]
        triggers = [
            _fixed_when_decided(),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__erledigt_am__isnull=False)
                | pgtrigger.Q(old__folgebescheid__isnull=False),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Prüfung von Beitrag und Vermögen ab {self.ab:%d.%m.%Y}"

    @property
    def state(self) -> Pruefzustand:
        """Return where it stands; it follows from what has been done with it."""
        if self.folgebescheid_id is not None:
            return Pruefzustand.ENTSCHIEDEN
        return Pruefzustand.GEPRUEFT if self.erledigt_am is None else Pruefzustand.BLEIBT

    @property
    def fakten(self) -> Bescheid:
        """Return the facts as a Bescheid that is stored nowhere: what is computed reads one."""
        return bescheid_with(self.persoenliches_budget, self.angaben)

    @property
    def verbrauch(self) -> dict[date, Decimal]:
        """Return what the assets pay first, by month."""
        return {date.fromisoformat(m): Decimal(b) for m, b in self.vermoegensverbrauch}


def bescheid_with(budget: Any, angaben: Mapping[str, Any]) -> Bescheid:
    """Return an unsaved Bescheid over the budget with these facts; texts become values."""
    spalten = {feld.name: feld for feld in Bescheid._meta.concrete_fields}
    werte = {
        name: spalten[name].to_python(angaben[name])
        for name in FAKTEN
        if angaben.get(name) is not None
    }
    return Bescheid(persoenliches_budget=budget, **werte)


def written(fakten: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as they are kept: amounts as text, what is not known left out."""
    return {
        name: str(wert) if isinstance(wert, Decimal) else wert
        for name in FAKTEN
        if (wert := fakten.get(name)) is not None
    }
