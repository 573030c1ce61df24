"""Letters as they left the house, their dispatch, and the outbox of effects on the outside."""

from __future__ import annotations

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from cases.models.basis import append_only, choices_check
from cases.states.auftrag import Auftragzustand
from cases.states.versand import Versandzustand


class Versandweg(models.TextChoices):
    """By which way a letter leaves; words of `recht.fristen.bekanntgabe`."""

    POST = "post", "Brief"
    ELEKTRONISCH = "elektronisch", "E-Mail"
    UEBERGABE = "uebergabe", "persönliche Übergabe"


class Schreiben(models.Model):
    """One frozen letter: data, hash of the HTML, PDF with SHA-256. Never changed, never deleted."""

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name="Fall", related_name="schreiben_liste"
    )
    art = models.CharField("Art", max_length=40)
    titel = models.CharField("Titel", max_length=200)
    gegenstand = models.CharField("Gegenstand", max_length=60)
    nummer = models.CharField("Nummer", max_length=40, unique=True)
    datum = models.DateField("Datum")
    empfaenger = models.JSONField("Anschriftfeld", help_text="Zeilen, wie gedruckt")
    daten = models.JSONField("Daten")
    html_sha256 = models.CharField("SHA-256 des HTML", max_length=64)
    pdf_sha256 = models.CharField("SHA-256 des PDF", max_length=64)
    pdf_seiten = models.PositiveSmallIntegerField("Seiten")
    erstellt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erstellt von", related_name="schreiben_liste"
    )
    erstellt = models.DateTimeField("erstellt", auto_now_add=True)

    class Meta:
        verbose_name = "Schreiben"
        verbose_name_plural = "Schreiben"
        ordering = ["-erstellt", "-id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.titel} vom {self.datum:%d.%m.%Y}"


class Schreibendatei(models.Model):
    """The bytes of a letter, apart from the row so that lists stay light."""

    schreiben = models.OneToOneField(
        Schreiben, models.PROTECT, verbose_name="Schreiben", related_name="datei", primary_key=True
    )
    pdf = models.BinaryField("PDF")

    class Meta:
        verbose_name = "Schreibendatei"
        verbose_name_plural = "Schreibendateien"
        triggers = append_only()

    def __str__(self) -> str:
        return f"PDF zu {self.schreiben_id}"


@pghistory.track()
class Versand(models.Model):
    """One sending of one Schreiben by one way.

    `aufgabe_am` is the day of posting or sending (§ 37 Abs. 2 SGB X); Bekanntgabe and
    Widerspruchsfrist follow from it and explain themselves in `schritte`.
    """

    schreiben = models.ForeignKey(
        Schreiben, models.PROTECT, verbose_name="Schreiben", related_name="versand_liste"
    )
    weg = models.CharField("Weg", max_length=20, choices=Versandweg.choices)
    an = models.JSONField("an", help_text="Anschriftzeilen oder E-Mail-Adresse, eingefroren")
    state = models.CharField(
        "Zustand", max_length=20, choices=Versandzustand.choices, default=Versandzustand.VORGESEHEN
    )
    aufgabe_am = models.DateField("aufgegeben am", null=True, blank=True)
    vermerkt_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="vermerkt von",
        null=True,
        blank=True,
        related_name="versand_liste",
    )
    bekanntgabe = models.DateField("Bekanntgabe", null=True, blank=True)
    widerspruch_bis = models.DateField("Widerspruch bis", null=True, blank=True)
    schritte = models.JSONField("Rechenschritte", default=list)
    warnung = models.TextField("Warnung", blank=True)
    nachricht_id = models.UUIDField("Kennung der Sendung", default=uuid.uuid4, unique=True)

    class Meta:
        verbose_name = "Versand"
        verbose_name_plural = "Versendungen"
        ordering = ["-id"]
        constraints = [
            choices_check("versand", "weg", Versandweg),
            choices_check("versand", "state", Versandzustand),
            models.CheckConstraint(
                name="versand_aufgegeben_mit_tag",
                condition=~Q(state=Versandzustand.AUFGEGEBEN) | Q(aufgabe_am__isnull=False),
            ),
            models.UniqueConstraint(
                name="versand_einmal_je_schreiben_und_weg",
                fields=["schreiben", "weg"],
                condition=~Q(
                    state__in=[
                        Versandzustand.FEHLGESCHLAGEN,
                        Versandzustand.ZURUECKGENOMMEN,
                        Versandzustand.ANGEHALTEN,
                    ]
                ),
            ),
        ]
        indexes = [
            # Few among all that was ever sent, and looked for on every „Mein Tag“ of a Leitung.
            models.Index(
                fields=["schreiben"],
                name="versand_ungewiss",
                condition=Q(state=Versandzustand.UNGEWISS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schreiben_id} per {self.get_weg_display()}"


class Auftrag(models.Model):
    """Outbox row: one effect on the outside, decided in the transaction that wrote it.

    `schluessel` is the business key: the same effect can only be ordered once. A worker leases
    the row (`gesperrt_bis`); what ended without a known result becomes `ungewiss` and waits for
    a person.
    """

    art = models.CharField("Art", max_length=40)
    schluessel = models.CharField("Schlüssel", max_length=120, unique=True)
    gegenstand_id = models.BigIntegerField("Kennung des Gegenstands")
    state = models.CharField(
        "Zustand", max_length=20, choices=Auftragzustand.choices, default=Auftragzustand.OFFEN
    )
    erstellt = models.DateTimeField("erstellt", auto_now_add=True)
    naechster_versuch = models.DateTimeField("nächster Versuch")
    gesperrt_bis = models.DateTimeField("in Arbeit bis", null=True, blank=True)
    versuche = models.PositiveSmallIntegerField("Versuche", default=0)
    fehler = models.CharField("letzter Fehler", max_length=300, blank=True)
    fertig = models.DateTimeField("fertig", null=True, blank=True)

    class Meta:
        verbose_name = "Auftrag"
        verbose_name_plural = "Aufträge"
        ordering = ["id"]
        constraints = [choices_check("auftrag", "state", Auftragzustand)]
        indexes = [
            models.Index(
                fields=["naechster_versuch"],
                name="auftrag_faellig",
                condition=Q(state__in=[Auftragzustand.OFFEN, Auftragzustand.IN_ARBEIT]),
            )
        ]

    def __str__(self) -> str:
        return self.schluessel


class Druckstapel(models.Model):
    """Letters of one print run as one PDF for the printer, with the list of what is in it."""

    datum = models.DateField("Datum")
    erstellt_von = models.ForeignKey(
        "cases.User", models.PROTECT, verbose_name="erstellt von", related_name="druckstapel_liste"
    )
    erstellt = models.DateTimeField("erstellt", auto_now_add=True)
    versand_liste = models.ManyToManyField(
        Versand, verbose_name="Sendungen", related_name="druckstapel_liste"
    )
    pdf = models.BinaryField("PDF")
    pdf_sha256 = models.CharField("SHA-256", max_length=64)
    seiten = models.PositiveIntegerField("Seiten")
    aufgabe_am = models.DateField("zur Post gegeben am", null=True, blank=True)
    aufgegeben_von = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        verbose_name="zur Post gegeben von",
        null=True,
        blank=True,
        related_name="aufgegebene_druckstapel",
    )

    class Meta:
        verbose_name = "Druckstapel"
        verbose_name_plural = "Druckstapel"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Druckstapel {self.pk} vom {self.datum:%d.%m.%Y}"


class Erinnerungsmail(models.Model):
    """One digest per person and day: that there is something on the desk, no Sozialdaten."""

    user = models.ForeignKey(
        "cases.User", models.CASCADE, verbose_name="an", related_name="erinnerungsmails"
    )
    datum = models.DateField("Tag")
    ueberfaellig = models.PositiveIntegerField("überfällig")
    faellig = models.PositiveIntegerField("fällig")
    bevorstehend = models.PositiveIntegerField("bevorstehend")
    uebergaben = models.PositiveIntegerField("Übergaben von Fällen", default=0)
    eskaliert = models.PositiveIntegerField("an die Leitung eskaliert", default=0)
    wiedervorlagen = models.PositiveIntegerField("Wiedervorlagen", default=0)

    class Meta:
        verbose_name = "Erinnerungsmail"
        verbose_name_plural = "Erinnerungsmails"
        constraints = [
            models.UniqueConstraint(name="erinnerungsmail_je_tag", fields=["user", "datum"])
        ]

    def __str__(self) -> str:
        return f"{self.user_id} am {self.datum:%d.%m.%Y}"
