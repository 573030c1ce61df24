"""Applications with the form they are taken in on, and what was decided about Zuständigkeit."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q

from cases.crypto import EncryptedTextField
from cases.models.basis import choices_check
from recht.leistungsbeginn import tag_der_kenntnis


class Antragsweg(models.TextChoices):
    """How an application reached the authority."""

    SCHRIFTLICH = "schriftlich", "schriftlich"
    NIEDERSCHRIFT = "niederschrift", "zur Niederschrift"
    ELEKTRONISCH = "elektronisch", "elektronisch"
    WEITERGELEITET = "weitergeleitet", "von anderem Träger weitergeleitet"


class Antragsteller(models.TextChoices):
    """Who sets the Verfahren going (§ 16 SGB I, § 13 SGB X, § 18 SGB X)."""

    PERSON = "person", "leistungsberechtigte Person"
    VERTRETUNG = "vertretung", "Vertretung (Betreuung, Vollmacht, Eltern)"
    VON_AMTS_WEGEN = "von_amts_wegen", "von Amts wegen (Kenntnis der Behörde)"


class Angabe(models.TextChoices):
    """An answer that may be missing."""

    JA = "ja", "ja"
    NEIN = "nein", "nein"
    UNBEKANNT = "unbekannt", "noch nicht besprochen"


class Ausfuehrung(models.TextChoices):
    """In which form a Leistung is wished (§ 105 SGB IX)."""

    OFFEN = "offen", "noch offen"
    GELD = "geld", "Geldleistung"
    GUTSCHEIN = "gutschein", "Gutschein"
    SACHLEISTUNG = "sachleistung", "Sach- oder Dienstleistung"


class Feststellungsverfahren(models.TextChoices):
    """How the need is found when several Leistungsträger take part."""

    OFFEN = "offen", "noch offen"
    VEREINFACHT = "vereinfacht", "vereinfachtes Verfahren"
    AUSFUEHRLICH = "ausfuehrlich", "ausführliches Verfahren"


class Vorergebnis(models.TextChoices):
    """What an earlier paper says."""

    BEWILLIGT = "bewilligt", "bewilligt"
    TEILWEISE = "teilweise", "teilweise bewilligt"
    ABGELEHNT = "abgelehnt", "abgelehnt"
    BEFUND = "befund", "Befund oder Bericht"


@pghistory.track()
class Antrag(models.Model):
    """An application (§ 108 SGB IX); its day of receipt starts the first Fristen.

    An application in a foreign language starts them with its translation (§ 19 Abs. 3 SGB X).
    `eingang` is the receipt here, from which the Fristen of the authority run; `erster_eingang`
    that with the carrier who has forwarded it. `kenntnis_am` is the day since which the carrier of
    the Sozialhilfe knew of the need, where that was earlier, `kenntnis_durch` how.
    """

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="antraege"
    )
    eingang = models.DateField("Eingang")
    erster_eingang = models.DateField("Eingang beim ersten Träger", null=True, blank=True)
    kenntnis_am = models.DateField(
        "Kenntnis vom Bedarf seit",
        null=True,
        blank=True,
        help_text="Tag, seit dem dem Träger der Sozialhilfe der Bedarf bekannt war (§ 18 SGB XII)",
    )
    kenntnis_durch = models.CharField("Kenntnis durch", max_length=200, blank=True, default="")
    weg = models.CharField("eingegangen", max_length=20, choices=Antragsweg.choices)
    begehren = EncryptedTextField("Was wird beantragt?", purpose="antrag.begehren")
    persoenliches_budget = models.BooleanField("als Persönliches Budget beantragt", default=False)
    aufgenommen_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="aufgenommen von", related_name="antraege"
    )
    antragsteller = models.CharField(
        "Antrag gestellt durch",
        max_length=20,
        choices=Antragsteller.choices,
        default=Antragsteller.PERSON,
    )
    vertreten_durch = models.CharField("vertreten durch", max_length=200, blank=True)
    fremdsprache = models.CharField("Sprache des Antrags", max_length=60, blank=True)
    uebersetzung_am = models.DateField("Übersetzung liegt vor seit", null=True, blank=True)

    class Meta:
        verbose_name = "Antrag"
        verbose_name_plural = "Anträge"
        ordering = ["eingang", "id"]
        constraints = [
            choices_check("antrag", "weg", Antragsweg),
            choices_check("antrag", "antragsteller", Antragsteller),
            models.CheckConstraint(
                name="antrag_uebersetzung_nach_eingang",
                condition=Q(uebersetzung_am__isnull=True) | Q(uebersetzung_am__gte=F("eingang")),
            ),
            models.CheckConstraint(
                name="antrag_kenntnis_vor_eingang",
                condition=Q(kenntnis_am__isnull=True, kenntnis_durch="")
                | (
                    Q(kenntnis_am__isnull=False, kenntnis_am__lte=F("eingang"))
                    & ~Q(kenntnis_durch="")
                ),
            ),
            models.CheckConstraint(
                name="antrag_erster_eingang_nicht_nach_eingang",
                condition=Q(erster_eingang__isnull=True) | Q(erster_eingang__lte=F("eingang")),
            ),
        ]
        indexes = [models.Index(fields=["eingang"], name="antrag_eingang")]

    def __str__(self) -> str:
        # The day of receipt; the day on which somebody wrote it is another one.
        return f"Antrag, eingegangen am {self.eingang:%d.%m.%Y}"

    @property
    def antragstag(self) -> date:
        """Return the day on which the Antrag counts as made, for what the person may claim.

        That is the first receipt, also with a carrier that was not competent (§ 16 Abs. 2 S. 2
        SGB I), and before a translation (§ 19 Abs. 4 SGB X).
        """
        return self.erster_eingang or self.eingang

    @property
    def leistungstag(self) -> date:
        """Return the day from which help may begin: of the Antrag, or of an earlier Kenntnis."""
        return tag_der_kenntnis(self.antragstag, self.kenntnis_am)

    @property
    def wartet_auf_uebersetzung(self) -> bool:
        """Tell whether the Fristen of the authority do not run yet (§ 19 Abs. 3 SGB X)."""
        return bool(self.fremdsprache) and self.uebersetzung_am is None


@pghistory.track()
class Weiterleitung(models.Model):
    """An application handed on to another Rehabilitationsträger (§ 14 Abs. 1 S. 2 SGB IX)."""

    antrag = models.OneToOneField(
        Antrag, models.CASCADE, verbose_name="Antrag", related_name="weiterleitung"
    )
    an = models.ForeignKey(
        "cases.Leistungstraeger", models.PROTECT, verbose_name="an", related_name="weiterleitungen"
    )
    am = models.DateField("weitergeleitet am")
    grund = EncryptedTextField("Grund", purpose="weiterleitung.grund")

    class Meta:
        verbose_name = "Weiterleitung"
        verbose_name_plural = "Weiterleitungen"

    def __str__(self) -> str:
        return f"Weiterleitung vom {self.am:%d.%m.%Y}"


@pghistory.track()
class Beratung(models.Model):
    """A counselling (§ 106 SGB IX) of a case, with or without an application.

    What was talked about is stored encrypted; it is never searched.
    """

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name="Fall", related_name="beratungen"
    )
    am = models.DateField("Beratung am")
    inhalt = EncryptedTextField("Inhalt der Beratung", purpose="beratung.inhalt")
    beraten_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="beraten von", related_name="beratungen"
    )

    class Meta:
        verbose_name = "Beratung"
        verbose_name_plural = "Beratungen"
        ordering = ["am", "id"]

    def __str__(self) -> str:
        return f"Beratung vom {self.am:%d.%m.%Y}"


@pghistory.track()
class BeantragteLeistung(models.Model):
    """What is applied for in one Leistungsgruppe; `gruppe` is a key of the catalogue of its law."""

    antrag = models.ForeignKey(
        Antrag, models.CASCADE, verbose_name="Antrag", related_name="beantragte_leistungen"
    )
    gruppe = models.CharField("Leistungsgruppe", max_length=60)
    art = EncryptedTextField("Art", purpose="beantragteleistung.art", blank=True, default="")
    umfang = EncryptedTextField(
        "Umfang", purpose="beantragteleistung.umfang", blank=True, default=""
    )
    form = models.CharField(
        "Form", max_length=20, choices=Ausfuehrung.choices, default=Ausfuehrung.OFFEN
    )

    class Meta:
        verbose_name = "beantragte Leistung"
        verbose_name_plural = "beantragte Leistungen"
        ordering = ["id"]
        constraints = [
            choices_check("beantragteleistung", "form", Ausfuehrung),
            models.UniqueConstraint(
                fields=["antrag", "gruppe"], name="beantragteleistung_einmal_je_gruppe"
            ),
        ]

    def __str__(self) -> str:
        return self.gruppe


@pghistory.track()
class Traegerangabe(models.Model):
    """A Leistungsträger that may take part, as named in the application."""

    antrag = models.ForeignKey(
        Antrag, models.CASCADE, verbose_name="Antrag", related_name="traegerangaben"
    )
    leistungstraeger = models.ForeignKey(
        "cases.Leistungstraeger",
        models.PROTECT,
        verbose_name="Leistungsträger",
        related_name="traegerangaben",
    )
    ansprechpartner = models.CharField("Ansprechperson", max_length=200, blank=True)

    class Meta:
        verbose_name = "Trägerangabe"
        verbose_name_plural = "Trägerangaben"
        ordering = ["leistungstraeger__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["antrag", "leistungstraeger"], name="traegerangabe_einmal_je_traeger"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leistungstraeger_id} ({self.ansprechpartner})"


@pghistory.track()
class Vorbefund(models.Model):
    """An earlier Bescheid, Befund or report that the person brings along."""

    antrag = models.ForeignKey(
        Antrag, models.CASCADE, verbose_name="Antrag", related_name="vorbefunde"
    )
    stelle = models.CharField("Leistungsträger oder Stelle", max_length=200)
    leistung = EncryptedTextField("Leistung oder Gegenstand", purpose="vorbefund.leistung")
    datum = models.DateField("vom")
    ergebnis = models.CharField("Ergebnis", max_length=20, choices=Vorergebnis.choices)
    unterlage = models.ForeignKey(
        "cases.Unterlage",
        models.SET_NULL,
        verbose_name="Unterlage",
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "Vorbefund"
        verbose_name_plural = "Vorbefunde"
        ordering = ["-datum", "id"]
        constraints = [choices_check("vorbefund", "ergebnis", Vorergebnis)]

    def __str__(self) -> str:
        return f"{self.stelle}, {self.datum:%d.%m.%Y}"
