"""Fristen (computed, immovable) and Wiedervorlagen (set by hand, movable)."""

from __future__ import annotations

from functools import reduce
from operator import or_

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import F, Func, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import append_only, choices_check
from cases.states.frist import (
    VOR_ESKALIERT,
    VOR_UEBERFAELLIG,
    Friststufe,
    Fristwirkung,
    Fristzustand,
)
from recht.fristkatalog import fristregel
from recht.rechtsstand import Rechtsstand

# An end moves only beside a row that says why, written in the same transaction.
_UNVERRUECKBAR = """
    IF NOT EXISTS (
        SELECT 1 FROM cases_fristaenderung
        WHERE frist_id = NEW.id AND ende_alt = OLD.ende AND ende_neu = NEW.ende
          AND erfasst = CURRENT_TIMESTAMP
    ) THEN
        RAISE EXCEPTION 'Fallwerk: das Ende einer Frist wird nicht verschoben';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Frist(models.Model):
    """One running Frist of one case, computed by `recht.fristen` and never moved by hand.

    `ende_rechnerisch` is the end before, `ende` the end after the shift of § 26 Abs. 3 SGB X;
    `wiedervorlage` is the day on which it first appears on the desk. `schritte` is the account
    that the page shows under „Warum dieses Datum?“: a list of {"text", "norm"}. `angaben` is what
    the authority added to the rule (`laenge`, `geltend_bis`, `verlaengert_bis`), so that it can be
    computed again.
    """

    case = models.ForeignKey(
        "cases.Case",
        models.CASCADE,
        verbose_name="Fall",
        related_name="fristen",
        db_index=False,  # `frist_case_state` begins with it
    )
    regel = models.CharField("Regel", max_length=5)
    bezeichnung = models.CharField("Bezeichnung", max_length=200)
    gegenstand = models.CharField(
        "Gegenstand", max_length=60, help_text="worauf sie sich bezieht, z. B. antrag:17"
    )
    ausloeser_datum = models.DateField("Auslöser am")
    ende_rechnerisch = models.DateField("rechnerisches Ende")
    ende = models.DateField("Ende")
    anzeige = models.CharField("Ende, wie es zu lesen ist", max_length=40)
    verschoben_wegen = models.CharField("verschoben wegen", max_length=200, blank=True)
    wiedervorlage = models.DateField("Wiedervorlage")
    eskalation = models.DateField("Eskalation", null=True, blank=True)
    norm = models.CharField("Norm", max_length=200)
    rechtsstand = models.CharField("Rechtsstand", max_length=2)
    schritte = models.JSONField("Rechenschritte", default=list)
    angaben = models.JSONField("eigene Angaben", default=dict)
    wirkung = models.CharField("Wirkung", max_length=10, choices=Fristwirkung.choices)
    state = models.CharField(
        "Zustand", max_length=20, choices=Fristzustand.choices, default=Fristzustand.OFFEN
    )
    stufe = models.CharField(
        "Stufe", max_length=20, choices=Friststufe.choices, default=Friststufe.GEPLANT
    )
    erledigt_am = models.DateField("erledigt am", null=True, blank=True)
    erledigt_durch = models.CharField("erledigt durch", max_length=200, blank=True)

    class Meta:
        verbose_name = "Frist"
        verbose_name_plural = "Fristen"
        ordering = ["ende", "id"]
        constraints = [
            choices_check("frist", "wirkung", Fristwirkung),
            choices_check("frist", "state", Fristzustand),
            choices_check("frist", "stufe", Friststufe),
            models.UniqueConstraint(
                name="frist_einmal_je_gegenstand",
                fields=["case", "regel", "gegenstand"],
                condition=~Q(state=Fristzustand.AUFGEHOBEN),
            ),
        ]
        indexes = [
            # What waits in somebody's cases is told from the index alone; so are all of one case.
            models.Index(
                fields=["case", "state", "ende"],
                include=["id", "wiedervorlage"],
                name="frist_case_state",
            ),
            # The daily sweep finds by these what it has to move, and nothing else.
            models.Index(
                fields=["eskalation"],
                name="frist_lauf_eskalation",
                condition=Q(state=Fristzustand.OFFEN, wirkung=Fristwirkung.HANDLUNG)
                & Q(stufe__in=VOR_ESKALIERT),
            ),
            models.Index(
                fields=["ende"],
                name="frist_lauf_ende",
                condition=Q(state=Fristzustand.OFFEN, stufe__in=VOR_UEBERFAELLIG),
            ),
            models.Index(
                fields=["wiedervorlage"],
                name="frist_lauf_wiedervorlage",
                condition=Q(state=Fristzustand.OFFEN, stufe=Friststufe.GEPLANT),
            ),
            models.Index(
                fields=["ende"],
                name="frist_lauf_ablauf",
                condition=Q(state=Fristzustand.OFFEN, wirkung=Fristwirkung.ABLAUF),
            ),
            # Those that wait for the end of a pause are few.
            models.Index(
                fields=["id"], name="frist_gehemmt", condition=Q(state=Fristzustand.GEHEMMT)
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="unverrueckbar",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("ende", "ende_rechnerisch", "anzeige"),
                func=_UNVERRUECKBAR,
            ),
            pgtrigger.Protect(
                name="ausloeser_fest",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("regel", "ausloeser_datum", "rechtsstand"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regel} bis {self.anzeige}"

    @property
    def grad(self) -> str:
        """Return how well its rule is verified, for accounts that were stored without it."""
        fassung = fristregel(self.regel).fassungen.get(Rechtsstand(self.rechtsstand))
        return fassung.grad if fassung else ""


@pghistory.track()
class Fristpause(models.Model):
    """A time in which a Frist does not run (Hemmung); `bis` is its last day, None while it lasts.

    `grund` is one of the grounds that the catalogue allows for the rule; `begruendung` may tell
    of a person and is therefore encrypted.
    """

    frist = models.ForeignKey(
        Frist, models.CASCADE, verbose_name="Frist", related_name="fristpausen"
    )
    von = models.DateField("erster Tag")
    bis = models.DateField("letzter Tag", null=True, blank=True)
    grund = models.CharField("Grund", max_length=200)
    norm = models.CharField("Norm", max_length=200)
    begruendung = EncryptedTextField("Begründung", purpose="fristpause.begruendung")
    begonnen_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="angehalten von",
        related_name="begonnene_fristpausen",
    )
    begonnen_am = models.DateField("angehalten am")
    beendet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="fortgesetzt von",
        null=True,
        blank=True,
        related_name="beendete_fristpausen",
    )
    beendet_am = models.DateField("fortgesetzt am", null=True, blank=True)

    class Meta:
        verbose_name = "Fristpause"
        verbose_name_plural = "Fristpausen"
        ordering = ["von", "id"]
        constraints = [
            models.CheckConstraint(
                name="fristpause_ende_nach_beginn",
                condition=Q(bis__isnull=True) | Q(bis__gte=F("von")),
            ),
            ExclusionConstraint(
                name="fristpause_ohne_ueberschneidung",
                expressions=[
                    ("frist", RangeOperators.EQUAL),
                    (
                        Func(F("von"), F("bis"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        ende = f"{self.bis:%d.%m.%Y}" if self.bis else "auf Weiteres"
        return f"{self.von:%d.%m.%Y} bis {ende}"


class Fristverlaengerung(models.Model):
    """A later end of a Frist, with its ground; the new Frist runs on from the old (§ 190 BGB).

    `bis` is the last day that was set, before any move to a working day; `mitgeteilt_am` the day
    of the notice where the law asks for one. `begruendung` may tell of a person and is encrypted.
    """

    frist = models.ForeignKey(
        Frist, models.CASCADE, verbose_name="Frist", related_name="fristverlaengerungen"
    )
    bis = models.DateField("neues Ende")
    grund = models.CharField("Grund", max_length=200)
    norm = models.CharField("Norm", max_length=200)
    mitgeteilt_am = models.DateField("mitgeteilt am", null=True, blank=True)
    begruendung = EncryptedTextField("Begründung", purpose="fristverlaengerung.begruendung")
    verlaengert_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="verlängert von",
        related_name="fristverlaengerungen",
    )
    verlaengert_am = models.DateField("verlängert am")

    class Meta:
        verbose_name = "Fristverlängerung"
        verbose_name_plural = "Fristverlängerungen"
        ordering = ["id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"verlängert bis {self.bis:%d.%m.%Y}"


@pghistory.track()
class Fristneuberechnung(models.Model):
    """One run over all running Fristen because a holiday, a rule or an own value has changed.

    `kennung` is the fingerprint of all that the dates depend on, as it was after the run.
    """

    datum = models.DateField("Tag")
    zeit = models.DateTimeField("Zeit", auto_now_add=True)
    anlass = models.CharField("Anlass", max_length=200)
    kennung = models.CharField("Kennung der Grundlagen", max_length=64)
    geprueft = models.PositiveIntegerField("geprüfte Fristen", default=0)
    geaendert = models.PositiveIntegerField("geänderte Fristen", default=0)
    gescheitert = models.PositiveIntegerField("nicht berechenbar", default=0)
    fertig = models.BooleanField("abgeschlossen", default=False)

    class Meta:
        verbose_name = "Neuberechnung der Fristen"
        verbose_name_plural = "Neuberechnungen der Fristen"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Neuberechnung vom {self.datum:%d.%m.%Y}"


def _einer_von(*felder: str) -> Q:
    """Return the condition that exactly one of the columns is set."""
    faelle = [Q(**{f"{feld}__isnull": feld != einer for feld in felder}) for einer in felder]
    return reduce(or_, faelle)


class Fristaenderung(models.Model):
    """Why and how the days of one Frist have changed; nothing moves without such a row.

    It belongs to a pause, an extension or a recomputation. `fehler` says that a Frist could not be
    computed again; its days have then stayed.
    """

    frist = models.ForeignKey(
        Frist, models.CASCADE, verbose_name="Frist", related_name="fristaenderungen"
    )
    erfasst = models.DateTimeField("erfasst", db_default=TransactionNow())
    am = models.DateField("am")
    fristpause = models.ForeignKey(
        Fristpause,
        models.CASCADE,
        verbose_name="Pause",
        null=True,
        blank=True,
        related_name="fristaenderungen",
    )
    fristneuberechnung = models.ForeignKey(
        Fristneuberechnung,
        models.PROTECT,
        verbose_name="Neuberechnung",
        null=True,
        blank=True,
        related_name="fristaenderungen",
    )
    fristverlaengerung = models.ForeignKey(
        Fristverlaengerung,
        models.CASCADE,
        verbose_name="Verlängerung",
        null=True,
        blank=True,
        related_name="fristaenderungen",
    )
    ende_alt = models.DateField("Ende bisher")
    ende_neu = models.DateField("Ende neu")
    wiedervorlage_alt = models.DateField("Wiedervorlage bisher")
    wiedervorlage_neu = models.DateField("Wiedervorlage neu")
    eskalation_alt = models.DateField("Eskalation bisher", null=True, blank=True)
    eskalation_neu = models.DateField("Eskalation neu", null=True, blank=True)
    fehler = models.CharField("nicht berechenbar, weil", max_length=300, blank=True)

    class Meta:
        verbose_name = "Friständerung"
        verbose_name_plural = "Friständerungen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="fristaenderung_mit_grund",
                condition=_einer_von("fristpause", "fristneuberechnung", "fristverlaengerung"),
            )
        ]
        indexes = [models.Index(fields=["am", "frist"], name="fristaenderung_am")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.frist_id}: {self.ende_alt:%d.%m.%Y} → {self.ende_neu:%d.%m.%Y}"


@pghistory.track()
class Wiedervorlage(models.Model):
    """A reminder that somebody set for themselves; it may be moved."""

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="wiedervorlagen"
    )
    user = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="für", related_name="wiedervorlagen"
    )
    am = models.DateField("am")
    anlass = models.CharField("Anlass", max_length=200)
    erledigt_am = models.DateField("erledigt am", null=True, blank=True)

    class Meta:
        verbose_name = "Wiedervorlage"
        verbose_name_plural = "Wiedervorlagen"
        ordering = ["am", "id"]
        indexes = [
            models.Index(
                fields=["user", "am"],
                name="wiedervorlage_offen",
                condition=Q(erledigt_am__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.am:%d.%m.%Y}: {self.anlass}"
