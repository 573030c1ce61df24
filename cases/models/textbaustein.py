"""Texts that the authority has agreed on, offered where somebody writes: versioned, with day."""

from __future__ import annotations

import uuid
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models.basis import FixedIn, choices_check, second_person
from cases.states.textbaustein import Bausteinzustand

_FEST = (Bausteinzustand.FREIGEGEBEN.value, Bausteinzustand.VERWORFEN.value)


@pghistory.track()
class Textbaustein(models.Model):
    """One version of a text for one place; in force from its day once a second person agrees.

    `kennung` is the same through all versions. `stelle` is the key of a registered Textstelle, in
    `text` stand placeholders such as [[Name]]. The next released version ends this one from its
    own first day; `gueltig_bis` ends it without a successor. `mitgeliefert` is the text that the
    program brought along for the place when the version was written. At the places of hints the
    text is read by the office beside a step, with a `link` to more; it has no placeholder then.
    """

    events: Any  # the change history, added by pghistory

    kennung = models.UUIDField("Kennung", default=uuid.uuid4)
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    stelle = models.CharField("Stelle", max_length=100)
    titel = models.CharField("Titel", max_length=120)
    text = models.TextField("Text")
    mitgeliefert = models.TextField("mitgelieferter Wortlaut", blank=True, default="")
    norm = models.CharField("Rechtsgrundlage", max_length=200, blank=True, default="")
    link = models.CharField("Link", max_length=300, blank=True, default="")
    gueltig_ab = models.DateField("gilt ab")
    gueltig_bis = models.DateField("gilt bis", null=True, blank=True)
    state = models.CharField(
        "Zustand", max_length=20, choices=Bausteinzustand.choices, default=Bausteinzustand.ENTWURF
    )
    erstellt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="erstellt von",
        related_name="erstellte_textbausteine",
    )
    erstellt_am = models.DateField("erstellt am")
    bearbeitet_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zuletzt bearbeitet von",
        related_name="bearbeitete_textbausteine",
    )
    freigegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="freigegeben von",
        null=True,
        blank=True,
        related_name="freigegebene_textbausteine",
    )
    freigegeben_am = models.DateField("freigegeben am", null=True, blank=True)
    verworfen_grund = models.CharField("Grund", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "Textbaustein"
        verbose_name_plural = "Textbausteine"
        ordering = ["stelle", "titel", "-version"]
        constraints = [
            choices_check("textbaustein", "state", Bausteinzustand),
            models.UniqueConstraint(
                name="textbaustein_version_einmal", fields=["kennung", "version"]
            ),
            models.UniqueConstraint(
                name="textbaustein_ein_entwurf",
                fields=["kennung"],
                condition=Q(state=Bausteinzustand.ENTWURF),
            ),
            models.UniqueConstraint(
                name="textbaustein_einmal_je_tag",
                fields=["kennung", "gueltig_ab"],
                condition=Q(state=Bausteinzustand.FREIGEGEBEN),
            ),
            models.CheckConstraint(
                name="textbaustein_mit_text", condition=~Q(text="") & ~Q(titel="")
            ),
            models.CheckConstraint(
                name="textbaustein_link_sicher",
                condition=Q(link="")
                | Q(link__startswith="https://", stelle__startswith="hinweis."),
            ),
            models.CheckConstraint(
                name="textbaustein_bis_nach_ab",
                condition=Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=F("gueltig_ab")),
            ),
            models.CheckConstraint(
                name="textbaustein_vier_augen",
                condition=Q(freigegeben_von__isnull=True)
                | (~Q(freigegeben_von=F("erstellt_von")) & ~Q(freigegeben_von=F("bearbeitet_von"))),
            ),
            models.CheckConstraint(
                name="textbaustein_freigabe_vollstaendig",
                condition=~Q(state=Bausteinzustand.FREIGEGEBEN)
                | Q(freigegeben_von__isnull=False, freigegeben_am__isnull=False),
            ),
            models.CheckConstraint(
                name="textbaustein_verwerfen_begruendet",
                condition=~Q(state=Bausteinzustand.VERWORFEN) | ~Q(verworfen_grund=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inhalt_fest",
                operation=pgtrigger.Update,
                condition=FixedIn(
                    _FEST,
                    (
                        "kennung",
                        "version",
                        "stelle",
                        "titel",
                        "text",
                        "mitgeliefert",
                        "norm",
                        "link",
                        "gueltig_ab",
                        "erstellt_von",
                        "erstellt_am",
                        "bearbeitet_von",
                        "freigegeben_von",
                        "freigegeben_am",
                        "verworfen_grund",
                    ),
                ),
            ),
            pgtrigger.FSM(
                name="nur_vorwaerts",
                field="state",
                transitions=[
                    (Bausteinzustand.ENTWURF.value, Bausteinzustand.FREIGEGEBEN.value),
                    (Bausteinzustand.ENTWURF.value, Bausteinzustand.VERWORFEN.value),
                ],
            ),
            second_person("cases_textbausteinevent"),
            pgtrigger.Protect(name="nicht_loeschen", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.titel}, Fassung {self.version}"
