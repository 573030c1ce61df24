"""What was asked, decided and set going about the Zuständigkeit (§§ 14, 15 SGB IX, § 98)."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedJSONField, EncryptedTextField
from cases.models.basis import append_only, choices_check
from cases.states.zustaendigkeit import Pruefungszustand


class Entscheidungsart(models.TextChoices):
    """What the authority did about an application."""

    FESTGESTELLT = "festgestellt", "Zuständigkeit festgestellt"
    KRAFT_GESETZES = "kraft_gesetzes", "leistender Träger kraft Gesetzes"
    UEBERNOMMEN = "uebernommen", "als zweiter Träger übernommen"
    WEITERGELEITET = "weitergeleitet", "weitergeleitet"
    ABGEGEBEN = "abgegeben", "an den örtlich zuständigen Träger abgegeben"
    TURBOKLAERUNG = "turboklaerung", "im Einvernehmen ein zweites Mal weitergeleitet"
    TEILWEISE = "teilweise", "teilweise weitergeleitet"
    VORLAEUFIG = "vorlaeufig", "vorläufige Leistung"
    BETEILIGT = "beteiligt", "Träger beteiligt"


class Vorlaeufigkeitsgrund(models.TextChoices):
    """Why the authority renders before all is clear."""

    EILFALL = "eilfall", "Eilfall"
    AUFENTHALT = "aufenthalt", "gewöhnlicher Aufenthalt ungeklärt"


@pghistory.track()
class Zustaendigkeitspruefung(models.Model):
    """The guided check of one application: answers as codes, kept until it is finished.

    The note is stored encrypted; it is never searched.
    """

    antrag = models.OneToOneField(
        "cases.Antrag",
        models.CASCADE,
        verbose_name="Antrag",
        related_name="zustaendigkeitspruefung",
    )
    antworten = EncryptedJSONField(
        "Antworten", purpose="zustaendigkeitspruefung.antworten", default=dict
    )
    notiz = EncryptedTextField(
        "Notiz", purpose="zustaendigkeitspruefung.notiz", blank=True, default=""
    )
    state = models.CharField(
        "Zustand",
        max_length=20,
        choices=Pruefungszustand.choices,
        default=Pruefungszustand.IN_ARBEIT,
    )
    bearbeitet_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="bearbeitet von", related_name="+"
    )
    bearbeitet_am = models.DateField("bearbeitet am")

    class Meta:
        verbose_name = "Zuständigkeitsprüfung"
        verbose_name_plural = "Zuständigkeitsprüfungen"
        constraints = [choices_check("zustaendigkeitspruefung", "state", Pruefungszustand)]

    def __str__(self) -> str:
        return f"Zuständigkeitsprüfung zum Antrag {self.antrag_id}"


class Zustaendigkeitsentscheidung(models.Model):
    """One decision with the reasons it stood on; never changed, never deleted.

    `festgestellt_am` is the day on which the finding was made, `am` that on which it was carried
    out (§ 14 Abs. 1 S. 2 SGB IX asks for both). The own words are stored encrypted.
    """

    antrag = models.ForeignKey(
        "cases.Antrag",
        models.PROTECT,
        verbose_name="Antrag",
        related_name="zustaendigkeitsentscheidungen",
    )
    art = models.CharField("Art", max_length=20, choices=Entscheidungsart.choices)
    traeger_name = models.CharField("Träger", max_length=200, blank=True)
    gruppen = ArrayField(
        models.CharField(max_length=60), verbose_name="Leistungsgruppen", default=list, blank=True
    )
    festgestellt_am = models.DateField("festgestellt am")
    am = models.DateField("am")
    erster_eingang = models.DateField("Eingang beim ersten Träger", null=True, blank=True)
    einvernehmen_am = models.DateField("Einvernehmen vom", null=True, blank=True)
    einvernehmen_durch = models.CharField("Einvernehmen erklärt durch", max_length=200, blank=True)
    begruendung = EncryptedTextField(
        "Begründung", purpose="zustaendigkeitsentscheidung.begruendung", blank=True, default=""
    )
    vorschlag = models.CharField("Vorschlag der Prüfung", max_length=30, blank=True)
    schritte = EncryptedJSONField(
        "Gründe", purpose="zustaendigkeitsentscheidung.schritte", liste=True, default=list
    )
    entschieden_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="entschieden von", related_name="+"
    )
    erstellt = models.DateTimeField("erstellt", auto_now_add=True)

    class Meta:
        verbose_name = "Entscheidung über die Zuständigkeit"
        verbose_name_plural = "Entscheidungen über die Zuständigkeit"
        ordering = ["-id"]
        triggers = append_only()
        constraints = [
            choices_check("zustaendigkeitsentscheidung", "art", Entscheidungsart),
            models.CheckConstraint(
                name="zustaendigkeitsentscheidung_turbo_mit_einvernehmen",
                condition=~Q(art=Entscheidungsart.TURBOKLAERUNG)
                | Q(einvernehmen_am__isnull=False) & ~Q(einvernehmen_durch=""),
            ),
            models.CheckConstraint(
                name="zustaendigkeitsentscheidung_am_nach_feststellung",
                condition=Q(am__gte=F("festgestellt_am")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()} am {self.am:%d.%m.%Y}"


@pghistory.track()
class Teilweiterleitung(models.Model):
    """The part of an application that goes to another carrier (§ 15 Abs. 1 S. 1 SGB IX).

    What is handed on and why is stored encrypted.
    """

    antrag = models.ForeignKey(
        "cases.Antrag", models.PROTECT, verbose_name="Antrag", related_name="teilweiterleitungen"
    )
    an = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="an",
        related_name="teilweiterleitungen",
    )
    gruppen = ArrayField(models.CharField(max_length=60), verbose_name="Leistungsgruppen")
    festgestellt_am = models.DateField("festgestellt am")
    am = models.DateField("weitergeleitet am")
    inhalt = EncryptedTextField("weitergeleiteter Teil", purpose="teilweiterleitung.inhalt")

    class Meta:
        verbose_name = "Teilweiterleitung"
        verbose_name_plural = "Teilweiterleitungen"
        ordering = ["am", "id"]
        constraints = [
            models.UniqueConstraint(
                name="teilweiterleitung_einmal_je_traeger", fields=["antrag", "an"]
            ),
        ]

    def __str__(self) -> str:
        return f"Teilweiterleitung vom {self.am:%d.%m.%Y}"


@pghistory.track()
class Traegerbeteiligung(models.Model):
    """Another carrier that takes part: asked for its findings, and what it has answered.

    `angefordert_am` is the day on which the request left the house: F07 counts from there; None
    where a carrier has spoken of its own accord. Carriers that are no Rehabilitationsträger have
    no `gruppen`; for them the person has consented on `zustimmung_am`. The answer has four topics
    (§ 3 Abs. 1 BudgetV): `feststellung` is about the need, `hoehe`, `ziele` and `beratung` are the
    others. `selbst_festgestellt_am` says when the authority went on without it (§ 15 Abs. 2 S. 3
    SGB IX). All texts are encrypted.
    """

    antrag = models.ForeignKey(
        "cases.Antrag", models.PROTECT, verbose_name="Antrag", related_name="traegerbeteiligungen"
    )
    traeger = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="Träger",
        related_name="traegerbeteiligungen",
    )
    gruppen = ArrayField(
        models.CharField(max_length=60), verbose_name="Leistungsgruppen", default=list, blank=True
    )
    am = models.DateField("beteiligt am")
    frage = EncryptedTextField(
        "erbetene Feststellungen", purpose="traegerbeteiligung.frage", blank=True, default=""
    )
    ansprechperson = models.CharField(
        "Ansprechperson beim Träger", max_length=200, blank=True, default=""
    )
    zustimmung_am = models.DateField("Zustimmung der Person am", null=True, blank=True)
    unterlagen_am = models.DateField("Antragsunterlagen übersandt am", null=True, blank=True)
    unterlagen = EncryptedTextField(
        "übersandte Teile der Antragsunterlagen",
        purpose="traegerbeteiligung.unterlagen",
        blank=True,
        default="",
    )
    angefordert_am = models.DateField("angefordert am", null=True, blank=True)
    gemahnt_am = models.DateField("erinnert am", null=True, blank=True)
    eingegangen_am = models.DateField("Feststellungen eingegangen am", null=True, blank=True)
    feststellung = EncryptedTextField(
        "Feststellungen", purpose="traegerbeteiligung.feststellung", blank=True, default=""
    )
    hoehe = EncryptedTextField("Höhe", purpose="traegerbeteiligung.hoehe", blank=True, default="")
    ziele = EncryptedTextField(
        "Inhalt der Zielvereinbarung", purpose="traegerbeteiligung.ziele", blank=True, default=""
    )
    beratung = EncryptedTextField(
        "Beratung und Unterstützung",
        purpose="traegerbeteiligung.beratung",
        blank=True,
        default="",
    )
    selbst_festgestellt_am = models.DateField("selbst festgestellt am", null=True, blank=True)
    selbst_festgestellt = EncryptedTextField(
        "eigene Feststellung anstelle des Trägers",
        purpose="traegerbeteiligung.selbst_festgestellt",
        blank=True,
        default="",
    )
    teilbudget_am = models.DateField("Teilbudget festgestellt am", null=True, blank=True)

    class Meta:
        verbose_name = "Trägerbeteiligung"
        verbose_name_plural = "Trägerbeteiligungen"
        ordering = ["am", "id"]
        constraints = [
            models.UniqueConstraint(
                name="traegerbeteiligung_einmal_je_traeger", fields=["antrag", "traeger"]
            ),
            models.CheckConstraint(
                name="traegerbeteiligung_eingang_nach_anforderung",
                condition=Q(eingegangen_am__isnull=True)
                | Q(angefordert_am__isnull=True)
                | Q(eingegangen_am__gte=F("angefordert_am")),
            ),
            models.CheckConstraint(
                name="traegerbeteiligung_selbst_mit_gruenden",
                condition=Q(selbst_festgestellt_am__isnull=True) | ~Q(selbst_festgestellt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Beteiligung vom {self.am:%d.%m.%Y}"


@pghistory.track()
class Vorlaeufigkeit(models.Model):
    """The authority renders provisionally (§ 98 Abs. 2, § 120 Abs. 4 SGB IX) until it is clear."""

    antrag = models.OneToOneField(
        "cases.Antrag", models.PROTECT, verbose_name="Antrag", related_name="vorlaeufigkeit"
    )
    grund = models.CharField("Grund", max_length=20, choices=Vorlaeufigkeitsgrund.choices)
    seit = models.DateField("vorläufig seit")
    geklaert_am = models.DateField("geklärt am", null=True, blank=True)
    ergebnis = EncryptedTextField(
        "Ergebnis", purpose="vorlaeufigkeit.ergebnis", blank=True, default=""
    )
    erstattung_durch = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="Kosten erstattet",
        null=True,
        blank=True,
        related_name="erstattungen_vorlaeufiger_leistung",
    )

    class Meta:
        verbose_name = "Vorläufigkeit"
        verbose_name_plural = "Vorläufigkeiten"
        constraints = [
            choices_check("vorlaeufigkeit", "grund", Vorlaeufigkeitsgrund),
            models.CheckConstraint(
                name="vorlaeufigkeit_geklaert_nach_beginn",
                condition=Q(geklaert_am__isnull=True) | Q(geklaert_am__gte=F("seit")),
            ),
        ]

    def __str__(self) -> str:
        return f"vorläufig seit {self.seit:%d.%m.%Y}"
