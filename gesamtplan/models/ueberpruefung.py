"""Review of the plan in force: each goal rated by three voices, and where it leads."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check, frozen_child, never_emptied
from gesamtplan.states import Zielstatus
from gesamtplan.states.ueberpruefung import (
    Pruefanlass,
    Pruefergebnis,
    Pruefstand,
    Stimme,
)


@pghistory.track()
class Ueberpruefung(models.Model):
    """One review of a released version; closed it never changes again."""

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="ueberpruefungen"
    )
    gesamtplan = models.ForeignKey(
        "gesamtplan.Gesamtplan",
        models.PROTECT,
        verbose_name="Gesamtplan",
        related_name="ueberpruefungen",
    )
    anlass = models.CharField("Anlass", max_length=20, choices=Pruefanlass.choices)
    gespraech_am = models.DateField("Gespräch am", null=True, blank=True)
    ort = models.CharField("Ort", max_length=200, blank=True, default="")
    beteiligte = EncryptedTextField(
        "Beteiligte", purpose="ueberpruefung.beteiligte", blank=True, default=""
    )
    notiz = EncryptedTextField(
        "Was sich verändert hat", purpose="ueberpruefung.notiz", blank=True, default=""
    )
    state = models.CharField(
        "Zustand", max_length=20, choices=Pruefstand.choices, default=Pruefstand.OFFEN
    )
    ergebnis = models.CharField(
        "Ergebnis", max_length=20, choices=Pruefergebnis.choices, blank=True, default=""
    )
    ergebnis_grund = EncryptedTextField(
        "Begründung des Ergebnisses", purpose="ueberpruefung.ergebnis_grund", blank=True, default=""
    )
    begonnen_am = models.DateField("begonnen am")
    abgeschlossen_am = models.DateField("abgeschlossen am", null=True, blank=True)
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="ueberpruefungen",
    )

    class Meta:
        verbose_name = "Überprüfung"
        verbose_name_plural = "Überprüfungen"
        ordering = ["-begonnen_am", "-id"]
        constraints = [
            choices_check("ueberpruefung", "anlass", Pruefanlass),
            choices_check("ueberpruefung", "state", Pruefstand),
            models.CheckConstraint(
                name="ueberpruefung_ergebnis_gueltig",
                condition=Q(ergebnis__in=["", *Pruefergebnis.values]),
            ),
            models.CheckConstraint(
                name="ueberpruefung_abschluss_vollstaendig",
                condition=Q(state=Pruefstand.OFFEN)
                | (
                    Q(abgeschlossen_am__isnull=False, gespraech_am__isnull=False)
                    & ~Q(ergebnis="")
                    & ~Q(ergebnis_grund="")
                ),
            ),
            models.UniqueConstraint(
                name="ueberpruefung_eine_offene_je_fall",
                fields=["case"],
                condition=Q(state=Pruefstand.OFFEN),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="abgeschlossen_fest",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=Pruefstand.ABGESCHLOSSEN.value),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Überprüfung vom {self.gespraech_am or self.begonnen_am:%d.%m.%Y}"


def _teil_einer_ueberpruefung() -> list[pgtrigger.Trigger]:
    return [
        frozen_child("gesamtplan_ueberpruefung", "ueberpruefung_id", (Pruefstand.OFFEN.value,)),
        pgtrigger.Protect(
            name="bleibt_bei_eltern",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__ueberpruefung__df=pgtrigger.F("new__ueberpruefung")),
        ),
        never_emptied(),
    ]


@pghistory.track()
class Zielbewertung(models.Model):
    """How one voice sees one goal in one review; `kennung` is that of the goal.

    Several providers may serve a goal; each speaks for itself. Without a name stands what was
    written before the providers were told apart, and where the plan names none.
    """

    ueberpruefung = models.ForeignKey(
        Ueberpruefung, models.CASCADE, verbose_name="Überprüfung", related_name="zielbewertungen"
    )
    kennung = models.UUIDField("Kennung des Ziels")
    stimme = models.CharField("Stimme", max_length=20, choices=Stimme.choices)
    leistungserbringer = models.ForeignKey(
        "cases.Leistungserbringer",
        models.PROTECT,
        verbose_name="Leistungserbringer",
        related_name="zielbewertungen",
        null=True,
        blank=True,
    )
    status = models.CharField("Einschätzung", max_length=20, choices=Zielstatus.choices)
    grund = EncryptedTextField("Begründung", purpose="zielbewertung.grund")
    getan = EncryptedTextField(
        "Was getan wurde", purpose="zielbewertung.getan", blank=True, default=""
    )

    class Meta:
        verbose_name = "Zielbewertung"
        verbose_name_plural = "Zielbewertungen"
        ordering = ["kennung", "stimme"]
        constraints = [
            choices_check("zielbewertung", "stimme", Stimme),
            choices_check("zielbewertung", "status", Zielstatus),
            models.UniqueConstraint(
                name="zielbewertung_einmal",
                fields=["ueberpruefung", "kennung", "stimme", "leistungserbringer"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="zielbewertung_name_des_erbringers",
                condition=Q(leistungserbringer__isnull=True)
                | Q(stimme=Stimme.LEISTUNGSERBRINGER.value),
            ),
            models.CheckConstraint(name="zielbewertung_begruendet", condition=~Q(grund="")),
        ]
        triggers = _teil_einer_ueberpruefung()

    def __str__(self) -> str:
        return f"{self.get_stimme_display()}: {self.get_status_display()}"


@pghistory.track()
class Verlaufsbericht(models.Model):
    """The report of a provider for a review: asked for by a day, reminded, taken in.

    `unterlage` is the form that came back; what it says counts from `uebernommen_am` on.
    """

    ueberpruefung = models.ForeignKey(
        Ueberpruefung, models.CASCADE, verbose_name="Überprüfung", related_name="verlaufsberichte"
    )
    leistungserbringer = models.ForeignKey(
        "cases.Leistungserbringer",
        models.PROTECT,
        verbose_name="Leistungserbringer",
        related_name="verlaufsberichte",
    )
    angefordert_am = models.DateField("angefordert am")
    bis = models.DateField("erbeten bis")
    erinnert_am = models.DateField("erinnert am", null=True, blank=True)
    eingegangen_am = models.DateField("eingegangen am", null=True, blank=True)
    text = EncryptedTextField("Bericht", purpose="verlaufsbericht.text", blank=True, default="")
    unterlage = models.ForeignKey(
        "cases.Unterlage",
        models.PROTECT,
        verbose_name="ausgefüllter Bogen",
        related_name="verlaufsberichte",
        null=True,
        blank=True,
    )
    uebernommen_am = models.DateField("übernommen am", null=True, blank=True)

    class Meta:
        verbose_name = "Verlaufsbericht"
        verbose_name_plural = "Verlaufsberichte"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="verlaufsbericht_einmal", fields=["ueberpruefung", "leistungserbringer"]
            ),
            models.CheckConstraint(
                name="verlaufsbericht_bis_nach_anforderung",
                condition=Q(bis__gte=models.F("angefordert_am")),
            ),
            models.CheckConstraint(
                name="verlaufsbericht_bogen_ist_eingegangen",
                condition=Q(unterlage__isnull=True) | Q(eingegangen_am__isnull=False),
            ),
            models.CheckConstraint(
                name="verlaufsbericht_uebernommen_aus_bogen",
                condition=Q(uebernommen_am__isnull=True) | Q(unterlage__isnull=False),
            ),
        ]
        triggers = _teil_einer_ueberpruefung()

    def __str__(self) -> str:
        return f"Bericht von {self.leistungserbringer}"

    @property
    def bogen_wartet(self) -> bool:
        """Tell whether a form has come back that nobody has looked through yet."""
        return self.unterlage_id is not None and self.uebernommen_am is None
