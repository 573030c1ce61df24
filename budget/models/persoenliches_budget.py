"""The Persönliches Budget of a case and its Teilbudgets (§ 29 SGB IX)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from budget.states import (
    BEWILLIGTE,
    IN_ARBEIT,
    Budgetzustand,
    Deckelausnahme,
    Verfahrensart,
)
from cases.crypto import EncryptedTextField
from cases.models.basis import (
    FixedIn,
    TurnsBack,
    choices_check,
    never_emptied,
    same_case,
)
from cases.zeitspanne import TAGE, InKraft
from recht.rechtsstand import Rechtsstand, rechtsstand_am

IN_BEMESSUNG = (Budgetzustand.BEANTRAGT.value, Budgetzustand.BEMESSEN.value)
# Once agreed, the way to other amounts is a new Bescheid.
_VEREINBART = (
    Budgetzustand.VEREINBART.value,
    Budgetzustand.BEWILLIGT.value,
    Budgetzustand.LAEUFT.value,
    Budgetzustand.BEENDET.value,
)
# What the Zielvereinbarung and the Bescheid rest on; the day of the end comes later.
_VEREINBARTES = (
    "case",
    "gesamtplan",
    "antrag",
    "vorgaenger",
    "beginn",
    "ende",
    "befristungsgrund",
    "bindung_ab",
    "vergleichssumme",
    "sachleistung_daneben",
    "deckel_ausnahme",
    "verfahrensart",
)


def _one_grant_per_person() -> pgtrigger.Trigger:
    """Return a trigger that refuses a grant on days for which another case of the person has one.

    Within a case an exclusion constraint says it; a case is not the column of another table. The
    lock lets two cases of one person wait for each other.
    """
    worte = ", ".join(f"'{state.value}'" for state in BEWILLIGTE)
    tage = {
        name: TAGE.format(ab=f"{name}.beginn", ende=f"{name}.ende", bis=f"{name}.gilt_bis")
        for name in ("b", "OLD", "NEW")
    }
    return pgtrigger.Trigger(
        name="eine_bewilligung_je_person",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("person", "BIGINT")],
        func=f"""
            IF NEW.state NOT IN ({worte}) THEN
                RETURN NEW;
            END IF;
            IF TG_OP = 'UPDATE' AND OLD.state IN ({worte}) AND {tage["NEW"]} <@ {tage["OLD"]} THEN
                RETURN NEW;
            END IF;
            SELECT leistungsberechtigte_person_id INTO person FROM cases_case
                WHERE id = NEW.case_id;
            PERFORM pg_advisory_xact_lock(hashtext('bewilligung'), person::int);
            IF EXISTS (
                SELECT 1 FROM budget_persoenlichesbudget b JOIN cases_case c ON c.id = b.case_id
                WHERE c.leistungsberechtigte_person_id = person AND b.case_id <> NEW.case_id
                AND b.state IN ({worte}) AND {tage["b"]} && {tage["NEW"]}
            ) THEN
                RAISE EXCEPTION 'Fallwerk: für diese Tage ist der Person schon ein Persönliches '
                    'Budget bewilligt';
            END IF;
            RETURN NEW;
        """,
    )


@pghistory.track()
class PersoenlichesBudget(models.Model):
    """One Persönliches Budget for one Bewilligungszeitraum.

    `antrag` is the one that its Bescheid decides about: a case may have several. `vorgaenger` is
    the one whose place it takes. `gilt_bis` is the last day in force where that comes before
    `ende`; a day before `beginn` says that it is in force on no day.
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="persoenliche_budgets"
    )
    gesamtplan = models.ForeignKey(
        "gesamtplan.Gesamtplan",
        models.PROTECT,
        verbose_name="Gesamtplan",
        related_name="persoenliche_budgets",
    )
    antrag = models.ForeignKey(
        "cases.Antrag",
        models.PROTECT,
        verbose_name="Antrag",
        related_name="persoenliche_budgets",
    )
    vorgaenger = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="ersetzt",
        null=True,
        blank=True,
        related_name="nachfolger",
    )
    beginn = models.DateField("Beginn")
    ende = models.DateField("Ende", null=True, blank=True)
    gilt_bis = models.DateField(
        "letzter Tag",
        null=True,
        blank=True,
        help_text="wenn ein Bescheid oder ein neues Budget es früher enden lässt",
    )
    befristungsgrund = EncryptedTextField(
        "Grund der Befristung", purpose="persoenlichesbudget.befristungsgrund", blank=True
    )
    bindung_ab = models.DateField("Bindung ab")
    vergleichssumme = models.DecimalField(
        "Kosten der Leistungen ohne Persönliches Budget",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="monatlich, § 29 Abs. 2 S. 7 SGB IX",
    )
    sachleistung_daneben = models.DecimalField(
        "Kosten der Sachleistungen neben dem Budget",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="monatlich; sie zählen beim Vergleich mit (§ 29 Abs. 2 S. 7 SGB IX)",
    )
    deckel_ausnahme = EncryptedTextField(
        "Grund für eine höhere Summe", purpose="persoenlichesbudget.deckel_ausnahme", blank=True
    )
    deckel_ausnahme_art = models.CharField(
        "Art der Ausnahme",
        max_length=20,
        choices=Deckelausnahme.choices,
        blank=True,
        default="",
    )
    verfahrensart = models.CharField(
        "Verfahren",
        max_length=20,
        choices=Verfahrensart.choices,
        default=Verfahrensart.VEREINFACHT,
    )
    absprachen = EncryptedTextField(
        "Absprachen anstelle der Budgetkonferenz",
        purpose="persoenlichesbudget.absprachen",
        blank=True,
        default="",
    )
    sachleistung_auf_wunsch = models.BooleanField(
        "Sachleistung auf Wunsch der Person", null=True, blank=True
    )
    sachleistung_grund = EncryptedTextField(
        "Warum Sachleistung statt Budget",
        purpose="persoenlichesbudget.sachleistung_grund",
        blank=True,
        default="",
    )
    state = models.CharField(
        "Zustand", max_length=20, choices=Budgetzustand.choices, default=Budgetzustand.BEANTRAGT
    )

    class Meta:
        verbose_name = "Persönliches Budget"
        verbose_name_plural = "Persönliche Budgets"
        ordering = ["-beginn", "-id"]
        constraints = [
            choices_check("persoenliches_budget", "state", Budgetzustand),
            choices_check("persoenliches_budget", "verfahrensart", Verfahrensart),
            models.CheckConstraint(
                name="persoenliches_budget_ausnahme_gueltig",
                condition=Q(deckel_ausnahme_art__in=["", *Deckelausnahme.values]),
            ),
            models.CheckConstraint(
                name="persoenliches_budget_ende_nach_beginn",
                condition=Q(ende__isnull=True) | Q(ende__gte=F("beginn")),
            ),
            models.CheckConstraint(
                name="persoenliches_budget_befristung_begruendet",
                condition=Q(ende__isnull=True) | ~Q(befristungsgrund=""),
            ),
            models.CheckConstraint(
                name="persoenliches_budget_sachleistung_begruendet",
                condition=~Q(state=Budgetzustand.SACHLEISTUNG)
                | (Q(sachleistung_auf_wunsch__isnull=False) & ~Q(sachleistung_grund="")),
            ),
            models.UniqueConstraint(
                name="persoenliches_budget_eines_in_arbeit",
                fields=["case"],
                condition=Q(state__in=IN_ARBEIT),
            ),
            ExclusionConstraint(
                name="persoenliches_budget_ohne_ueberschneidung",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (InKraft("beginn", "ende", "gilt_bis"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=BEWILLIGTE),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="vereinbart_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    (Budgetzustand.ZIELVEREINBARUNG.value, *_VEREINBART), _VEREINBARTES
                ),
            ),
            pgtrigger.Protect(
                name="kein_weg_zurueck",
                operation=pgtrigger.Update,
                condition=TurnsBack(
                    _VEREINBART, (*IN_BEMESSUNG, Budgetzustand.ZIELVEREINBARUNG.value)
                ),
            ),
            pgtrigger.Protect(
                name="sachleistung_fest",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=Budgetzustand.SACHLEISTUNG.value),
            ),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state__in=IN_BEMESSUNG),
            ),
            same_case("antrag_id", "cases_antrag"),
            _one_grant_per_person(),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Persönliches Budget ab {self.beginn:%d.%m.%Y}"

    def summe(self, *, form: str = "", ergaenzende: bool = True) -> Decimal:
        """Add the Teilbudgets, of one form if asked (§ 29 Abs. 4 S. 2 Nr. 4 SGB IX)."""
        return sum(
            (
                t.betrag
                for t in self.teilbudgets.all()
                if (not form or t.auszahlungsform == form) and (ergaenzende or not t.ergaenzend)
            ),
            Decimal("0.00"),
        )

    @property
    def letzter_tag(self) -> date | None:
        """Return the last day in force, None while no end is set."""
        return min((tag for tag in (self.ende, self.gilt_bis) if tag is not None), default=None)

    @property
    def ohne_geltung(self) -> bool:
        """Tell whether it is in force on no day: lifted from the start, or held up."""
        return self.gilt_bis is not None and self.gilt_bis < self.beginn

    @property
    def rechtsstand(self) -> Rechtsstand:
        """Return the law under which the budget runs: that of its first day."""
        return rechtsstand_am(self.beginn)
