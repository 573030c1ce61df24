"""Decisions beside the grant: refusal, end, taking back, and about a Widerspruch."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Greatest

from budget.models.freigabeschutz import not_by_who_recorded_its_ground
from budget.states import Bescheidzustand
from budget.states.anhoerung import Anhoerungsverzicht
from budget.states.anspruch import Anspruch
from budget.states.faelle import KUENDIGUNG_DER_PERSON, VERZICHT
from budget.states.folge import (
    FOLGEARTEN,
    NUR_ZUKUNFT,
    Folgeart,
    Folgezustand,
)
from cases.crypto import EncryptedTextField
from cases.models.basis import FixedIn, TurnsBack, choices_check, never_emptied, second_person
from recht.laenge import plus_monate

_OFFEN = (Bescheidzustand.ENTWURF.value, Bescheidzustand.VORGELEGT.value)
# Released, or given up after the person was heard: from then on the content stays.
_FREI = (
    Bescheidzustand.FREIGEGEBEN.value,
    Bescheidzustand.VERSANDT.value,
    Bescheidzustand.BESTANDSKRAEFTIG.value,
    Folgezustand.ANGEFOCHTEN.value,
    Folgezustand.ABGESEHEN.value,
)
# What a person writes or chooses; it stays as it is from the submission on.
_GESCHRIEBENES = (
    "case",
    "art",
    "budget",
    "antrag",
    "widerspruch",
    "wirkt_ab",
    "sachverhalt",
    "gruende",
    "ermessen",
    "fall_des_gesetzes",
    "kenntnis_am",
    "betrag",
    "zeitraum_von",
    "zeitraum_bis",
    "zahlung_bis",
    "anhoerung_schreiben",
    "anhoerung_bis",
    "aeusserung_am",
    "aeusserung",
    "anhoerung_verzicht",
    "verzicht_grund",
    "hinweis_vom",
    "hinweis_bis",
    "gekuendigt_am",
    "verzicht_vom",
    "verzicht_eingang",
    "anspruch",
    "teilweise",
    "sofort_vollziehbar",
    "sofort_grund",
    "gericht",
    "ausland",
    "zustellung",
    "erstellt_von",
    "bearbeitet_von",
)
_TAG = timedelta(days=1)
# The first day of the effect as it came, as a question to the database; `Folgebescheid.erster_tag`
# tells the same of one row about a budget. What reaches ahead only begins after its Bekanntgabe
# (§ 39 Abs. 1, § 45 Abs. 4 S. 1, § 48 Abs. 1 S. 1 SGB X).
ERSTER_TAG = models.Case(
    models.When(
        Q(art__in=[art for art, zeile in FOLGEARTEN.items() if zeile.mit_nachfolger])
        | Q(art__in=[art for art, zeile in FOLGEARTEN.items() if zeile.vergangen])
        & ~Q(fall_des_gesetzes__in=NUR_ZUKUNFT),
        then=F("wirkt_ab"),
    ),
    default=Greatest(F("wirkt_ab"), Cast(F("wirksam_am") + _TAG, models.DateField())),
    output_field=models.DateField(),
)


def erster_tag_weniger(ab: date, bekannt: date, betrag: Decimal | None) -> date:
    """Return from when on provisional money is less, or ends, as the decision came to be known.

    One month has one amount: what is only known after its first day counts from the next one on.
    """
    tag = max(ab, bekannt + _TAG)
    if betrag is None or tag.day == 1:
        return tag
    return plus_monate(tag.replace(day=1), 1)


_FREIGABE = ("datum", "freigegeben_von", "freigegeben_am", "schreiben", "nachteilig")
# What has left the house, or was given up; a release may be taken back before that.
_HINAUS = (
    Bescheidzustand.VERSANDT.value,
    Bescheidzustand.BESTANDSKRAEFTIG.value,
    Folgezustand.ANGEFOCHTEN.value,
    Folgezustand.ABGESEHEN.value,
)


@pghistory.track()
class Folgebescheid(models.Model):
    """One decision of a kind of `FOLGEARTEN`; after release its content never changes.

    `wirkt_ab` is the first day of its effect, `wirksam_am` the day of its Bekanntgabe. An Änderung
    shares its letter with the Bescheid of the budget that takes the place of this one. The days of
    Anhörung and of the Hinweis on Mitwirkung are kept where they belong: with the decision.
    """

    events: Any  # the change history, added by pghistory

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="folgebescheide"
    )
    art = models.CharField("Art", max_length=30, choices=Folgeart.choices)
    budget = models.ForeignKey(
        "budget.PersoenlichesBudget",
        models.PROTECT,
        verbose_name="Persönliches Budget",
        null=True,
        blank=True,
        related_name="folgebescheide",
    )
    antrag = models.ForeignKey(
        "cases.Antrag",
        models.PROTECT,
        verbose_name="Antrag",
        null=True,
        blank=True,
        related_name="folgebescheide",
    )
    widerspruch = models.ForeignKey(
        "budget.Widerspruch",
        models.PROTECT,
        verbose_name="Widerspruch",
        null=True,
        blank=True,
        related_name="folgebescheide",
    )
    datum = models.DateField("Datum")
    wirkt_ab = models.DateField("wirkt ab", null=True, blank=True)
    sachverhalt = EncryptedTextField("Was geschehen ist", purpose="folgebescheid.sachverhalt")
    gruende = EncryptedTextField("Gründe", purpose="folgebescheid.gruende")
    ermessen = EncryptedTextField(
        "Ermessen", purpose="folgebescheid.ermessen", blank=True, default=""
    )
    fall_des_gesetzes = models.CharField("Fall", max_length=2, blank=True, default="")
    kenntnis_am = models.DateField("Kenntnis der Tatsachen seit", null=True, blank=True)
    betrag = models.DecimalField("Betrag", max_digits=10, decimal_places=2, null=True, blank=True)
    zeitraum_von = models.DateField("für die Zeit vom", null=True, blank=True)
    zeitraum_bis = models.DateField("bis", null=True, blank=True)
    zahlung_bis = models.DateField("zu zahlen bis", null=True, blank=True)
    anhoerung_schreiben = models.OneToOneField(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="Anhörung",
        null=True,
        blank=True,
        related_name="angehoerter_bescheid",
    )
    anhoerung_bis = models.DateField("Äußerung bis", null=True, blank=True)
    aeusserung_am = models.DateField("Äußerung vom", null=True, blank=True)
    aeusserung = EncryptedTextField(
        "Äußerung", purpose="folgebescheid.aeusserung", blank=True, default=""
    )
    anhoerung_verzicht = models.CharField(
        "Verzicht auf die Anhörung",
        max_length=2,
        choices=Anhoerungsverzicht.choices,
        blank=True,
        default=Anhoerungsverzicht.KEINER,
    )
    verzicht_grund = EncryptedTextField(
        "Grund des Verzichts", purpose="folgebescheid.verzicht_grund", blank=True, default=""
    )
    hinweis_vom = models.DateField("Hinweis auf die Mitwirkung vom", null=True, blank=True)
    hinweis_bis = models.DateField("Frist zur Mitwirkung bis", null=True, blank=True)
    gekuendigt_am = models.DateField(
        "Kündigung zugegangen am", null=True, blank=True, help_text="§ 29 Abs. 4 S. 4 SGB IX"
    )
    verzicht_vom = models.DateField(
        "Verzicht erklärt am", null=True, blank=True, help_text="Tag der schriftlichen Erklärung"
    )
    verzicht_eingang = models.DateField("Verzicht eingegangen am", null=True, blank=True)
    anspruch = models.CharField(
        "Anspruch auf die Leistungen",
        max_length=10,
        choices=Anspruch.choices,
        blank=True,
        default=Anspruch.OFFEN,
    )
    nachteilig = models.BooleanField(
        "nimmt der Person etwas",
        default=True,
        help_text="Nur dann hält ein Widerspruch sie auf (§ 86a Abs. 1 S. 1 SGG).",
    )
    teilweise = models.BooleanField("nur zum Teil", default=False)
    sofort_vollziehbar = models.BooleanField("sofortige Vollziehung angeordnet", default=False)
    sofort_grund = EncryptedTextField(
        "Grund der sofortigen Vollziehung",
        purpose="folgebescheid.sofort_grund",
        blank=True,
        default="",
        help_text="Das besondere Interesse daran (§ 86a Abs. 2 Nr. 5 SGG)",
    )
    gericht = models.CharField(
        "Sozialgericht", max_length=200, blank=True, default="", help_text="Name und Anschrift"
    )
    ausland = models.BooleanField("Bekanntgabe im Ausland", default=False)
    zustellung = models.BooleanField("förmliche Zustellung", default=False)
    state = models.CharField(
        "Zustand", max_length=20, choices=Folgezustand.choices, default=Folgezustand.ENTWURF
    )
    erstellt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erstellt von", related_name="folgebescheide"
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="bearbeitete_folgebescheide",
    )
    vorgelegt_am = models.DateField("vorgelegt am", null=True, blank=True)
    vorgelegt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="vorgelegt von",
        null=True,
        blank=True,
        related_name="vorgelegte_folgebescheide",
    )
    rueckgabe_grund = EncryptedTextField(
        "Grund der Rückgabe", purpose="folgebescheid.rueckgabe_grund", blank=True, default=""
    )
    absehen_grund = EncryptedTextField(
        "Warum davon abgesehen wird", purpose="folgebescheid.absehen_grund", blank=True, default=""
    )
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_folgebescheide",
    )
    freigegeben_am = models.DateField("freigegeben am", null=True, blank=True)
    schreiben = models.OneToOneField(
        "cases.Schreiben",
        models.PROTECT,
        verbose_name="Schreiben",
        null=True,
        blank=True,
        related_name="folgebescheid",
    )
    wirksam_am = models.DateField("bekannt gegeben am", null=True, blank=True)

    class Meta:
        verbose_name = "Weiterer Bescheid"
        verbose_name_plural = "Weitere Bescheide"
        ordering = ["-datum", "-id"]
        constraints = [
            choices_check("folgebescheid", "state", Folgezustand),
            choices_check("folgebescheid", "art", Folgeart),
            choices_check("folgebescheid", "anhoerung_verzicht", Anhoerungsverzicht),
            choices_check("folgebescheid", "anspruch", Anspruch),
            models.CheckConstraint(
                name="folgebescheid_ein_gegenstand",
                condition=Q(budget__isnull=False, antrag__isnull=True, widerspruch__isnull=True)
                | Q(budget__isnull=True, antrag__isnull=False, widerspruch__isnull=True)
                | Q(budget__isnull=True, antrag__isnull=True, widerspruch__isnull=False),
            ),
            models.CheckConstraint(
                name="folgebescheid_betrag_positiv",
                condition=Q(betrag__isnull=True) | Q(betrag__gt=Decimal("0")),
            ),
            models.CheckConstraint(
                name="folgebescheid_verzicht_begruendet",
                condition=Q(anhoerung_verzicht="") | ~Q(verzicht_grund=""),
            ),
            models.CheckConstraint(
                name="folgebescheid_vier_augen",
                condition=Q(freigegeben_von__isnull=True)
                | (
                    ~Q(freigegeben_von=F("erstellt_von"))
                    & ~Q(freigegeben_von=F("bearbeitet_von"))
                    & (Q(vorgelegt_von__isnull=True) | ~Q(freigegeben_von=F("vorgelegt_von")))
                ),
            ),
            models.CheckConstraint(
                name="folgebescheid_freigabe_vollstaendig",
                condition=Q(state__in=(*_OFFEN, Folgezustand.ABGESEHEN.value))
                | Q(
                    freigegeben_von__isnull=False,
                    freigegeben_am__isnull=False,
                    schreiben__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="folgebescheid_absehen_begruendet",
                condition=~Q(state=Folgezustand.ABGESEHEN) | ~Q(absehen_grund=""),
            ),
            models.CheckConstraint(
                name="folgebescheid_verzicht_in_folge",
                condition=Q(verzicht_vom__isnull=True)
                | Q(verzicht_eingang__isnull=True)
                | Q(verzicht_eingang__gte=F("verzicht_vom")),
            ),
            # Two drafts of one kind about one thing would end in two decisions.
            *(
                models.UniqueConstraint(
                    name=f"folgebescheid_ein_entwurf_{spalte}",
                    fields=["art", spalte],
                    condition=Q(state__in=_OFFEN, **{f"{spalte}__isnull": False}),
                )
                for spalte in ("budget", "antrag", "widerspruch")
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inhalt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(_FREI, (*_GESCHRIEBENES, *_FREIGABE)),
            ),
            pgtrigger.Protect(
                name="vorgelegt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn((Bescheidzustand.VORGELEGT.value,), _GESCHRIEBENES),
            ),
            pgtrigger.Protect(
                name="kein_weg_zurueck",
                operation=pgtrigger.Update,
                condition=TurnsBack(_HINAUS, _OFFEN),
            ),
            second_person("budget_folgebescheidevent"),
            not_by_who_recorded_its_ground(
                [art for art, zeile in FOLGEARTEN.items() if zeile.vorlaeufig]
            ),
            never_emptied(),
            pgtrigger.Protect(
                name="nicht_loeschen",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=Bescheidzustand.ENTWURF.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()} vom {self.datum:%d.%m.%Y}"

    @property
    def erster_tag(self) -> date | None:
        """Return the first day of the effect: after the Bekanntgabe, if it reaches ahead.

        A change has the day on which the new grant begins. None where there is no such day
        (§ 39 Abs. 1, § 45 Abs. 4, § 48 Abs. 1 SGB X).
        """
        zeile = FOLGEARTEN[self.art]
        if self.wirkt_ab is None or self.wirksam_am is None or not zeile.ab_einem_tag:
            return self.wirkt_ab
        if zeile.mit_nachfolger or zeile.wirkt_zurueck(self.fall_des_gesetzes):
            return self.wirkt_ab
        if zeile.mindert:
            return erster_tag_weniger(self.wirkt_ab, self.wirksam_am, self.betrag)
        return max(self.wirkt_ab, self.wirksam_am + _TAG)

    @property
    def anspruchsfolge(self) -> str:
        """Return what becomes of the claim to the services, "" where the decision does not say it.

        After a notice, and at the wish of the person, it lives on (§ 29 Abs. 4 SGB IX).
        """
        zeile = FOLGEARTEN[self.art]
        lebt = zeile.kuendigung or zeile.auf_antrag
        return Anspruch.BLEIBT.value if lebt else self.anspruch

    @property
    def selbst_gewollt(self) -> bool:
        """Tell whether the person asked for the end herself: by her notice or by a waiver."""
        zeile, fall = FOLGEARTEN[self.art], self.fall_des_gesetzes
        return (zeile.kuendigung and fall == KUENDIGUNG_DER_PERSON) or (
            zeile.mindert and fall == VERZICHT
        )

    @property
    def verspaetet_bekannt(self) -> bool:
        """Tell whether it came to be known too late for the day that it names."""
        return self.erster_tag != self.wirkt_ab
