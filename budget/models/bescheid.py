"""The Bescheid over a Persönliches Budget (§ 120 Abs. 2 SGB IX, §§ 31-37 SGB X)."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from budget.states import Bescheidzustand, Vereinbarungszustand
from cases.models.basis import (
    FixedIn,
    TurnsBack,
    choices_check,
    never_emptied,
    second_person,
)

_OFFEN = (Bescheidzustand.ENTWURF.value, Bescheidzustand.VORGELEGT.value)
_FREI = (
    Bescheidzustand.FREIGEGEBEN,
    Bescheidzustand.VERSANDT,
    Bescheidzustand.BESTANDSKRAEFTIG,
)


# What a person writes or chooses; it is fixed while the Bescheid waits for its release.
_GESCHRIEBENES = (
    "persoenliches_budget",
    "zielvereinbarung",
    "erste_auszahlung",
    "begruendung",
    "abgelehnte_leistungen",
    "nebenbestimmungen",
    "erstellt_von",
    "bearbeitet_von",
)


def _signed_only() -> pgtrigger.Trigger:
    """Return a trigger that refuses a released Bescheid over an unsigned Zielvereinbarung."""
    done = ", ".join(f"'{state.value}'" for state in _FREI)
    return pgtrigger.Trigger(
        name="nur_mit_unterschrift",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("stand", "TEXT")],
        func=f"""
            IF NEW.state NOT IN ({done}) OR NEW.zielvereinbarung_id IS NULL THEN
                RETURN NEW;
            END IF;
            SELECT state INTO stand FROM budget_zielvereinbarung
                WHERE id = NEW.zielvereinbarung_id;
            IF stand <> '{Vereinbarungszustand.UNTERZEICHNET.value}' THEN
                RAISE EXCEPTION 'Fallwerk: kein Bescheid ohne unterzeichnete Zielvereinbarung';
            END IF;
            RETURN NEW;
        """,
    )


@pghistory.track()
class Bescheid(models.Model):
    """One Bescheid; after release only its state may move, its content never."""

    events: Any  # the change history, added by pghistory

    persoenliches_budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        related_name="bescheide",
    )
    zielvereinbarung = models.ForeignKey(
        "budget.Zielvereinbarung",
        models.PROTECT,
        verbose_name="Zielvereinbarung",
        related_name="bescheide",
        null=True,
        blank=True,
        help_text="fehlt nur, wenn allein Pflegekassen leisten (§ 29 Abs. 4 S. 3 SGB IX)",
    )
    datum = models.DateField("Datum")
    erste_auszahlung = models.DateField("erste Auszahlung am")
    begruendung = models.TextField("Begründung")
    abgelehnte_leistungen = models.TextField("abgelehnte Leistungen", blank=True)
    nebenbestimmungen = models.TextField("Nebenbestimmungen", blank=True)
    state = models.CharField(
        "Zustand", max_length=20, choices=Bescheidzustand.choices, default=Bescheidzustand.ENTWURF
    )
    erstellt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erstellt von", related_name="bescheide"
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="bearbeitete_bescheide",
    )
    vorgelegt_am = models.DateField("vorgelegt am", null=True, blank=True)
    vorgelegt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="vorgelegt von",
        null=True,
        blank=True,
        related_name="vorgelegte_bescheide",
    )
    rueckgabe_grund = models.TextField("Grund der Rückgabe", blank=True)
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_bescheide",
    )
    freigegeben_am = models.DateField("freigegeben am", null=True, blank=True)
    schreiben = models.OneToOneField(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="Schreiben",
        null=True,
        blank=True,
        related_name="bescheid",
    )

    class Meta:
        verbose_name = "Bescheid"
        verbose_name_plural = "Bescheide"
        ordering = ["-datum", "-id"]
        constraints = [
            choices_check("bescheid", "state", Bescheidzustand),
            models.UniqueConstraint(
                name="bescheid_einer_je_budget", fields=["persoenliches_budget"]
            ),
            models.CheckConstraint(
                name="bescheid_vier_augen",
                condition=Q(freigegeben_von__isnull=True)
                | (
                    ~Q(freigegeben_von=F("erstellt_von"))
                    & ~Q(freigegeben_von=F("bearbeitet_von"))
                    & (Q(vorgelegt_von__isnull=True) | ~Q(freigegeben_von=F("vorgelegt_von")))
                ),
            ),
            models.CheckConstraint(
                name="bescheid_freigabe_vollstaendig",
                condition=Q(state__in=[Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT])
                | Q(
                    freigegeben_von__isnull=False,
                    freigegeben_am__isnull=False,
                    schreiben__isnull=False,
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inhalt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(tuple(state.value for state in _FREI)),
            ),
            pgtrigger.Protect(
                name="vorgelegt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn((Bescheidzustand.VORGELEGT.value,), _GESCHRIEBENES),
            ),
            pgtrigger.Protect(
                name="kein_weg_zurueck",
                operation=pgtrigger.Update,
                condition=TurnsBack(tuple(state.value for state in _FREI), _OFFEN),
            ),
            _signed_only(),
            second_person("budget_bescheidevent"),
            never_emptied(),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=Bescheidzustand.ENTWURF.value),
            ),
        ]

    def __str__(self) -> str:
        return f"Bescheid vom {self.datum:%d.%m.%Y}"

    @property
    def iban(self) -> str:
        """Return the account of the first payment, empty when none is entered for that day."""
        person = self.persoenliches_budget.case.leistungsberechtigte_person
        return person.iban_am(self.erste_auszahlung)
